// The pages, whose numbers these are and who looks at them, the choice of language and the way out;
// and what holds for the whole document: its language, for screen readers, and its style.
import { pageLink, pageList } from "./page_list.js";
import { send, watch } from "./watch.js";

export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const [data] = component.data;
  watch(data.who.revision);
  const root = parentElement.querySelector(".menu");
  const shown = JSON.stringify(data);
  if (root.shown === shown) return; // a rerun that changed nothing keeps what is there
  root.shown = shown;
  document.documentElement.lang = data.language.replace("_", "-");
  const style = document.getElementById("cap90-style") ?? document.createElement("style");
  style.id = "cap90-style";
  style.textContent = data.style;
  if (!style.isConnected) document.head.appendChild(style);
  const focused = root.getRootNode().activeElement?.dataset.part;
  const open = (place) => setTriggerValue("open", place);
  const element = (name, kind, text) => {
    const made = document.createElement(name);
    made.className = kind;
    if (text) made.textContent = text;
    return made;
  };
  const choice = (part, label, options, chosen, choose) => {
    const made = element("label", "");
    const select = element("select", "");
    select.dataset.part = part;
    for (const { key, name, lang } of options) {
      const option = element("option", "", name);
      option.value = key;
      if (lang) option.lang = lang;
      option.selected = key === chosen;
      select.appendChild(option);
    }
    select.onchange = () => choose(select.value);
    made.append(element("span", "", label), select);
    return made;
  };

  const who = element("div", "who");
  who.append(element("span", "name", data.who.name), " ", element("span", "role", data.who.role));
  const account = pageLink(data.who.account, data.pages.current, open);
  const out = element("button", "", data.who.out);
  out.onclick = () => send("/logout", {}, "/login");
  const ways = element("div", "ways");
  ways.append(account, out);
  who.append(ways);
  const company = element("div", "company");
  company.append(element("span", "", data.company));
  const parts = [pageList(data.pages, open), company, who];
  if (data.logo) {
    const logo = element("img", "logo");
    logo.src = data.logo;
    logo.alt = ""; // the name stands beside it
    company.prepend(logo);
  }
  if (data.demo) {
    const demo = element("div", "demo");
    const become = (role) => send("/demo/role", { role }, `/?lang=${data.language}`);
    demo.append(
      element("p", "", data.demo.note),
      choice("role", data.demo.label, data.demo.roles, data.demo.role, become),
    );
    parts.push(demo);
  }
  if (data.languages.length > 1) {
    parts.push(choice("language", data.label, data.languages, data.language, (language) =>
      setTriggerValue("language", language),
    ));
  }
  root.replaceChildren(...parts);
  // whoever went to another page with the keyboard stands where they stood
  if (focused) root.querySelector(`[data-part="${focused}"]`)?.focus({ preventScroll: true });
}
