// A text that several people may write in. It is sent a second after somebody stops typing, by a
// request of its own, so that nothing on the page is drawn again meanwhile; until the server has
// confirmed it, it also lies in this browser. Somebody else's text is never overwritten unseen.
const NOTE_PAUSE_MS = 1000;
const NOTE_RETRY_MS = [1000, 2000, 4000, 8000];

// What an answer means that was no success, as {message, …}: in its own words where it has some.
// null: nothing is wrong with what was sent, and it may be taken a little later.
export async function refusalOf(answer, texts) {
  if (answer.status >= 500 || [408, 429].includes(answer.status)) return null;
  const said = await answer.json().catch(() => null); // the gate answers with pages
  if (said) return said;
  return { message: [401, 403].includes(answer.status) ? texts.loggedOut : texts.reload };
}

// Two texts in one, of which nothing is lost and what both say stands there once. Of two lines that
// go on from the same one, the second keeps what it adds.
export function bothTexts(theirs, mine, base = "") {
  const from = base.split("\n").filter((line) => line.trim());
  if (!mine.trim()) return theirs;
  if (!theirs.trim()) return mine;
  const lines = theirs.trimEnd().split("\n");
  const others = mine.trimEnd().split("\n");
  // the longest sequence of lines that both have, so that what is between them keeps its place
  const longest = Array.from({ length: lines.length + 1 }, () => new Array(others.length + 1).fill(0));
  for (let i = lines.length - 1; i >= 0; i -= 1) {
    for (let j = others.length - 1; j >= 0; j -= 1) {
      longest[i][j] = lines[i] === others[j]
        ? longest[i + 1][j + 1] + 1 : Math.max(longest[i + 1][j], longest[i][j + 1]);
    }
  }
  const inWord = /[\p{L}\p{N}]/u;
  const goesOn = (whole, start) => whole.startsWith(start) && !inWord.test(whole.charAt(start.length));
  const holds = (whole, some) => {
    for (let at = whole.indexOf(some); at >= 0; at = whole.indexOf(some, at + 1)) {
      if (goesOn(whole.slice(at), some) && !(at && inWord.test(whole.charAt(at - 1)))) return true;
    }
    return false;
  };
  const made = [];
  let [i, j] = [0, 0];
  while (i < lines.length || j < others.length) {
    const [kept, added] = [[], []];
    while (i < lines.length && j < others.length && lines[i] !== others[j]) {
      if (longest[i + 1][j] >= longest[i][j + 1]) kept.push(lines[i++]);
      else added.push(others[j++]);
    }
    if (j === others.length) while (i < lines.length) kept.push(lines[i++]);
    if (i === lines.length) while (j < others.length) added.push(others[j++]);
    for (const line of added) {
      const same = kept.findIndex((one) => line.trim() && one.trim() && (holds(line, one) || holds(one, line)));
      if (same >= 0) {
        if (line.length > kept[same].length) kept[same] = line;
        continue;
      }
      const root = from.find((one) => goesOn(line, one) && kept.some((other) => goesOn(other, one)));
      const rest = root ? line.slice(root.length).replace(/^[\s,;:.·–—-]+/u, "") : line;
      if (line.trim() && !rest) continue;
      kept.push(rest);
    }
    made.push(...kept);
    if (i < lines.length && j < others.length) {
      made.push(lines[i]);
      [i, j] = [i + 1, j + 1];
    }
  }
  return made.join("\n");
}

// Drafts of somebody else at this browser are none of ours.
function noteDrafts(owner) {
  const start = "cap90-note:";
  for (const key of Object.keys(localStorage)) {
    if (key.startsWith(start) && !key.startsWith(`${start}${owner}:`)) localStorage.removeItem(key);
  }
  return (subject) => `${start}${owner}:${subject}`;
}

export function noteField(parent, texts, { owner, address, subject, label, hint, longest }) {
  const made = (tag, kind, text) => {
    const node = document.createElement(tag);
    if (kind) node.className = kind;
    if (text) node.textContent = text;
    return node;
  };
  const key = noteDrafts(owner)(`${address}:${subject}`);
  const holder = made("div", "note");
  const field = made("label", "");
  const area = made("textarea", "");
  area.rows = 2;
  area.maxLength = longest;
  area.placeholder = hint ?? "";
  area.dataset.focus = `note-${subject}`;
  field.append(made("span", "", label), area);
  const state = made("p", "state");
  state.setAttribute("role", "status");
  const conflict = made("div", "conflict");
  conflict.hidden = true;
  holder.append(field, state, conflict);
  parent.append(holder);

  let kept = { text: "", version: 0 }; // as the server has it
  let other = null; // what stands there instead, while it is asked what becomes of both
  let sending = false;
  let failures = 0;
  let timer = 0;

  const fit = () => {
    area.style.height = "auto";
    area.style.height = `${area.scrollHeight + 2}px`;
  };
  const say = (text, kind = "") => {
    state.textContent = text;
    state.className = `state ${kind}`;
  };
  const draft = () => {
    try {
      return JSON.parse(localStorage.getItem(key));
    } catch {
      return null;
    }
  };
  const remember = () => {
    try {
      localStorage.setItem(key, JSON.stringify({ text: area.value, version: kept.version, base: kept.text }));
    } catch {
      // a full or forbidden store: the text is still in the field
    }
  };
  const later = (milliseconds) => {
    clearTimeout(timer);
    timer = setTimeout(send, milliseconds);
  };
  const accept = (text, version) => {
    kept = { text, version };
    failures = 0;
    if (area.value === text) {
      localStorage.removeItem(key);
      say(texts.saved);
    } else {
      remember();
      later(NOTE_PAUSE_MS);
    }
  };

  // Asks what becomes of two texts; both may go on growing meanwhile.
  function disagree(theirs) {
    other = theirs;
    const said = theirs.by ? texts.changedBy.replace("{name}", theirs.by) : texts.changed;
    if (!conflict.hidden) {
      conflict.querySelector("p").textContent = said;
      conflict.querySelector("blockquote").textContent = theirs.text;
      return;
    }
    conflict.replaceChildren(made("p", "", said));
    conflict.append(made("blockquote", "", theirs.text));
    const choose = (label, text) => {
      const button = made("button", "", label);
      button.type = "button";
      button.onclick = () => {
        const chosen = text();
        conflict.hidden = true;
        kept = { text: other.text, version: other.version };
        other = null;
        area.value = chosen;
        fit();
        remember();
        later(0);
      };
      conflict.append(button);
    };
    choose(texts.both, () => bothTexts(other.text, area.value, kept.text));
    choose(texts.theirs, () => other.text);
    choose(texts.mine, () => area.value);
    conflict.hidden = false;
    say("");
  }

  async function send() {
    clearTimeout(timer);
    if (sending || !conflict.hidden) return;
    const text = area.value;
    if (text === kept.text) return accept(text, kept.version);
    sending = true;
    say(texts.saving);
    try {
      const answer = await fetch(address, {
        method: "POST",
        body: new URLSearchParams({ what: "save_note", subject, text, version: kept.version }),
        keepalive: text.length < 20000, // also when the page is being left
        signal: AbortSignal.timeout(10000),
      });
      const said = answer.ok ? await answer.json() : await refusalOf(answer, texts);
      sending = false;
      if (!said) throw new Error(`answer ${answer.status}`);
      if (answer.ok) accept(text, said.version);
      else if ("text" in said) disagree(said);
      else say(said.message, "refused"); // the text stays in the field and in this browser
    } catch {
      sending = false;
      say(texts.offline, "refused");
      later(NOTE_RETRY_MS[Math.min(failures++, NOTE_RETRY_MS.length - 1)]);
    }
  }

  area.oninput = () => {
    fit();
    remember();
    say("");
    later(NOTE_PAUSE_MS);
  };
  area.onblur = () => { if (area.value !== kept.text) send(); };
  addEventListener("online", () => { if (holder.isConnected && area.value !== kept.text) send(); });
  document.addEventListener("visibilitychange", () => {
    if (document.hidden && holder.isConnected && area.value !== kept.text) send();
  });

  return {
    holder,
    // What the server has now. A text that somebody is typing stays; the next save tells them.
    show(text, version, by = null) {
      if (other) {
        if (version > other.version) disagree({ text, version, by });
        return;
      }
      // from before our own last save, or that save itself: a blank at its end is still being typed
      if (version < kept.version || (version && version === kept.version)) return;
      const found = kept.version === 0 && area.value === "" ? draft() : null;
      const untouched = area.value === kept.text;
      if (found && found.text !== text) {
        kept = { text: found.version === version ? text : found.base ?? kept.text, version: found.version };
        area.value = found.text;
        say(texts.restored);
        later(0);
      } else if (untouched) {
        kept = { text, version };
        if (area.value !== text) area.value = text;
        if (found) localStorage.removeItem(key);
      }
      fit();
    },
  };
}
