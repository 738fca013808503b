// One row per KPI. Everything shown arrives as finished text and goes in as text, never as markup.
const SVG = "http://www.w3.org/2000/svg";
const WIDTH = 150;
const HEIGHT = 36;
const EDGE = 4; // room for the dots
const NOTHING = "–"; // what stands where there is no number

function element(parent, tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text !== undefined && text !== null) node.textContent = text;
  parent.appendChild(node);
  return node;
}

function shape(parent, tag, className, attributes) {
  const node = document.createElementNS(SVG, tag);
  node.setAttribute("class", className);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, value);
  parent.appendChild(node);
  return node;
}

// Paths with a gap where there is no number; a value alone between gaps becomes a dot.
function line(values, x, y) {
  const parts = [];
  const alone = [];
  values.forEach((value, i) => {
    if (value === null) return;
    const starts = i === 0 || values[i - 1] === null;
    const ends = i === values.length - 1 || values[i + 1] === null;
    if (starts && ends) alone.push(i);
    parts.push(`${starts ? "M" : "L"}${x(i).toFixed(1)} ${y(value).toFixed(1)}`);
  });
  return { path: parts.join(""), alone };
}

// A target holds for a whole period, so its line is a step as wide as the period.
function steps(values, x, y, half) {
  const parts = [];
  values.forEach((value, i) => {
    if (value === null) return;
    const from = Math.max(0, x(i) - half).toFixed(1);
    const to = Math.min(WIDTH, x(i) + half).toFixed(1);
    const joins = i > 0 && values[i - 1] !== null;
    parts.push(`${joins ? "L" : "M"}${from} ${y(value).toFixed(1)}L${to} ${y(value).toFixed(1)}`);
  });
  return parts.join("");
}

export function trend(parent, row) {
  const { values, aims, ceilings, band, signals, description } = row.trend;
  const known = [...values, ...aims, ...ceilings, ...(band ?? [])].filter((v) => v !== null);
  if (values.every((value) => value === null)) return;
  const low = Math.min(...known);
  const high = Math.max(...known);
  const spread = high - low || 1;
  const count = Math.max(values.length - 1, 1);
  const x = (i) => EDGE + (i * (WIDTH - 2 * EDGE)) / count;
  const y = (v) => HEIGHT - EDGE - ((v - low) / spread) * (HEIGHT - 2 * EDGE);
  const svg = shape(parent, "svg", "", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    role: "img",
    "aria-label": description,
  });
  if (band) {
    const top = y(band[1]);
    shape(svg, "rect", "band", { x: 0, y: top, width: WIDTH, height: Math.max(y(band[0]) - top, 1) });
  }
  const half = (WIDTH - 2 * EDGE) / count / 2;
  for (const targets of [aims, ceilings]) {
    if (targets.some((v) => v !== null)) shape(svg, "path", "aim", { d: steps(targets, x, y, half) });
  }
  const drawn = line(values, x, y);
  shape(svg, "path", "line", { d: drawn.path });
  for (const i of drawn.alone) shape(svg, "circle", "lone", { cx: x(i), cy: y(values[i]), r: 1.6 });
  values.forEach((value, i) => {
    if (value === null) return;
    const newest = i === values.length - 1;
    const radius = newest ? 3 : 2; // this week's point is the one that counts
    if (signals[i]) shape(svg, "circle", signals[i], { cx: x(i), cy: y(value), r: radius });
    else if (newest) shape(svg, "circle", "lone", { cx: x(i), cy: y(value), r: 2 });
  });
}

function fact(parent, className, label, text) {
  const cell = element(parent, "td", `fact number ${className}`);
  if (text === NOTHING) cell.classList.add("none"); // a narrow screen leaves it out
  cell.setAttribute("role", "cell");
  element(cell, "span", "label", label);
  element(cell, "span", "", text);
  return cell;
}

function render(root, data, open) {
  const table = document.createElement("table");
  table.setAttribute("role", "table"); // the narrow layout changes display, which would drop roles
  table.setAttribute("aria-label", data.title);
  const head = element(element(table, "thead"), "tr");
  head.parentElement.setAttribute("role", "rowgroup");
  head.setAttribute("role", "row");
  for (const column of data.columns) {
    const cell = element(head, "th", column.number ? "number" : "", column.label);
    cell.setAttribute("role", "columnheader");
    cell.scope = "col";
  }
  const [, , , , target, gap, responsible] = data.columns.map((column) => column.label);
  const body = element(table, "tbody");
  body.setAttribute("role", "rowgroup");
  for (const row of data.rows) {
    const line = element(body, "tr", row.tone === "quiet" ? "is-quiet" : "");
    line.setAttribute("role", "row");
    line.dataset.kpi = row.key;
    const kpi = element(line, "td", "kpi");
    if (row.href) {
      line.onclick = () => open(row.key);
      const link = element(kpi, "a", "", row.name);
      link.href = row.href;
      link.onclick = (event) => {
        event.stopPropagation();
        if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab, as with any link
        event.preventDefault();
        open(row.key);
      };
    } else {
      line.classList.add("is-read-only"); // whoever looks may not open it
      element(kpi, "span", "name", row.name);
    }
    element(kpi, "div", "sentence", row.sentence);
    element(element(line, "td", "verdict-cell"), "span", `verdict ${row.tone}`, row.verdict);
    trend(element(line, "td", "trend"), row);
    const value = element(line, "td", "value number");
    element(value, "div", "", row.value);
    if (row.parts) element(value, "div", "parts", row.parts);
    fact(line, "", target, row.target);
    fact(line, "", gap, row.gap);
    if (responsible) {
      const who = fact(line, "who", responsible, row.responsible);
      who.classList.remove("number");
    } // else the reader is not told, and a dash would say that nobody is
    for (const cell of line.children) cell.setAttribute("role", "cell");
  }
  root.replaceChildren(table);
}

export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const [data] = component.data;
  const root = parentElement.querySelector(".scorecard");
  const shown = JSON.stringify(data);
  if (root.dataset.shown === shown) return; // a rerun that changed nothing keeps the focus
  root.dataset.shown = shown;
  render(root, data, (key) => setTriggerValue("open", key));
}
