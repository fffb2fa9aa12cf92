// The controls of a film or a dial. This runs as the onload handler of the still image that the
// player replaces. Each slider has frames of its own; if a kernel answers, it redraws instead.
const root = this.parentNode;
root.innerHTML = this.previousElementSibling.textContent;
const all = (what) => [...root.querySelectorAll(what)];
const player = root.firstChild, frames = all(".film-frame"), sliders = all("input");
const live = root.querySelector(".film-live"), said = root.querySelector(".film-said");
const captions = all(".film-caption").map((line) => line.textContent);
let alive = false, late = 0, playing = 0;

// A slider's frames lie evenly between its ends.
const last = (s) => s.dataset.count - 1;
const frame = (s) => Math.round((s.value / s.max) * last(s));
const place = (s, k) => Math.floor((k / last(s)) * s.max + 0.5);
const name = (s, at) => {
  const value = s.dataset.names ? s.dataset.names.split("|")[at] : captions[at];
  s.setAttribute("aria-valuetext", value);
  if (s.dataset.names) s.nextElementSibling.textContent = value;
};
// Sliders that a finger moves together share frames.
const group = (s) => sliders.filter((one) => one.dataset.first == s.dataset.first);
const still = (s) => {
  const k = group(s).reduce((at, one) => at + frame(one) * (one.dataset.stride || 1), +s.dataset.first);
  frames.forEach((f, i) => { f.style.display = i == k ? "" : "none"; });
  live.innerHTML = "";
  said.textContent = captions[k];
  for (const one of sliders) {
    if (group(s).includes(one)) name(one, place(one, frame(one)));
    else { one.value = one.defaultValue; name(one, +one.value); }
  }
};
const show = (s) => {
  const ask = (window.courseDials || {})[player.dataset.dial];
  name(s, +s.value);
  if (ask) ask(sliders.map((one) => +one.value));
  clearTimeout(late);
  // A kernel that is busy or gone answers late or never.
  if (!ask || !alive) still(s);
  else late = setTimeout(() => { alive = false; still(s); }, 2500);
};
player.redrawn = (drawn) => {
  if (!alive) for (const s of sliders) name(s, +s.value);
  alive = true;
  clearTimeout(late);
  all(".film-alone").forEach((note) => note.remove());
  said.textContent = drawn.caption;
  if (!drawn.body) return;
  frames.forEach((f) => { f.style.display = "none"; });
  live.innerHTML = drawn.body;
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
  s.onchange = () => { if (!alive) s.value = place(s, frame(s)); };
  s.onkeydown = (e) => {
    const by = { ArrowRight: 1, ArrowUp: 1, ArrowLeft: -1, ArrowDown: -1 }[e.key];
    if (!by || alive) return;
    e.preventDefault();
    s.value = place(s, frame(s) + by);
    s.oninput();
  };
  name(s, +s.value);
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
  const svg = root.querySelector("svg");
  const turn = (s, value, low, high) => { s.value = ((value - low) / (high - low)) * s.max; };
  const pull = (e) => {
    const at = new DOMPoint(e.clientX, e.clientY).matrixTransform(svg.getScreenCTM().inverse());
    const [u, v] = [(at.x - left) / width, 1 - (at.y - top) / height];
    if (e.type == "pointerdown" && (u < 0 || u > 1 || v < 0 || v > 1)) return;
    if (e.type == "pointerdown") svg.setPointerCapture(e.pointerId);
    turn(sliders[i], x0 + u * (x1 - x0), ends[0], ends[1]);
    turn(sliders[j], y0 + v * (y1 - y0), ends[2], ends[3]);
    name(sliders[j], +sliders[j].value);
    show(sliders[i]);
  };
  Object.assign(svg.style, { touchAction: "none", cursor: "crosshair" });
  svg.onpointerdown = pull;
  svg.onpointermove = (e) => { if (svg.hasPointerCapture(e.pointerId)) pull(e); };
}
