"""Figures in a real browser: dials above all, with a kernel, not trusted, and in a page."""

import json
from pathlib import Path

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_notebook

from course.figures.drawing import live
from tests.figures.gallery import GALLERY
from tests.grading.browser import CHROMIUM, DESKTOP, MISSING, PHONE, browser
from tests.grading.jupyter_server import environment, jupyterlab

pytestmark = [
    pytest.mark.slow,
    pytest.mark.timeout(1800),
    pytest.mark.skipif(CHROMIUM is None, reason=MISSING),
]

ROOT = Path(__file__).parents[2]
DIALS = sorted(name for name in GALLERY if name.startswith("dial"))
KEYS = {"ArrowLeft": 37, "ArrowRight": 39}
CODES = ["from tests.figures.gallery import GALLERY", *(f"GALLERY[{name!r}]()" for name in DIALS)]
PYTHON = {"name": "python3", "display_name": "Python 3", "language": "python"}
# Without windows, cells that are scrolled away are there all the same.
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},
    "apputils-extension/notification": {"fetchNews": "false"},
}
# Names for what the tests ask the page.
TOLD = """
const dial = (k) => document.querySelectorAll(".course-film[data-dial]")[k];
const slider = (k, j) => dial(k).querySelectorAll("input")[j];
const shown = (k) => [".film-frame", ".film-live"].map((part) => [...dial(k).querySelectorAll(part)]
  .filter((e) => e.getClientRects().length).map((e) => e.innerHTML).join()).join();
const told = (k) => JSON.stringify({
  said: dial(k).querySelector(".film-said").textContent,
  alone: [...dial(k).querySelectorAll(".film-alone")].some((note) => !note.hidden),
  sliders: [...dial(k).querySelectorAll("input")].map((s) => ({
    at: +s.value, last: +s.max, places: s.dataset.names.split("|").length,
    value: s.getAttribute("aria-valuetext"), shown: s.nextElementSibling.textContent,
    focus: document.activeElement === s }))});
void Object.assign(window, { dial, slider, shown, told });
"""
NOTEBOOK = "[...jupyterapp.shell.widgets('main')].find(w => w.content?.model?.cells)"


def told(page, k):
    return json.loads(page.ask(f"told({k})"))


def press(page, k, j):
    """Put the focus on a slider, and press an arrow that it can follow; return before and after."""
    page.ask(f"void dial({k}).scrollIntoView({{block: 'center'}}); slider({k}, {j}).focus()")
    before, drawn = told(page, k), page.ask(f"shown({k})")
    name = (
        "ArrowRight" if before["sliders"][j]["at"] < before["sliders"][j]["last"] else "ArrowLeft"
    )
    for kind in ("rawKeyDown", "keyUp"):
        key = {"key": name, "code": name, "windowsVirtualKeyCode": KEYS[name]}
        page.do("Input.dispatchKeyEvent", type=kind, **key)
    if j == 0:  # others may turn nothing yet, such as a bias of a neuron without weight
        page.wait(f"shown({k}) !== {json.dumps(drawn)}")
    return before, told(page, k)


def assert_it_obeys_the_keyboard(page, k):
    for j in range(len(told(page, k)["sliders"])):
        before, after = press(page, k, j)
        was, now = before["sliders"][j], after["sliders"][j]
        assert abs(now["at"] - was["at"]) == 1 and now["focus"]
        assert now["value"] == now["shown"] != was["shown"]


def drag(page, k, *way, begin=(0.5, 0.5)):
    """Pull the mouse over a dial's plane, from its middle or elsewhere, to places in pixels."""
    box = "(b => [b.left, b.top, b.width, b.height])(dial(%d).querySelector('svg').%s())"
    page.ask(f"dial({k}).scrollIntoView({{block: 'center'}})")
    left, top, width, height = page.ask(box % (k, "getBoundingClientRect"))
    places = [(left + begin[0] * width, top + begin[1] * height)]
    places += [(places[0][0] + x, places[0][1] + y) for x, y in way]
    kinds = ["mousePressed", *["mouseMoved"] * len(way), "mouseReleased"]
    for kind, (x, y) in zip(kinds, [*places, places[-1]], strict=True):
        held = {"button": "left", "buttons": int(kind != "mouseReleased"), "clickCount": 1}
        page.do("Input.dispatchMouseEvent", type=kind, x=x, y=y, **held)


@pytest.fixture
def page(tmp_path):
    with browser(tmp_path / "browser") as opened:
        opened.resize(DESKTOP)
        yield opened


@pytest.fixture
def lab(tmp_path):
    """JupyterLab's address, and the folder that it shows."""
    home, folder = tmp_path / "home", tmp_path / "work"
    folder.mkdir()
    for name, setting in SETTINGS.items():
        path = home / ".jupyter/lab/user-settings/@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(setting))
    variables = environment(home) | {"PYTHONPATH": str(ROOT)}
    with jupyterlab(folder, variables, "--LabApp.expose_app_in_browser=True") as address:
        yield address, folder


def opened(page, lab, notebook):
    address, folder = lab
    nbformat.write(notebook, folder / "dials.ipynb")
    page.open(f"{address}/lab/tree/dials.ipynb?reset")
    page.wait(f"window.jupyterapp && {NOTEBOOK}?.sessionContext.session?.kernel?.status === 'idle'")
    page.ask(TOLD)


def test_a_kernel_redraws_every_dial_and_after_a_restart_it_is_a_film(page, lab):
    pytest.importorskip("anywidget")
    cells = [new_code_cell(code) for code in CODES]
    opened(page, lab, new_notebook(cells=cells, metadata={"kernelspec": PYTHON}))
    page.ask(f"jupyterapp.shell.activateById({NOTEBOOK}.id)")
    page.ask("void jupyterapp.commands.execute('notebook:run-all-cells')")
    page.wait(f"document.querySelectorAll('.course-film[data-dial]').length === {len(DIALS)}")
    for k in range(len(DIALS)):
        page.wait(f"JSON.parse(told({k})).sliders.every(s => s.last === s.places - 1)")
        assert not told(page, k)["alone"]
        assert_it_obeys_the_keyboard(page, k)
    k = DIALS.index("dial_neuron")
    drag(page, k, (10, -10), (56, -35))
    page.wait(f"told({k}).includes('w = (0.85, 0.6)')")
    page.ask(f"{NOTEBOOK}.sessionContext.session.kernel.restart().then(() => 1)")
    press(page, k, 0)
    page.wait(f"JSON.parse(told({k})).sliders[0].last < 20")
    assert told(page, k)["alone"]
    assert_it_obeys_the_keyboard(page, k)


def test_a_notebook_that_is_not_trusted_shows_an_image_and_no_debris(page, lab):
    bundles = [GALLERY[name]()._repr_mimebundle_() for name in DIALS]
    cells = [new_code_cell("1", outputs=[output(data)]) for data in bundles]
    opened(page, lab, new_notebook(cells=cells, metadata={"kernelspec": PYTHON}))
    figures = "[...document.querySelectorAll('.course-figure')]"
    page.wait(f"{figures}.length === {len(DIALS)}")
    assert page.ask(f"{figures}.every(e => e.querySelectorAll('img').length === 1)")
    assert page.ask(f"{figures}.every(e => e.querySelector('img').alt.includes('can be turned'))")
    assert page.ask(f"{figures}.map(e => e.textContent.trim()).join('')") == ""


# A connection whose kernel is the test: it notes what is asked.
CONNECT = """
import("data:text/javascript," + encodeURIComponent(%s)).then(({ default: live }) => {
  const asked = [];
  live.initialize({ model: { get: () => "a dial", send: (question) => asked.push(question),
    on: (event, hear) => { window.answer = hear; } } });
  return asked;
})
"""


def test_a_dial_hears_its_kernel_while_it_is_out_of_the_page(page, tmp_path):
    """As JupyterLab may take it out, if its cell is scrolled away."""
    dial_html, _ = GALLERY["dial_batches"]()._shown("a dial")
    (tmp_path / "dial.html").write_text(f'<meta charset="utf-8"><body>{dial_html}', "utf-8")
    page.open((tmp_path / "dial.html").as_uri())
    page.wait("document.querySelector('[data-dial]')")
    page.ask(TOLD)
    page.ask("void (window.away = document.querySelector('.course-figure')).remove()")
    connection = Path(live.__file__).with_name("live.js").read_text(encoding="utf-8")
    assert page.ask(CONNECT % json.dumps(connection)) == [{"places": [0, 0]}]
    page.ask("void answer({ body: '<g></g>', caption: 'from the kernel' })")
    page.ask("void document.body.append(away)")
    assert told(page, 0)["said"] == "from the kernel" and not told(page, 0)["alone"]


def output(data):
    return nbformat.v4.new_output("execute_result", data=data, execution_count=1)


def written(page, names, file):
    """Open a page with figures, as a reader without a kernel has it."""
    figures = "".join(GALLERY[name]()._repr_html_() for name in names)
    view = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    file.write_text(f"<!doctype html>{view}<body>{figures}", encoding="utf-8")
    page.open(file.as_uri())
    page.wait(f"document.querySelectorAll('.course-figure > :not(img)').length >= {len(names)}")
    page.wait("!document.querySelector('.course-figure > img')")


@pytest.fixture
def read(page, tmp_path):
    """A page with all dials."""
    written(page, DIALS, tmp_path / "dials.html")
    page.ask(TOLD)
    return page


def scrolled(page):
    """The numbers of the figures that are wider than their place."""
    figures = "[...document.querySelectorAll('.course-figure')]"
    return page.ask(f"{figures}.flatMap((e, k) => e.scrollWidth > e.clientWidth ? [k] : [])")


def test_wide_figures_fit_the_column_of_a_page(page, tmp_path):
    page.resize(716)
    names = ["beside", "plot_bias", "plot_response", *DIALS]
    written(page, names, tmp_path / "wide.html")
    assert not scrolled(page)


def test_without_a_kernel_every_dial_obeys_the_keyboard_and_starts_where_it_began(read):
    for k in range(len(DIALS)):
        assert_it_obeys_the_keyboard(read, k)


def test_two_that_a_finger_moves_turn_one_at_a_time_by_slider(read):
    k = DIALS.index("dial_neuron")
    before, after = press(read, k, 0)
    assert before["sliders"][1] == after["sliders"][1] and "w = (1.5, 0.5)" in after["said"]
    drag(read, k, (10, -10), (56, -35))
    assert "w = (1, 0.5)" in told(read, k)["said"]


def test_what_is_grabbed_moves_from_where_it_is(read):
    k = DIALS.index("dial_reader")
    for begin, way, moved in [
        ((0.25, 0.7), (50, 0), ["1", "0"]),
        ((0.4, 0.4), (-50, -50), ["0", "1"]),
    ]:
        drag(read, k, way, begin=begin)
        assert [slider["shown"] for slider in told(read, k)["sliders"]] == moved


def test_on_a_phone_dials_are_seen_whole_or_scroll_by_themselves(read):
    read.resize(PHONE)
    assert read.ask("document.documentElement.scrollWidth") <= PHONE
    assert [DIALS[k] for k in scrolled(read)] == ["dial_graph"]
