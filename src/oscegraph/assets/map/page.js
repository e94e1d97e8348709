// Everything around the drawing: legend, filters, search, details, tables, buttons. Text goes in as text, never as HTML.
const $ = (id) => document.getElementById(id);
function make(tag, attributes, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes || {})) {
    if (name === "onclick") element.addEventListener("click", value);
    else if (value !== false && value !== undefined && value !== null) element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ""));
  return element;
}
const SVG = "http://www.w3.org/2000/svg";
function drawn(tag, attributes, ...children) {
  const element = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
}
const plurals = { activity: "activities", [data.noun]: data.nouns };
const many = (count, noun) => count + " " + (count === 1 ? noun : plurals[noun] || noun + "s");
const number = (value) => (Number.isInteger(value) ? String(value) : value.toPrecision(4).replace(/0+$/, "").replace(/\.$/, ""));

// Legend, which is the filter of types as well.
function swatch(shape, group) {
  const points = corners(shape, 9, 9, shape === "star" ? 8 : 6.5), fill = `var(--g${group % 6})`;
  return drawn("svg", { width: 18, height: 18, "aria-hidden": "true" }, points ? drawn("path", { d: points.map(([x, y], i) => (i ? "L" : "M") + x + " " + y).join("") + "Z", fill }) : drawn("circle", { cx: 9, cy: 9, r: 6.5, fill }));
}
types.forEach((type, index) => {
  const box = make("input", { type: "checkbox", value: index, id: "type-" + index });
  box.addEventListener("change", () => { box.checked ? filters.off.delete(index) : filters.off.add(index); changed(); });
  $("types").append(make("label", { class: "check", for: "type-" + index }, box, swatch(type.shape, type.group), make("span", {}, `${type.label} (${type.count})`)));
});
const bar = (w, dashes) => drawn("svg", { width: 40, height: 14, "aria-hidden": "true" }, drawn("line", { x1: 0, y1: 7, x2: 40, y2: 7, stroke: "var(--tie)", "stroke-width": w, "stroke-dasharray": dashes || "none" }));
const most = Math.max(...nodes.map((node) => node.e.length), 1);
$("sizes").append(
  make("li", {}, drawn("svg", { width: 40, height: 26, "aria-hidden": "true" }, drawn("circle", { cx: 8, cy: 13, r: 4, fill: "var(--g4)" }), drawn("circle", { cx: 27, cy: 13, r: 12, fill: "var(--g4)" })), `size: ${data.sizes} (up to ${most})`),
  make("li", {}, bar(width(heaviest / 40)), bar(width(heaviest)), `width: weight of a tie (up to ${number(heaviest)})`),
  ...(ties.some((tie) => tie.dashes) ? [make("li", {}, bar(2, "5 4"), "dashed: by rule, not by the words of the report")] : []),
);
themes.forEach((theme, index) => $("theme").append(make("option", { value: index }, theme.label)));
roles.forEach((role, index) => $("role").append(make("option", { value: index }, role)));
$("theme").addEventListener("change", (event) => { filters.theme = event.target.value; changed(); });
$("role").addEventListener("change", (event) => { filters.role = event.target.value; changed(); });
if (months.length < 2) $("months").hidden = true;
for (const id of ["from", "to"]) {
  $(id).max = Math.max(months.length - 1, 0);
  $(id).addEventListener("input", (event) => {
    filters[id] = +event.target.value;
    if (filters.from > filters.to) filters[id === "from" ? "to" : "from"] = filters[id];
    changed();
  });
}
$("vague").addEventListener("change", (event) => { filters.vague = event.target.checked; changed(); });
// Steps of the least weight: the weights that occur, at most a hundred of them.
const distinct = [...new Set(ties.map((tie) => tie.w))].sort((a, b) => a - b);
const steps = [0, ...(distinct.length > 100 ? Array.from({ length: 100 }, (_, i) => distinct[Math.floor((i * (distinct.length - 1)) / 99)]) : distinct)];
$("least").max = steps.length - 1;
$("least").addEventListener("input", (event) => { filters.least = steps[+event.target.value]; changed(); });
$("filters").addEventListener("reset", (event) => { event.preventDefault(); filters = none(); changed(); });
$("filters").addEventListener("submit", (event) => event.preventDefault());

function showFilters() {
  types.forEach((_, index) => { $("type-" + index).checked = !filters.off.has(index); });
  $("theme").value = filters.theme; $("role").value = filters.role; $("from").value = filters.from; $("to").value = filters.to; $("vague").checked = filters.vague;
  const at = steps.findIndex((step) => step >= filters.least - 1e-9);
  $("least").value = at < 0 ? steps.length - 1 : at;
  $("leastshown").textContent = number(filters.least);
  const period = months.length ? (wholePeriod() ? "all, dated or not" : `${months[filters.from][0]} to ${months[filters.to][0]}`) : "";
  $("period").textContent = period;
  for (const id of ["from", "to"]) if (months.length) $(id).setAttribute("aria-valuetext", months[filters[id]][0]);
  $("least").setAttribute("aria-valuetext", number(filters.least));
}

// Search.
let options = [], active = -1;
function suggest() {
  options = find($("search").value, 12);
  active = options.length ? 0 : -1;
  $("found").replaceChildren(...options.map((index, place) => {
    const node = nodes[index], also = node.names.slice(0, 2).join(", ");
    return make("li", { role: "option", id: "option-" + place, "aria-selected": String(place === active), onclick: () => pick(place) }, node.label, make("small", {}, ` ${types[node.type].label}${also ? "; " + also : ""}`));
  }));
  const empty = $("search").value.trim() && !options.length;
  if (empty) $("found").append(make("li", { role: "option", "aria-selected": "false", "aria-disabled": "true" }, "No name fits."));
  const open = options.length > 0 || empty;
  $("found").hidden = !open;
  $("search").setAttribute("aria-expanded", String(Boolean(open)));
  point();
}
function point() {
  [...$("found").children].forEach((item, place) => item.setAttribute("aria-selected", String(place === active)));
  if (active >= 0) { $("search").setAttribute("aria-activedescendant", "option-" + active); $("found").children[active].scrollIntoView({ block: "nearest" }); } else $("search").removeAttribute("aria-activedescendant");
}
function pick(place) {
  const node = nodes[options[place]];
  $("search").value = "";
  suggest();
  choose({ actor: node.iri }, true);
}
$("search").addEventListener("input", suggest);
$("search").addEventListener("keydown", (event) => {
  if (event.key === "ArrowDown" || event.key === "ArrowUp") { if (options.length) { active = (active + (event.key === "ArrowDown" ? 1 : options.length - 1)) % options.length; point(); } event.preventDefault(); }
  else if (event.key === "Enter" && active >= 0) { pick(active); event.preventDefault(); }
  else if (event.key === "Escape") { $("search").value = ""; suggest(); }
});
$("search").addEventListener("blur", () => setTimeout(() => { if (document.activeElement !== $("search")) { $("found").hidden = true; $("search").setAttribute("aria-expanded", "false"); } }, 200));

// Details.
const toActor = (index) => make("button", { type: "button", class: "link", onclick: () => choose({ actor: nodes[index].iri }, true) }, nodes[index].label);
const toTie = (index, text) => make("button", { type: "button", class: "link", onclick: () => choose({ tie: index }, false) }, text);
const dates = (event) => (event.first && event.last ? (event.first === event.last ? event.first : `${event.first} to ${event.last}`) + (event.sure ? "" : ` (known to the ${event.precision})`) : "no date");
const lines = ([chapter, first, last]) => (first === null || first === undefined ? chapter : first === last ? `${chapter}, line ${first}` : `${chapter}, lines ${first}-${last}`);

function told(index) {
  const event = events[index];
  const who = data.parts.map((role, bit) => [role, event.actors.filter(([, mask]) => mask & (1 << bit))]).filter(([, actors]) => actors.length);
  return make("section", {},
    make("strong", {}, event.label),
    event.kind === "statement" ? null : make("div", {}, [dates(event), event.place || "no place", event.kind].filter(Boolean).join("; ")),
    event.themes.length ? make("div", {}, "theme: " + event.themes.map((theme) => themes[theme].label).join(", ")) : null,
    ...who.map(([role, actors]) => make("div", {}, role + ": ", actors.flatMap(([actor], place) => [place ? ", " : "", typeof actor === "number" ? toActor(actor) : actor]))),
    event.told.length ? make("div", { class: "where" }, "report: " + event.told.map(lines).join("; ")) : null,
    event.kind === "statement" ? null : make("div", {}, "rests on: " + (event.basis.length ? event.basis.map((decision) => decisions[decision]).join("; ") : "no decision is stated")),
  );
}

// The weight is said where it is not just the number of activities.
function worth(tie) {
  const count = eventsOfTie(ties[tie]).length;
  return (shown.weights[tie] === count ? "" : `weight ${number(shown.weights[tie])}, `) + many(count, data.event);
}
const listed = (all) => { const shownFirst = all.slice(0, 40); return [...shownFirst.map(told), all.length > 40 ? make("p", {}, `${all.length - 40} more; narrow the filters to read them.`) : null]; };
const heading = (text) => make("h2", { id: "details-title" }, text);
const close = () => make("button", { type: "button", onclick: () => choose(null) }, "Show all again");

function showDetails() {
  const place = $("details");
  if (!chosen) {
    place.replaceChildren(heading("How to read it"), ...data.help.map((line) => make("p", {}, line)));
  } else if (chosen.tie !== undefined) {
    const tie = ties[chosen.tie], all = eventsOfTie(tie);
    const out = shown.ties[chosen.tie] ? null : make("p", {}, "The filters leave this tie out of the drawing.");
    place.replaceChildren(heading("Tie"), make("p", {}, toActor(tie.a), " and ", toActor(tie.b)), make("p", {}, `weight ${number(shown.weights[chosen.tie])}; ${many(all.length, data.event)}`), ...(out ? [out] : []), close(), ...listed(all));
  } else {
    const copies = sameActor.get(chosen.actor), node = nodes[copies[0]];
    const around = copies.flatMap((index) => neighbours(index)).sort((a, b) => shown.weights[b[1]] - shown.weights[a[1]] || (nodes[a[0]].label < nodes[b[0]].label ? -1 : 1));
    const all = [...new Set(copies.flatMap((index) => eventsOfNode(nodes[index])))].sort((a, b) => a - b);
    place.replaceChildren(
      heading(node.label),
      make("p", {}, [types[node.type].label, node.area, node.names.length ? "also: " + node.names.join("; ") : ""].filter(Boolean).join("; ")),
      copies.some((index) => shown.nodes[index]) ? "" : make("p", {}, "The filters leave it out of the drawing."),
      close(),
      make("h3", {}, `${many(around.length, "partner")} here`),
      make("ul", {}, around.slice(0, 60).map(([other, tie]) => make("li", {}, toActor(other), " ", toTie(tie, worth(tie)), nodes[other].panel ? ` (${nodes[other].panel})` : ""))),
      make("h3", {}, many(all.length, data.event)),
      ...listed(all),
    );
  }
  place.scrollTop = 0;
}

// Tables.
let table = "ties", sorting = { ties: ["weight", -1], nodes: ["strength", -1] }, first = 0;
const PAGE = 100;
const columns = {
  ties: [["actor", (t) => nodes[t.a].label + (nodes[t.a].panel ? ` (${nodes[t.a].panel})` : "")], ["and", (t) => nodes[t.b].label], ["weight", (t, i) => shown.weights[i], true], [data.event_many, (t) => eventsOfTie(t).length, true], [data.role_many, (t) => maskNames(t.e.filter(([e]) => passes(events[e])).reduce((mask, [, m]) => mask | m, 0)).join(", ")], ["first", (t) => edge(t, "first")], ["last", (t) => edge(t, "last")], ["chapters", (t) => [...new Set(eventsOfTie(t).flatMap((e) => events[e].told.map(([chapter]) => chapter)))].join(", ")]],
  nodes: [[data.noun, (n) => n.label + (n.panel ? ` (${n.panel})` : "")], ["type", (n) => types[n.type].label], ["area", (n) => n.area || ""], ["partners", (n, i) => neighbours(i).length, true], ["strength", (n, i) => neighbours(i).reduce((sum, [, tie]) => sum + shown.weights[tie], 0), true], [data.event_many, (n) => eventsOfNode(n).length, true]],
};
function edge(tie, which) {
  const days = eventsOfTie(tie).map((e) => events[e][which]).filter(Boolean).sort();
  return days.length ? days[which === "first" ? 0 : days.length - 1] : "";
}
function showTable() {
  const list = table === "ties" ? ties : nodes, on = table === "ties" ? shown.ties : shown.nodes, heads = columns[table];
  const [by, way] = sorting[table], at = Math.max(heads.findIndex(([name]) => name === by), 0);
  const rows = list.map((item, index) => [item, index]).filter(([, index]) => on[index]).map(([item, index]) => [heads[at][1](item, index), item, index]);
  rows.sort((a, b) => way * (typeof a[0] === "number" ? a[0] - b[0] : a[0] < b[0] ? -1 : a[0] > b[0] ? 1 : 0) || a[2] - b[2]);
  first = Math.min(first, Math.max(0, Math.floor((rows.length - 1) / PAGE) * PAGE));
  const noun = table === "ties" ? "tie" : data.noun;
  $("counted").textContent = rows.length ? `${many(rows.length, noun)}; rows ${first + 1} to ${Math.min(first + PAGE, rows.length)}` : "Nothing fits the filters.";
  $("table").caption.textContent = table === "ties" ? "Ties as drawn" : "Nodes as drawn";
  $("table").tHead.replaceChildren(make("tr", {}, heads.map(([name, , numeric], place) => make("th", { scope: "col", class: numeric ? "number" : false, "aria-sort": place === at ? (way > 0 ? "ascending" : "descending") : "none" },
    make("button", { type: "button", onclick: () => { sorting[table] = [name, place === at ? -way : numeric ? -1 : 1]; first = 0; showTable(); $("table").tHead.querySelectorAll("button")[place].focus(); } }, name + (place === at ? (way > 0 ? " ▲" : " ▼") : ""))))));
  $("table").tBodies[0].replaceChildren(...rows.slice(first, first + PAGE).map(([, item, index]) => {
    const current = chosen && (table === "ties" ? chosen.tie === index : chosen.actor === item.iri);
    return make("tr", { "aria-current": current ? "true" : false }, heads.map(([, value, numeric], place) => {
      const cell = value(item, index), text = typeof cell === "number" ? number(cell) : cell;
      return make("td", { class: numeric ? "number" : false }, place === 0 ? make("button", { type: "button", class: "link", onclick: () => choose(table === "ties" ? { tie: index } : { actor: item.iri }, true) }, text || "(no name)") : text);
    }));
  }));
  $("before").disabled = first === 0;
  $("after").disabled = first + PAGE >= rows.length;
}
function tab(name) {
  table = name; first = 0;
  for (const key of ["ties", "nodes"]) { $("tab-" + key).setAttribute("aria-selected", String(key === name)); $("tab-" + key).tabIndex = key === name ? 0 : -1; }
  $("panel").setAttribute("aria-labelledby", "tab-" + name);
  showTable();
}
for (const key of ["ties", "nodes"]) {
  $("tab-" + key).addEventListener("click", () => tab(key));
  $("tab-" + key).addEventListener("keydown", (event) => { if (["ArrowLeft", "ArrowRight"].includes(event.key)) { const other = key === "ties" ? "nodes" : "ties"; tab(other); $("tab-" + other).focus(); } });
}
$("before").addEventListener("click", () => { first = Math.max(0, first - PAGE); showTable(); });
$("after").addEventListener("click", () => { first += PAGE; showTable(); });

// What happens after each change, once for each frame of the screen.
let due = false, settled = Promise.resolve(), ready = false;
function changed() {
  showFilters();
  if (due) return;
  due = true;
  settled = new Promise((done) => requestAnimationFrame(() => { due = false; try { update(); } finally { done(); } }));
}
function update() {
  sift();
  redraw();
  const count = shown.nodes.filter(Boolean).length, tied = shown.ties.filter(Boolean).length;
  $("summary").textContent = `${many(count, data.noun)} and ${many(tied, "tie")} shown` + (count < nodes.length || tied < ties.length ? ` of ${nodes.length} and ${ties.length}` : "");
  showDetails();
  showTable();
  remember();
}
let fitted = true;
function remember() {
  if (!ready) return;
  const { scale, center } = view();
  const text = address(fitted ? null : [Math.round(center.x), Math.round(center.y), +scale.toPrecision(4)]);
  try { history.replaceState(null, "", text ? "#" + text : location.pathname + location.search); } catch { /* a page in a frame may not */ }
}
function choose(what, look) {
  const held = document.activeElement, row = held.closest("#table tbody tr")?.rowIndex;
  chosen = what;
  showDetails();
  showTable();
  // The button that was pressed is made anew: the focus goes to the same row, or to the details.
  if (!held.isConnected) (row === undefined ? $("details") : $("table").rows[row]?.querySelector("button"))?.focus({ preventScroll: true });
  if (what && look) bring();
  else network.redraw();
  remember();
}
function bring() {
  const mark = marked();
  if (!mark || !mark.nodes.size) return network.redraw();
  network.fit({ nodes: [...mark.nodes], maxZoomLevel: 1.4, animation: false });
  loosen();
  fitted = false;
}
// A little air around the drawing, so that names fit beside the outermost nodes.
function loosen() { network.moveTo({ scale: network.getScale() * 0.9, animation: false }); }
function whole() { network.fit({ nodes: nodes.map((_, index) => index), animation: false }); loosen(); fitted = true; }

network.on("click", (event) => {
  if (event.nodes.length) choose({ actor: nodes[event.nodes[0]].iri });
  else if (event.edges.length) choose({ tie: event.edges[0] });
  else if (chosen) choose(null);
});
for (const name of ["zoom", "dragEnd"]) network.on(name, () => { fitted = false; remember(); });
function save(blob, name) {
  const link = make("a", { href: URL.createObjectURL(blob), download: name });
  document.body.append(link); link.click(); link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 10000);
}
$("fit").addEventListener("click", () => { whole(); remember(); });
$("physics").addEventListener("click", (event) => {
  const on = event.currentTarget.getAttribute("aria-pressed") !== "true";
  event.currentTarget.setAttribute("aria-pressed", String(on));
  network.setOptions({ physics: { enabled: on, solver: "forceAtlas2Based", stabilization: false } });
});
$("png").addEventListener("click", async () => save(await picture(), data.file + ".png"));
$("svg").addEventListener("click", () => save(vector(), data.file + ".svg"));
$("print").addEventListener("click", () => window.print());
$("link").addEventListener("click", async (event) => {
  const button = event.currentTarget;
  const { scale, center } = view(); fitted = false; remember(); void scale; void center;
  try { await navigator.clipboard.writeText(location.href); button.textContent = "Copied"; } catch { button.textContent = "See address bar"; }
  setTimeout(() => { button.textContent = "Copy link"; }, 2500);
});
function dress(dark) { document.documentElement.toggleAttribute("data-dark", dark); $("dark").setAttribute("aria-pressed", String(dark)); }
$("dark").addEventListener("click", () => { dress(!document.documentElement.hasAttribute("data-dark")); repaint(); });
new ResizeObserver(() => { if (fitted) whole(); }).observe(stage);

function open() {
  const at = readAddress(location.hash.slice(1));
  showFilters();
  sift();
  redraw();
  if (at) { network.moveTo({ position: { x: at[0], y: at[1] }, scale: at[2], animation: false }); fitted = false; } else if (chosen) bring(); else whole();
  update();
}
if (window.matchMedia("(max-width: 42rem)").matches) $("controls").open = false;
// What the system is set to while the page is open counts, too: the pages of the explorer around a map follow it.
const dusk = window.matchMedia("(prefers-color-scheme: dark)");
if (dusk.matches) { dress(true); repaint(); }
dusk.addEventListener("change", () => { dress(dusk.matches); repaint(); });
open();
ready = true;
window.addEventListener("hashchange", open);

// For scripts and tests: what is drawn, in figures.
window.oscegraph = {
  network, choose, drawnAt: () => drawnAt, labels: () => labels, settled: () => settled, svg: () => vector().text(),
  shown: () => ({ nodes: nodes.filter((_, i) => shown.nodes[i]).map((node) => node.id), ties: ties.flatMap((tie, i) => (shown.ties[i] ? [[nodes[tie.a].id, nodes[tie.b].id, shown.weights[i]]] : [])) }),
  chosen: () => chosen,
  place: (id) => { const p = network.canvasToDOM(network.getPosition(byId.get(id))); return [p.x, p.y]; },
  middle: (a, b) => { const p = network.getPosition(byId.get(a)), q = network.getPosition(byId.get(b)), m = network.canvasToDOM({ x: (p.x + q.x) / 2, y: (p.y + q.y) / 2 }); return [m.x, m.y]; },
};
