// The data of the page, what is filtered and selected, and the address that brings back this view.
const read = (id) => JSON.parse(document.getElementById(id).textContent);
const data = read("data");
const { nodes, ties, events, types, groups, roles, themes, months, decisions } = data;
const byId = new Map(nodes.map((node, index) => [node.id, index]));
// Several nodes may stand for one actor, as in the map theme by theme.
const sameActor = new Map();
nodes.forEach((node, index) => sameActor.set(node.iri, [...(sameActor.get(node.iri) || []), index]));
const tiesOf = nodes.map(() => []);
ties.forEach((tie, index) => { tiesOf[tie.a].push(index); tiesOf[tie.b].push(index); });

const none = () => ({ off: new Set(), theme: "", role: "", from: 0, to: Math.max(months.length - 1, 0), vague: false, least: 0 });
let filters = none();
let chosen = null; // {actor: iri} or {tie: number}
const shown = { nodes: nodes.map(() => true), ties: ties.map(() => true), weights: ties.map((tie) => tie.w) };

const wholePeriod = () => months.length < 2 || (filters.from === 0 && filters.to === months.length - 1);

// The rule of every period filter of oscegraph: a date known to the day overlaps the period, a vaguer one lies inside.
function within(event) {
  if (wholePeriod()) return true;
  const start = months[filters.from][1], end = months[filters.to][2];
  if (!event.first || !event.last || event.last < start || event.first > end) return false;
  return filters.vague || event.sure || (event.first >= start && event.last <= end);
}

const passes = (event) => (filters.theme === "" || event.themes.includes(+filters.theme)) && within(event);

function sift() {
  const good = events.map(passes);
  const bit = filters.role === "" ? 0 : 1 << filters.role;
  const times = data.weighting === "jaccard" ? nodes.map((node) => node.e.reduce((sum, e) => sum + (good[e] ? events[e].times : 0), 0)) : null;
  ties.forEach((tie, index) => {
    let weight = 0;
    for (const [event, mask, share] of tie.e) if (good[event] && (!bit || mask & bit)) weight += share === undefined ? events[event].share : share;
    if (times && weight) weight /= times[tie.a] + times[tie.b] - weight;
    shown.weights[index] = weight;
    shown.ties[index] = weight > 0 && weight >= filters.least - 1e-9 && !filters.off.has(nodes[tie.a].type) && !filters.off.has(nodes[tie.b].type);
  });
  const narrow = bit || filters.least > 0;
  nodes.forEach((node, index) => {
    shown.nodes[index] = !filters.off.has(node.type) && (tiesOf[index].some((tie) => shown.ties[tie]) || (!narrow && (node.e.length === 0 || node.e.some((e) => good[e]))));
  });
}

const eventsOfTie = (tie) => tie.e.filter(([event, mask]) => passes(events[event]) && (filters.role === "" || mask & (1 << filters.role))).map(([event]) => event).sort((a, b) => a - b);
const eventsOfNode = (node) => node.e.filter((event) => passes(events[event]));
const maskNames = (mask) => roles.filter((_, index) => mask & (1 << index));
const neighbours = (index) => tiesOf[index].filter((tie) => shown.ties[tie]).map((tie) => [ties[tie].a === index ? ties[tie].b : ties[tie].a, tie]);

// What is marked in the drawing: the chosen actor with its partners and ties, or the chosen tie with its two ends.
function marked() {
  if (!chosen) return null;
  if (chosen.tie !== undefined) {
    const ends = [ties[chosen.tie].a, ties[chosen.tie].b].filter((index) => shown.nodes[index]);
    return { core: ends, nodes: new Set(ends), ties: shown.ties[chosen.tie] ? [chosen.tie] : [] };
  }
  const core = (sameActor.get(chosen.actor) || []).filter((index) => shown.nodes[index]);
  const around = core.flatMap(neighbours);
  return { core, nodes: new Set([...core, ...around.map(([node]) => node)]), ties: around.map(([, tie]) => tie) };
}

const fold = (text) => text.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
const names = nodes.map((node) => [node.label, node.short, ...node.names].filter(Boolean).map(fold));

function find(words, most) {
  const wanted = fold(words).trim();
  if (!wanted) return [];
  const hits = [];
  const seen = new Set();
  nodes.forEach((node, index) => {
    if (seen.has(node.iri)) return;
    let rank = 9;
    for (const name of names[index]) {
      if (name === wanted) rank = Math.min(rank, 0);
      else if (name.startsWith(wanted)) rank = Math.min(rank, 1);
      else if (name.includes(" " + wanted)) rank = Math.min(rank, 2);
      else if (name.includes(wanted)) rank = Math.min(rank, 3);
    }
    if (rank < 9) { seen.add(node.iri); hits.push([rank, -node.e.length, node.label, index]); }
  });
  hits.sort((a, b) => a[0] - b[0] || a[1] - b[1] || (a[2] < b[2] ? -1 : 1));
  return hits.slice(0, most).map((hit) => hit[3]);
}

function address(view) {
  const parts = new URLSearchParams();
  if (chosen && chosen.actor !== undefined) parts.set("actor", chosen.actor);
  if (chosen && chosen.tie !== undefined) parts.set("tie", nodes[ties[chosen.tie].a].id + " " + nodes[ties[chosen.tie].b].id);
  if (filters.off.size) parts.set("without", [...filters.off].sort((a, b) => a - b).map((type) => types[type].id).join(" "));
  if (filters.theme !== "") parts.set("theme", themes[filters.theme].id);
  if (filters.role !== "") parts.set("role", roles[filters.role]);
  if (!wholePeriod()) parts.set("months", months[filters.from][0] + " " + months[filters.to][0]);
  if (filters.vague) parts.set("vague", "1");
  if (filters.least > 0) parts.set("least", String(filters.least));
  if (view) parts.set("view", view.join(" "));
  return parts.toString();
}

// Whatever an address holds, only known values are taken.
function readAddress(text) {
  const parts = new URLSearchParams(text);
  filters = none();
  chosen = null;
  const place = (list, id) => { const at = list.findIndex((item) => (item.id ?? item[0] ?? item) === id); return at < 0 ? "" : String(at); };
  (parts.get("without") || "").split(" ").forEach((id) => { const at = types.findIndex((type) => type.id === id); if (at >= 0) filters.off.add(at); });
  filters.theme = place(themes, parts.get("theme"));
  filters.role = parts.has("role") && roles.includes(parts.get("role")) ? String(roles.indexOf(parts.get("role"))) : "";
  const [from, to] = (parts.get("months") || "").split(" ").map((month) => months.findIndex((known) => known[0] === month));
  if (from >= 0 && to >= from) { filters.from = from; filters.to = to; }
  filters.vague = parts.get("vague") === "1";
  const least = Number(parts.get("least"));
  if (least > 0 && least < 1e9) filters.least = least;
  if (sameActor.has(parts.get("actor"))) chosen = { actor: parts.get("actor") };
  const ends = (parts.get("tie") || "").split(" ").map((id) => byId.get(id));
  if (ends.length === 2 && ends[0] !== undefined && ends[1] !== undefined) {
    const tie = tiesOf[ends[0]].find((index) => ties[index].a === ends[1] || ties[index].b === ends[1]);
    if (tie !== undefined) chosen = { tie };
  }
  const view = (parts.get("view") || "").split(" ").map(Number);
  return view.length === 3 && Math.abs(view[0]) < 1e6 && Math.abs(view[1]) < 1e6 && view[2] >= 1e-3 && view[2] <= 20 ? view : null;
}
