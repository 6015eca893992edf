-- The same model in LuaJIT: one draw after the other, in arrays of doubles.
local ffi = require("ffi")
local draws = tonumber(arg[1]) or 1000000
local p, f = ffi.new("double[30]"), ffi.new("double[160]")
local met = ffi.new("double[50]")
local bins, low, scale, size = {}, {}, {}, 4096
for m = 0, 9 do bins[m] = ffi.new("uint32_t[?]", size) end
local random, sqrt, log, exp, cos, sin, floor = math.random, math.sqrt, math.log, math.exp, math.cos, math.sin, math.floor
local tanh = math.tanh
math.randomseed(1)

local spare
local function normal()
  if spare then
    local kept = spare
    spare = nil
    return kept
  end
  local r, a = sqrt(-2 * log(1 - random())), 6.283185307179586 * random()
  spare = r * sin(a)
  return r * cos(a)
end

local function draw()
  for i = 0, 29, 3 do
    p[i] = 100 + i + 10 * normal()
    local u, width = random(), 101 + i
    if u < 50 / width then p[i + 1] = 50 + sqrt(u * width * 50) else p[i + 1] = 151 + i - sqrt((1 - u) * width * (width - 50)) end
    p[i + 2] = 100 * exp(0.2 * normal())
  end
  for k = 0, 29 do f[k] = p[k % 30] * ((k + 1) / 100) + p[(k * 7 + 3) % 30] - p[(k * 11 + 5) % 30] / 2 end
  for k = 30, 159 do
    f[k] = p[k % 30] * ((k + 1) / 100) + p[(k * 7 + 3) % 30] - p[(k * 11 + 5) % 30] / 2 + f[k - 30] / 10
  end
end

local function count()
  for m = 0, 9 do if f[140 + m] > 120 then met[m] = met[m] + 1 end end
  for j = 0, 39 do
    local x = 50 + 8 * tanh((500 + 10 * j) * 1e6 / (p[j % 30] * 10000 * 1000 * 0.8))
    if floor(x * 1000 + 0.5) / 1000 >= 54 + j % 5 then met[10 + j] = met[10 + j] + 1 end
  end
end

local least, most = {}, {}
for _ = 1, 512 do
  draw()
  for m = 0, 9 do
    least[m] = math.min(least[m] or math.huge, f[150 + m])
    most[m] = math.max(most[m] or -math.huge, f[150 + m])
  end
end
for m = 0, 9 do
  low[m] = least[m] - (most[m] - least[m]) / 2
  scale[m] = size / (2 * (most[m] - least[m]))
end
for _ = 1, draws do
  draw()
  count()
  for m = 0, 9 do
    local at = floor((f[150 + m] - low[m]) * scale[m])
    at = at < 0 and 0 or at > size - 1 and size - 1 or at
    bins[m][at] = bins[m][at] + 1
  end
end
for m = 0, 49 do print(string.format("chance %.6f", met[m] / draws)) end
for m = 0, 9 do
  local before, at = 0, 0
  while before + bins[m][at] < draws / 2 do
    before = before + bins[m][at]
    at = at + 1
  end
  print(string.format("median %.3f", low[m] + (at + (draws / 2 - before) / bins[m][at]) / scale[m]))
end
