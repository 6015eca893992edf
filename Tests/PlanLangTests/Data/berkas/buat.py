"""Makes the workbooks of this folder from examples/mahakam-ulu/rekap-contoh.csv, as other programs write them:
python3 buat.py (openpyxl 3.1, XlsxWriter 3.2); soffice --headless --convert-to xlsx --outdir lo
openpyxl.xlsx (LibreOffice 7.4), kept as libreoffice.xlsx."""
import csv, datetime, openpyxl, xlsxwriter

with open("../../../../examples/mahakam-ulu/rekap-contoh.csv") as file:
    rows = list(csv.reader(file))

def value(row, column, text):
    if row == 0:
        return text
    if column in (0, 1):
        return int(text)
    if column == 22 and text:
        return float(text)
    return text or None

book = openpyxl.Workbook()
cover = book.active
cover.title = "Sampul"
cover["B2"] = "Rekapitulasi APBD & lampirannya"
cover["B4"] = datetime.date(2026, 8, 17)
sheet = book.create_sheet("Rekap 2026")
sheet.append(["Rekapitulasi belanja"])
sheet.append([])
for number, row in enumerate(rows):
    sheet.append([value(number, column, text) for column, text in enumerate(row)])
sheet.append(["Jumlah"] + [None] * 21 + ["=SUM(W4:W%d)" % (len(rows) + 2)])
book.save("openpyxl.xlsx")

book = xlsxwriter.Workbook("xlsxwriter.xlsx")
sheet = book.add_worksheet("Rekap")
money = book.add_format({"num_format": '"Rp"#,##0.00;[Red]("Rp"#,##0.00)'})
total = 0.0
for number, row in enumerate(rows):
    for column, text in enumerate(row):
        made = value(number, column, text)
        if made is not None:
            sheet.write(number, column, made, money if column == 22 and number else None)
        if column == 22 and number:
            total += made
sheet.write(len(rows), 0, "Jumlah")
sheet.write_formula(len(rows), 22, "=SUM(W2:W%d)" % len(rows), money, total)
book.close()
