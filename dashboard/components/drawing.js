// Drawings that stand in a text: how amounts add up, where something will end, a KPI over time.
// All places are fractions; what they say is written beside them, and said as a whole to those who
// do not see them.
const SPACE = "http://www.w3.org/2000/svg";
const WIDTH = 640;
const HEIGHT = 160;
const PERCENT = 100;

function put(parent, tag, text, name) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (name) node.className = name;
  parent.appendChild(node);
  return node;
}

function shape(parent, tag, name, places) {
  const node = document.createElementNS(SPACE, tag);
  if (name) node.setAttribute("class", name);
  for (const [key, value] of Object.entries(places)) node.setAttribute(key, value);
  parent.appendChild(node);
  return node;
}

const share = (part) => `${part * PERCENT}%`;

export function waterfall(parent, drawing) {
  const list = put(parent, "ul", undefined, "waterfall");
  list.setAttribute("aria-label", drawing.said ?? "");
  for (const bar of drawing.bars) {
    const line = put(list, "li", undefined, bar.total ? "total" : "");
    put(line, "span", bar.label, "label");
    const track = put(line, "span", undefined, "track");
    track.setAttribute("aria-hidden", "true");
    put(track, "i", undefined, "zero").style.left = share(drawing.zero);
    if (bar.start !== bar.end) {
      const drawn = put(track, "i", undefined, `bar ${bar.tone}`);
      drawn.style.left = share(Math.min(bar.start, bar.end));
      drawn.style.width = share(Math.abs(bar.end - bar.start));
    }
    put(line, "span", bar.amount, "amount");
  }
}

export function range(parent, drawing) {
  const figure = put(parent, "div", undefined, "range");
  figure.setAttribute("role", "img");
  figure.setAttribute("aria-label", drawing.marks.map((mark) => mark.label).join("; "));
  const track = put(figure, "div", undefined, "track");
  put(track, "i", undefined, "certain").style.width = share(drawing.certain);
  const likely = put(track, "i", undefined, "likely");
  likely.style.left = share(drawing.low);
  likely.style.width = share(drawing.high - drawing.low);
  for (const mark of drawing.marks) {
    const line = put(figure, "div", undefined, `mark ${mark.kind}`);
    const name = put(line, "span", mark.label);
    // a name that would leave the page stands at the left of its place
    if (mark.at > 0.6) name.style.right = share(1 - mark.at);
    else name.style.left = share(mark.at);
    name.classList.add(mark.at > 0.6 ? "before" : "after");
  }
}

export function chart(parent, drawing) {
  const figure = put(parent, "div", undefined, "chart");
  figure.setAttribute("role", "img");
  figure.setAttribute("aria-label", drawing.alt);
  const ticks = put(figure, "div", undefined, "ticks");
  for (const tick of drawing.ticks) put(ticks, "span", tick.label).style.bottom = share(tick.y);
  const x = (at) => at * WIDTH;
  const y = (at) => (1 - at) * HEIGHT;
  const svg = shape(figure, "svg", "", {
    viewBox: `0 0 ${WIDTH} ${HEIGHT}`,
    preserveAspectRatio: "none",
    "aria-hidden": "true",
  });
  const level = (at, name, from = 0, to = 1) =>
    shape(svg, "line", name, { x1: x(from), x2: x(to), y1: y(at), y2: y(at) });
  if (drawing.band) {
    const [low, high] = drawing.band;
    shape(svg, "rect", "band", { x: 0, y: y(high), width: WIDTH, height: Math.max(y(low) - y(high), 1) });
  }
  for (const tick of drawing.ticks) level(tick.y, "grid");
  if (drawing.centre !== null) level(drawing.centre, "centre");
  for (const one of drawing.aims) level(one.y, "aim", one.start, one.end);
  for (const piece of drawing.lines) {
    shape(svg, "polyline", "line", { points: piece.map(([at, high]) => `${x(at)},${y(high)}`).join(" ") });
  }
  for (const point of drawing.points) {
    const dot = put(figure, "i", undefined, `dot ${point.kind}`);
    dot.style.setProperty("--x", point.x);
    dot.style.setProperty("--y", point.y);
  }
  const names = put(put(figure, "div", undefined, "legend"), "p");
  names.textContent = drawing.labels.map((one) => one.label).join(" · ");
  const feet = put(figure, "div", undefined, "names");
  for (const one of drawing.names) put(feet, "span", one.label).style.left = share(one.x);
}
