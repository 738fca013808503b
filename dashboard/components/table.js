// A plain table. Every cell arrives as finished text, or as lines with an address each, and goes in as
// text, never as markup.
function lead(place, { text, href }) {
  const link = document.createElement("a");
  link.textContent = text;
  link.href = href;
  place.appendChild(link);
}

export default function (component) {
  const { parentElement } = component;
  const [data] = component.data;
  const root = parentElement.querySelector(".table");
  const table = document.createElement("table");
  table.className = data.narrow ? "narrow" : "folds";
  if (data.caption) {
    const caption = table.createCaption();
    caption.textContent = data.caption;
  }
  const head = table.createTHead().insertRow();
  for (const column of data.columns) {
    const cell = document.createElement("th");
    cell.scope = "col";
    cell.textContent = column.label;
    cell.className = column.style;
    head.appendChild(cell);
  }
  const body = table.createTBody();
  for (const row of data.rows) {
    const line = body.insertRow();
    row.forEach((given, i) => {
      const cell = line.insertCell();
      cell.className = data.columns[i].style;
      if (!given.length) cell.classList.add("empty");
      // seen on narrow screens, where a row is a list of lines
      const label = document.createElement("span");
      label.className = "label";
      label.textContent = data.columns[i].label;
      const value = document.createElement("span");
      if (typeof given === "string") value.textContent = given;
      else for (const one of given) lead(value, one);
      cell.append(label, value);
    });
  }
  root.replaceChildren(table);
  root.setAttribute("role", "region");
  root.setAttribute("aria-label", data.title);
  // a table wider than the screen scrolls in its own box, with the keyboard too
  root.tabIndex = table.scrollWidth > root.clientWidth ? 0 : -1;
}
