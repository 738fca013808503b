// The closed weeks: each a link to its review and one to its PDF. Everything goes in as text.
export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const [data] = component.data;
  const list = document.createElement("ul");
  list.setAttribute("aria-label", data.label);
  for (const week of data.weeks) {
    const item = document.createElement("li");
    const open = document.createElement("a");
    open.href = week.href;
    open.onclick = (event) => {
      if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab, as with any link
      event.preventDefault();
      setTriggerValue("open", week.key);
    };
    const name = document.createElement("strong");
    name.textContent = week.name;
    const dates = document.createElement("span");
    dates.textContent = week.dates;
    const summary = document.createElement("p");
    summary.className = week.quiet ? "quiet" : "";
    summary.textContent = week.summary;
    open.append(name, " ", dates, summary);
    const pdf = document.createElement("a");
    pdf.className = "pdf";
    pdf.href = week.pdf;
    pdf.textContent = "PDF";
    pdf.setAttribute("aria-label", week.help);
    item.append(open, pdf);
    list.appendChild(item);
  }
  parentElement.querySelector(".reviews").replaceChildren(list);
}
