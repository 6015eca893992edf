-- Exact: whole rupiah scaled to ten-thousandths of a per cent, half to even.
local floor = math.floor
local x = 1000000
for _ = 1, 2000000 do
  if x > 1000000000 then
    x = x - 999000000
  else
    local part = x * 35
    local whole = floor(part / 10000)
    local rest = part - whole * 10000
    if rest > 5000 or (rest == 5000 and whole % 2 == 1) then whole = whole + 1 end
    x = x + whole
  end
end
print(string.format("%.0f", x))
