# The least money moved with which the city's rules about money hold, in MathProg:
# glpsol -m city.mod -d city.dat; prints moved=JUTA.
set Y := 1..5;
set ACC; set SRC;
param D; param P; param S; param I; param R;
param prog{1..S}; param acc{1..S}, symbolic; param src{1..S}, symbolic;
param pagu{1..S, Y}; param rpjmd{1..P, Y}; param revenue{SRC, Y};
param dir{1..I}; param base{1..I}; param target{1..I, Y}; param proj{1..I, Y};
param kind{1..R}, symbolic; param name{1..R}, symbolic; param row{1..R}; param value{1..R};

# Subkegiatan are in the order of their programmes: ten to each three kegiatan, four programmes to a department.
set OF{p in 1..P} := 10 * (p - 1) + 1..10 * p;
set OFDEPT{d in 1..D} := 40 * (d - 1) + 1..40 * d;
set OFSRC{c in SRC} := setof{s in 1..S: src[s] = c} s;
set UNDER{r in 1..R: kind[r] = 'rekening_maks' or kind[r] = 'rekening_min'} := setof{s in 1..S:
  acc[s] = name[r] or substr(acc[s] & '........', 1, length(name[r]) + 1) = name[r] & '.'} s;
set CAPITAL{d in 1..D} := setof{s in OFDEPT[d]: substr(acc[s], 1, 3) = '5.2'} s;

# In juta rupiah.
var give{s in 1..S, y in Y}, >= 0, <= pagu[s, y] / 1e6;
var take{s in 1..S, y in Y}, >= 0;
var topool{SRC, Y}, >= 0;
var frompool{SRC, Y}, >= 0;
param now{s in 1..S, y in Y} := pagu[s, y] / 1e6;
minimize moved: sum{s in 1..S, y in Y} give[s, y] + sum{c in SRC, y in Y} (frompool[c, y] + 0.001 * topool[c, y]);
s.t. ring{c in SRC, y in Y}: sum{s in OFSRC[c]} (give[s, y] - take[s, y]) - topool[c, y] + frompool[c, y] = 0;
s.t. pool{c in SRC, y in Y}:
  topool[c, y] - frompool[c, y] >= (sum{s in OFSRC[c]} pagu[s, y] - revenue[c, y]) / 1e6;
s.t. balanced{y in Y}:
  sum{s in 1..S} (now[s, y] - give[s, y] + take[s, y]) <= sum{c in SRC} revenue[c, y] / 1e6;
s.t. ceiling{p in 1..P, y in Y}: sum{s in OF[p]} (now[s, y] - give[s, y] + take[s, y]) <= rpjmd[p, y] / 1e6;
s.t. accmost{r in 1..R, y in Y: kind[r] = 'rekening_maks'}:
  sum{s in UNDER[r]} (now[s, y] - give[s, y] + take[s, y]) <= value[r] / 100 * sum{s in 1..S} (now[s, y] - give[s, y] + take[s, y]);
s.t. accleast{r in 1..R, y in Y: kind[r] = 'rekening_min'}:
  sum{s in UNDER[r]} (now[s, y] - give[s, y] + take[s, y]) >= value[r] / 100 * sum{s in 1..S} (now[s, y] - give[s, y] + take[s, y]);
s.t. srcmost{r in 1..R, y in Y: kind[r] = 'sumber_maks'}:
  sum{s in OFSRC[name[r]]} (now[s, y] - give[s, y] + take[s, y]) <= value[r] / 100 * sum{s in 1..S} (now[s, y] - give[s, y] + take[s, y]);
s.t. progmost{r in 1..R, y in Y: kind[r] = 'program_maks'}:
  sum{s in OF[row[r]]} (now[s, y] - give[s, y] + take[s, y]) <= value[r] / 1e6;
s.t. capmost{r in 1..R, y in Y: kind[r] = 'modal_maks'}:
  sum{s in CAPITAL[row[r]]} (now[s, y] - give[s, y] + take[s, y])
    <= value[r] / 100 * sum{s in OFDEPT[row[r]]} (now[s, y] - give[s, y] + take[s, y]);
s.t. deptleast{r in 1..R, y in Y: kind[r] = 'dinas_min'}:
  sum{s in OFDEPT[row[r]]} (now[s, y] - give[s, y] + take[s, y]) >= value[r] / 1e6;
solve;
printf "moved=%.3f\n", sum{s in 1..S, y in Y} give[s, y] + sum{c in SRC, y in Y} frompool[c, y];
end;
