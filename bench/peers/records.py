"""records.py FOLDER KERNEL.py: the city's records, then a kernel over them."""
import csv
import sys


class Sub:
    __slots__ = ("name", "dept", "account", "source", "pagu")


S = []
with open(f"{sys.argv[1]}/cells.csv", encoding="utf-8", newline="") as file:
    reader = csv.reader(file)
    next(reader)
    for row in reader:
        s = Sub()
        s.name, s.dept, s.account, s.source = row[0], row[1], row[6], row[7]
        s.pagu = list(map(int, row[8:]))
        S.append(s)
with open(sys.argv[2], encoding="utf-8") as file:
    exec(compile(file.read(), sys.argv[2], "exec"), {"S": S})
