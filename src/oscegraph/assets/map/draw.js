// The drawing: vis-network with fixed places; labels that never overlap; what is chosen is drawn over a veil.
const stage = document.getElementById(data.container);
const color = (name) => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
let palette = {};
function readPalette() {
  palette = { back: color("--back"), text: color("--text"), tie: color("--tie"), accent: color("--accent"), mark: color("--mark"), land: color("--land"), coast: color("--coast"), groups: groups.map((_, index) => color("--g" + (index % 6))) };
}
readPalette();

const heaviest = Math.max(...ties.map((tie) => tie.w), 1e-9);
const width = (weight) => 0.7 + 6 * Math.sqrt(Math.max(weight, 0) / heaviest);
const large = ties.length > 6000;
const tieAlpha = ties.length > 6000 ? 0.18 : ties.length > 800 ? 0.32 : 0.6;
const fade = (hex, alpha) => hex + Math.round(alpha * 255).toString(16).padStart(2, "0");
const nodeLook = (index) => { const c = palette.groups[nodes[index].group]; return { background: c, border: palette.back, highlight: { background: c, border: palette.text } }; };
const tieLook = () => ({ color: fade(palette.tie, tieAlpha), highlight: palette.accent, inherit: false });

const visNodes = new vis.DataSet(read("vis-nodes").map((node, index) => ({ ...node, label: undefined, title: undefined, group: undefined, color: nodeLook(index) })));
const visTies = new vis.DataSet(read("vis-ties").map((tie, index) => ({ id: index, from: tie.from, to: tie.to, width: width(ties[index].w), dashes: ties[index].dashes || false, color: tieLook() })));
const network = new vis.Network(stage, { nodes: visNodes, edges: visTies }, { ...read("vis-options"), interaction: { hideEdgesOnDrag: large, hideEdgesOnZoom: large, selectConnectedEdges: false, keyboard: { enabled: true, bindToWindow: false }, hover: false, tooltipDelay: 1e9 } });
const frame = stage.querySelector(".vis-network");
frame.setAttribute("role", "application");
frame.setAttribute("aria-label", "Drawing of the network. Arrow keys move it, plus and minus zoom. The tables below say the same.");

const importance = nodes.map((_, index) => index).sort((a, b) => nodes[b].r - nodes[a].r || tiesOf[b].length - tiesOf[a].length || a - b);
let labels = [];

function corners(shape, x, y, r) {
  const around = (count, from, radius) => Array.from({ length: count }, (_, i) => [x + radius(i) * Math.sin(from + (2 * Math.PI * i) / count), y - radius(i) * Math.cos(from + (2 * Math.PI * i) / count)]);
  const t = 1.15 * r;
  switch (shape) {
    case "square": return [[x - r, y - r], [x + r, y - r], [x + r, y + r], [x - r, y + r]];
    case "diamond": return [[x, y + r], [x + r, y], [x, y - r], [x - r, y]];
    case "triangle": return [[x, y + 0.275 * t - 1.1547 * t], [x + t, y + 0.275 * t + 0.57735 * t], [x - t, y + 0.275 * t + 0.57735 * t]];
    case "triangleDown": return [[x, y - 0.275 * t + 1.1547 * t], [x + t, y - 0.275 * t - 0.57735 * t], [x - t, y - 0.275 * t - 0.57735 * t]];
    case "hexagon": return Array.from({ length: 6 }, (_, i) => [x + r * Math.cos((i * Math.PI) / 3), y + r * Math.sin((i * Math.PI) / 3)]);
    case "star": { const s = 0.82 * r; y += 0.1 * s; return around(10, 0, (i) => (i % 2 === 0 ? 1.3 * s : 0.5 * s)); }
    default: return null;
  }
}

function trace(ctx, points) {
  ctx.beginPath();
  points.forEach(([x, y], i) => (i ? ctx.lineTo(x, y) : ctx.moveTo(x, y)));
}

function drawNode(ctx, index, x, y, border) {
  const points = corners(nodes[index].shape, x, y, nodes[index].r);
  if (points) { trace(ctx, points); ctx.closePath(); } else { ctx.beginPath(); ctx.arc(x, y, nodes[index].r, 0, 2 * Math.PI); }
  ctx.fillStyle = palette.groups[nodes[index].group];
  ctx.fill();
  ctx.strokeStyle = border || palette.back;
  ctx.stroke();
}

const clip = (text, most) => (text.length > most ? text.slice(0, most - 1) + "…" : text);
const labelText = (index) => clip(nodes[index].short.length <= 34 || !nodes[index].label ? nodes[index].short : nodes[index].label, 34).replace(/[\u0000-\u001f\u007f\u200b-\u200f\u2028-\u202e\u2066-\u2069]/g, " ");
const measured = new Map();
function textWidth(ctx, text, bold) {
  const key = (bold ? "b" : "n") + text;
  if (!measured.has(key)) { ctx.font = (bold ? "600 " : "") + "12px system-ui, sans-serif"; measured.set(key, ctx.measureText(text).width); }
  return measured.get(key);
}

// Chooses labels in pixels of the screen: the most important first, to the right, left, below or above; none over another.
function placeLabels(ctx, positions, scale, center, size) {
  const mark = marked();
  const order = mark ? [...mark.core, ...importance.filter((i) => mark.nodes.has(i) && !mark.core.includes(i))] : importance;
  const found = [];
  const grid = new Map();
  const cells = (box) => { const keys = []; for (let i = Math.floor(box[0] / 90); i <= Math.floor(box[2] / 90); i++) for (let j = Math.floor(box[1] / 40); j <= Math.floor(box[3] / 40); j++) keys.push(i * 10007 + j); return keys; };
  const free = (box, own) => cells(box).every((key) => (grid.get(key) || []).every((other) => other[4] === own || box[2] <= other[0] || box[0] >= other[2] || box[3] <= other[1] || box[1] >= other[3]));
  const take = (box) => cells(box).forEach((key) => (grid.get(key) || grid.set(key, []).get(key)).push(box));
  const put = (index) => { const p = positions[index]; return [(p.x - center.x) * scale + size[0] / 2, (p.y - center.y) * scale + size[1] / 2]; };
  // Titles of panels come first, as wide as their panel; a name of a node stays inside of its own panel.
  const frames = new Map();
  for (const panel of data.panels) {
    const left = (panel.x - center.x) * scale + size[0] / 2, top = (panel.y - center.y) * scale + size[1] / 2, w = panel.w * scale, h = 16;
    frames.set(panel.title, [left, top, left + w, top + panel.h * scale]);
    let text = clip(panel.title, 120);
    while (text.length > 4 && textWidth(ctx, text, true) > w - 6) text = text.slice(0, -2).trimEnd() + "…";
    if (textWidth(ctx, text, true) > w || left < 0 || top < h || top > size[1]) continue;
    take([left, top - h, left + w, top, -1]);
    found.push({ index: -1, text, left, top: top - h, width: textWidth(ctx, text, true) + 4, height: h, bold: true });
  }
  for (const index of order) {
    if (!shown.nodes[index]) continue;
    const [x, y] = put(index), r = nodes[index].r * scale;
    if (x < -50 || y < -20 || x > size[0] + 50 || y > size[1] + 20) continue;
    if (r > 3) take([x - r, y - r, x + r, y + r, index]);
  }
  for (const index of order) {
    if (found.length >= 220) break;
    if (!shown.nodes[index]) continue;
    const [x, y] = put(index), r = nodes[index].r * scale;
    if (x < 0 || y < 0 || x > size[0] || y > size[1]) continue;
    const bold = mark ? mark.core.includes(index) : false;
    const text = labelText(index), w = textWidth(ctx, text, bold) + 4, h = 15;
    const spots = [[x + r + 3, y - h / 2], [x - r - 3 - w, y - h / 2], [x - w / 2, y + r + 2], [x - w / 2, y - r - h - 2]];
    for (const [left, top] of spots) {
      const box = [left, top, left + w, top + h, index];
      if (left < 1 || top < 1 || box[2] > size[0] - 1 || box[3] > size[1] - 1 || !free(box, index)) continue;
      const panel = frames.get(nodes[index].panel);
      if (panel && (left < panel[0] || box[2] > panel[2] || top < panel[1] || box[3] > panel[3])) continue;
      take(box.slice(0, 4).concat(-1));
      found.push({ index, text, left, top, width: w, height: h, bold });
      break;
    }
  }
  return found;
}

function view() {
  const scale = network.getScale(), center = network.getViewPosition();
  return { scale, center, size: [stage.clientWidth, stage.clientHeight] };
}

function outline(ctx, scale) {
  for (const shape of data.outline) {
    trace(ctx, shape);
    ctx.fillStyle = palette.land;
    ctx.fill();
  }
  ctx.lineWidth = 1 / scale;
  ctx.strokeStyle = palette.coast;
  for (const panel of data.panels) ctx.strokeRect(panel.x, panel.y, panel.w, panel.h);
}

let drawnAt = null;
network.on("beforeDrawing", (ctx) => outline(ctx, network.getScale()));
network.on("afterDrawing", (ctx) => {
  const { scale, center, size } = view();
  const positions = network.getPositions(), mark = marked();
  const at = nodes.map((_, index) => positions[index]);
  if (mark) {
    ctx.save(); ctx.setTransform(1, 0, 0, 1, 0, 0); ctx.globalAlpha = 0.82; ctx.fillStyle = palette.back; ctx.fillRect(0, 0, ctx.canvas.width, ctx.canvas.height); ctx.restore();
    for (const tie of mark.ties) {
      const a = at[ties[tie].a], b = at[ties[tie].b];
      ctx.beginPath(); ctx.moveTo(a.x, a.y); ctx.lineTo(b.x, b.y);
      ctx.lineWidth = width(shown.weights[tie]) + (chosen.tie === tie ? 2 : 0); ctx.strokeStyle = chosen.tie === tie ? palette.mark : fade(palette.accent, 0.6);
      ctx.setLineDash(ties[tie].dashes ? [6, 5] : []); ctx.stroke(); ctx.setLineDash([]);
    }
    ctx.lineWidth = 1.5;
    for (const index of mark.nodes) drawNode(ctx, index, at[index].x, at[index].y, mark.core.includes(index) ? palette.text : palette.back);
  }
  const ratio = ctx.canvas.width / Math.max(size[0], 1);
  ctx.save(); ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  labels = placeLabels(ctx, at, scale, center, size);
  ctx.textAlign = "left"; ctx.textBaseline = "middle"; ctx.lineWidth = 3; ctx.lineJoin = "round";
  for (const label of labels) {
    ctx.font = (label.bold ? "600 " : "") + "12px system-ui, sans-serif";
    ctx.strokeStyle = palette.back; ctx.strokeText(label.text, label.left + 2, label.top + label.height / 2);
    ctx.fillStyle = palette.text; ctx.fillText(label.text, label.left + 2, label.top + label.height / 2);
  }
  ctx.restore();
  if (drawnAt === null) drawnAt = performance.now();
});

const before = { nodes: nodes.map(() => true), widths: ties.map((tie) => tie.w), ties: ties.map(() => true) };
function redraw() {
  const some = [];
  nodes.forEach((_, index) => { if (before.nodes[index] !== shown.nodes[index]) { some.push({ id: index, hidden: !shown.nodes[index] }); before.nodes[index] = shown.nodes[index]; } });
  if (some.length) visNodes.update(some);
  const changed = [];
  ties.forEach((_, index) => {
    const on = shown.ties[index] && shown.nodes[ties[index].a] && shown.nodes[ties[index].b];
    if (before.ties[index] !== on || (on && before.widths[index] !== shown.weights[index])) { changed.push({ id: index, hidden: !on, width: width(shown.weights[index]) }); before.ties[index] = on; before.widths[index] = shown.weights[index]; }
  });
  if (changed.length) visTies.update(changed);
  network.redraw();
}

function repaint() {
  readPalette();
  visNodes.update(nodes.map((_, index) => ({ id: index, color: nodeLook(index) })));
  visTies.update(ties.map((_, index) => ({ id: index, color: tieLook() })));
  network.redraw();
}

function picture() {
  const source = stage.querySelector("canvas"), copy = document.createElement("canvas");
  copy.width = source.width; copy.height = source.height;
  const ctx = copy.getContext("2d");
  ctx.fillStyle = palette.back; ctx.fillRect(0, 0, copy.width, copy.height); ctx.drawImage(source, 0, 0);
  return new Promise((done) => copy.toBlob(done, "image/png"));
}

const escape = (text) => String(text).replace(/[^\t\n\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "").replace(/[&<>"']/g, (c) => "&#" + c.charCodeAt(0) + ";");
function vector() {
  const { scale, center, size } = view(), positions = network.getPositions(), mark = marked();
  const n = (value) => String(Math.round(value * 100) / 100);
  const X = (x) => n((x - center.x) * scale + size[0] / 2), Y = (y) => n((y - center.y) * scale + size[1] / 2);
  const path = (points) => points.map(([x, y], i) => (i ? "L" : "M") + X(x) + " " + Y(y)).join("");
  const out = [`<svg xmlns="http://www.w3.org/2000/svg" width="${size[0]}" height="${size[1]}" viewBox="0 0 ${size[0]} ${size[1]}" font-family="system-ui, sans-serif" font-size="12">`, `<title>${escape(document.title)}</title>`, `<rect width="100%" height="100%" fill="${palette.back}"/>`];
  for (const shape of data.outline) out.push(`<path d="${path(shape)}Z" fill="${palette.land}"/>`);
  for (const panel of data.panels) out.push(`<rect x="${X(panel.x)}" y="${Y(panel.y)}" width="${n(panel.w * scale)}" height="${n(panel.h * scale)}" fill="none" stroke="${palette.coast}"/>`);
  const drawn = (index) => shown.nodes[index] && (!mark || mark.nodes.has(index));
  ties.forEach((tie, index) => {
    if (!shown.ties[index] || !drawn(tie.a) || !drawn(tie.b) || (mark && !mark.ties.includes(index))) return;
    const a = positions[tie.a], b = positions[tie.b];
    out.push(`<line x1="${X(a.x)}" y1="${Y(a.y)}" x2="${X(b.x)}" y2="${Y(b.y)}" stroke="${mark ? palette.accent : palette.tie}" stroke-opacity="${mark ? 0.6 : tieAlpha}" stroke-width="${n(width(shown.weights[index]) * scale)}"${tie.dashes ? ' stroke-dasharray="6 5"' : ""}/>`);
  });
  nodes.forEach((node, index) => {
    if (!drawn(index)) return;
    const p = positions[index], points = corners(node.shape, p.x, p.y, node.r), fill = `fill="${palette.groups[node.group]}" stroke="${palette.back}"`;
    out.push((points ? `<path d="${path(points)}Z" ${fill}>` : `<circle cx="${X(p.x)}" cy="${Y(p.y)}" r="${n(node.r * scale)}" ${fill}>`) + `<title>${escape(node.label)}</title>` + (points ? "</path>" : "</circle>"));
  });
  for (const label of labels) out.push(`<text x="${n(label.left + 2)}" y="${n(label.top + 11)}" fill="${palette.text}" stroke="${palette.back}" stroke-width="3" paint-order="stroke"${label.bold ? ' font-weight="600"' : ""}>${escape(label.text)}</text>`);
  out.push("</svg>");
  return new Blob([out.join("\n")], { type: "image/svg+xml" });
}
