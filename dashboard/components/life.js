// A decision's life, one step under the other. Everything goes in as text, never as markup.
function put(parent, tag, text, name) {
  const node = document.createElement(tag);
  if (text !== undefined) node.textContent = text;
  if (name) node.className = name;
  parent.appendChild(node);
  return node;
}

function putStep(list, step) {
  const item = put(list, "li", undefined, `${step.tone} ${step.small ? "small" : ""}`);
  const head = put(item, "p", undefined, "head");
  put(head, "strong", step.name);
  if (step.day) put(head, "span", step.day, "day");
  for (const line of step.said) put(item, "p", line, "said");
  if (step.more) put(item, "p", step.more, "more");
  if (step.meeting) {
    const at = put(item, "p", undefined, "more");
    if (step.href) put(at, "a", step.meeting).href = step.href;
    else at.textContent = step.meeting;
  }
  if (!step.facts.length) return;
  const facts = put(item, "dl");
  for (const fact of step.facts) {
    put(facts, "dt", fact.label);
    const said = put(facts, "dd");
    for (const line of fact.lines) put(said, "div", line);
  }
}

export default function (component) {
  const { parentElement } = component;
  const [data] = component.data;
  const root = parentElement.querySelector(".life");
  root.replaceChildren();
  put(root, "p", data.lead, `lead ${data.tone}`);
  const list = put(root, "ol");
  list.setAttribute("aria-label", data.label);
  for (const step of data.steps) putStep(list, step);
  if (!data.links.length) return;
  const ways = put(root, "p", undefined, "ways");
  for (const link of data.links) put(ways, "a", link.name).href = link.href;
}
