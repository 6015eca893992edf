/// The page: no outside resources, readable from the back of a room, in light and dark, with keys, for screen readers.
let page = #"""
<!doctype html>
<html lang="id">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>PlanLang</title>
<style>
:root { color-scheme: light dark; --paper: #fbfaf7; --ink: #1c1b19; --soft: #6b675f; --line: #d9d4c8; --card: #ffffff;
  --now: #1f6f8b; --then: #b9b2a3; --good: #1d7a3e; --bad: #b3261e; --warn: #9a6400; }
@media (prefers-color-scheme: dark) { :root:not(.light) { --paper: #14161a; --ink: #f1efe9; --soft: #a7a49c; --line: #343840; --card: #1d2026;
  --now: #6cc3e0; --then: #5b6069; --good: #6fd08c; --bad: #ff8a80; --warn: #f2c14e; } }
:root.dark { --paper: #14161a; --ink: #f1efe9; --soft: #a7a49c; --line: #343840; --card: #1d2026;
  --now: #6cc3e0; --then: #5b6069; --good: #6fd08c; --bad: #ff8a80; --warn: #f2c14e; }
* { box-sizing: border-box; }
html { font-size: clamp(13px, 1.05vw, 26px); }
body { margin: 0; min-height: 100vh; background: var(--paper); color: var(--ink); font: 1rem/1.35 system-ui, "Noto Sans", sans-serif; display: flex; flex-direction: column; }
header { display: flex; flex-wrap: wrap; align-items: baseline; gap: .3rem 1.2rem; padding: .8rem 1.4rem .5rem; }
h1 { font-size: 1.7rem; margin: 0; font-weight: 650; }
.scenario { font-size: 1.7rem; color: var(--now); font-weight: 650; }
.about, .document { color: var(--soft); font-size: 1.15rem; }
.state { margin-left: auto; color: var(--soft); }
main { flex: 1; display: grid; grid-template: "money rules" auto "flow rules" auto "indicators rules" 1fr / 1fr 1fr; gap: .8rem; padding: .4rem 1.4rem 1rem; }
section { background: var(--card); border: 1px solid var(--line); border-radius: .6rem; padding: .8rem 1rem; min-width: 0; overflow: hidden; }
section[hidden] { display: none; }
#money { grid-area: money; } #rules { grid-area: rules; } #flow { grid-area: flow; } #indicators { grid-area: indicators; }
main:not(.one) .rule.holds .basis, main:not(.one) .rule.waived .basis { display: none; }
main.one { display: block; font-size: 1.4rem; } main.one section { min-height: 78vh; }
h2 { font-size: 1.1rem; margin: 0 0 .5rem; color: var(--soft); font-weight: 600; }
ul { list-style: none; margin: 0; padding: 0; }
.bar { display: grid; grid-template-columns: minmax(6rem, 10rem) 1fr 12.5rem; gap: .7rem; align-items: center; padding: .16rem 0; }
.bar .name { font-weight: 600; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.bar .figure { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.track { position: relative; height: 1.35em; }
.track i { position: absolute; left: 0; border-radius: .15em; transition: width .35s; }
.track .b { top: 0; height: 100%; background: var(--then); opacity: .55; }
.track .a { top: 22%; height: 56%; background: var(--now); }
.up { color: var(--good); } .down { color: var(--bad); }
.rule { display: grid; grid-template-columns: 1.9rem minmax(5rem, 9rem) 1fr auto; gap: .2rem .6rem; padding: .25rem 0; border-top: 1px solid var(--line); align-items: baseline; }
.rule:first-child { border-top: 0; }
.light { font-weight: 700; text-align: center; border-radius: 50%; width: 1.6rem; line-height: 1.6rem; color: var(--card); display: inline-block; }
.light.holds { background: var(--good); } .light.broken { background: var(--bad); } .light.advice { background: var(--warn); } .light.waived { background: var(--soft); }
.rule .name { font-weight: 600; overflow-wrap: anywhere; } .rule .basis { color: var(--soft); font-size: .85em; display: block; }
.rule .figures { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.indicator { display: grid; grid-template-columns: 1.9rem 1fr auto auto; gap: .7rem; padding: .25rem 0; border-top: 1px solid var(--line); align-items: baseline; }
.indicator:first-child { border-top: 0; }
.indicator .value { font-weight: 650; font-variant-numeric: tabular-nums; white-space: nowrap; } .indicator .target { color: var(--soft); white-space: nowrap; }
svg { width: 100%; height: auto; display: block; } svg text { fill: var(--ink); font-size: 16px; } svg .soft { fill: var(--soft); }
svg .node { fill: var(--now); } svg .none { fill: var(--then); } svg .stream { fill: none; stroke: var(--now); opacity: .35; } svg .stream.lost { stroke: var(--then); opacity: .6; }
footer { padding: 0 1.4rem .7rem; color: var(--soft); font-size: .9rem; }
@media (max-width: 900px) { main { display: block; } section { margin-bottom: .8rem; } .bar { grid-template-columns: 7rem 1fr 10rem; } }
@media (prefers-reduced-motion: reduce) { .track i { transition: none; } }
.hidden { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
</style>
</head>
<body>
<header>
  <h1 id="title">PlanLang</h1><span class="scenario" id="scenario"></span><span class="about" id="about"></span>
  <span class="document" id="document"></span><span class="state" id="state"></span>
</header>
<p class="hidden" id="summary" aria-live="polite"></p>
<main id="main">
  <section id="money" aria-labelledby="h-money" tabindex="-1"><h2 id="h-money"></h2><ul></ul></section>
  <section id="rules" aria-labelledby="h-rules" tabindex="-1"><h2 id="h-rules"></h2><ul></ul></section>
  <section id="indicators" aria-labelledby="h-indicators" tabindex="-1"><h2 id="h-indicators"></h2><ul></ul></section>
  <section id="flow" aria-labelledby="h-flow" tabindex="-1"><h2 id="h-flow"></h2><div></div></section>
</main>
<footer id="keys"></footer>
<script>
"use strict";
const $ = id => document.getElementById(id);
const panels = ["money", "rules", "indicators", "flow"];
let words = {};
const el = (name, cls, text) => { const e = document.createElement(name); if (cls) e.className = cls; if (text !== undefined) e.textContent = text; return e; };
const svg = (name, attributes, text) => { const e = document.createElementNS("http://www.w3.org/2000/svg", name); for (const k in attributes) e.setAttribute(k, attributes[k]); if (text !== undefined) e.textContent = text; return e; };
const fill = (id, items) => { const list = $(id).querySelector("ul"); list.replaceChildren(...(items.length ? items : [el("li", "target", words.none)])); };

function bars(list) {
  fill("money", list.map(b => {
    const li = el("li", "bar"); li.title = b.title;
    const name = el("span", "name", b.name), track = el("span", "track"), figure = el("span", "figure", b.after);
    track.setAttribute("aria-hidden", "true");
    for (const [cls, size] of [["b", b.b], ["a", b.a]]) { const i = el("i", cls); i.style.width = (100 * size).toFixed(2) + "%"; track.append(i); }
    if (b.change) { figure.append(" "); figure.append(el("span", b.change.startsWith("+") ? "up" : "down", b.change)); }
    const told = el("span", "hidden", b.title + (b.change ? ", " + words.before + " " + b.before : ""));
    name.append(told); li.append(name, track, figure); return li;
  }));
}
const marks = { holds: "✓", broken: "✗", advice: "!", waived: "~" };
function rules(list) {
  const order = { broken: 0, advice: 1, waived: 2, holds: 3 };
  fill("rules", list.slice().sort((a, b) => order[a.status] - order[b.status]).map(r => {
    const li = el("li", "rule " + r.status), light = el("span", "light " + r.status, marks[r.status]);
    light.setAttribute("role", "img"); light.setAttribute("aria-label", words[r.status]);
    const title = el("span", "", r.title); if (r.basis) title.append(el("span", "basis", r.basis));
    const figures = el("span", "figures", r.figures);
    if (r.slack) figures.append(el("span", "basis", r.slack));
    li.append(light, el("span", "name", r.name), title, figures); return li;
  }));
}
function indicators(list) {
  fill("indicators", list.map(i => {
    const li = el("li", "indicator"), light = el("span", "light " + (i.met ? "holds" : "advice"), i.met ? "✓" : "!");
    light.setAttribute("role", "img"); light.setAttribute("aria-label", i.met ? words.holds : words.broken);
    const value = el("span", "value", (i.before ? i.before + " → " : "") + i.value);
    li.append(light, el("span", "", i.title), value, el("span", "target", words.target + " " + i.target + " (" + i.year + ")")); return li;
  }));
}
function flow(f) {
  const W = 900, H = 380, top = 26, room = H - top - 10, gap = 5, cols = [140, 400, 662], width = 12;
  const box = $("flow").querySelector("div"), root = svg("svg", { viewBox: `0 0 ${W} ${H}`, role: "img" });
  const label = words.reaches + ": " + f.reached + (f.vision ? " — " + f.vision : "");
  root.append(svg("title", {}, label), svg("text", { x: 0, y: 14, class: "soft" }, label));
  const sums = [new Map(), new Map(), new Map()], add = (m, k, v) => m.set(k, (m.get(k) || 0) + v);
  for (const s of f.streams) { add(sums[0], s.from, s.share); add(sums[1], s.to ?? "—", s.share); if (s.mission) add(sums[2], s.mission, s.share); }
  const places = sums.map(m => { const keys = [...m.keys()].sort((a, b) => m.get(b) - m.get(a)); const free = room - gap * Math.max(keys.length - 1, 0); let y = top; const at = new Map();
    for (const k of keys) { const h = Math.max(m.get(k) * free, 1.5); at.set(k, { y, h, used: 0, out: 0 }); y += h + gap; } return { at, free }; });
  const curve = (x1, y1, x2, y2, w, lost) => root.append(svg("path", { class: "stream" + (lost ? " lost" : ""), "stroke-width": Math.max(w, .8).toFixed(1), d: `M${x1},${y1} C${(x1 + x2) / 2},${y1} ${(x1 + x2) / 2},${y2} ${x2},${y2}` }));
  for (const s of f.streams) {
    const a = places[0].at.get(s.from), b = places[1].at.get(s.to ?? "—"), w = s.share * Math.min(places[0].free, places[1].free);
    curve(cols[0] + width, a.y + a.out + w / 2, cols[1], b.y + b.used + w / 2, w, s.to === null); a.out += w; b.used += w;
    if (s.mission) { const c = places[2].at.get(s.mission), v = s.share * Math.min(places[1].free, places[2].free); curve(cols[1] + width, b.y + b.out + v / 2, cols[2], c.y + c.used + v / 2, v, false); b.out += v; c.used += v; }
  }
  places.forEach((p, column) => { for (const [key, n] of p.at) {
    root.append(svg("rect", { x: cols[column], y: n.y, width, height: n.h, class: key === "—" ? "none" : "node", rx: 2 }));
    const most = column === 2 ? 22 : 27, short = t => t.length > most ? t.slice(0, most - 1) + "…" : t;
    if (n.h >= 9) root.append(column === 0 ? svg("text", { x: cols[0] - 6, y: n.y + n.h / 2 + 4, "text-anchor": "end" }, key) : svg("text", { x: cols[column] + width + 6, y: n.y + n.h / 2 + 4 }, short(key === "—" ? words.adrift : key)));
  } });
  const table = el("ul", "hidden"); for (const s of f.streams) table.append(el("li", "", s.from + " → " + (s.to || words.adrift) + (s.mission ? " → " + s.mission : "") + ": " + s.amount));
  box.replaceChildren(root, table);
}
function show(s) {
  words = s.words; document.documentElement.lang = s.lang; document.title = s.scenario + " · " + s.title;
  $("title").textContent = s.title; $("scenario").textContent = s.scenario; $("about").textContent = s.about; $("document").textContent = s.document;
  for (const p of panels) $("h-" + p).textContent = words[p];
  $("keys").textContent = words.keys; $("state").textContent = words.live; $("summary").textContent = s.summary;
  bars(s.money); rules(s.rules); indicators(s.indicators); flow(s.flow);
}
function only(which) { $("main").classList.toggle("one", which !== null); panels.forEach((p, i) => $(p).hidden = which !== null && which !== i); if (which !== null) $(panels[which]).focus(); }
let shown = null;
document.addEventListener("keydown", e => {
  if (e.ctrlKey || e.altKey || e.metaKey) return;
  if (e.key >= "1" && e.key <= "4") only(shown = +e.key - 1);
  else if (e.key === "0" || e.key === "Escape") only(shown = null);
  else if (e.key === "ArrowRight" || e.key === "PageDown") only(shown = ((shown ?? -1) + 1) % 4);
  else if (e.key === "ArrowLeft" || e.key === "PageUp") only(shown = ((shown ?? 4) + 3) % 4);
  else if (e.key === "t" || e.key === "T") { const r = document.documentElement.classList, dark = r.contains("dark") || (!r.contains("light") && matchMedia("(prefers-color-scheme: dark)").matches); r.toggle("dark", !dark); r.toggle("light", dark); }
});
function follow() {
  const source = new EventSource("/states");
  source.onmessage = e => show(JSON.parse(e.data));
  source.onerror = () => { $("state").textContent = words.lost || "…"; if (source.readyState === 2) setTimeout(follow, 1500); };
}
follow();
</script>
</body>
</html>
"""#
