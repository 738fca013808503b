// A plan: priorities with their actions, weeks, load. Boxes and progress follow the server: they
// change when the change is kept. Everything shown goes in as text, never as markup.
function element(parent, tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  parent.appendChild(node);
  return node;
}

function wayBar(parent, one) {
  const bar = element(parent, "div", "way");
  element(bar, "span", "end", one.from);
  const track = element(bar, "span", "track");
  if (one.share !== null) {
    const share = Math.max(0, Math.min(1, one.share));
    element(track, "span", "gone").style.width = `${share * 100}%`;
    element(track, "span", "mark").style.insetInlineStart = `${share * 100}%`;
  }
  element(bar, "strong", "end", one.to);
  const said = [one.now, one.way].filter(Boolean).join(" · ");
  element(parent, "p", "facts", said);
}

function showAction(list, action, data, send) {
  const state = action.gone ? "gone" : action.done ? "done" : "open";
  const line = element(list, "li", state);
  const label = element(line, "label");
  const box = element(label, "input");
  box.type = "checkbox";
  box.checked = action.done;
  box.disabled = !data.changes || Boolean(action.gone);
  box.dataset.focus = `box-${action.id}`;
  box.onclick = (event) => {
    event.preventDefault();
    send("tick", { id: action.id, version: action.version, done: !action.done });
  };
  const text = element(label, "span", "what");
  element(text, "span", "title", action.title);
  const facts = element(text, "span", "facts");
  if (action.gone) facts.append(action.gone);
  else {
    if (action.late) {
      element(facts, "span", "late", action.late);
      facts.append(" · ");
    }
    facts.append([action.facts, action.effect].filter(Boolean).join(" · "));
  }
  const tools = element(line, "div", "tools");
  if (action.open) {
    const range = element(tools, "input");
    range.type = "range";
    range.min = 0;
    range.max = 100;
    range.step = 10;
    range.value = action.progress;
    range.disabled = !data.changes;
    range.dataset.focus = `progress-${action.id}`;
    range.setAttribute("aria-label", `${data.texts.progress}: ${action.title}`);
    const said = element(tools, "span", "percent", `${action.progress}${data.texts.percent}`);
    range.oninput = () => { said.textContent = `${range.value}${data.texts.percent}`; };
    range.onchange = () =>
      send("progress", { id: action.id, version: action.version, percent: Number(range.value) });
  }
  if (data.changes) {
    const change = element(tools, "button", "", data.texts.open);
    change.type = "button";
    change.dataset.focus = `change-${action.id}`;
    change.setAttribute("aria-label", `${data.texts.open}: ${action.title}`);
    change.onclick = () => send("open", { id: action.id });
  }
}

function field(parent, className, label, type) {
  const holder = element(parent, "label", `field ${className}`);
  element(holder, "span", "", label);
  const input = element(holder, "input");
  input.type = type;
  input.required = true;
  return input;
}

// A form stays as it is while somebody types in it; it is built anew when something was added.
function formOf(one, data, forms, send) {
  const made = JSON.stringify([data.form, data.texts.add]);
  const known = forms.get(one.id);
  if (known && known.made === made) return known.node;
  const texts = data.form;
  const node = document.createElement("details");
  element(node, "summary", "", data.texts.add);
  const form = element(node, "form");
  const title = field(form, "wide", texts.title, "text");
  title.maxLength = texts.longest.title;
  const owner = field(form, "", texts.owner, "text");
  owner.maxLength = texts.longest.owner;
  owner.autocomplete = "off";
  const names = element(form, "datalist");
  names.id = `people-${one.id}-${Math.random().toString(36).slice(2)}`;
  for (const name of texts.people) element(names, "option").value = name;
  owner.setAttribute("list", names.id);
  if (texts.people.length === 1) owner.value = texts.people[0];
  const due = field(form, "", texts.due, "date");
  due.value = texts.proposed;
  const add = element(form, "button", "primary", texts.add);
  add.type = "submit";
  form.onsubmit = (event) => {
    event.preventDefault();
    send("add", { priority: one.id, title: title.value, owner: owner.value, due: due.value });
  };
  node.ontoggle = () => { if (node.open) title.focus(); };
  forms.set(one.id, { made, node });
  return node;
}

function showPriority(parent, one, data, kept, send) {
  const { forms, unfolded } = kept;
  const card = element(parent, "section", "priority");
  const head = element(card, "header");
  element(head, "span", "number", one.number);
  element(head, "h3", "", one.title);
  if (one.edit) {
    const change = element(head, "button", "", data.texts.change);
    change.type = "button";
    change.dataset.focus = `edit-${one.id}`;
    change.setAttribute("aria-label", `${data.texts.change}: ${one.title}`);
    change.onclick = () => send("edit", { id: one.id });
  }
  if (one.kpi) {
    const link = element(element(card, "p", "kpi"), "a", "", one.kpi.name);
    link.href = one.kpi.href;
    link.target = "_self";
    wayBar(card, one);
  }
  const list = element(card, "ul");
  list.setAttribute("aria-label", one.title);
  for (const action of one.actions) if (!action.former) showAction(list, action, data, send);
  const former = one.actions.filter((action) => action.former);
  if (former.length) {
    // what is over stays within reach, and out of the way
    const fold = element(card, "details", "former");
    fold.open = unfolded.has(one.id);
    fold.ontoggle = () => { unfolded[fold.open ? "add" : "delete"](one.id); };
    element(fold, "summary", "", one.former);
    const rest = element(fold, "ul");
    for (const action of former) showAction(rest, action, data, send);
  }
  if (!one.actions.length) element(card, "p", "facts", data.texts.none);
  if (one.progress) element(card, "p", "facts", one.progress);
  if (data.form) card.appendChild(formOf(one, data, forms, send));
}

function showWeeks(parent, weeks) {
  const part = element(parent, "section", "weeks");
  element(part, "h3", "", weeks.heading);
  const list = element(part, "ol");
  list.style.setProperty("--count", weeks.rows.length);
  for (const week of weeks.rows) {
    const cell = element(list, "li", week.running ? "running" : "");
    cell.title = week.said;
    const marks = element(cell, "span", "marks");
    for (const kind of week.marks.slice(0, 8)) element(marks, "i", kind);
    element(cell, "span", "name", week.name);
    element(cell, "span", "day", week.day);
    element(cell, "span", "unseen", week.said);
  }
  const legend = element(part, "p", "legend");
  for (const one of weeks.legend) {
    const item = element(legend, "span");
    element(item, "i", one.kind);
    item.append(one.name);
  }
}

function showLoad(parent, load) {
  const part = element(parent, "section", "load");
  element(part, "h3", "", load.heading);
  if (!load.rows.length) element(part, "p", "facts", load.none);
  const list = element(part, "ul");
  for (const one of load.rows) {
    const line = element(list, "li");
    element(line, "span", "person", one.person);
    element(line, "span", "facts", one.said);
    for (const said of one.heavy) element(line, "span", "late", said);
  }
}

export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const [data] = component.data;
  const root = parentElement.querySelector(".plan");
  const kept = (root.kept ??= { forms: new Map(), unfolded: new Set() });
  const focused = root.getRootNode().activeElement?.dataset?.focus;
  // the forms move into the new drawing with what was typed in them
  const typing = root.getRootNode().activeElement;
  root.replaceChildren();
  const priorities = element(root, "div", "priorities");
  for (const one of data.priorities) showPriority(priorities, one, data, kept, setTriggerValue);
  if (data.others) {
    const card = element(root, "section", "others");
    element(card, "h3", "", data.others.heading);
    const list = element(card, "ul");
    for (const action of data.others.actions) showAction(list, action, data, setTriggerValue);
  }
  const foot = element(root, "div", "foot");
  if (data.weeks) showWeeks(foot, data.weeks);
  showLoad(foot, data.load);
  if (focused) root.querySelector(`[data-focus="${focused}"]`)?.focus();
  else if (typing && root.contains(typing)) typing.focus();
}
