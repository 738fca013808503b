// Watches whether somebody is still logged in, also while nothing happens on the page. There is
// one watch for a document, however often the page is drawn.
export function watch(revision) {
  const known = (window.cap90 ??= {});
  known.revision = revision;
  if (known.watching) return;
  known.watching = true;
  const page = document.documentElement;
  let asking = false;
  let asked = Date.now();
  const leave = () => {
    known.left = true;
    page.style.visibility = "hidden";
    document.body.replaceChildren();
    const here = location.pathname + location.search;
    location.replace(`/login?${new URLSearchParams({ next: here })}`);
  };
  const changed = (now) => {
    if (now === known.revision || sessionStorage.getItem("cap90-revision") === now) return false;
    sessionStorage.setItem("cap90-revision", now); // once: a page that stays behind is not chased
    location.reload();
    return true;
  };
  const ask = async () => {
    if (asking || known.left) return;
    asking = true;
    try {
      const answer = await fetch("/session", { cache: "no-store", signal: AbortSignal.timeout(2000) });
      asked = Date.now();
      if (answer.status === 401) return leave();
      if (!answer.ok || !changed((await answer.json()).revision)) page.style.visibility = "";
    } catch {
      // no connection: the frame of the page says so
    } finally {
      asking = false;
    }
  };
  // a page that was out of sight, or comes back with the browser's back button, is asked about
  // before it is shown
  const shown = () => {
    if (Date.now() - asked > 5000) page.style.visibility = "hidden";
    ask();
    setTimeout(() => { if (!known.left) page.style.visibility = ""; }, 2500);
  };
  addEventListener("pageshow", (event) => { if (event.persisted) shown(); });
  document.addEventListener("visibilitychange", () => { if (!document.hidden) shown(); });
  setInterval(ask, 3000);
}

// Sends something that changes who one is, and opens what comes after.
export async function send(address, values, after) {
  window.cap90.left = true; // the watch would ask in between
  try {
    await fetch(address, { method: "POST", body: new URLSearchParams(values), redirect: "manual" });
  } finally {
    location.assign(after);
  }
}
