// Actions with a box each, and the form that adds one. The box follows the server: it changes when
// the change is kept. Everything shown goes in as text, never as markup.
import { showRequests } from "./requests.js";

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

// One line for everything. Enter fills the fields in with what was understood; Enter again adds.
function showLine(root, texts, send, openFields) {
  const form = element(root, "form", "line");
  const line = field(form, "wide", texts.label, "input", "text");
  line.placeholder = texts.example;
  line.enterKeyHint = "go";
  line.autocomplete = "off";
  line.dataset.part = "line";
  const fill = element(form, "button", "", texts.fill);
  fill.type = "submit";
  form.onsubmit = (event) => {
    event.preventDefault();
    const typed = line.value.trim();
    if (!typed) return;
    if (root.dataset.understood === line.value) root.querySelector("form.fields").requestSubmit();
    else {
      root.dataset.sent = line.value;
      send("understand", { line: line.value });
    }
  };
  element(root, "div", "understood").setAttribute("aria-live", "polite");
  const each = element(root, "button", "each", texts.each);
  each.type = "button";
  each.onclick = () => {
    root.dataset.each = "asked for"; // also for the next one
    openFields();
    root.querySelector('[data-part="title"]').focus();
  };
}

// What was understood goes into the fields once; what is changed there by hand stays.
function showUnderstood(root, understood, openFields) {
  if (!understood || root.dataset.answer === `${understood.number}`) return;
  const part = (name) => root.querySelector(`[data-part="${name}"]`);
  if (!part("line")) return;
  openFields();
  root.dataset.answer = `${understood.number}`;
  // as it was typed: what comes back has lost the signs that nobody sees
  root.dataset.understood = root.dataset.sent ?? understood.line;
  if (!part("line").value) part("line").value = understood.line;
  for (const name of ["title", "owner", "due"]) part(name).value = understood[name];
  const place = root.querySelector(".understood");
  place.replaceChildren();
  for (const read of understood.read) element(place, "p", "facts", read);
  for (const said of understood.said) element(place, "p", "said", said);
  const choices = element(place, "div", "choices");
  const offer = (name, value, label) => {
    const choice = element(choices, "button", "", label);
    choice.type = "button";
    choice.onclick = () => {
      part(name).value = value;
    };
  };
  for (const person of understood.people) offer("owner", person, person);
  for (const day of understood.days) offer("due", day.day, day.label);
}

// Built anew only when an action was added or its texts changed: what somebody is typing stays.
function showForm(root, texts, send, openFields) {
  const made = JSON.stringify(texts);
  if (root.dataset.made === made) return;
  const again = root.getRootNode().activeElement?.dataset.part === "line";
  root.dataset.made = made;
  delete root.dataset.understood;
  delete root.dataset.answer;
  delete root.dataset.sent;
  root.replaceChildren();
  element(root, "h3", "", texts.heading);
  if (texts.line) showLine(root, texts.line, send, openFields);
  if (!texts.line || root.dataset.each) openFields();
  if (again) root.querySelector('[data-part="line"]')?.focus();
}

// One field for each thing there is to say: where one line does not say it, or somebody prefers them.
function showFields(root, texts, send) {
  if (root.querySelector("form.fields")) return;
  root.querySelector(".each")?.remove();
  const form = element(root, "form", "fields");
  const title = field(form, "wide", texts.title, "input", "text");
  title.required = true;
  title.dataset.part = "title";
  title.maxLength = texts.longest.title;
  const owner = field(form, "", texts.owner, "input", "text");
  owner.required = true;
  owner.dataset.part = "owner";
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
  due.dataset.part = "due";
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
  showRequests(parentElement.querySelector(".requests"), data.requests, setTriggerValue);
  const add = parentElement.querySelector(".add");
  const openFields = () => showFields(add, data.form, setTriggerValue);
  showForm(add, data.form, setTriggerValue, openFields);
  showUnderstood(add, data.understood, openFields);
}
