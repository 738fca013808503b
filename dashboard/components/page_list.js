// A link to another page of ours: a click goes there without loading everything anew.
export function pageLink({ place, name, href }, current, open) {
  const link = document.createElement("a");
  link.dataset.part = place;
  link.href = href;
  link.textContent = name;
  if (place === current) link.setAttribute("aria-current", "page");
  link.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab, as with any link
    event.preventDefault();
    open(place);
    uncoverThePage();
  };
  return link;
}

// The pages under their headings.
export function pageList({ label, current, sections }, open) {
  const list = document.createElement("nav");
  list.className = "pages";
  list.setAttribute("aria-label", label);
  sections.forEach(({ heading, links }, number) => {
    const name = document.createElement("div");
    name.id = `pages-${number}`;
    name.className = "heading";
    name.textContent = heading;
    const pages = document.createElement("ul");
    pages.setAttribute("aria-labelledby", name.id);
    for (const link of links) {
      const entry = document.createElement("li");
      entry.append(pageLink(link, current, open));
      pages.append(entry);
    }
    list.append(name, pages);
  });
  return list;
}

// Where the screen is too narrow for both, the menu lies over the page until it is closed. Streamlit
// offers no other way to close it than its own button.
function uncoverThePage() {
  if (!matchMedia("(max-width: 768px)").matches) return;
  document.querySelector('[data-testid="stSidebarCollapseButton"] button')?.click();
}
