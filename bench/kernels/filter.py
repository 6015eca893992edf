print(sum(a * b % 11 for a in range(1, 3001) for b in range(1, 1001) if b % 3 == 1))
