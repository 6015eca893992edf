"""The least money moved with which the city's rules about money hold, in PuLP; prints moved=JUTA and the seconds of building
and solving. Arguments: the folder of the tables, the solver."""
import csv
import sys
import time
from collections import defaultdict

import pulp

folder, solver = sys.argv[1], sys.argv[2]
begin = time.perf_counter()
years = range(5)


def rows(name):
    with open(f"{folder}/{name}.csv") as file:
        return list(csv.DictReader(file))


cells = rows("cells")
money = [[int(cell[f"y{y + 1}"]) / 1e6 for y in years] for cell in cells]
rpjmd = {int(p["prog"]): [int(p[f"y{y + 1}"]) / 1e6 for y in years] for p in rows("programmes")}
revenue = {r["source"]: [int(r[f"y{y + 1}"]) / 1e6 for y in years] for r in rows("revenue")}
model = pulp.LpProblem("perbaiki", pulp.LpMinimize)
cost = []
for y in years:
    give = [pulp.LpVariable(f"g{s}_{y}", 0, money[s][y]) for s in range(len(cells))]
    take = [pulp.LpVariable(f"t{s}_{y}", 0) for s in range(len(cells))]
    groups = defaultdict(list)
    for s, cell in enumerate(cells):
        groups["total"].append(s)
        groups["prog", int(cell["prog"])].append(s)
        groups["dept", int(cell["dept"])].append(s)
        groups["source", cell["source"]].append(s)
        parts = cell["account"].split(".")
        for k in range(1, len(parts) + 1):
            groups["account", ".".join(parts[:k])].append(s)
        if cell["account"].startswith("5.2"):
            groups["capital", int(cell["dept"])].append(s)

    def change(key):
        return pulp.lpSum([take[s] for s in groups[key]] + [-give[s] for s in groups[key]])

    def now(key):
        return sum(money[s][y] for s in groups[key])

    # A sum of money is built once and used by all rules that read it.
    known = {}

    def spent(key):
        if key not in known:
            known[key] = change(key) + now(key)
        return known[key]

    for source, income in revenue.items():
        to = pulp.LpVariable(f"to_{source}_{y}", 0)
        back = pulp.LpVariable(f"from_{source}_{y}", 0)
        model += change(("source", source)) + to - back == 0
        model += to - back >= now(("source", source)) - income[y]
        cost += [back, 0.001 * to]
    cost += give
    total = spent("total")
    model += total <= sum(income[y] for income in revenue.values())
    for p, most in rpjmd.items():
        model += spent(("prog", p)) <= most[y]
    for rule in rows("rules"):
        kind, name, row, value = rule["kind"], rule["name"], int(rule["row"]), float(rule["value"])
        if kind == "rekening_maks":
            model += spent(("account", name)) <= value / 100 * total
        elif kind == "rekening_min":
            model += spent(("account", name)) >= value / 100 * total
        elif kind == "sumber_maks":
            model += spent(("source", name)) <= value / 100 * total
        elif kind == "program_maks":
            model += spent(("prog", row)) <= value / 1e6
        elif kind == "modal_maks":
            model += spent(("capital", row)) <= value / 100 * spent(("dept", row))
        elif kind == "dinas_min":
            model += spent(("dept", row)) >= value / 1e6
model += pulp.lpSum(cost)
model.solve(pulp.getSolver(solver, msg=False))
moved = sum(v.value() for v in model.variables() if v.name.startswith(("g", "from_")))
print(f"{pulp.LpStatus[model.status]} moved={moved:.3f}")
print(f"seconds={time.perf_counter() - begin:.3f}", file=sys.stderr)
