local t = 0
for a = 1, 600000 do
  local list, s = {3, 1, 4, 1, 5, 9, 2, 6}, 0
  for n = 1, #list do s = s + list[n] * a % 7 end
  t = t + s
end
print(string.format("%.0f", t))
