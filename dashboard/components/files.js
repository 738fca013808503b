// One line of links to files or pages. Everything goes in as text.
export default function (component) {
  const { parentElement } = component;
  const [data] = component.data;
  const line = document.createElement("p");
  if (data.label) {
    const label = document.createElement("span");
    label.textContent = data.label;
    line.append(label);
  }
  for (const link of data.links) {
    const node = document.createElement("a");
    node.textContent = link.name;
    node.href = link.href;
    node.setAttribute("aria-label", link.help);
    line.append(" ", node);
  }
  parentElement.querySelector(".files").replaceChildren(line);
}
