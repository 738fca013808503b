// Closed meetings, or what was said in them: each a link. Everything goes in as text.
function put(parent, pieces) {
  for (const [text, marked] of pieces) {
    if (!marked) {
      parent.append(text);
      continue;
    }
    const found = document.createElement("mark");
    found.textContent = text;
    parent.append(found);
  }
}

export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const [data] = component.data;
  const list = document.createElement("ul");
  list.setAttribute("aria-label", data.label);
  for (const one of data.meetings) {
    const item = document.createElement("li");
    const open = document.createElement(one.href ? "a" : "div");
    open.className = "open";
    if (one.href) {
      open.href = one.href;
      open.onclick = (event) => {
        // on another page, or in a new tab, as with any link
        if (one.id === null || event.ctrlKey || event.metaKey || event.shiftKey) return;
        event.preventDefault();
        setTriggerValue("open", one.id);
      };
    }
    const name = document.createElement("strong");
    name.textContent = one.name;
    open.append(name);
    for (const fact of one.facts) {
      const said = document.createElement("span");
      said.className = `${fact.name} ${fact.tone}`;
      said.textContent = fact.text;
      open.append(" ", said);
    }
    item.append(open);
    for (const line of one.lines) {
      const said = document.createElement("p");
      const kind = document.createElement("small");
      kind.textContent = line.kind;
      const what = document.createElement(line.href ? "a" : "span");
      if (line.href) what.href = line.href;
      put(what, line.text);
      said.append(kind, what);
      item.append(said);
      for (const pieces of [line.more, line.about]) {
        if (!pieces.length) continue;
        const more = document.createElement("p");
        more.className = "more";
        put(more, pieces);
        item.append(more);
      }
    }
    list.appendChild(item);
  }
  parentElement.querySelector(".shelf").replaceChildren(list);
}
