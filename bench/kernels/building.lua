local a, b = "", ""
for _ = 1, 6000 do a = a .. "kota " end
for _ = 1, 3000 do b = b .. "kota kota " end
print(a == b and 6000 or 0)
