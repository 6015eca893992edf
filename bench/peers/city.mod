# The city in MathProg: glpsol --check -m city.mod -d city.dat; prints sum=RUPIAH met=N of=M.
set Y := 1..5;
set ACC; set SRC;
param D; param P; param S; param I; param R;
param prog{1..S}; param acc{1..S}, symbolic; param src{1..S}, symbolic;
param pagu{1..S, Y}; param rpjmd{1..P, Y}; param revenue{SRC, Y};
param dir{1..I}; param base{1..I}; param target{1..I, Y}; param proj{1..I, Y};
param kind{1..R}, symbolic; param name{1..R}, symbolic; param row{1..R}; param value{1..R};

# Subkegiatan are in the order of their programmes: ten to each three kegiatan.
param from{p in 1..P} := 10 * (p - 1) + 1;
set OF{p in 1..P} := from[p]..from[p] + 9;
set OFACC{a in ACC} := setof{s in 1..S: acc[s] = a} s;
set OFSRC{c in SRC} := setof{s in 1..S: src[s] = c} s;
param byprog{p in 1..P, y in Y} := sum{s in OF[p]} pagu[s, y];
param bydept{d in 1..D, y in Y} := sum{p in 4 * d - 3..4 * d} byprog[p, y];
param capital{d in 1..D, y in Y} :=
  sum{p in 4 * d - 3..4 * d, s in OF[p]: substr(acc[s], 1, 3) = '5.2'} pagu[s, y];
param byacc{a in ACC, y in Y} := sum{s in OFACC[a]} pagu[s, y];
param bysrc{c in SRC, y in Y} := sum{s in OFSRC[c]} pagu[s, y];
param total{y in Y} := sum{p in 1..P} byprog[p, y];
param income{y in Y} := sum{c in SRC} revenue[c, y];
param under{r in 1..R, y in Y} :=
  sum{a in ACC: a = name[r] or 
    substr(a & '........', 1, length(name[r]) + 1) = name[r] & '.'} byacc[a, y];
param amiss{r in 1..R} :=
  if kind[r] = 'seimbang' then card({y in Y: total[y] > income[y]})
  else if kind[r] = 'plafon' then card({p in 1..P, y in Y: byprog[p, y] > rpjmd[p, y]})
  else if kind[r] = 'rekening_maks' then card({y in Y: under[r, y] * 100 > value[r] * total[y]})
  else if kind[r] = 'rekening_min' then card({y in Y: under[r, y] * 100 < value[r] * total[y]})
  else if kind[r] = 'sumber_maks' then card({y in Y: bysrc[name[r], y] * 100 > value[r] * total[y]})
  else if kind[r] = 'tercapai' then card({i in 1..I, y in Y: (proj[i, y] - target[i, y]) * dir[i] < 0})
  else if kind[r] = 'program_maks' then card({y in Y: byprog[row[r], y] > value[r]})
  else if kind[r] = 'modal_maks' then card({y in Y: capital[row[r], y] * 100 > value[r] * bydept[row[r], y]})
  else if kind[r] = 'dinas_min' then card({y in Y: bydept[row[r], y] < value[r]})
  else card({y in Y: (proj[row[r], y] - target[row[r], y]) * dir[row[r]] < 0});
printf "sum=%.0f met=%d of=%d\n", sum{y in Y} total[y], sum{r in 1..R} (if amiss[r] = 0 then 1 else 0), R;
end;
