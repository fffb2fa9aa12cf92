// The controls of a film or a dial. This runs as the onload handler of the still image that the
// player replaces. Each slider has frames of its own; if a kernel answers, it redraws instead.
const root = this.parentNode;
root.innerHTML = this.previousElementSibling.textContent;
const all = (what) => [...root.querySelectorAll(what)];
const player = root.firstChild, frames = all(".film-frame"), sliders = all("input");
const [film] = all(".film-still"), [live] = all(".film-live"), [said] = all(".film-said");
const captions = all(".film-caption").map((line) => line.textContent);
let alive = false, late = 0, playing = 0;

for (const s of sliders) {
  s.names = s.dataset.names?.split("|");
  s.stills = s.dataset.stills?.split(" ").map(Number);
}
// A dial's slider has a place for each of its frames, and many more while a kernel redraws.
const still = (s) => s.stills && !alive;
const place = (s) => (still(s) ? s.stills[s.value] : +s.value);
const name = (s) => {
  const value = s.names ? s.names[place(s)] : captions[s.value];
  s.setAttribute("aria-valuetext", value);
  if (s.names) s.nextElementSibling.textContent = value;
};
const put = (s, at) => {
  const far = (k) => Math.abs(s.stills[k] - at);
  s.value = still(s) ? s.stills.reduce((near, _, k) => (far(k) < far(near) ? k : near), 0) : at;
  name(s);
};
const wake = (now) => {
  const places = sliders.map(place);
  alive = now;
  sliders.forEach((s, i) => { s.max = (still(s) ? s.stills : s.names).length - 1; put(s, places[i]); });
  all(".film-alone").forEach((note) => { note.hidden = now; });
  film.style.display = now ? "none" : "";
  live.innerHTML = "";
};
// Sliders that a finger moves together share frames.
const group = (s) => sliders.filter((one) => one.dataset.first == s.dataset.first);
const turned = (s) => {
  const k = group(s).reduce((at, one) => at + one.value * (one.dataset.stride || 1), +s.dataset.first);
  frames.forEach((f, i) => { f.style.display = i == k ? "" : "none"; });
  said.textContent = captions[k];
  for (const one of sliders) {
    if (!group(s).includes(one)) one.value = one.defaultValue;
    name(one);
  }
};
// A dial's connection finds its players here and not in the document: JupyterLab takes cells that
// are scrolled away out of it.
const line = player.dataset.dial && ((window.courseDials ??= {})[player.dataset.dial] ??= { players: new Set() });
if (line) line.players.add(player);
player.ask = () => line && line.ask?.(sliders.map(place));
const show = (s) => {
  const asked = player.ask();
  clearTimeout(late);
  name(s);
  // A kernel that is busy or gone answers late or never.
  const alone = () => { if (alive) wake(false); turned(s); };
  if (alive && asked) late = setTimeout(alone, 2500);
  else alone();
};
player.redrawn = (drawn) => {
  clearTimeout(late);
  if (!alive) wake(true);
  said.textContent = drawn.caption;
  if (drawn.body) live.innerHTML = drawn.body;
};

const first = sliders[0], play = root.querySelector("[name=play]");
const stop = () => {
  clearInterval(playing);
  playing = 0;
  if (play) play.textContent = "▶ play";
};
const step = (by) => { first.value = +first.value + by; show(first); };
// Where the reader's system asks for less motion, each press moves on by one frame.
const calm = () => matchMedia("(prefers-reduced-motion: reduce)").matches;
for (const s of sliders) {
  s.oninput = () => { stop(); show(s); };
  name(s);
}
for (const b of all("button")) b.onclick = () => {
  if (b != play) { stop(); step(b.name == "on" ? 1 : -1); return; }
  if (playing) { stop(); return; }
  if (first.value == first.max) { first.value = 0; show(first); } else if (calm()) step(1);
  if (calm()) return;
  play.textContent = "❚❚ pause";
  playing = setInterval(() => { if (root.isConnected && first.value != first.max) step(1); else stop(); }, +player.dataset.pause);
};

if (player.dataset.drag) {
  const [i, j, left, top, width, height, x0, x1, y0, y1, ...ends] = JSON.parse(player.dataset.drag);
  const svg = root.querySelector("svg"), grab = "grab" in player.dataset;
  const turn = (s, value, low, high) => put(s, ((value - low) / (high - low)) * (s.names.length - 1));
  const value = (s, low, high) => low + (place(s) / (s.names.length - 1)) * (high - low);
  let hold = [0, 0];
  const pull = (e) => {
    const at = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const [u, v] = [(at.x - left) / width, 1 - (at.y - top) / height];
    if (e.type == "pointerdown" && (u < 0 || u > 1 || v < 0 || v > 1)) return;
    const [x, y] = [x0 + u * (x1 - x0), y0 + v * (y1 - y0)];
    if (e.type == "pointerdown") {
      svg.setPointerCapture(e.pointerId);
      // What is grabbed stays where it is until the finger moves.
      if (grab) hold = [value(sliders[i], ends[0], ends[1]) - x, value(sliders[j], ends[2], ends[3]) - y];
    }
    turn(sliders[i], x + hold[0], ends[0], ends[1]);
    turn(sliders[j], y + hold[1], ends[2], ends[3]);
    show(sliders[i]);
  };
  Object.assign(svg.style, { touchAction: "none", cursor: grab ? "grab" : "crosshair" });
  svg.onpointerdown = pull;
  svg.onpointermove = (e) => { if (svg.hasPointerCapture(e.pointerId)) pull(e); };
}
player.ask();
