"""Writes projects to choose from, as a plan or as a table for the peer: N projects, three years, two labels' bounds."""
import hashlib
import sys

count, form = int(sys.argv[1]), sys.argv[2]


def draw(what, low, high):
    """A figure that is the same everywhere: a hash of its place."""
    digest = hashlib.sha256(f"{what}".encode()).digest()
    return low + int.from_bytes(digest[:6], "big") % (high - low + 1)


projects = []
for i in range(count):
    costs = [draw(f"cost{i}.{year}", 5, 400) * 10 for year in range(3)]
    benefit = draw(f"benefit{i}", 10, 990)
    needs = draw(f"other{i}", 0, i - 1) if i and draw(f"needs{i}", 0, 9) == 0 else None
    rejects = draw(f"enemy{i}", 0, i - 1) if i and draw(f"rejects{i}", 0, 9) == 0 else None
    projects.append((costs, benefit, draw(f"label{i}", 0, 5), needs, rejects))
ceilings = [sum(costs[year] for costs, *_ in projects) * 3 // 10 for year in range(3)]
least = count // 30
if form == "plan":
    print('daerah "Tolok ukur" periode 2026..2028')
    for i, (costs, benefit, label, needs, rejects) in enumerate(projects):
        print(f'proyek p{i} "Proyek {i}" {{')
        print("  biaya 2026..2028 = Rp " + "; ".join(f"{cost} jt" for cost in costs))
        print(f"  manfaat {benefit // 10},{benefit % 10}\n  label \"l{label}\"")
        if needs is not None:
            print(f"  syarat p{needs}")
        if rejects is not None:
            print(f"  tolak p{rejects}")
        print("}")
    bounds = "\n".join(f'  paling sedikit {least} untuk label "l{label}"' for label in range(6))
    print("pilih proyek maksimalkan manfaat dalam pagu 2026..2028 = Rp " + "; ".join(f"{c} jt" for c in ceilings) + f" {{\n{bounds}\n}}")
else:
    print(*ceilings, least)
    for costs, benefit, label, needs, rejects in projects:
        print(*costs, benefit, label, -1 if needs is None else needs, -1 if rejects is None else rejects)
