// The head of a meeting: how long it takes, what moves it on, its agenda step by step.
import { clockFace, ticking } from "./clock.js";
import { button, element, question } from "./meeting_parts.js";

export function clockBar(page, node) {
  const { clock, words, buttons, statusLine } = page.data;
  const bar = element(node, "div", "bar");
  const total = element(bar, "span", "total");
  const said = element(bar, "span", "facts", statusLine);
  said.setAttribute("aria-live", "off");
  const ways = element(bar, "div", "ways");
  for (const one of buttons) {
    button(ways, one.primary ? "primary" : "", one.name, (press) => {
      if (press.detail > 1) return; // the second half of a double click is no second wish
      move(page, bar, one.what, one.values);
    });
  }
  const list = element(node, "ol", "steps");
  list.setAttribute("aria-label", words.agenda);
  const times = [];
  for (const section of clock.sections) {
    const step = element(element(list, "li", section.current ? "current" : ""), "button");
    step.type = "button";
    step.disabled = !page.data.runs || page.data.status === "planned";
    step.dataset.focus = `step-${section.position}`;
    step.setAttribute("aria-label", section.name); // also where there is no room for it
    if (section.current) step.setAttribute("aria-current", "step");
    step.onclick = () => page.send("enter", { section: section.position });
    element(step, "span", "name", section.name);
    times.push([section, element(step, "span", "time")]);
  }
  const where = clock.where && element(node, "p", "where", clock.where);
  const taken = where && element(where, "span", "time");
  ticking(page.root, (passed) => {
    const more = clock.running ? passed : 0;
    total.textContent = `${clockFace(clock.total + more)} / ${clock.planned} min`;
    total.classList.toggle("over", clock.total + more > clock.planned * 60);
    for (const [section, time] of times) {
      const seconds = section.seconds + (section.current ? more : 0);
      time.textContent = seconds || section.current
        ? `${clockFace(seconds)} / ${section.minutes} min` : `${section.minutes} min`;
      time.classList.toggle("over", seconds > section.minutes * 60);
      if (section.current && taken) [taken.textContent, taken.className] = [time.textContent, time.className];
    }
  });
}

// What is asked before it moves on, or speaks against it, stands right below the button.
function move(page, bar, what, values = {}) {
  bar.parentNode.querySelector(":scope > .question")?.remove();
  page.send(what, values, (said) => {
    const { notYet, dismiss } = page.data.words;
    const ways = [...(said.ways ?? []), { name: said.ways?.length ? notYet : dismiss, values: null }];
    return question(bar, { ...said, ways }, (more) => more && move(page, bar, what, { ...values, ...more }));
  });
}
