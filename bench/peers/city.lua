-- The city as constructor calls: lua peers/city.lua check|edit DATA.lua
-- check: sum=RUPIAH met=N of=M; edit: edit_ns V, edit_check V, with dependency lists kept by hand.
local mode, file = arg[1], arg[2]
local YEARS = 5
local D, P, K, S, I, R = {}, {}, {}, {}, {}, {}
local dept, prog, keg
local named = {}
local revenue = {}

function dinas(name, title, code)
  dept = { name = name, title = title, code = code, sum = {0, 0, 0, 0, 0},
    capital = {0, 0, 0, 0, 0} }
  D[#D + 1] = dept
  named[name] = dept
end
function program(name, title, code, goal, ceiling)
  prog = { name = name, title = title, code = code, goal = goal, ceiling = ceiling,
    dept = dept, sum = {0, 0, 0, 0, 0} }
  P[#P + 1] = prog
  named[name] = prog
end
function kegiatan(name, title, code)
  keg = { name = name, title = title, code = code, prog = prog }
  K[#K + 1] = keg
  named[name] = keg
end
function subkegiatan(name, title, code, account, source, pagu)
  local s = { name = name, title = title, code = code, account = account, source = source,
    pagu = pagu, keg = keg, prog = prog, dept = dept }
  S[#S + 1] = s
  named[name] = s
end
function indikator(name, title, unit, dir, base, target, proj)
  local i = { name = name, title = title, unit = unit, up = dir == 'naik',
    base = base, target = target, proj = proj }
  I[#I + 1] = i
  named[name] = i
end
function pendapatan(source, values) revenue[source] = values end
function aturan(name, title, kind, on, value)
  R[#R + 1] = { name = name, title = title, kind = kind, on = on, value = value }
end

dofile(file)

local total, income = {0, 0, 0, 0, 0}, {0, 0, 0, 0, 0}
local byAccount, bySource = {}, {}
for n = 1, #S do
  local s = S[n]
  local pagu, ps, ds = s.pagu, s.prog.sum, s.dept.sum
  s.isCapital = s.account:sub(1, 3) == '5.2'
  local cs = s.isCapital and s.dept.capital
  local as, ss = byAccount[s.account], bySource[s.source]
  if not as then as = {0, 0, 0, 0, 0}; byAccount[s.account] = as end
  if not ss then ss = {0, 0, 0, 0, 0}; bySource[s.source] = ss end
  for y = 1, YEARS do
    local m = pagu[y]
    ps[y] = ps[y] + m
    ds[y] = ds[y] + m
    if cs then cs[y] = cs[y] + m end
    as[y] = as[y] + m
    ss[y] = ss[y] + m
    total[y] = total[y] + m
  end
end
for _, values in pairs(revenue) do
  for y = 1, YEARS do income[y] = income[y] + values[y] end
end

local function under(prefix)
  local list = {}
  for account, sums in pairs(byAccount) do
    if account == prefix or account:sub(1, #prefix + 1) == prefix .. '.' then list[#list + 1] = sums end
  end
  return list
end
local function sum(list, y)
  local v = 0
  for i = 1, #list do v = v + list[i][y] end
  return v
end

-- Each constraint is a closure of the year; lists say which sums it reads.
local C = {}
local broken = 0
local function constraint(rule, holds, reads)
  local c = { rule = rule, holds = holds, bad = {} }
  C[#C + 1] = c
  for y = 1, YEARS do
    local b = not holds(y)
    c.bad[y] = b
    if b then rule.count = rule.count + 1 end
  end
  if mode == 'edit' and reads then
    for i = 1, #reads do
      local t = reads[i]
      t.readers = t.readers or {}
      t.readers[#t.readers + 1] = c
    end
  end
end
local make = {
  seimbang = function(r) constraint(r, function(y) return total[y] <= income[y] end) end,
  plafon = function(r)
    for n = 1, #P do
      local ps, ceiling = P[n].sum, P[n].ceiling
      constraint(r, function(y) return ps[y] <= ceiling[y] end, { P[n] })
    end
  end,
  rekening_maks = function(r)
    local list, v = under(r.on), r.value
    constraint(r, function(y) return sum(list, y) * 100 <= v * total[y] end, list)
  end,
  rekening_min = function(r)
    local list, v = under(r.on), r.value
    constraint(r, function(y) return sum(list, y) * 100 >= v * total[y] end, list)
  end,
  sumber_maks = function(r)
    local s, v = bySource[r.on], r.value
    constraint(r, function(y) return s[y] * 100 <= v * total[y] end, { s })
  end,
  tercapai = function(r)
    for n = 1, #I do
      local target, proj = I[n].target, I[n].proj
      if I[n].up then constraint(r, function(y) return proj[y] >= target[y] end)
      else constraint(r, function(y) return proj[y] <= target[y] end) end
    end
  end,
  program_maks = function(r)
    local p, v = named[r.on], r.value
    local s = p.sum
    constraint(r, function(y) return s[y] <= v end, { p })
  end,
  modal_maks = function(r)
    local d, v = named[r.on], r.value
    local s, c = d.sum, d.capital
    constraint(r, function(y) return c[y] * 100 <= v * s[y] end, { d })
  end,
  dinas_min = function(r)
    local d, v = named[r.on], r.value
    local s = d.sum
    constraint(r, function(y) return s[y] >= v end, { d })
  end,
  indikator = function(r)
    local i = named[r.on]
    local target, proj = i.target, i.proj
    if i.up then constraint(r, function(y) return proj[y] >= target[y] end)
    else constraint(r, function(y) return proj[y] <= target[y] end) end
  end,
}
for n = 1, #R do
  R[n].count = 0
  make[R[n].kind](R[n])
  if R[n].count > 0 then broken = broken + 1 end
end
-- The built-in rule: no source pays more than it brings. Not among the counted.
local pool = { count = 0, builtin = true }
for source, s in pairs(bySource) do
  local r = revenue[source]
  constraint(pool, function(y) return s[y] <= r[y] end, { s })
end

if mode == 'check' then
  local all = 0
  for y = 1, YEARS do all = all + total[y] end
  io.write(string.format('sum=%.0f met=%d of=%d\n', all, #R - broken, #R))
  return
end

local seed = 2025
local function draw(n)
  seed = seed * 16807 % 2147483647
  return seed % n
end
local function renew(readers, y)
  if not readers then return end
  for i = 1, #readers do
    local c = readers[i]
    local now, was = not c.holds(y), c.bad[y]
    if now ~= was then
      c.bad[y] = now
      local r = c.rule
      local before = r.count
      r.count = before + (now and 1 or -1)
      if not r.builtin then
        if before == 0 then broken = broken + 1 elseif r.count == 0 then broken = broken - 1 end
      end
    end
  end
end
local function move(s, y, by)
  s.pagu[y] = s.pagu[y] + by
  local t = s.prog.sum
  t[y] = t[y] + by
  t = s.dept.sum
  t[y] = t[y] + by
  if s.isCapital then t = s.dept.capital; t[y] = t[y] + by end
  t = byAccount[s.account]
  t[y] = t[y] + by
  t = bySource[s.source]
  t[y] = t[y] + by
end
local function edit()
  local a, b, y = S[draw(#S) + 1], S[draw(#S) + 1], draw(YEARS) + 1
  local amount = (draw(20) + 1) * 1000000
  if amount > a.pagu[y] then amount = a.pagu[y] end
  move(a, y, -amount)
  move(b, y, amount)
  renew(a.prog.readers, y)
  renew(a.dept.readers, y)
  if b.prog ~= a.prog then renew(b.prog.readers, y) end
  if b.dept ~= a.dept then renew(b.dept.readers, y) end
  if a.account ~= b.account then
    renew(byAccount[a.account].readers, y)
    renew(byAccount[b.account].readers, y)
  end
  if a.source ~= b.source then
    renew(bySource[a.source].readers, y)
    renew(bySource[b.source].readers, y)
  end
end
local check = 0
for _ = 1, 100000 do
  edit()
  check = check + broken
end
local took = {}
for i = 1, 7 do
  local start = os.clock()
  for _ = 1, 100000 do edit() end
  took[i] = (os.clock() - start) * 1e4
end
table.sort(took)
io.write(string.format('edit_ns %.1f\nedit_check %.0f\n', took[4], check))
