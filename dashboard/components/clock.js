// The clock of a meeting: the server says how many seconds had passed when it looked, the browser
// goes on counting from there. It is right after a reload, and the same on every screen.
export function clockFace(seconds) {
  const whole = Math.max(0, Math.floor(seconds));
  const minutes = Math.floor(whole / 60);
  return `${minutes}:${String(whole % 60).padStart(2, "0")}`;
}

// One ticking for a component, however often it is drawn: `tick` gets the seconds since the server
// looked; it ends when what it draws in leaves the page.
export function ticking(root, tick) {
  const looked = performance.now();
  clearInterval(root.ticking);
  const draw = () => {
    if (!root.isConnected) return clearInterval(root.ticking);
    tick((performance.now() - looked) / 1000);
  };
  root.ticking = setInterval(draw, 1000);
  tick(0);
}

// Asks once a second whether somebody changed something, and tells the page when they did.
export function following(root, address, known, changed) {
  root.known = known;
  if (root.following) return;
  let asking = false;
  root.following = setInterval(async () => {
    if (!root.isConnected) {
      clearInterval(root.following);
      root.following = null;
      return;
    }
    if (asking || document.hidden) return;
    asking = true;
    try {
      const answer = await fetch(address, { cache: "no-store", signal: AbortSignal.timeout(5000) });
      if (!answer.ok) return;
      const { revision } = await answer.json();
      if (revision !== root.known) {
        root.known = revision; // once for each change
        changed(revision);
      }
    } catch {
      // no connection: the next second asks again
    } finally {
      asking = false;
    }
  }, 1000);
}
