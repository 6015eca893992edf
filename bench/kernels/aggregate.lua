local t = 0
for _ = 1, 1000 do
  local by, most = {}, 0
  for n = 1, #S do
    local s = S[n]
    if s.account:sub(1, 3) == "5.2" then by[s.dept] = (by[s.dept] or 0) + s.pagu[2] end
  end
  for _, m in pairs(by) do if m > most then most = m end end
  t = t + most
end
print(string.format("%.0f", t))
