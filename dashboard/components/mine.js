// One's own commitments: a big box each, a comment or a wish to move in one field and one tap.
// Everything shown goes in as text, never as markup. What somebody types stays until it is accepted.
function element(parent, tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  parent.appendChild(node);
  return node;
}

function field(parent, label, tag, type, root, draft) {
  const holder = element(parent, "label", "field");
  element(holder, "span", "", label);
  const input = element(holder, tag);
  if (type) input.type = type;
  input.dataset.focus = draft;
  if (root.drafts.has(draft)) input.value = root.drafts.get(draft);
  input.oninput = () => root.drafts.set(draft, input.value);
  return input;
}

function tool(parent, label, title, root, key, again) {
  const button = element(parent, "button", "", label);
  button.type = "button";
  button.dataset.focus = `open-${key}`;
  button.setAttribute("aria-label", `${label}: ${title}`);
  button.setAttribute("aria-expanded", root.opened === key);
  button.onclick = () => {
    root.opened = root.opened === key ? "" : key;
    again();
    if (root.opened) root.querySelector(`form[data-of="${CSS.escape(key)}"] :is(textarea, input)`)?.focus();
  };
}

function form(parent, key, words, fill, submit) {
  const made = element(parent, "form");
  made.dataset.of = key;
  fill(made);
  const send = element(made, "button", "primary", words.send);
  send.type = "submit";
  made.onsubmit = (event) => {
    event.preventDefault();
    submit();
  };
}

function showAction(list, action, words, root, send, again) {
  const card = element(list, "li", action.done ? "done" : action.late ? "is-late" : "");
  const label = element(card, "label", "promise");
  const box = element(label, "input");
  box.type = "checkbox";
  box.checked = action.done;
  box.dataset.focus = `box-${action.id}`;
  box.onclick = (event) => {
    event.preventDefault(); // the box follows the server
    send("tick", { id: action.id, version: action.version, done: !action.done });
  };
  const text = element(label, "span");
  element(text, "span", "title", action.title);
  const facts = element(text, "span", "facts");
  if (action.late) {
    element(facts, "span", "late", action.late);
    facts.append(" · ");
  }
  facts.append([action.due, action.kpi].filter(Boolean).join(" · "));
  if (action.asked) element(card, "p", "asked", action.asked);
  if (action.said) element(card, "p", "said", action.said);
  if (action.done) return;
  const tools = element(card, "div", "tools");
  const comment = `comment-${action.id}`;
  const move = `move-${action.id}`;
  tool(tools, words.comment, action.title, root, comment, again);
  tool(tools, action.waits && words.asks ? words.moveAgain : words.move, action.title, root, move, again);
  if (root.opened === comment) {
    form(card, comment, words, (made) => {
      const typed = field(made, words.commentHint, "textarea", "", root, `${comment}-text`);
      typed.required = true;
      typed.rows = 2;
      typed.maxLength = words.longest.comment;
    }, () => send("comment", { id: action.id, version: action.version, text: root.drafts.get(`${comment}-text`) || "" }));
  }
  if (root.opened === move) {
    form(card, move, words, (made) => {
      const day = field(made, words.until, "input", "date", root, `${move}-due`);
      day.required = true;
      day.min = words.tomorrow;
      const reason = field(made, words.reason, "input", "text", root, `${move}-reason`);
      reason.required = true;
      reason.maxLength = words.longest.reason;
    }, () => send("move", {
      id: action.id,
      version: action.version,
      due: root.drafts.get(`${move}-due`) || "",
      reason: root.drafts.get(`${move}-reason`) || "",
    }));
  }
}

function showTyped(parent, one, words, root, send) {
  const key = `type-${one.kpi}`;
  const made = element(parent, "form", "typed");
  element(made, "h4", "", one.name);
  if (one.last) element(made, "p", "facts", one.last);
  const period = field(made, words.period, "select", "", root, `${key}-period`);
  for (const at of one.periods) element(period, "option", "", at.label).value = at.start;
  period.value = root.drafts.get(`${key}-period`) || one.usual;
  period.onchange = () => root.drafts.set(`${key}-period`, period.value);
  for (const name of one.rate ? ["numerator", "denominator"] : ["value"]) {
    const input = field(made, words[name], "input", "text", root, `${key}-${name}`);
    input.inputMode = "decimal";
    input.required = true;
    input.maxLength = 40;
    input.autocomplete = "off";
  }
  const keep = element(made, "button", "primary", words.keep);
  keep.type = "submit";
  keep.setAttribute("aria-label", `${words.keep}: ${one.name}`);
  made.onsubmit = (event) => {
    event.preventDefault();
    const said = { kpi: one.kpi, period: period.value };
    for (const name of ["value", "numerator", "denominator"]) said[name] = root.drafts.get(`${key}-${name}`) || "";
    send("type", said);
  };
}

function showNumbers(parent, numbers, words) {
  element(parent, "h3", "", words.numbers);
  const list = element(parent, "ul", "numbers");
  for (const one of numbers) {
    const line = element(list, "li");
    element(line, "span", "title", one.name);
    for (const [label, value, off] of [
      [words.running, one.running, false],
      [words.finished, one.finished, one.off],
      [words.target, one.target, false],
    ]) {
      const part = element(line, "span", "part");
      element(part, "span", "facts", label);
      element(part, "span", off ? "number off" : "number", value);
      if (off) element(part, "span", "off", words.off);
    }
  }
}

function show(root, data, send) {
  const focused = root.getRootNode().activeElement?.dataset?.focus;
  const again = () => show(root, data, send);
  const { words } = data;
  root.replaceChildren();
  const count = element(root, "p", "count", data.actions.length ? words.open : words.nothing);
  if (words.late) {
    count.append(" · ");
    element(count, "span", "late", words.late);
  }
  const list = element(root, "ul", "promises");
  for (const action of data.actions) showAction(list, action, words, root, send, again);
  if (data.typed.length) {
    element(root, "h3", "", words.numbersToType);
    for (const one of data.typed) showTyped(root, one, words, root, send);
  }
  if (data.numbers.length) showNumbers(root, data.numbers, words);
  if (focused) root.querySelector(`[data-focus="${CSS.escape(focused)}"]`)?.focus();
}

export default function (component) {
  const root = component.parentElement.querySelector(".mine");
  const [data] = component.data;
  root.drafts ??= new Map();
  root.opened ??= "";
  root.accepted ??= data.accepted.number;
  if (root.accepted !== data.accepted.number) {
    root.accepted = data.accepted.number;
    for (const key of [...root.drafts.keys()])
      if (key.startsWith(`${data.accepted.key}-`)) root.drafts.delete(key);
    if (root.opened === data.accepted.key) root.opened = "";
  }
  show(root, data, component.setTriggerValue);
}
