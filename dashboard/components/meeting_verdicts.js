// A quarterly review on the screen of everybody who takes part: each thing with its evidence, one
// word about it with its reason, and the next quarter that follows from it.
import { button, element, parts, question, twice } from "./meeting_parts.js";
import { keep } from "./meeting_typed.js";
import { trend } from "./scorecard.js";

function said(parent, text, kind = "facts") {
  if (text) element(parent, "p", kind, text);
}

export function verdicts(page, { part }, section, words) {
  part("notes", "", section.notes, (node, notes) => {
    for (const note of notes) said(node, note, "warning");
  });
  part("lead", "", section.lead, (node, lead) => said(node, lead, "lead"));
  for (const row of section.rows) {
    part(`row ${row.subject}`, "thing", row, (node) => {
      const line = element(node, "div", `line blocker ${row.shown ? "shown" : ""}`);
      const text = element(line, "div", "text");
      const open = button(text, "title", row.name, () => page.lookAtSubject(row.subject));
      open.dataset.focus = `subject-${row.subject}`;
      open.setAttribute("aria-expanded", row.shown);
      if (row.decided) element(text, "span", `verdict ${row.tone}`, row.decided);
      element(text, "div", "facts", row.facts);
    });
    if (!row.shown || !section.opened) continue;
    // right below its own line: in a long list, nobody looks for it at the end
    const node = part(`thing ${row.subject}`, "worked", row.subject, () => {});
    decideOn(page, parts(node), section.opened, section.words);
  }
}

// One thing: the evidence, what is decided, and the way to decide it.
function decideOn(page, { part, done }, thing, words) {
  part("evidence", "evidence", [thing.name, thing.facts, thing.trend, thing.owner], (node) => {
    element(node, "h3", "", thing.name);
    said(node, thing.owner);
    if (thing.trend) trend(element(node, "div", "trend"), thing);
    const list = element(node, "ul");
    for (const fact of thing.facts) element(list, "li", "", fact);
  });
  part("earlier", "", thing.earlier, (node, earlier) => said(node, earlier));
  const decided = part("decided", "", thing.decided, (node) => {
    if (!thing.decided) return;
    element(node, "p", "settled", thing.decided.said);
    said(node, thing.decided.change);
    said(node, thing.decided.by);
  });
  decided.hidden = !thing.decided;
  if (thing.runs) {
    const form = part("decide", "", [thing.subject], (node) => decide(page, node, thing, words));
    form.seen = thing.version; // also while somebody fills it in, when it is not drawn again
    for (const press of form.querySelectorAll("[data-way]")) {
      const pressed = press.dataset.way === thing.decided?.way;
      press.classList.toggle("pressed", pressed);
      press.setAttribute("aria-pressed", pressed);
    }
  }
  done();
}

function decide(page, node, thing, words) {
  const form = element(node, "form", "form");
  const stay = () => (page.subject = thing.subject); // whatever somebody else decides meanwhile
  const asked = () => form.querySelector(":scope > .question")?.remove();
  form.onsubmit = (event) => event.preventDefault();
  form.oninput = () => {
    stay();
    asked();
  };
  const field = (name, label, value) => {
    const holder = element(form, "label", "field wide");
    element(holder, "span", "", label);
    const input = element(holder, "textarea");
    input.rows = 2;
    input.maxLength = 1000;
    input.value = value;
    input.dataset.focus = `verdict-${name}`;
    return input;
  };
  const reason = field("reason", words.reason, thing.reason);
  const change = field("change", words.change, thing.change);
  const taken = keep(page, form, `verdict ${thing.subject}`, thing.name, { reason, change });
  const ways = element(form, "div", "marks");
  ways.setAttribute("role", "group");
  ways.setAttribute("aria-label", words.decide);
  for (const [way, name] of words.ways) {
    const press = button(ways, "", name, async () => {
      const missing = !reason.value.trim() ? reason : way === "change" && !change.value.trim() ? change : null;
      missing?.focus(); // the server says what is missing
      const typed = { reason: reason.value, change: change.value };
      stay();
      asked();
      // at the field that is missing, else below the buttons
      const ask = (said) => question(missing?.parentNode ?? ways, said);
      if (!(await page.send("decide_on", { subject: thing.subject, version: node.seen, way, ...typed }, ask))) return;
      taken(typed);
      const { opened } = page.data.section ?? {};
      if (opened?.subject === thing.subject) page.lookAtSubject(opened.next);
    });
    press.dataset.way = way;
  }
}

export function following(page, { part }, section, words) {
  part("next", "list", [section.lead, section.lists], (node) => {
    said(node, section.lead, "lead");
    for (const list of section.lists) {
      element(node, "h4", "", list.name);
      const lines = element(node, "ul");
      for (const line of list.lines) element(lines, "li", "", line);
    }
  });
  part("problems", "", section.problems, (node, problems) => {
    for (const problem of problems) said(node, problem, "warning");
  });
  part("adopt", "opening marks", [section.adopts, section.edit, section.version, section.words.sure], (node) => {
    if (section.edit) {
      const link = element(node, "a", "way", section.edit.name);
      link.href = section.edit.href;
    }
    if (!section.adopts) return;
    const { adopt, sure, adoptNow } = section.words;
    twice(node, adopt, () => sure, { yes: adoptNow, no: words.notYet }, (below) =>
      page.send("adopt_quarter", { version: section.version }, (said) => question(below, said)),
    );
  });
}
