"""The same choice in PuLP: the table of plan.py, the solver named, the same gap."""
import sys

import pulp

with open(sys.argv[1]) as table:
    head, *rows = [[int(x) for x in line.split()] for line in table]
*ceilings, least = head
model = pulp.LpProblem("pilih", pulp.LpMaximize)
x = [pulp.LpVariable(f"x{i}", cat="Binary") for i in range(len(rows))]
model += pulp.lpSum(row[3] * x[i] for i, row in enumerate(rows))
for year in range(3):
    model += pulp.lpSum(row[year] * x[i] for i, row in enumerate(rows)) <= ceilings[year]
for label in range(6):
    model += pulp.lpSum(x[i] for i, row in enumerate(rows) if row[4] == label) >= least
for i, row in enumerate(rows):
    if row[5] >= 0:
        model += x[i] <= x[row[5]]
    if row[6] >= 0:
        model += x[i] + x[row[6]] <= 1
gap = 0.4 / sum(row[3] for row in rows)
solver = pulp.getSolver(sys.argv[2], msg=False, gapRel=gap)
model.solve(solver)
print(pulp.LpStatus[model.status], round(pulp.value(model.objective)))
