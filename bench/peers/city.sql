-- The city in DuckDB, run in the folder of the CSV files; answers one row: sum, met, of.
create table cells as
  select dept, prog, account, source, unnest([1, 2, 3, 4, 5]) as y, unnest([y1, y2, y3, y4, y5])::hugeint as m
  from read_csv('cells.csv', types = {'code': 'VARCHAR', 'account': 'VARCHAR'});
create table ceilings as
  select prog, unnest([1, 2, 3, 4, 5]) as y, unnest([y1, y2, y3, y4, y5])::hugeint as m
  from read_csv('programmes.csv');
create table revenue as
  select source, unnest([1, 2, 3, 4, 5]) as y, unnest([y1, y2, y3, y4, y5])::hugeint as m
  from read_csv('revenue.csv');
create table indicators as
  select ind, dir, unnest([t1, t2, t3, t4, t5]) as t, unnest([p1, p2, p3, p4, p5]) as p
  from read_csv('indicators.csv');
create table rules as select * from read_csv('rules.csv', types = {'name': 'VARCHAR'});
create table total as select y, sum(m) as m from cells group by y;
create table prog as select prog, y, sum(m) as m from cells group by all;
create table dept as select dept, y, sum(m) as m,
    sum(case when account like '5.2%' then m else 0 end) as capital
  from cells group by all;
create table acc as select account, y, sum(m) as m from cells group by all;
create table src as select source, y, sum(m) as m from cells group by all;
create table wrong as
  select rule from rules, total t join (select y, sum(m) as m from revenue group by y) r using (y)
    where kind = 'seimbang' and t.m > r.m
  union all select rule from rules, prog p join ceilings c using (prog, y)
    where kind = 'plafon' and p.m > c.m
  union all select rule from (
    select rule, kind, value, t.y, t.m as whole, sum(a.m) as part from rules
    join acc a on a.account = rules.name or starts_with(a.account, rules.name || '.')
    join total t on t.y = a.y
    where kind in ('rekening_maks', 'rekening_min') group by all)
    where case when kind = 'rekening_maks' then part * 100 > value * whole
      else part * 100 < value * whole end
  union all select rule from rules join src s on s.source = rules.name
    join total t on t.y = s.y
    where kind = 'sumber_maks' and s.m * 100 > value * t.m
  union all select rule from rules, indicators where kind = 'tercapai' and (p - t) * dir < 0
  union all select rule from rules join prog p on p.prog = rules.row
    where kind = 'program_maks' and p.m > value
  union all select rule from rules join dept d on d.dept = rules.row
    where kind = 'modal_maks' and capital * 100 > value * m
  union all select rule from rules join dept d on d.dept = rules.row
    where kind = 'dinas_min' and m < value
  union all select rule from rules join indicators i on i.ind = rules.row
    where kind = 'indikator' and (p - t) * dir < 0;
select 'sum=' || (select sum(m) from total) ||
  ' met=' ||
  (select count(*) from rules) - (select count(distinct rule) from wrong)
  || ' of=' || (select count(*) from rules) as answer;
