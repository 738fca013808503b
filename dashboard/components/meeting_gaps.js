// A gap review on the screen of everybody who takes part: where the quarter ends, and every gap
// with what it is made of, its cause and what is decided about it.
import { range, waterfall } from "./drawing.js";
import { button, element, parts } from "./meeting_parts.js";
import { keptForm } from "./meeting_typed.js";

function said(parent, text, kind = "facts") {
  if (text) element(parent, "p", kind, text);
}

export function landing(page, { part }, section, words) {
  part("landings", "landings", [section.lead, section.landings, section.plain], (node) => {
    said(node, section.lead, "lead");
    for (const one of section.landings) {
      element(node, "h4", "", one.name);
      element(node, "p", "", one.said);
      range(node, one.drawing);
      said(node, one.madeOf);
      if (one.decisive.length) {
        element(node, "h5", "", words.decisive);
        for (const deal of one.decisive) {
          const line = element(node, "div", "line");
          const text = element(line, "div", "text");
          element(text, "span", "title", deal.name);
          element(text, "div", "facts", deal.facts);
          element(line, "div", "without facts", deal.without);
        }
      }
      said(node, one.unseen);
      for (const note of one.notes) said(node, note);
    }
    for (const one of section.plain) {
      const line = element(node, "div", "line");
      element(line, "div", "text", one.name);
      element(line, "div", "numbers", one.said);
    }
  });
}

export function gaps(page, { part }, section, words, pacts) {
  pacts(page, part, section.pacts, words);
  part("changes", "changes", section.changes, (node, changes) => {
    if (!changes.length) return;
    const list = element(node, "details");
    element(list, "summary", "", words.changes);
    for (const change of changes) said(list, change);
  });
  part("gaps", "list", [section.lead, section.rows], (node) => {
    said(node, section.lead, "lead");
    for (const row of section.rows) {
      const line = element(node, "div", `line blocker ${row.shown ? "shown" : ""}`);
      const text = element(line, "div", "text");
      const open = button(text, "title", row.name, () => page.lookAtGap(row.key));
      open.dataset.focus = `gap-${row.key}`;
      if (row.shown) open.setAttribute("aria-current", "true");
      if (row.state) element(text, "span", `verdict ${row.tone}`, row.state);
      element(text, "div", "facts", row.facts);
      element(line, "div", "last settled", row.decided);
    }
  });
  if (section.opened) {
    page.gap ??= section.opened.key; // what is decided elsewhere moves nothing under anybody's fingers
    const node = part(`gap ${section.opened.key}`, "worked", section.opened.key, () => {});
    talkAbout(page, parts(node), section.opened, words, pacts);
  }
}

// One gap: the numbers, what it is made of, why, and one decision.
function talkAbout(page, { part, done }, gap, words, pacts) {
  part("head", "", [gap.name, gap.facts, gap.responsible], (node) => {
    element(node, "h3", "", gap.name);
    for (const fact of gap.facts) element(node, "p", "fact", fact);
    said(node, gap.responsible);
  });
  part("made of", "madeof", [gap.drawings, gap.missing, page.ways?.[gap.key]], (node) => madeOf(page, node, gap, words));
  pacts(page, part, gap.pacts, words);
  page.note(part("cause", "", gap.cause.subject, () => {}), gap.cause);
  part("earlier", "", gap.earlier, (node, earlier) => said(node, earlier));
  const decision = part("decision", "", gap.decision, (node) => {
    if (!gap.decision) return;
    element(node, "p", "settled", gap.decision.said);
    said(node, gap.decision.by);
  });
  decision.hidden = !gap.decision;
  if (gap.runs) decide(page, part, gap, words);
  part("hand on", "handon", gap.blocker, (node) => {
    if (gap.blocker) element(node, "a", "", gap.blocker.said).href = gap.blocker.href;
    else button(node, "", words.handOn, () => page.send("make_blocker", { kpi: gap.key }));
  });
  done();
}

function madeOf(page, node, gap, words) {
  if (gap.drawings.length) {
    const ways = (page.ways ??= {});
    const chosen = gap.drawings.find((one) => one.name === ways[gap.key]) ?? gap.drawings[0];
    if (gap.drawings.length > 1) {
      const row = element(node, "div", "marks");
      row.setAttribute("role", "group");
      row.setAttribute("aria-label", words.madeOf);
      for (const one of gap.drawings) {
        const press = button(row, one === chosen ? "small pressed" : "small", one.name, () => {
          ways[gap.key] = one.name;
          page.show(page.data);
        });
        press.dataset.focus = `way-${one.name}`;
        press.setAttribute("aria-pressed", one === chosen);
      }
    }
    element(node, "p", "", chosen.said);
    if (chosen.drawing) waterfall(node, chosen.drawing);
  }
  for (const reason of gap.missing) said(node, reason);
}

// Three ways to decide, one of them open; what somebody types in it stays while others work.
function decide(page, part, gap, words) {
  const opened = (page.responses ??= {});
  // which one is open stays as it is, whatever somebody else decides meanwhile
  const chosen = (opened[gap.key] ??= gap.decision?.response ?? "act");
  part("ways", "", [gap.key, chosen, gap.decision?.response], (node) => {
    element(node, "h4", "", gap.decision ? words.decideOtherwise : words.decideGap);
    const row = element(node, "div", "marks");
    row.setAttribute("role", "group");
    row.setAttribute("aria-label", words.decideGap);
    for (const [name, label] of [["act", words.actOn], ["adjust", words.adjustTarget], ["accept", words.acceptGap]]) {
      const press = button(row, name === chosen ? "pressed" : "", label, () => {
        opened[gap.key] = name;
        page.show(page.data);
      });
      press.dataset.focus = `respond-${name}`;
      press.setAttribute("aria-pressed", name === chosen);
    }
  });
  const undone = chosen === "act" ? "" : gap.decision?.undone;
  part("undone", "", undone, (warning) => said(warning, undone, "warning"));
  const node = part(`form ${chosen}`, "", [gap.key, chosen], (body) => FORMS[chosen](page, body, gap, words));
  node.seen = gap.version; // also while somebody fills the form in, which is not drawn again
}

const FORMS = {
  act(page, node, gap, words) {
    page.actionLine(node, "act_on_gap", words.actHint, gap.name, () => ({ kpi: gap.key, version: node.seen }));
  },

  adjust(page, node, gap, words) {
    const { from, example, per, range: isRange } = gap.adjusting;
    keptForm(page, node, `adjust ${gap.key}`, gap.name, {
      submit: words.decide,
      fields: [
        { name: "value", label: words.newTarget, hint: example, required: true, longest: 40 },
        ...(isRange ? [{ name: "max", label: words.upperEnd, longest: 40 }] : []),
        ...(per ? [{ name: "per", label: words.per, options: per, value: per[0].value }] : []),
        { name: "from", label: words.from, type: "date", required: true, value: from },
        { name: "reason", label: words.reason, kind: "wide", required: true, longest: 1000 },
      ],
    }, (values, ask) => page.send("adjust_target", { ...values, kpi: gap.key, version: node.seen }, ask));
  },

  accept(page, node, gap, words) {
    keptForm(page, node, `accept ${gap.key}`, gap.name, {
      submit: words.decide,
      fields: [{ name: "reason", label: words.reason, kind: "wide", required: true, longest: 1000 }],
    }, (values, ask) => page.send("accept_gap", { ...values, kpi: gap.key, version: node.seen }, ask));
  },
};
