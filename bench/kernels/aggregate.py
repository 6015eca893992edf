t = 0
for _ in range(1000):
    by = {}
    for s in S:
        if s.account.startswith("5.2"):
            by[s.dept] = by.get(s.dept, 0) + s.pagu[1]
    t += max(by.values())
print(t)
