-- lua peers/records.lua DATA.lua KERNEL.lua: the city's records, then a kernel over them.
S = {}
local dept
function dinas(name, title, code) dept = name end
function program() end
function kegiatan() end
function indikator() end
function pendapatan() end
function aturan() end
function subkegiatan(name, title, code, account, source, pagu)
  S[#S + 1] = { name = name, title = title, code = code, account = account,
    source = source, pagu = pagu, dept = dept }
end
dofile(arg[1])
dofile(arg[2])
