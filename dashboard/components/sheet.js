// Minutes and preparations, to read. Everything goes in as text, never as markup.
import { chart, range, waterfall } from "./drawing.js";

function put(parent, tag, text, name) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (name) node.className = name;
  parent.appendChild(node);
  return node;
}

function putFacts(parent, facts, addresses) {
  const list = put(parent, "dl");
  for (const fact of facts) {
    put(list, "dt", fact.label);
    const said = put(list, "dd");
    const href = addresses[fact.subject];
    const lines = href ? put(said, "a", undefined, "said") : said;
    if (href) lines.href = href;
    for (const line of fact.lines) put(lines, "div", line);
  }
}

function putTable(parent, block, label, addresses) {
  const table = put(parent, "table");
  table.setAttribute("aria-label", label);
  const head = put(put(table, "thead"), "tr");
  for (const column of block.columns) {
    const name = put(head, "th", column.label, column.number ? "number" : "");
    name.scope = "col";
  }
  const body = put(table, "tbody");
  for (const row of block.rows) {
    const line = put(body, "tr");
    row.forEach((cell, index) => {
      const column = block.columns[index];
      const place = put(line, "td", undefined, `${cell.tone} ${column.number ? "number" : ""}`);
      place.dataset.label = index ? column.label : "";
      place.dataset.empty = cell.text ? "" : "yes";
      const said = put(place, "span");
      const href = addresses[cell.subject];
      if (href) put(said, "a", cell.text, "said").href = href;
      else put(said, "span", cell.text, "said");
      if (cell.small) put(said, "small", cell.small);
    });
  }
}

function putEntry(parent, entry, addresses) {
  const node = put(parent, "div", undefined, "entry");
  const head = put(node, "p", undefined, "head");
  put(head, "strong", entry.title);
  if (entry.meta) {
    head.append(" ");
    put(head, "span", entry.meta, entry.tone);
  }
  if (entry.facts.length) putFacts(node, entry.facts, addresses);
}

function putSubheading(parent, block) {
  const node = put(parent, "h3", block.text);
  if (!block.meta) return;
  node.append(" ");
  put(node, "span", block.meta, block.tone === "plain" ? "quiet" : block.tone);
}

const DRAWN = { chart, range, waterfall };

export default function (component) {
  const { parentElement } = component;
  const [data] = component.data;
  const root = parentElement.querySelector(".sheet");
  const opened = new Set(Array.from(root.querySelectorAll("details[open] h2"), (one) => one.textContent));
  root.replaceChildren();
  for (const one of data.lead) put(root, "p", one.text, `lead ${one.tone}`);
  if (data.links.length) {
    const ways = put(root, "p", undefined, "ways");
    for (const link of data.links) {
      const node = put(ways, "a", link.name);
      node.href = link.href;
      node.setAttribute("aria-label", link.help);
    }
  }
  if (data.facts.length) putFacts(root, data.facts, data.addresses);
  for (const part of data.parts) {
    const section = put(root, part.folded ? "details" : "section");
    put(part.folded ? put(section, "summary") : section, "h2", part.heading);
    section.open = opened.has(part.heading);
    for (const block of part.blocks) {
      if (block.kind === "table") putTable(section, block, part.heading, data.addresses);
      else if (block.kind === "facts") putFacts(section, block.facts, data.addresses);
      else if (block.kind === "entries") for (const one of block.entries) putEntry(section, one, data.addresses);
      else if (block.kind === "subheading") putSubheading(section, block);
      else if (block.kind in DRAWN) {
        if (block.said) put(section, "p", block.said); // a chart has its numbers written in it
        DRAWN[block.kind](section, block);
      }
      else put(section, "p", block.text, block.tone);
    }
  }
}
