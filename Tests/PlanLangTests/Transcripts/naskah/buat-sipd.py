"""Makes sipd.xlsx of this folder: python3 buat-sipd.py (openpyxl 3.1)."""
import openpyxl

HEAD = ("NO,TAHUN,KODE URUSAN,NAMA URUSAN,KODE SKPD,NAMA SKPD,KODE SUB UNIT,NAMA SUB UNIT,KODE BIDANG URUSAN,NAMA BIDANG URUSAN,"
        "KODE PROGRAM,NAMA PROGRAM,KODE KEGIATAN,NAMA KEGIATAN,KODE SUB KEGIATAN,NAMA SUB KEGIATAN,KODE SUMBER DANA,NAMA SUMBER DANA,"
        "KODE REKENING,NAMA REKENING,PAKET/KELOMPOK,NAMA PAKET/KELOMPOK,PAGU").split(",")
HEALTH, OFFICE = ("1.02.2.14.0.00.02.0000", "Dinas Kesehatan"), ("2.16.2.20.2.21.10.0000", "Dinas Komunikasi dan Informatika")

def row(number, department, program, activity, sub, title, amount):
    made = [number, 2026, department[0][0], "URUSAN", *department, *department, department[0][:4], "BIDANG", program, "PROGRAM",
            activity, "KEGIATAN", sub, title, "1.1", "PENDAPATAN ASLI DAERAH (PAD)", "5.1.02.01.01.0052", "Belanja", None, None]
    return made + [amount]

book = openpyxl.Workbook()
sheet = book.active
sheet.title = "RKPD"
sheet.append(["Rencana Kerja Pemerintah Daerah 2026"])
sheet.append([])
sheet.append(["Kode SKPD", "Kode sub kegiatan", "Pagu"])
sheet.append([HEALTH[0], "1.02.02.2.02.0015", 1100000000.0000001])
sheet.append(["1.02.2.14.000.02.0000", "1.02.02.2.02.0004", 750000000])
sheet.append([OFFICE[0], "2.16.03.2.02.0038", "=1000*1000000"])
sheet.append([OFFICE[0], "2.16.03.2.02.0038", "#N/A"])
sheet = book.create_sheet("Rekap")
sheet.append(HEAD)
sheet.append(row(1, HEALTH, "1.02.02", "1.02.02.2.02", "1.02.02.2.02.0015", "Pengelolaan Pelayanan Kesehatan Gizi", 1350000000))
sheet.append(row(2, OFFICE, "1.02.02", "1.02.02.2.02", "1.02.02.2.02.0004", "Pengelolaan Pelayanan Kesehatan Balita", 800000000))
sheet.append(row(3, OFFICE, "2.16.03", "2.16.03.2.02", "2.16.03.2.02.0024", "Jaringan Intra", 182888324.00000003))
book.save("sipd.xlsx")
