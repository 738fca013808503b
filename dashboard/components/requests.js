// Wishes to move an action, a part of the list of actions. Everything shown goes in as text, never as
// markup.
function element(parent, tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  parent.appendChild(node);
  return node;
}

export function showRequests(root, data, send) {
  const made = JSON.stringify(data);
  if (root.dataset.made === made) return; // what somebody is typing stays
  root.dataset.made = made;
  root.replaceChildren();
  if (!data) return; // nobody waits for an answer
  element(root, "h3", "", data.heading);
  const list = element(root, "ul");
  for (const one of data.requests) {
    const line = element(list, "li");
    const words = element(line, "div", "words");
    element(words, "span", "title", one.title);
    element(words, "span", "facts", one.wish);
    element(words, "span", "reason", one.reason);
    const form = element(line, "form");
    const said = element(form, "input");
    said.type = "text";
    said.placeholder = data.said;
    said.maxLength = data.longest;
    said.setAttribute("aria-label", `${data.said}: ${one.title}`);
    const answer = (granted) =>
      send("answer", { id: one.id, version: one.version, granted, said: said.value });
    for (const [label, granted] of [[data.grant, true], [data.decline, false]]) {
      const button = element(form, "button", granted ? "primary" : "", label);
      button.type = "button"; // Enter in the field decides nothing
      button.setAttribute("aria-label", `${label}: ${one.title}`);
      button.onclick = () => answer(granted);
    }
    form.onsubmit = (event) => event.preventDefault();
  }
}
