local function f(x, y) return (x * 31 + y) % 65521 end
local x = 1
for i = 1, 2000000 do x = f(x, f(i, x)) end
print(string.format("%.0f", x))
