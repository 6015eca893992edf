local x = 0
for i = 1, 5000000 do x = (x * 7 + i) % 1000003 end
print(string.format("%.0f", x))
