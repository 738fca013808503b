// What the parts of the meeting page are built with. Everything shown goes in as text, never as
// markup; what somebody is typing in is never drawn anew.
export function element(parent, tag, kind, text) {
  const node = document.createElement(tag);
  if (kind) node.className = kind;
  if (text !== undefined && text !== null) node.textContent = text;
  parent?.append(node);
  return node;
}

export function button(parent, kind, text, press) {
  const node = element(parent, "button", kind, text);
  node.type = "button";
  node.dataset.focus = `${kind} ${text}`;
  node.onclick = press;
  return node;
}

// Parts of a container by name, in the order they are asked for: one that says the same as before
// stays as it is, one that nobody asks for any more goes.
export function parts(parent) {
  const had = (parent.parts ??= new Map());
  const seen = new Set();
  let last = null;
  const place = (node) => {
    const next = last ? last.nextSibling : parent.firstChild;
    if (node !== next) parent.insertBefore(node, next); // moving a field would take its focus
    last = node;
  };
  return {
    // `draw` fills an empty node; it is called again only when `value` changes
    part(name, kind, value, draw) {
      seen.add(name);
      const made = JSON.stringify(value ?? null);
      let found = had.get(name);
      if (!found) had.set(name, (found = { node: element(null, "div", kind), made: null }));
      place(found.node);
      if (found.made !== made) {
        const focused = found.node.getRootNode().activeElement;
        const mark = found.node.contains(focused) ? focused.dataset.focus : null;
        found.node.replaceChildren();
        found.node.parts = undefined;
        draw(found.node, value);
        found.made = made;
        if (mark) found.node.querySelector(`[data-focus="${CSS.escape(mark)}"]`)?.focus();
      }
      return found.node;
    },
    done() {
      for (const [name, { node }] of had) {
        if (seen.has(name)) continue;
        node.remove();
        had.delete(name);
      }
    },
  };
}

// A question about what stands in a field, right behind it: what was typed stays, and one more
// click answers. `answer` gets the values that the button stands for.
export function question(field, said, answer) {
  field.parentNode.querySelector(":scope > .question")?.remove();
  const node = element(null, "div", "question");
  node.setAttribute("role", "alert");
  element(node, "span", "", said.message);
  for (const way of said.ways ?? []) {
    button(node, "", way.name, () => {
      node.remove();
      answer(way.values);
    });
  }
  field.after(node);
  node.scrollIntoView({ block: "nearest" });
  return node;
}

// What cannot be taken back takes two presses, in two places; `lines` returns what says what it does.
// `act` gets what stands around the second button, to answer there. `node.asking` tells whether that
// one is waited for.
export function twice(node, name, lines, { yes, no }, act) {
  const asks = button(node, "primary", name, (press) => {
    asks.disabled = node.asking = true;
    const sure = element(node, "div", "sure");
    for (const [kind, line] of lines()) element(sure, "p", kind, line);
    const ways = element(sure, "div", "marks");
    button(ways, "primary", yes, () => act(sure));
    button(ways, "", no, () => {
      sure.remove();
      asks.disabled = node.asking = false;
    });
    if (press.isTrusted) ways.scrollIntoView({ block: "nearest" });
  });
  return asks;
}

// A form that empties itself once the server has taken what it holds.
export function form(parent, { fields, submit, kind }, send) {
  const node = element(parent, "form", `form ${kind ?? ""}`);
  const inputs = {};
  let answered = {}; // what was asked about what stands in the fields, and how it was answered
  for (const field of fields) {
    const label = element(node, "label", `field ${field.kind ?? ""}`);
    element(label, "span", "", field.label);
    const input = element(label, field.options ? "select" : "input");
    if (field.options) {
      for (const { value, name } of field.options) element(input, "option", "", name).value = value;
    } else {
      input.type = field.type ?? "text";
      input.autocomplete = "off";
    }
    if (field.longest) input.maxLength = field.longest;
    if (field.hint) input.placeholder = field.hint;
    if (field.help) {
      const help = element(label, "small", "facts", field.help);
      help.id = `help-${Math.random().toString(36).slice(2)}`;
      input.setAttribute("aria-describedby", help.id);
      input.setAttribute("aria-label", field.label); // the rule describes it, and is no name
    }
    if (field.people?.length) {
      const names = element(label, "datalist");
      names.id = `names-${Math.random().toString(36).slice(2)}`;
      for (const name of field.people) element(names, "option").value = name;
      input.setAttribute("list", names.id);
    }
    input.required = field.required ?? false;
    input.value = field.value ?? "";
    input.dataset.focus = `field-${field.name}`;
    inputs[field.name] = input;
  }
  const press = element(node, "button", "primary", submit);
  press.type = "submit";
  node.addEventListener("input", ({ target }) => {
    if (target === node || target.type === "date") answered = {}; // a name answers for itself
    node.querySelector(":scope > .question")?.remove();
  });
  // At the field it is about, else at the end of the form: nothing of the form is covered.
  const ask = (said) => {
    question(inputs[said.field]?.parentNode ?? node.lastElementChild, said, (values) => {
      for (const [name, value] of Object.entries(values)) {
        if (inputs[name]) inputs[name].value = value;
        else answered[name] = value;
      }
      node.requestSubmit();
    });
    return true;
  };
  node.onsubmit = async (event) => {
    event.preventDefault();
    press.disabled = true; // one press, one thing
    node.querySelector(":scope > .question")?.remove();
    const values = Object.fromEntries(Object.entries(inputs).map(([name, { value }]) => [name, value]));
    try {
      if (await send({ ...values, ...answered }, ask)) {
        answered = {};
        for (const field of fields) inputs[field.name].value = field.value ?? "";
        inputs[fields[0].name].focus();
      }
    } finally {
      press.disabled = false;
    }
  };
  return { node, inputs };
}
