a = b = ""
for _ in range(6000):
    a = a + "kota "
for _ in range(3000):
    b = b + "kota kota "
print(6000 if a == b else 0)
