-- The same model as constructor calls; prints how many rules hold.
local departments, programmes, total, rules = {}, {}, {0, 0, 0, 0, 0}, {}
local leaves, indicators = {}, {}
function department(d, title) departments[d] = {title = title, sum = {0, 0, 0, 0, 0}} end
function programme(d, p, title, a, b, c, e, f) programmes[d * 4 + p] = {title = title, own = {0, 0, 0, 0, 0}, ceiling = {a, b, c, e, f}} end
function activity(d, p, k, title) end
function subactivity(d, p, k, s, title, ...)
  local own, sum = programmes[d * 4 + p].own, departments[d].sum
  local cells = {...}
  leaves[#leaves + 1] = {title = title, cells = cells}
  for y = 1, 5 do own[y] = own[y] + cells[y]; sum[y] = sum[y] + cells[y]; total[y] = total[y] + cells[y] end
end
function indicator(i, title, base, ...) indicators[i] = {title = title, base = base, targets = {...}} end
local function rule(kind) return function(r, d) rules[#rules + 1] = {kind = kind, d = d} end end
ceiling, share, plafond = rule(0), rule(1), rule(2)
function finish()
  local met = 0
  for _, rule in ipairs(rules) do
    local ok, sum = true, departments[rule.d].sum
    for y = 1, 5 do
      if rule.kind == 0 and sum[y] > 165000 then ok = false end
      if rule.kind == 1 and sum[y] * 1000 > total[y] * 25 then ok = false end
      if rule.kind == 2 then
        for p = rule.d * 4, rule.d * 4 + 3 do if programmes[p].own[y] > programmes[p].ceiling[y] then ok = false end end
      end
    end
    if ok then met = met + 1 end
  end
  print("met " .. met .. " of " .. #rules)
end
-- LuaJIT allows 65,536 constants a function: the plan is loaded in chunks of 400 lines.
local chunk, count = {}, 0
local function flush() assert((loadstring or load)(table.concat(chunk, "\n")))(); chunk = {} end
for line in io.lines(arg[1]) do
  chunk[#chunk + 1] = line
  if #chunk == 400 then flush() end
end
if #chunk > 0 then flush() end
