// Cards to read and to answer. Everything shown goes in as text, never as markup.
function element(parent, tag, className, text) {
  const node = document.createElement(tag);
  if (className) node.className = className;
  if (text) node.textContent = text;
  parent.appendChild(node);
  return node;
}

function button(parent, className, text, name, press) {
  const node = element(parent, "button", className, text);
  node.type = "button";
  node.dataset.focus = name;
  node.onclick = press;
  return node;
}

function showQuestion(card, ask, place, send) {
  const box = element(place, "div", "ask");
  const open = () => {
    box.replaceChildren();
    element(box, "span", "question", ask.question);
    const note = element(box, "input");
    note.type = "text";
    note.maxLength = 500;
    note.placeholder = ask.note;
    note.setAttribute("aria-label", ask.note);
    note.dataset.focus = `note-${card.id}`;
    for (const one of ask.answers) {
      button(box, "", one.name, `${one.key}-${card.id}`, () =>
        send("answer", { id: card.id, version: card.version, key: one.key, note: note.value }),
      );
    }
  };
  if (!ask.answered) {
    open();
    return;
  }
  element(box, "span", "", ask.answered);
  button(box, "plain", ask.change, `change-${card.id}`, () => {
    open();
    box.querySelector("input").focus();
  });
}

function showCard(list, card, send) {
  const place = element(list, "li", card.tone);
  if (card.eyebrow) element(place, "p", "eyebrow", card.eyebrow);
  if (card.title) element(place, "h3", "", card.title);
  if (card.warning) element(place, "p", "warning", card.warning);
  for (const line of card.paragraphs) element(place, "p", "", line);
  if (card.rows.length) {
    const rows = element(place, "dl");
    for (const row of card.rows) {
      element(rows, "dt", "", row.label);
      const text = element(rows, "dd", "", row.href ? "" : row.text);
      if (row.href) element(text, "a", "", row.text).href = row.href;
    }
  }
  if (card.verdict) element(place, "p", `verdict ${card.verdict.tone}`, card.verdict.text);
  if (card.facts) element(place, "p", "facts", card.facts);
  if (card.history) {
    const history = element(place, "details");
    element(history, "summary", "", card.history.label);
    const lines = element(history, "ul");
    for (const line of card.history.lines) element(lines, "li", "", line);
  }
  if (card.ask) showQuestion(card, card.ask, place, send);
  if (card.links.length || card.buttons.length || card.offer) {
    const row = element(place, "div", "buttons");
    const offered = card.offer ? [card.offer] : [];
    for (const one of [...offered, ...card.buttons]) {
      button(row, one === card.offer ? "" : "plain", one.name, `${one.key}-${card.id}`, () =>
        send("press", { id: card.id, version: card.version, key: one.key, note: "" }),
      );
    }
    for (const link of card.links) {
      const node = element(row, "a", "", link.name);
      node.href = link.href;
    }
  }
}

export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const [data] = component.data;
  const root = parentElement.querySelector(".cards");
  const made = JSON.stringify(data);
  if (root.dataset.made === made) return; // what somebody is typing stays
  root.dataset.made = made;
  const focused = root.getRootNode().activeElement?.dataset.focus;
  const list = document.createElement("ul");
  list.setAttribute("aria-label", data.label);
  for (const card of data.cards) showCard(list, card, setTriggerValue);
  root.replaceChildren(list);
  if (focused) root.querySelector(`[data-focus="${focused}"]`)?.focus();
}
