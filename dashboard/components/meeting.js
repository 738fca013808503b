// A meeting on every screen at once. The server draws nothing anew: this page asks every second
// whether somebody changed something, fetches what the meeting says then, and changes only that.
// What people do is sent by requests of their own, so that nothing is lost between two of them.
import { following } from "./clock.js";
import { clockBar } from "./meeting_clock.js";
import { button, element, form, parts } from "./meeting_parts.js";
import { prepare } from "./meeting_prepare.js";
import { TOPICS, facts } from "./meeting_topics.js";
import { keep, notTaken } from "./meeting_typed.js";
import { noteField, refusalOf } from "./note.js";

class MeetingPage {
  constructor(root) {
    this.root = root;
    this.fields = new Map();
    this.typed = new Map(); // see meeting_typed.js
    this.said = element(null, "p", "said");
    this.said.setAttribute("role", "status");
    this.body = element(null, "div", "body");
    root.replaceChildren(this.body, this.said);
  }

  names() {
    return this.data.people.map((one) => one.name);
  }

  // To whom whoever looks may give actions.
  givesTo() {
    return this.data.responsible ? [this.data.responsible] : this.names();
  }

  proposed() {
    return this.data.proposed;
  }

  async ask(path, more) {
    const query = new URLSearchParams({
      lang: this.data.language,
      ...(this.looked ? { look: this.looked } : {}),
      ...(this.gap ? { gap: this.gap } : {}),
      ...(this.subject ? { subject: this.subject } : {}),
    });
    return fetch(`${this.data.address}/${path}?${query}`, {
      cache: "no-store",
      signal: AbortSignal.timeout(15000),
      ...more,
    });
  }

  // Sends something that somebody did; tells whether it was taken, and says why if it was not.
  // `ask` shows a question or a refusal where it belongs, and tells whether it could; `hear` gets
  // what is said of something that was taken.
  async send(what, values, ask = () => false, hear = (said) => this.tell(said.message)) {
    try {
      const body = new URLSearchParams({ what, ...values });
      const answer = await this.ask("do", { method: "POST", body });
      const said = answer.ok ? await answer.json() : await refusalOf(answer, this.data.words);
      if (!said) throw new Error(`answer ${answer.status}`);
      if (answer.ok) {
        hear(said);
        await this.refresh();
        return said;
      }
      // what was changed meanwhile is drawn anew, and a refusal in it would go with it
      if (answer.status !== 409 && ask(said)) this.tell("");
      else this.tell(said.message, "refused", said.ways, (more) => this.send(what, { ...values, ...more }, ask));
      if (answer.status === 409) await this.refresh();
    } catch {
      this.tell(this.data.words.notSent, "refused");
    }
    return null;
  }

  async refresh() {
    try {
      const answer = await this.ask("state");
      if (answer.ok) this.show(await answer.json());
    } catch {
      // the next second asks again
    }
  }

  look(blocker) {
    this.looked = blocker;
    this.refresh();
  }

  async lookAtSubject(subject) {
    this.subject = subject;
    await this.refresh();
    // what was open above it closes, and all below moves up
    this.root.querySelector(".line.shown")?.scrollIntoView({ block: "nearest" });
  }

  lookAtGap(kpi) {
    this.gap = kpi;
    this.refresh();
  }

  tell(text, kind = "", ways = [], answer = null) {
    this.said.replaceChildren();
    this.said.className = `said ${kind}`;
    if (!text) return;
    element(this.said, "span", "", text);
    for (const way of ways) button(this.said, "", way.name, () => answer(way.values));
    const gone = button(this.said, "small", "×", () => this.tell(""));
    gone.setAttribute("aria-label", this.data.words.dismiss);
  }

  // A field for a note: made once, then told what the server has.
  note(parent, note) {
    let field = this.fields.get(note.subject);
    if (!field?.holder.isConnected) {
      field = noteField(parent, this.data.words.note, {
        owner: this.data.account,
        address: `${this.data.address}/do?lang=${this.data.language}`,
        subject: note.subject,
        label: note.label,
        hint: note.hint,
        longest: this.data.longest,
      });
      this.fields.set(note.subject, field);
    }
    field.show(note.text, note.version, note.by);
  }

  show(data) {
    if (this.data && data.revision < this.data.revision) return; // an answer that came late
    const moved = this.data?.section && this.data.section.position !== data.section?.position;
    const turned = this.data && data.title !== this.data.title;
    const began = this.data?.status === "planned" && data.status !== "planned";
    this.data = data;
    if (data.status === "closed") return this.leave();
    if (turned || began) this.turn("turned", data.revision); // the page around it says so too
    const { part, done } = parts(this.body);
    part("clock", "clock", [data.clock, data.buttons, data.statusLine], (node) => clockBar(this, node));
    for (const [name, kind, said] of [["announced", "before facts", data.announced], ["again", "before warning", data.again]]) {
      if (said) part(name, kind, said, (node) => (node.textContent = said));
    }
    const board = part("board", "board", null, () => {});
    const columns = parts(board);
    this.section(columns.part("section", "section", null, () => {}));
    this.side(columns.part("side", "side", null, () => {}));
    columns.done();
    done();
    // what the meeting is about now begins at the top, however far somebody had read
    if (moved && this.root.getBoundingClientRect().top < 0) this.root.scrollIntoView({ block: "start" });
    following(this.root, `${data.address}/revision`, data.revision, () => this.refresh());
  }

  // To the minutes. What somebody was still typing they can still read; an action is kept for the
  // next meeting.
  leave() {
    const { words, after } = this.data;
    const left = this.told ? [] : notTaken(this);
    if (!left.length) return location.assign(after);
    this.tell(left.join(" "), "", [{ name: words.toMinutes, values: {} }], () => location.assign(after));
  }

  // The action that somebody has typed and not added; it lies in their browser.
  draft(line) {
    const key = `cap90-action:${this.data.account}`;
    try {
      if (line !== undefined) localStorage[line ? "setItem" : "removeItem"](key, line);
      return { line: localStorage.getItem(key) ?? "" };
    } catch {
      return { line: "" }; // a full or forbidden store: the text is still in the field
    }
  }

  section(node) {
    const { section, plan, words, runs } = this.data;
    const { part, done } = parts(node);
    if (plan) {
      const planned = parts(part("plan", "", null, () => {}));
      prepare(this, planned, plan, words, runs);
      planned.done();
    } else if (section) {
      part(`head ${section.position}`, "", section.name, (head, name) => element(head, "h3", "", name));
      const topic = parts(part(`topic ${section.position}`, "", section.topic, () => {}));
      TOPICS[section.topic](this, topic, section, words);
      topic.done();
      part(`items ${section.position}`, "list", section.items, (list, items) => this.items(list, items));
      this.note(part(`note ${section.position}`, "", section.note.subject, () => {}), section.note);
    }
    done();
  }

  items(node, items) {
    const { words, runs } = this.data;
    if (items.length) element(node, "h4", "", words.points);
    for (const item of items) {
      const line = element(node, "div", `line ${item.closed && !item.blocker ? "done" : ""}`);
      const text = element(line, "div", "text");
      element(text, "span", "title", item.title);
      facts(text, item.facts);
      if (item.elsewhere) element(text, "div", "warning", item.elsewhere);
      const last = element(line, "div", "last");
      if (item.blocker) element(last, "span", "facts", words.isBlocker);
      else if (!item.closed) button(last, "", words.makeBlocker, () => this.send("make_blocker", { item: item.id }));
      else if (runs) {
        const back = button(last, "small", words.notSettled, () =>
          this.send("close_item", { item: item.id, version: item.version, open: "1" }),
        );
        back.dataset.focus = `back ${item.id}`;
      }
      if (runs && !item.closed) button(line, "small", words.settled, () => this.send("close_item", { item: item.id, version: item.version }));
    }
  }

  side(node) {
    const { words, people, agreed, runs, acts, status, invitable } = this.data;
    const { part, done } = parts(node);
    if (acts) part("act", "", words.newAction, (body) => this.newAction(body));
    if (status !== "planned") part("agreed", "list", agreed, (body) => {
      element(body, "h4", "", words.agreed);
      if (!agreed.length) element(body, "p", "facts", words.nothingAgreed);
      for (const line of agreed) {
        const item = element(body, "div", "line");
        facts(element(item, "div", "text", line.title), line.owner, line.due);
        if (!line.changes || !acts) continue;
        const press = button(item, "small", words.correct, () => this.correct(line.id));
        press.dataset.focus = `correct ${line.id}`;
        press.setAttribute("aria-label", `${words.correct}: ${line.title}`);
      }
    });
    const wrong = acts && agreed.find((line) => line.id === this.correcting);
    if (wrong) part("correct", "correction", [wrong.id, wrong.version], (body) => this.correction(body, wrong));
    part("people", "people", [people, runs, status], (node) => {
      const body = status === "planned" ? node : this.whoIsHere(node);
      if (status === "planned") element(node, "h4", "", words.invited);
      for (const one of people) {
        const line = element(body, "div", "line");
        element(line, "span", "text", one.name);
        if (status === "planned") {
          if (runs) button(line, "small", words.uninvite, () => this.send("uninvite", { name: one.name })).dataset.focus = `uninvite ${one.name}`;
          continue;
        }
        if (!one.marks) {
          const known = { true: words.present, false: words.absent }[one.present];
          element(line, "span", "facts", known ?? "");
          continue;
        }
        const marks = element(line, "div", "marks");
        for (const [mark, name] of [["1", words.present], ["0", words.absent]]) {
          const pressed = one.present === (mark === "1");
          const press = button(marks, pressed ? "pressed small" : "small", name, () =>
            this.send("mark", { name: one.name, present: pressed ? "" : mark, version: one.version }),
          );
          press.dataset.focus = `${mark} ${one.name}`;
          press.setAttribute("aria-pressed", pressed);
          press.setAttribute("aria-label", `${one.name}: ${name}`);
        }
      }
    });
    if (runs && status === "planned") {
      part("invite", "", [words.invite, invitable], (body) =>
        form(body, {
          submit: words.add,
          fields: [{ name: "name", label: words.invite, kind: "wide", required: true, longest: 120, people: invitable }],
        }, (values, ask) => this.send("invite", values, ask)),
      );
    }
    done();
  }

  correct(action) {
    this.correcting = this.correcting === action ? null : action;
    this.show(this.data);
    if (this.correcting) this.body.querySelector('.correction [data-focus="field-owner"]')?.focus();
  }

  // Another owner or another day for something that was agreed on.
  correction(body, line) {
    const { words } = this.data;
    element(body, "p", "facts", line.title);
    form(body, {
      submit: words.correct,
      fields: [
        { name: "owner", label: words.who, required: true, people: this.names(), value: line.owner },
        { name: "due", label: words.due, type: "date", required: true, value: line.day },
      ],
    }, async (values, ask) => {
      const wish = { ...values, action: line.id, version: line.version };
      if (!(await this.send("change_agreed", wish, ask))) return false;
      if (this.correcting === line.id) this.correct(line.id);
      return false; // there is nothing left to empty
    });
  }

  // Folded where everybody is marked already; nothing folds away under somebody's finger.
  whoIsHere(node) {
    const { said, complete } = this.data.marked;
    const list = element(node, "details");
    list.open = this.unfolded ??= !complete;
    const heading = element(list, "summary", "", said);
    heading.dataset.focus = "who";
    heading.onclick = () => (this.unfolded = !list.open);
    return list;
  }

  // One line says it all; what was understood stands in the fields before anything is written.
  newAction(node) {
    element(node, "h4", "", this.data.words.newAction);
    this.actionLine(node, "new_action", this.data.words.newActionHint);
  }

  // `what` is done with it, about something and with what `also` returns at that moment.
  actionLine(node, what, hint, about = "", also = () => ({})) {
    const { words } = this.data;
    const line = form(node, {
      kind: "line",
      submit: words.understand,
      fields: [{ name: "line", label: words.newAction, hint, kind: "wide bare", required: true, longest: 300 }],
    }, async (values, ask) => {
      const said = await this.send("understand", values, ask, ({ message }) => {
        this.tell("");
        doubts.textContent = message; // where it covers nothing
        doubts.hidden = !message;
      });
      if (!said) return false;
      for (const name of ["title", "owner", "due"]) rest.inputs[name].value = said[name] ?? "";
      rest.node.dispatchEvent(new Event("input")); // nothing was asked about these yet
      rest.node.hidden = false;
      const empty = ["title", "owner", "due"].find((name) => !said[name]);
      if (empty) rest.inputs[empty].focus();
      else rest.node.querySelector("button").focus();
      return false; // the line stays until it became an action
    });
    const doubts = element(node, "p", "warning doubts");
    doubts.setAttribute("role", "status");
    doubts.hidden = true;
    const rest = form(node, {
      submit: words.add,
      fields: [
        { name: "title", label: words.what, kind: "wide", required: true, longest: 300 },
        { name: "owner", label: words.who, required: true, people: this.givesTo() },
        { name: "due", label: words.due, type: "date", required: true },
      ],
    }, async (values, ask) => {
      if (!(await this.send(what, { ...values, ...also() }, ask))) return false;
      line.inputs.line.value = "";
      taken();
      rest.node.hidden = doubts.hidden = true;
      line.inputs.line.focus();
      return true;
    });
    rest.node.hidden = true;
    const isNew = what === "new_action";
    const taken = isNew ? () => this.draft("") : keep(this, line.node, `act ${also().kpi}`, about, line.inputs);
    if (!isNew) return;
    line.node.addEventListener("input", () => this.draft(line.inputs.line.value.trim()));
    const { line: kept } = this.draft();
    if (!kept) return;
    line.inputs.line.value = kept;
    doubts.textContent = words.notAdded.replace(/\s*:$/u, "");
    doubts.hidden = false;
  }
}

export default function (component) {
  const { parentElement } = component;
  const [data] = component.data;
  const root = parentElement.querySelector(".meeting");
  root.page ??= new MeetingPage(root);
  root.page.turn = component.setTriggerValue;
  root.page.show(data);
}
