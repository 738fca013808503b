// What each section of the agenda needs, and nothing else.
import { gaps, landing } from "./meeting_gaps.js";
import { button, element, form, parts, question, twice } from "./meeting_parts.js";
import { keptForm, notTaken } from "./meeting_typed.js";
import { following, verdicts } from "./meeting_verdicts.js";

function lead(parent, text) {
  if (text) element(parent, "p", "lead", text);
}

export function facts(parent, ...texts) {
  const said = texts.filter(Boolean);
  if (said.length) element(parent, "div", "facts", said.join(" · "));
}

export const TOPICS = {
  wins(page, { part }, section, words) {
    part("wins", "list", section.wins, (node, wins) => {
      if (!wins.length) element(node, "p", "facts", words.noWins);
      for (const win of wins) {
        const line = element(node, "div", "line");
        const text = element(line, "div", "text", win.text);
        facts(text, win.person, win.practice ? words.isPractice : "");
        if (!win.practice) {
          button(line, "", words.makePractice, () => page.send("keep_as_practice", { win: win.id }));
        }
        if (win.mine) {
          const gone = button(line, "small", words.remove, () =>
            page.send("take_back_win", { win: win.id, version: win.version }),
          );
          gone.dataset.focus = `take back ${win.id}`;
          gone.setAttribute("aria-label", `${words.remove}: ${win.text}`);
        }
      }
    });
    part("add win", "", words.addWin, (node) =>
      form(node, {
        submit: words.add,
        fields: [
          { name: "text", label: words.addWin, kind: "wide", required: true, longest: 1000 },
          { name: "person", label: words.whose, people: page.names() },
        ],
      }, (values, ask) => page.send("add_win", values, ask)),
    );
  },

  scoreboard(page, { part }, section, words) {
    part("rows", "list", section.rows, (node, rows) => {
      lead(node, section.lead);
      for (const row of rows) {
        const line = element(node, "div", "line kpi");
        const text = element(line, "div", "text");
        element(text, "span", "title", row.name);
        element(text, "span", `verdict ${row.tone}`, row.verdict);
        facts(text, row.sentence);
        const numbers = element(line, "div", "numbers");
        element(numbers, "span", "value", row.value);
        facts(numbers, row.target);
        const last = element(line, "div", "last");
        if (row.blocker) element(last, "span", "facts", words.isBlocker);
        else button(last, "", words.makeBlocker, () => page.send("make_blocker", { kpi: row.key }));
      }
      facts(node, section.quiet);
    });
  },

  commitments(page, { part }, section, words) {
    part("rows", "list", section.rows, (node, rows) => {
      lead(node, section.lead);
      if (!rows.length) element(node, "p", "facts", words.noCommitments);
      for (const row of rows) {
        const line = element(node, "div", `line ${row.done ? "done" : ""}`);
        const label = element(line, "label", "tick");
        const box = element(label, "input");
        box.type = "checkbox";
        box.checked = row.done;
        box.disabled = !row.mine;
        box.dataset.focus = `tick-${row.id}`;
        box.onclick = (event) => {
          event.preventDefault(); // it follows the server
          page.send("tick", { action: row.id, version: row.version, done: row.done ? "" : "1" });
        };
        const text = element(label, "div", "text");
        element(text, "span", "title", row.title);
        if (row.late) element(text, "span", "late", row.late);
        facts(text, row.facts);
        const last = row.blocker || row.late ? element(line, "div", "last") : null;
        if (row.blocker) element(last, "span", "facts", words.isBlocker);
        else if (row.late) {
          button(last, "", words.makeBlocker, () => page.send("make_blocker", { action: row.id }));
        }
      }
    });
  },

  blockers(page, { part }, section, words) {
    pacts(page, part, section.pacts, words);
    part("blockers", "list", [section.blockers, section.runs], (node, [blockers]) => {
      lead(node, section.lead);
      if (!blockers.length) element(node, "p", "facts", words.noBlockers);
      for (const one of blockers) {
        const line = element(node, "div", `line blocker ${one.shown ? "shown" : ""}`);
        element(line, "span", "rank", one.rank ?? "");
        const text = element(line, "div", "text");
        const open = button(text, "title", one.title, () => page.look(one.id));
        open.dataset.focus = `blocker-${one.id}`;
        if (one.shown) open.setAttribute("aria-current", "true");
        facts(text, one.facts);
        if (one.settled) element(text, "div", "settled", one.settled);
        else {
          const vote = button(line, one.voted ? "vote pressed" : "vote", one.votes, () =>
            page.send(one.voted ? "take_back_vote" : "vote", { blocker: one.id }),
          );
          vote.dataset.focus = `vote-${one.id}`;
          vote.setAttribute("aria-pressed", one.voted);
          vote.title = one.voted ? words.takeBackVote : words.vote;
          if (section.runs) {
            const up = button(line, "small top", one.rank ? words.notFirst : words.first, () =>
              page.send(one.rank ? "take_from_top" : "put_in_top", { blocker: one.id }),
            );
            up.dataset.focus = `rank-${one.id}`;
          }
        }
      }
      if (section.runs && blockers.some((one) => !one.settled)) {
        button(node, "", words.pickThree, () => page.send("pick_top_three", {}));
      }
    });
    part("add blocker", "", words.addBlocker, (node) =>
      form(node, {
        submit: words.add,
        fields: [{ name: "title", label: words.addBlocker, kind: "wide", required: true, longest: 300 }],
      }, (values, ask) => page.send("make_blocker", values, ask)),
    );
    if (section.worked) {
      const { id, runs } = section.worked;
      const node = part(`work ${id}`, "worked", id, () => {});
      work(page, parts(node), section.worked, words, runs);
    }
  },

  close(page, { part }, section, words) {
    part("read back", "list", section.readBack, (node, people) => {
      lead(node, section.lead);
      if (!people.length) element(node, "p", "facts", words.nothingAgreed);
      for (const person of people) {
        element(node, "h4", "", person.name);
        const list = element(node, "ul");
        for (const line of person.lines) {
          const item = element(list, "li", "", line.title);
          if (line.late) element(item, "span", "late", line.late);
          facts(item, line.due, line.kind);
        }
      }
    });
    part("rating", "rating", section.rating, (node, rating) => {
      element(node, "h4", "", words.rate);
      facts(node, rating.said);
      const scale = element(node, "div", "scale");
      scale.setAttribute("role", "group");
      scale.setAttribute("aria-label", words.rate);
      for (let score = 1; score <= 10; score += 1) {
        const press = button(scale, rating.own === score ? "pressed" : "", String(score), () =>
          page.send("rate", { score }),
        );
        press.setAttribute("aria-pressed", rating.own === score);
      }
    });
    if (section.runs) {
      part("close", "closing", [section.closing, section.missing, section.post], (node) => {
        if (section.closing) element(node, "p", "warning", section.closing);
        const lines = () => [
          ...[...section.missing, ...notTaken(page)].map((line) => ["warning", line]),
          ...section.post.map((line) => ["facts", line]),
          ["", words.closeSure],
        ];
        const ways = { yes: words.closeNow, no: words.notYet };
        const asks = twice(node, words.close, lines, ways, (below) =>
          page.send("close", {}, (said) => question(below, said), () => (page.told = true)),
        );
        if (node.asking) asks.click(); // while somebody reads it, others still mark who is here
      });
    }
  },

  landing,

  gaps: (page, tools, section, words) => gaps(page, tools, section, words, pacts),

  kpis: verdicts,

  work: verdicts,

  rituals: verdicts,

  next: following,

  other() {},
};

// What was agreed while it was calm, and afterwards the question whether it was kept.
function pacts(page, part, found, words) {
  if (!found.length) return;
  part("pacts", "list", found, (node) => {
    for (const pact of found) {
      const line = element(node, "div", "line pact");
      facts(element(line, "div", "text", pact.agreed), ...pact.facts);
      if (!pact.asks) continue;
      const answers = element(line, "div", "marks");
      answers.setAttribute("role", "group");
      answers.setAttribute("aria-label", words.keptIt);
      element(answers, "span", "facts", words.keptIt);
      for (const [kept, name] of [["1", words.kept], ["0", words.broken]]) {
        const press = button(answers, "small", name, () =>
          page.send("answer_pact", { event: pact.id, version: pact.version, kept }),
        );
        press.dataset.focus = `pact-${pact.id}-${kept}`;
      }
    }
  });
}

// A blocker, facts first: ideas come once the facts, what was tried and the problem are written.
function work(page, { part, done }, blocker, words, runs) {
  part("title", "", blocker.title, (node, title) => element(node, "h3", "", title));
  pacts(page, part, blocker.pacts, words);
  part("help", "", blocker.help, (node, help) => facts(node, help));
  for (const note of blocker.notes) page.note(part(`note ${note.subject}`, "", note.subject, () => {}), note);
  if (blocker.ideas) page.note(part("ideas", "", blocker.ideas.subject, () => {}), blocker.ideas);
  else part("first", "", blocker.first, (node, first) => element(node, "p", "facts", first));
  if (blocker.settled) part("settled", "", blocker.settled, (node, text) => element(node, "p", "settled", text));
  else if (runs) {
    if (blocker.ideas) {
      part("decide", "", [blocker.id, "decide"], (node) =>
        keptForm(page, node, `decide ${blocker.id}`, blocker.title, {
          submit: words.decide,
          fields: [
            { name: "text", label: words.decision, kind: "wide", required: true, longest: 1000 },
            { name: "owner", label: words.who, required: true, people: page.names() },
            { name: "due", label: words.due, type: "date", required: true, value: page.proposed() },
          ],
        }, (values, ask) => page.send("decide", { ...values, blocker: blocker.id }, ask)),
      );
    }
    const park = part("park", "park", [blocker.id, "park"], (node) => {
      element(node, "h4", "", words.orPark);
      form(node, {
        submit: words.park,
        fields: [
          { name: "forum", label: words.forum, kind: "wide", required: true, longest: 300 },
          { name: "until", label: words.parkUntil, type: "date", required: true },
        ],
      }, (values, ask) => page.send("park", { ...values, blocker: blocker.id, version: node.seen }, ask));
    });
    park.seen = blocker.version; // also while somebody fills the form in, which is not drawn again
  }
  if (blocker.mine && !blocker.settled) {
    part("drop", "opening", [blocker.id, blocker.version], (node) =>
      button(node, "small", words.noBlocker, () =>
        page.send("drop_blocker", { blocker: blocker.id, version: blocker.version }),
      ),
    );
  }
  done();
}
