"""Writes the plan of the simulation benchmark: 30 uncertain parameters, 200 formulas of which 40 saturate, 50 targets."""
import sys

draws = sys.argv[1] if len(sys.argv) > 1 else "1000000"
out = ['daerah "Tolok ukur" jenis kota periode 2026..2026']
for i in range(30):
    kind = (f"normal({100 + i}; 10)", f"segitiga(50; 100; {150 + i})", "lognormal(100; 0,2)")[i % 3]
    out.append(f"parameter p{i} ~ {kind}")
for k in range(160):
    before = f" + f{k - 30} / 10" if k >= 30 else ""
    out.append(f"misal f{k} = p{k % 30} * {k + 1} / 100 + p{(k * 7 + 3) % 30} - p{(k * 11 + 5) % 30} / 2{before}")
for j in range(40):
    out.append(f"misal c{j} = p{j % 30} * Rp 10 rb")
    out.append(f'indikator x{j} "X{j}" {{ satuan titik\narah naik\nketelitian 0,001\nawal 2025 = 50\ntarget 2026 = {54 + j % 5} }}')
out.append('dinas a "A" {')
for j in range(40):
    out.append(f'program q{j} "Q{j}" {{ pagu apbd 2026 = Rp {500 + 10 * j} jt\nmendorong x{j} jenuh mutlak {{ biaya satuan c{j}\n'
               "sasaran_penerima 1000 orang\npaling tinggi 80%\ndampak 10 } }")
out.append("}")
shown = [f"f{150 + n}" for n in range(10)] + [f"peluang(f{140 + n} > 120)" for n in range(10)]
out.append(f"simulasi {draws} tampilkan " + "; ".join(shown))
print("\n".join(out))
