local t = 0
for a = 1, 3000 do
  for b = 1, 1000 do
    if b % 3 == 1 then t = t + a * b % 11 end
  end
end
print(string.format("%.0f", t))
