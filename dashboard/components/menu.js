// Whose numbers these are and who looks at them, the choice of language and the way out; and what
// holds for the whole document: its language, for screen readers, and its style.
export default function (component) {
  const { parentElement, setTriggerValue } = component;
  const [data] = component.data;
  document.documentElement.lang = data.language.replace("_", "-");
  const style = document.getElementById("cap90-style") ?? document.createElement("style");
  style.id = "cap90-style";
  style.textContent = data.style;
  if (!style.isConnected) document.head.appendChild(style);
  watch(data.who.revision);
  const element = (name, kind, text) => {
    const made = document.createElement(name);
    made.className = kind;
    if (text) made.textContent = text;
    return made;
  };
  const choice = (label, options, chosen, choose) => {
    const made = element("label", "");
    const select = element("select", "");
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
  const account = element("a", "", data.who.account.label);
  account.href = data.who.account.address;
  account.onclick = (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    setTriggerValue("account", true);
  };
  const out = element("button", "", data.who.out);
  out.onclick = () => send("/logout", {}, "/login");
  const ways = element("div", "ways");
  ways.append(account, out);
  who.append(ways);
  const parts = [who, element("div", "company", data.company)];
  if (data.logo) {
    const logo = element("img", "logo");
    logo.src = data.logo;
    logo.alt = ""; // the name stands above it
    parts.push(logo);
  }
  if (data.demo) {
    const demo = element("div", "demo");
    const become = (role) => send("/demo/role", { role }, `/?lang=${data.language}`);
    demo.append(
      element("p", "", data.demo.note),
      choice(data.demo.label, data.demo.roles, data.demo.role, become),
    );
    parts.push(demo);
  }
  if (data.languages.length > 1) {
    parts.push(choice(data.label, data.languages, data.language, (language) =>
      setTriggerValue("language", language),
    ));
  }
  parentElement.querySelector(".menu").replaceChildren(...parts);
}
