// Actions with a box each, and the form that adds one. The box follows the server: it changes when
// the change is kept. Everything shown goes in as text, never as markup.
function element(parent, tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  parent.appendChild(node);
  return node;
}

function showList(root, data, send) {
  const focused = root.getRootNode().activeElement?.dataset.focus;
  root.replaceChildren();
  element(root, "h3", "", data.heading);
  if (!data.actions.length) element(root, "p", "facts", data.empty);
  const list = element(root, "ul");
  list.setAttribute("aria-label", data.heading);
  for (const action of data.actions) {
    const line = element(list, "li", action.done ? "done" : "");
    const label = element(line, "label");
    const box = element(label, "input");
    box.type = "checkbox";
    box.checked = action.done;
    box.dataset.focus = `box-${action.id}`;
    box.onclick = (event) => {
      event.preventDefault();
      send("tick", { id: action.id, version: action.version, done: !action.done });
    };
    const text = element(label, "span");
    element(text, "span", "title", action.title);
    const facts = element(text, "div", "facts");
    if (action.late) {
      element(facts, "span", "late", action.late);
      facts.append(" · ");
    }
    facts.append(action.facts);
    if (data.change) {
      const change = element(line, "button", "", data.change);
      change.type = "button";
      change.dataset.focus = `change-${action.id}`;
      change.setAttribute("aria-label", `${data.change}: ${action.title}`);
      change.onclick = () => send("change", { id: action.id });
    }
  }
  if (focused) root.querySelector(`[data-focus="${focused}"]`)?.focus();
}

function field(parent, className, label, tag, type) {
  const holder = element(parent, "label", `field ${className}`);
  element(holder, "span", "", label);
  const input = element(holder, tag);
  if (type) input.type = type;
  return input;
}

// Built anew only when an action was added or its texts changed: what somebody is typing stays.
function showForm(root, texts, send) {
  const made = JSON.stringify(texts);
  if (root.dataset.made === made) return;
  root.dataset.made = made;
  root.replaceChildren();
  element(root, "h3", "", texts.heading);
  const form = element(root, "form");
  const title = field(form, "wide", texts.title, "input", "text");
  title.required = true;
  title.maxLength = texts.longest.title;
  const owner = field(form, "", texts.owner, "input", "text");
  owner.required = true;
  owner.maxLength = texts.longest.owner;
  owner.autocomplete = "off";
  const names = element(form, "datalist");
  names.id = `people-${Math.random().toString(36).slice(2)}`;
  for (const name of texts.people) element(names, "option").value = name;
  owner.setAttribute("list", names.id);
  // who may add actions for themselves only need not write their name
  if (texts.people.length === 1) owner.value = texts.people[0];
  const due = field(form, "", texts.due, "input", "date");
  due.required = true;
  due.value = texts.proposed;
  const kpi = field(form, "", texts.kpi, "select");
  element(kpi, "option", "", texts.none).value = "";
  for (const one of texts.kpis) element(kpi, "option", "", one.name).value = one.key;
  const add = element(form, "button", "primary", texts.add);
  add.type = "submit";
  form.onsubmit = (event) => {
    event.preventDefault();
    send("add", { title: title.value, owner: owner.value, due: due.value, kpi: kpi.value });
  };
}

export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const [data] = component.data;
  showList(parentElement.querySelector(".list"), data, setTriggerValue);
  showForm(parentElement.querySelector(".add"), data.form, setTriggerValue);
}
