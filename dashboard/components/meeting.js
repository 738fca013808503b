// A meeting on every screen at once. The server draws nothing anew: this page asks every second
// whether somebody changed something, fetches what the meeting says then, and changes only that.
// What people do is sent by requests of their own, so that nothing is lost between two of them.
import { clockFace, following, ticking } from "./clock.js";
import { button, element, form, parts } from "./meeting_parts.js";
import { prepare } from "./meeting_prepare.js";
import { TOPICS, facts } from "./meeting_topics.js";
import { noteField, refusalOf } from "./note.js";

class MeetingPage {
  constructor(root) {
    this.root = root;
    this.fields = new Map();
    this.said = element(null, "p", "said");
    this.said.setAttribute("role", "status");
    this.body = element(null, "div", "body");
    root.replaceChildren(this.body, this.said);
  }

  names() {
    return this.data.people.map((one) => one.name);
  }

  proposed() {
    return this.data.proposed;
  }

  async ask(path, more) {
    const query = new URLSearchParams({ lang: this.data.language, ...(this.looked ? { look: this.looked } : {}) });
    return fetch(`${this.data.address}/${path}?${query}`, {
      cache: "no-store",
      signal: AbortSignal.timeout(15000),
      ...more,
    });
  }

  // Sends something that somebody did; tells whether it was taken, and says why if it was not.
  // `ask` shows a question where it belongs, and tells whether it could.
  async send(what, values, ask = () => false) {
    try {
      const body = new URLSearchParams({ what, ...values });
      const answer = await this.ask("do", { method: "POST", body });
      const said = answer.ok ? await answer.json() : await refusalOf(answer, this.data.words);
      if (!said) throw new Error(`answer ${answer.status}`);
      if (answer.ok) {
        this.tell(said.message);
        await this.refresh();
        return said;
      }
      if (said.field && ask(said)) this.tell("");
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
    field.show(note.text, note.version);
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
    part("clock", "clock", [data.clock, data.buttons, data.statusLine], (node) => this.clock(node));
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

  leave() {
    location.assign(this.data.after); // to the minutes
  }

  clock(node) {
    const { clock, words, buttons, statusLine } = this.data;
    const bar = element(node, "div", "bar");
    const total = element(bar, "span", "total");
    const said = element(bar, "span", "facts", statusLine);
    said.setAttribute("aria-live", "off");
    const ways = element(bar, "div", "ways");
    for (const one of buttons) {
      button(ways, one.primary ? "primary" : "", one.name, (press) => {
        if (press.detail > 1) return; // the second half of a double click is no second wish
        this.send(one.what, one.values ?? {});
      });
    }
    const list = element(node, "ol", "steps");
    list.setAttribute("aria-label", words.agenda);
    const times = [];
    for (const section of clock.sections) {
      const step = element(element(list, "li", section.current ? "current" : ""), "button");
      step.type = "button";
      step.disabled = !this.data.runs || this.data.status === "planned";
      step.dataset.focus = `step-${section.position}`;
      step.setAttribute("aria-label", section.name); // also where there is no room for it
      if (section.current) step.setAttribute("aria-current", "step");
      step.onclick = () => this.send("enter", { section: section.position });
      element(step, "span", "name", section.name);
      times.push([section, element(step, "span", "time")]);
    }
    const where = clock.where && element(node, "p", "where", clock.where);
    const taken = where && element(where, "span", "time");
    ticking(this.root, (passed) => {
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
      const line = element(node, "div", `line ${item.closed ? "done" : ""}`);
      const text = element(line, "div", "text");
      element(text, "span", "title", item.title);
      facts(text, item.facts);
      if (item.elsewhere) element(text, "div", "warning", item.elsewhere);
      if (item.closed) continue;
      const last = element(line, "div", "last");
      if (item.blocker) element(last, "span", "facts", words.isBlocker);
      else button(last, "", words.makeBlocker, () => this.send("make_blocker", { item: item.id }));
      if (runs) button(line, "small", words.settled, () => this.send("close_item", { item: item.id, version: item.version }));
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
      }
    });
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

  // Folded away once everybody is marked, unless somebody opens it.
  whoIsHere(node) {
    const { said, complete } = this.data.marked;
    const list = element(node, "details");
    list.open = this.unfolded ?? !complete;
    const heading = element(list, "summary", "", said);
    heading.dataset.focus = "who";
    heading.onclick = () => (this.unfolded = !list.open);
    return list;
  }

  // One line says it all; what was understood stands in the fields before anything is written.
  newAction(node) {
    const { words } = this.data;
    element(node, "h4", "", words.newAction);
    const line = form(node, {
      kind: "line",
      submit: words.understand,
      fields: [{ name: "line", label: words.newAction, hint: words.newActionHint, kind: "wide bare", required: true, longest: 300 }],
    }, async (values) => {
      const said = await this.send("understand", values);
      if (!said) return false;
      for (const name of ["title", "owner", "due"]) rest.inputs[name].value = said[name] ?? "";
      rest.node.dispatchEvent(new Event("input")); // nothing was asked about these yet
      rest.node.hidden = false;
      const empty = ["title", "owner", "due"].find((name) => !said[name]);
      if (empty) rest.inputs[empty].focus();
      else rest.node.querySelector("button").focus();
      return false; // the line stays until it became an action
    });
    const rest = form(node, {
      submit: words.add,
      fields: [
        { name: "title", label: words.what, kind: "wide", required: true, longest: 300 },
        { name: "owner", label: words.who, required: true, people: this.names() },
        { name: "due", label: words.due, type: "date", required: true },
      ],
    }, async (values, ask) => {
      if (!(await this.send("new_action", values, ask))) return false;
      line.inputs.line.value = "";
      rest.node.hidden = true;
      line.inputs.line.focus();
      return true;
    });
    rest.node.hidden = true;
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
