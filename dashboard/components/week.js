// The way to the neighbouring weeks and to the PDF, and the week in one sentence. Everything shown
// goes in as text, never as markup.
const SVG = "http://www.w3.org/2000/svg";

function link(parent, name, text, href) {
  const node = document.createElement("a");
  node.dataset.link = name;
  node.href = href;
  node.textContent = text;
  parent.appendChild(node);
  return node;
}

function step(parent, name, text, week, send) {
  link(parent, name, text, week.href).onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab, as with any link
    event.preventDefault();
    send("step", name);
  };
}

function arrow(parent) {
  const svg = document.createElementNS(SVG, "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS(SVG, "path");
  path.setAttribute("d", "M8 2.5v7.5M4.8 7 8 10.2 11.2 7M2.5 13.2h11");
  svg.appendChild(path);
  parent.prepend(svg);
}

export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const [data] = component.data;
  const root = parentElement.querySelector(".week");
  const focused = root.getRootNode().activeElement?.dataset.link;
  const ways = document.createElement("div");
  ways.className = "ways";
  const weeks = document.createElement("nav");
  weeks.setAttribute("aria-label", data.label);
  step(weeks, "older", `‹ ${data.older.name}`, data.older, setTriggerValue);
  if (data.newer) step(weeks, "newer", `${data.newer.name} ›`, data.newer, setTriggerValue);
  ways.appendChild(weeks);
  const pdf = link(ways, "pdf", data.pdf.name, data.pdf.href);
  pdf.title = data.pdf.help;
  arrow(pdf);
  const sentence = document.createElement("p");
  sentence.textContent = data.sentence;
  root.replaceChildren(ways, sentence);
  // the newest week has no newer one: whoever went there with the keyboard stands beside it
  if (focused) (root.querySelector(`[data-link="${focused}"]`) ?? weeks.firstChild).focus();
}
