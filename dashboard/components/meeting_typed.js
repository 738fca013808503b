// What somebody typed in a form, and nobody took yet: it stands there again when the form does, and
// the meeting says so before it closes.
import { form } from "./meeting_parts.js";

function valuesOf(inputs) {
  return Object.fromEntries(Object.entries(inputs).map(([name, { value }]) => [name, value]));
}

// `node` holds the inputs, by name, as the server knows them; `about` says what they are about.
// Returns what to call with those that were taken.
export function keep(page, node, key, about, inputs) {
  const known = valuesOf(inputs);
  const { values: typed = {} } = page.typed.get(key) ?? {};
  for (const name of Object.keys(inputs)) inputs[name].value = typed[name] ?? known[name];
  node.addEventListener("input", () => {
    const values = valuesOf(inputs);
    const typed = Object.keys(values).filter((name) => values[name].trim() && values[name] !== known[name]);
    const text = typed.map((name) => values[name].trim()).join(" · ");
    if (text) page.typed.set(key, { values, about, text });
    else page.typed.delete(key);
  });
  return (values = {}) => {
    Object.assign(known, values);
    page.typed.delete(key);
  };
}

export function keptForm(page, parent, key, about, fields, send) {
  const { node, inputs } = form(parent, fields, async (values, ask) => {
    const said = await send(values, ask);
    if (said) taken();
    return said;
  });
  const taken = keep(page, node, key, about, inputs);
}

// What nobody will have taken if the meeting closes now, each thing in a sentence.
export function notTaken(page) {
  const { notAdded, notDecided } = page.data.words;
  const { line } = page.draft();
  const texts = [...page.typed.values()].map(({ about, text }) =>
    notDecided.replace("{name}", () => about).replace("{text}", () => text),
  );
  return [...(line ? [`${notAdded} ${line}`] : []), ...texts];
}
