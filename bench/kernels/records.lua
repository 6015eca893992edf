local t = 0
for i = 1, 1000 do
  local least = 100000000 + i * 200000
  for n = 1, #S do
    local m = S[n].pagu[2]
    if m > least then t = t + m end
  end
end
print(string.format("%.0f", t))
