// The company's name and the choice of language; and what holds for the whole document: its
// language, for screen readers, and its style.
export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const [data] = component.data;
  document.documentElement.lang = data.language.replace("_", "-");
  const style = document.getElementById("cap90-style") ?? document.createElement("style");
  style.id = "cap90-style";
  style.textContent = data.style;
  if (!style.isConnected) document.head.appendChild(style);
  const root = parentElement.querySelector(".menu");
  const company = document.createElement("div");
  company.className = "company";
  company.textContent = data.company;
  const label = document.createElement("label");
  const name = document.createElement("span");
  name.textContent = data.label;
  const select = document.createElement("select");
  for (const language of data.languages) {
    const option = document.createElement("option");
    option.value = language.key;
    option.textContent = language.name;
    option.lang = language.lang;
    option.selected = language.key === data.language;
    select.appendChild(option);
  }
  select.onchange = () => setTriggerValue("language", select.value);
  label.append(name, select);
  root.replaceChildren(company, label);
}
