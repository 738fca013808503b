// A meeting before it starts: its agenda, the points that people bring, who is invited.
import { button, element, form, question } from "./meeting_parts.js";
import { facts } from "./meeting_topics.js";

export function prepare(page, { part }, plan, words, runs) {
  part("facts", "", [plan.facts, runs], (node) => {
    if (!runs) return facts(node, ...plan.facts.map((one) => one.line));
    const row = element(node, "div", "form");
    for (const one of plan.facts) {
      const label = element(row, "label", "field");
      element(label, "span", "", one.label);
      const input = element(label, one.options ? "select" : "input");
      for (const { value, name } of one.options ?? []) element(input, "option", "", name).value = value;
      if (!one.options) input.type = one.type;
      input.value = one.value;
      input.dataset.focus = `fact-${one.name}`;
      const change = (more = {}) => {
        row.querySelector(":scope > .question")?.remove();
        page.send("change_meeting", { [one.name]: input.value, ...more }, (said) => question(label, said, (values) => {
          input.value = values[one.name] ?? input.value;
          change(values);
        }));
      };
      input.onchange = () => change();
    }
  });
  part("lead", "opening", plan.lead, (node, lead) => element(node, "p", "lead", lead));
  if (plan.long) part("long", "", plan.long, (node, said) => element(node, "p", "warning", said));
  for (const section of plan.sections) {
    part(`section ${section.position}`, "list", [section, runs], (node) => {
      const line = element(node, "div", "line planned");
      const text = element(line, "div", "text");
      element(text, "span", "title", section.name);
      if (runs) {
        const minutes = element(line, "input", "minutes");
        minutes.type = "number";
        minutes.min = 1;
        minutes.max = 240;
        minutes.value = section.minutes;
        minutes.dataset.focus = `minutes-${section.position}`;
        minutes.setAttribute("aria-label", `${section.name}: ${words.minutes}`);
        minutes.onchange = () => {
          node.querySelector(":scope > .question")?.remove();
          const values = { section: section.position, minutes: minutes.value, title: section.title };
          page.send("change_section", values, (said) => question(line, said));
        };
        for (const [to, name] of [[section.position - 1, "↑"], [section.position + 1, "↓"]]) {
          const move = button(line, "small", name, () => page.send("move_section", { section: section.position, to }));
          move.disabled = to < 1 || to > plan.sections.length;
          move.dataset.focus = `move-${name}-${section.position}`;
          move.setAttribute("aria-label", `${section.name}: ${name === "↑" ? words.earlier : words.later}`);
        }
        const gone = button(line, "small", "×", () => page.send("remove_section", { section: section.position }));
        gone.setAttribute("aria-label", `${words.remove}: ${section.name}`);
      } else element(line, "span", "facts", `${section.minutes} min`);
      if (section.over) element(node, "div", "warning", section.over);
      for (const item of section.items) {
        const point = element(node, "div", "line point");
        const said = element(point, "div", "text", item.title);
        facts(said, item.facts);
        if (item.elsewhere) element(said, "div", "warning", item.elsewhere);
        if (item.mine && !item.closed) {
          button(point, "small", words.remove, () => page.send("close_item", { item: item.id, version: item.version }));
        }
      }
    });
  }
  part("add point", "", [words.addPoint, plan.choices], (node) =>
    form(node, {
      submit: words.add,
      fields: [
        { name: "title", label: words.addPoint, kind: "wide", required: true, longest: 300 },
        { name: "concerns", label: words.concerns, kind: "wide", help: words.concernsHint, people: page.names() },
        { name: "section", label: words.section, options: plan.choices, value: plan.usual },
      ],
    }, (values, ask) => page.send("add_item", values, ask)),
  );
  if (runs) {
    part("add section", "opening", words.addSection, (node) =>
      form(node, {
        submit: words.add,
        fields: [
          { name: "title", label: words.addSection, kind: "wide", required: true, longest: 300 },
          { name: "minutes", label: words.minutes, type: "number", required: true, value: "5" },
        ],
      }, (values, ask) => page.send("add_section", values, ask)),
    );
  }
}
