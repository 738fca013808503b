// Lines of links to files or pages. Everything goes in as text.
export default function (component) {
  const { parentElement } = component;
  const [data] = component.data;
  parentElement.querySelector(".files").replaceChildren(...data.lines.map(lineOf));
}

function lineOf(said) {
  const line = document.createElement("p");
  if (said.label) {
    const label = document.createElement("span");
    label.textContent = said.label;
    line.append(label);
  }
  for (const link of said.links) {
    const node = document.createElement("a");
    node.textContent = link.name;
    node.href = link.href;
    node.setAttribute("aria-label", link.help);
    line.append(" ", node);
  }
  return line;
}
