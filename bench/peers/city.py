"""The city from CSV in plain Python: city.py check|edit FOLDER; answers as peers/city.lua gives them."""
import csv
import sys
import time

mode, folder = sys.argv[1], sys.argv[2]
YEARS = range(5)


def rows(name):
    with open(f"{folder}/{name}.csv", encoding="utf-8", newline="") as file:
        reader = csv.reader(file)
        next(reader)
        yield from reader


class Sums:
    __slots__ = ("y", "readers")

    def __init__(self):
        self.y = [0] * 5
        self.readers = []


prog_sum, dept_sum, capital, by_account, by_source = {}, {}, {}, {}, {}
total = [0] * 5
cells = []
ceilings = {}
for prog, dept, *values in rows("programmes"):
    ceilings[int(prog)] = list(map(int, values))
    prog_sum[int(prog)] = Sums()
    if int(dept) not in dept_sum:
        dept_sum[int(dept)] = Sums()
        capital[int(dept)] = Sums()
for sub, dept, prog, keg, code, title, account, source, *values in rows("cells"):
    if account not in by_account:
        by_account[account] = Sums()
    if source not in by_source:
        by_source[source] = Sums()
    touched = [prog_sum[int(prog)], dept_sum[int(dept)], by_account[account], by_source[source]]
    if account.startswith("5.2"):
        touched.append(capital[int(dept)])
    money = list(map(int, values))
    for sums in touched:
        line = sums.y
        for y in YEARS:
            line[y] += money[y]
    for y in YEARS:
        total[y] += money[y]
    cells.append((money, touched))
indicators = {}
for row in rows("indicators"):
    figures = list(map(float, row[4:]))
    indicators[int(row[0])] = (row[3] == "1", figures[1:6], figures[6:11])
revenue = {source: list(map(int, values)) for source, *values in rows("revenue")}
income = [sum(values[y] for values in revenue.values()) for y in YEARS]


class Constraint:
    __slots__ = ("rule", "holds", "bad")


counts = []
broken = 0


def constraint(rule, holds, reads=()):
    made = Constraint()
    made.rule, made.holds = rule, holds
    made.bad = [not holds(y) for y in YEARS]
    counts[rule] += sum(made.bad)
    for sums in reads:
        sums.readers.append(made)


def under(prefix):
    below = prefix + "."
    return [sums for account, sums in by_account.items() if account == prefix or account.startswith(below)]


def reached(rule, indicator):
    up, target, projection = indicator
    if up:
        constraint(rule, lambda y: projection[y] >= target[y])
    else:
        constraint(rule, lambda y: projection[y] <= target[y])


def declare(rule, kind, name, row, value):
    if kind == "seimbang":
        constraint(rule, lambda y: total[y] <= income[y])
    elif kind == "plafon":
        for prog, ceiling in ceilings.items():
            constraint(rule, lambda y, s=prog_sum[prog].y, c=ceiling: s[y] <= c[y], [prog_sum[prog]])
    elif kind == "rekening_maks":
        group = under(name)
        constraint(rule, lambda y: sum(s.y[y] for s in group) * 100 <= value * total[y], group)
    elif kind == "rekening_min":
        group = under(name)
        constraint(rule, lambda y: sum(s.y[y] for s in group) * 100 >= value * total[y], group)
    elif kind == "sumber_maks":
        sums = by_source[name]
        constraint(rule, lambda y: sums.y[y] * 100 <= value * total[y], [sums])
    elif kind == "tercapai":
        for indicator in indicators.values():
            reached(rule, indicator)
    elif kind == "program_maks":
        sums = prog_sum[row]
        constraint(rule, lambda y: sums.y[y] <= value, [sums])
    elif kind == "modal_maks":
        part, whole = capital[row].y, dept_sum[row].y
        constraint(rule, lambda y: part[y] * 100 <= value * whole[y], [dept_sum[row]])
    elif kind == "dinas_min":
        sums = dept_sum[row]
        constraint(rule, lambda y: sums.y[y] >= value, [sums])
    elif kind == "indikator":
        reached(rule, indicators[row])
    else:
        sys.exit(f"unknown kind {kind}")


for number, (_, kind, name, row, value) in enumerate(rows("rules")):
    counts.append(0)
    declare(number, kind, name, int(row), int(value))
    broken += counts[number] > 0
rules = len(counts)
counts.append(0)  # the built-in rule: no source pays more than it brings
for source, sums in by_source.items():
    constraint(rules, lambda y, s=sums.y, r=revenue[source]: s[y] <= r[y], [sums])

if mode == "check":
    print(f"sum={sum(total)} met={rules - broken} of={rules}")
    sys.exit(0)

seed = 2025


def draw(n):
    global seed
    seed = seed * 16807 % 2147483647
    return seed % n


def edit():
    global broken
    a, b, y = draw(len(cells)), draw(len(cells)), draw(5)
    amount = (draw(20) + 1) * 1000000
    (money_a, sums_a), (money_b, sums_b) = cells[a], cells[b]
    amount = min(amount, money_a[y])
    money_a[y] -= amount
    money_b[y] += amount
    for sums in sums_a:
        sums.y[y] -= amount
    for sums in sums_b:
        sums.y[y] += amount
    for i, sums in enumerate(sums_a + sums_b):
        if i >= len(sums_a) and sums in sums_a:
            continue
        for c in sums.readers:
            now, was = not c.holds(y), c.bad[y]
            if now != was:
                c.bad[y] = now
                before = counts[c.rule]
                counts[c.rule] = before + (1 if now else -1)
                if c.rule < rules:
                    broken += (counts[c.rule] > 0) - (before > 0)


check = 0
for _ in range(100000):
    edit()
    check += broken
took = []
for _ in range(5):
    start = time.perf_counter()
    for _ in range(10000):
        edit()
    took.append((time.perf_counter() - start) * 1e5)
print(f"edit_ns {sorted(took)[2]:.1f}\nedit_check {check}")
