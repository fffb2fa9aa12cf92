// The controls of a film or a dial. This runs as the onload handler of the still image that the
// player replaces. Each slider has frames of its own; if a kernel answers, it redraws instead.
const root = this.parentNode;
root.innerHTML = this.previousElementSibling.textContent;
const all = (name) => [...root.querySelectorAll(name)];
const [frames, sliders] = [all(".film-frame"), all("input")];
const [live, said, player] = [root.querySelector(".film-live"), root.querySelector(".film-said"), root.firstChild];
const captions = all(".film-caption").map((line) => line.textContent);
const dial = player.dataset.dial;
let [alive, late, playing] = [false, 0, 0];

const name = (s) => {
  const d = s.dataset, v = d.names ? d.names.split("|")[+s.value] : (+s.value).toFixed(d.digits).replace("-", "−");
  s.setAttribute("aria-valuetext", d.said ? captions[+s.value] : v);
  if (!d.said) s.nextElementSibling.textContent = v;
};
const still = (s) => {
  const part = (+s.value - s.min) / ((s.max - s.min) || 1);
  const k = +s.dataset.first + Math.round(part * (s.dataset.count - 1));
  frames.forEach((f, i) => (f.style.display = i == k ? "" : "none"));
  live.innerHTML = "";
  said.textContent = captions[k];
  for (const other of sliders) if (other != s) { other.value = other.defaultValue; name(other); }
};
const show = (s) => {
  name(s);
  const ask = window.courseDials && window.courseDials[dial];
  if (ask) ask(sliders.map((one) => +one.value));
  clearTimeout(late);
  // A kernel that is busy or gone answers late or never.
  if (!ask || !alive) still(s);
  else late = setTimeout(() => still(s), 2500);
};
player.redrawn = (drawn) => {
  alive = true;
  clearTimeout(late);
  all(".film-alone").forEach((note) => note.remove());
  if (drawn.body) {
    frames.forEach((f) => (f.style.display = "none"));
    live.innerHTML = drawn.body;
  }
  said.textContent = drawn.caption;
};
for (const s of sliders) { s.oninput = () => { stop(); show(s); }; name(s); }

const first = sliders[0], play = root.querySelector("[name=play]");
function stop() {
  clearInterval(playing);
  playing = 0;
  if (play) play.textContent = "▶ play";
}
const step = (by) => { first.value = +first.value + by; show(first); };
for (const b of all("button")) b.onclick = () => {
  if (b != play) { stop(); return step(b.name == "on" ? 1 : -1); }
  if (playing) return stop();
  if (first.value == first.max) { first.value = 0; show(first); if (calm()) return; }
  if (calm()) return step(1);
  play.textContent = "❚❚ pause";
  playing = setInterval(() => (root.isConnected && first.value != first.max ? step(1) : stop()), +player.dataset.pause);
};
// Where the reader's system asks for less motion, a press moves on by one frame.
function calm() { return matchMedia("(prefers-reduced-motion: reduce)").matches; }
