// Points of a list, each with how it stands. Everything shown goes in as text, never as markup.
const SIGNS = { met: "✓", missed: "✕", due: "○", not_yet: "·" };

function element(parent, tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  parent.appendChild(node);
  return node;
}

export default function (component) {
  const [data] = component.data;
  const root = component.parentElement.querySelector(".checklist");
  root.replaceChildren();
  element(root, "p", "streak", data.streak);
  const list = element(root, "ul");
  list.setAttribute("aria-label", data.label);
  for (const line of data.lines) {
    const item = element(list, "li", line.mark);
    const sign = element(item, "span", "sign", SIGNS[line.mark]);
    sign.setAttribute("role", "img");
    sign.setAttribute("aria-label", line.word);
    element(item, "span", "name", line.name);
    element(item, "span", "measured", line.measured);
  }
}
