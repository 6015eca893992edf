print(sum(sum(x * a % 7 for x in [3, 1, 4, 1, 5, 9, 2, 6]) for a in range(1, 600001)))
