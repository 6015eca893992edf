t = 0
for i in range(1, 1001):
    least = 100000000 + i * 200000
    t += sum(s.pagu[1] for s in S if s.pagu[1] > least)
print(t)
