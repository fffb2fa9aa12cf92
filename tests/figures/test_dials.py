"""A dial calls the function that draws, and stays a picture without a kernel or a browser."""

import json
import re
import sys
import xml.etree.ElementTree as ET
from html import unescape
from time import process_time
from types import SimpleNamespace

import numpy as np
import pytest

import course.figures as figures
from course.figures.drawing import live
from course.figures.drawing.dial import _parted
from course.nn.neuron import neuron, relu
from tests.figures.gallery import GALLERY
from tests.speed import effort

DIALS = sorted(name for name in GALLERY if name.startswith("dial"))
every_dial = pytest.mark.parametrize("name", DIALS)
REDRAW = 0.04  # seconds of processor time; 20 redraws a second leave 50 ms for everything


def draw(w, h="tanh"):
    chart = figures.Chart(x=(-3, 3), y=(-1, 1))
    chart.curve([-3, 3], [-w, w])
    return chart.picture("A line.", caption=f"{h} of {w:.2f}")


def sliders(html):
    return [
        dict(re.findall(r'([\w-]+)="([^"]*)"', tag)) for tag in re.findall(r"<input[^>]+>", html)
    ]


def test_choices_are_said_by_their_names():
    dial = figures.dial(lambda h: draw(1.0, h.__name__), h=[np.tanh, relu])
    assert "tanh" in dial._repr_html_() and "relu" in dial._repr_html_()
    assert dial.picture.caption == "tanh of 1.00"


def test_it_asks_the_function_for_every_place():
    dial = figures.dial(draw, w=(-3, 3), h=["tanh", "relu"], start={"w": 1.5})
    assert dial.picture.caption == "tanh of 1.50"
    assert dial.drawn([0, 1]).caption == "relu of -3.00"
    assert dial.drawn([120, 0]).caption == "tanh of 3.00"


def frames_of(html):
    """The words of the frames that each slider leads to, by its places."""
    captions = re.findall(r'film-caption">([^<]+)<', html)
    for slider in sliders(html):
        stride, places = int(slider["data-stride"]), slider["data-stills"].split()
        assert int(slider["max"]) == len(places) - 1
        names = unescape(slider["data-names"]).split("|")
        first = int(slider["data-first"])
        yield {names[int(at)]: captions[first + k * stride] for k, at in enumerate(places)}


def test_without_a_kernel_each_slider_has_frames_of_its_own():
    html = figures.dial(draw, w=(-3, 3), h=["tanh", "relu"], stills=5)._repr_html_()
    w, h = frames_of(html)
    assert w == {
        "−3": "tanh of -3.00",
        "−1.5": "tanh of -1.50",
        "0": "tanh of 0.00",
        "1.5": "tanh of 1.50",
        "3": "tanh of 3.00",
    }
    assert h == {"tanh": "tanh of 0.00", "relu": "relu of 0.00"}


@pytest.mark.parametrize(
    ("start", "places"),
    [
        (0.5, [-3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3]),
        (0.6, [-3, -2.4, -1.8, -1.2, -0.6, 0, 0.6, 1.2, 1.8, 2.4, 3]),
        (0.05, [-3, -2.5, -2, -1.5, -1, -0.5, 0, 0.05, 0.5, 1, 1.5, 2, 2.5, 3]),
        (3, [-3, -2.5, -2, -1.5, -1, -0.5, 0, 0.5, 1, 1.5, 2, 2.5, 3]),
    ],
)
def test_a_film_goes_through_where_the_dial_begins_in_even_steps_if_it_can(start, places):
    [slider] = figures.dial(draw, w=(-3, 3), start={"w": start}).sliders
    assert [slider.places[k] for k in slider.stills(13)] == places


@every_dial
def test_its_film_begins_where_the_dial_begins(name):
    dial = GALLERY[name]()
    html = dial._repr_html_()
    assert f'aria-live="polite" style="display:block;min-height:1.3em">{dial.picture.caption}<' in (
        unescape(html)
    )
    for slider, told in zip(dial.sliders, sliders(html), strict=True):
        assert told["data-stills"].split()[int(told["value"])] == str(slider.begin)
    drawing = ET.fromstring(re.search(r"<svg.*</svg>", html, re.DOTALL)[0])
    parts = [e for e in drawing.iter() if e.get("class") == "film-frame" and not e.get("style")]
    assert len(parts) == 1


def test_frames_share_what_they_begin_with():
    bodies = ['<g a="1"><p/><g><q>1</q><r/></g></g>', '<g a="1"><p/><g><q>1</q><s/></g></g>', ""]
    backdrop, frames = _parted(bodies)
    assert backdrop == '<g a="1"><p/><g><q>1</q></g></g>'
    assert frames == ['<g a="1"><g><r/></g></g>', '<g a="1"><g><s/></g></g>', ""]


def test_two_that_a_finger_moves_share_a_grid_of_frames():
    def plane(x, y, c):
        chart = figures.Chart(x=(0, 1), y=(0, 1))
        return chart.picture("A plane.", caption=f"{x:.2f} {y:.2f} {c:.2f}")

    html = figures.dial(plane, x=(0, 1), c=(0, 1), y=(0, 1), drag=("x", "y"))._repr_html_()
    captions = re.findall(r'film-caption">([^<]+)<', html)
    x, c, y = sliders(html)
    n, first = len(x["data-stills"].split()), int(x["data-first"])
    assert y["data-first"] == x["data-first"] and int(y["data-stride"]) == n
    assert captions[first + 1].split() == [f"{1 / (n - 1):.2f}", "0.00", "0.50"]
    assert captions[first + n].split() == ["0.00", f"{1 / (n - 1):.2f}", "0.50"]
    assert int(c["data-first"]) == first + n * n
    i, j, *rest = json.loads(re.search(r'data-drag="([^"]+)"', html)[1])
    assert (i, j) == (0, 2) and rest[-4:] == [0, 1, 0, 1]


@every_dial
def test_it_is_redrawn_in_time(name):
    dial = GALLERY[name]()
    begin = [slider.begin for slider in dial.sliders]
    ends = [len(slider.places) - 1 for slider in dial.sliders]
    dial.drawn(begin)
    start = process_time()
    for part in np.linspace(0, 1, 12):
        _ = dial.drawn([round(part * end) for end in ends]).body
    assert (process_time() - start) / 12 < effort(REDRAW)


@every_dial
def test_it_draws_wherever_it_is_turned(name):
    dial = GALLERY[name]()
    sizes = set()
    for end in (0, -1):
        picture = dial.drawn([range(len(slider.places))[end] for slider in dial.sliders])
        assert ET.fromstring(picture.svg) is not None and picture.caption and picture.alt
        sizes.add((picture.width, picture.height))
    assert sizes == {(dial.picture.width, dial.picture.height)}


@every_dial
def test_its_sliders_can_be_used_by_keyboard_and_ear(name):
    html = GALLERY[name]()._repr_html_()
    assert 'aria-live="polite"' in html
    for slider in sliders(html):
        # JupyterLab looks for it on the very element that has the focus.
        assert slider["data-lm-suppress-shortcuts"] == "true" and slider["aria-label"]
        names, stills = slider["data-names"].split("|"), slider["data-stills"].split()
        assert stills[0] == "0" and stills[-1] == str(len(names) - 1)
        assert len(stills) == int(slider["max"]) + 1


def test_a_frame_that_cannot_be_drawn_says_why():
    def picky(w):
        if w > 0:
            raise ValueError("w is too large")
        return draw(w)

    html = figures.dial(picky, w=(-1, 1))._repr_html_()
    assert html.count("ValueError: w is too large") == 6
    dial = figures.dial(picky, w=(-1, 1))
    assert live.redrawn(dial, {"places": [120]}) == {
        "body": "",
        "caption": "ValueError: w is too large",
    }


@pytest.mark.parametrize(
    "asked", [None, {}, {"places": "x"}, {"places": [1, 2, 3]}, {"places": [9999]}]
)
def test_an_odd_question_from_the_page_gets_words(asked):
    answer = live.redrawn(figures.dial(draw, w=(-1, 1)), asked)
    assert answer["body"] == "" and "Error" in answer["caption"]


def test_a_function_that_is_not_written_stops_the_dial_at_once():
    def unwritten(w):
        raise NotImplementedError

    with pytest.raises(NotImplementedError):
        figures.dial(unwritten, w=(0, 1))


def test_without_a_kernel_or_without_anywidget_it_is_a_film(monkeypatch):
    dial = figures.dial(draw, w=(-1, 1))
    assert live.connect(dial) is None
    shell = SimpleNamespace(kernel=object())
    monkeypatch.setitem(sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell))
    monkeypatch.setitem(sys.modules, "anywidget", None)
    assert live.connect(dial) is None
    assert 'data-dial=""' in dial._repr_mimebundle_()["text/html"]


def test_with_a_kernel_the_page_can_ask_it(monkeypatch):
    pytest.importorskip("anywidget")
    shell = SimpleNamespace(kernel=object())
    monkeypatch.setitem(
        sys.modules, "IPython", SimpleNamespace(get_ipython=lambda: shell, display=None)
    )
    dial = figures.dial(draw, w=(-1, 1))
    connection = live.connect(dial)
    sent = []
    monkeypatch.setattr(connection, "send", sent.append)
    connection._handle_custom_msg({"places": [0]}, [])
    assert sent[0]["caption"] == "tanh of -1.00" and "<polyline" in sent[0]["body"]


def test_the_bends_say_when_they_fit():
    dial = figures.dial_bends(relu, [0, 1, 2, 3], [0, 2, 1, 3])
    turned = {"b₁": 0, "b₂": -1, "b₃": -2, "u₁": 2, "u₂": -3, "u₃": 3}
    places = [int(np.argmin(np.abs(np.subtract(s.places, turned[s.name])))) for s in dial.sliders]
    assert dial.drawn(places).caption == "The sum goes through all 4 rings."
    assert "off by 1" in dial.picture.caption


def test_a_neuron_with_a_bias_gets_a_third_input_of_one():
    seen = []

    def spy(w, x, h):
        seen.append((len(w), x[-1]))
        return neuron(w, x, h)

    figures.dial_neuron(spy, np.tanh, bias=True)
    assert set(seen) == {(3, 1.0)}


def test_a_nudge_is_followed_and_its_factors_are_multiplied():
    steps = {"z = 3w − 5": lambda w: 3 * w - 5, "q = z²": lambda z: z**2}
    dial = figures.dial_nudges(steps, w=(1, 2.5), start={"w": 2, "nudge": 0.1})
    assert dial.picture.caption == (
        "+0.1 on w makes +0.3 on z (3 times as far) and +0.69 on q (2.3 times as far): "
        "together 3 · 2.3 = 6.9."
    )
    assert "w, z and q" in dial.alt and "× 2.3" in dial.picture.body


def test_a_number_that_does_not_move_makes_no_factor():
    dial = figures.dial_nudges({"z = 0": lambda w: 0.0 * w, "q": lambda z: z + 1}, w=(0, 1))
    assert "× nan" in dial.picture.body


def test_a_reader_reads_the_picture_that_was_moved():
    def columns(P):
        return P.reshape(-1, 3, 3).sum(axis=1)

    dial = figures.dial_reader(columns, np.array([[0, 1, 0]] * 3))
    right, up = (slider.places for slider in dial.sliders)
    said = [dial.drawn([int(np.argmin(np.abs(np.subtract(right, k)))), 60]) for k in (-1, 0, 1, 2)]
    assert [one.caption for one in said] == [
        "It reads 0 (3); next comes 1 (0).",
        "It reads 1 (3); next comes 0 (0).",
        "It reads 2 (3); next comes 0 (0).",
        "It reads 0 (0); next comes 1 (0).",
    ]
    half_up = dial.drawn([60, int(np.argmin(np.abs(np.subtract(up, 0.5))))])
    assert half_up.caption == "It reads 1 (2.5); next comes 0 (0)."


def test_tents_count_their_pieces():
    dial = figures.dial_tents(lambda x: 2 * relu(x) - 4 * relu(x - 0.5))
    pieces = [dial.drawn([k, 60]).caption.split()[0] for k in range(6)]
    assert pieces == ["1", "2", "4", "8", "16", "32"]


def heavy_ball(place, velocity, gradient, lr, mu):
    velocity = mu * velocity - lr * gradient
    return place + velocity, velocity


def test_a_step_that_is_too_long_is_thrown_out():
    dial = figures.dial_valley(heavy_ball)
    at = dial.sliders[0].places
    assert "thrown out" in dial.drawn([len(at) - 1, 0]).caption
    assert "thrown out" not in dial.drawn([0, 0]).caption
    assert (
        "thrown out" not in dial.drawn([int(np.argmin(np.abs(np.subtract(at, 0.18)))), 0]).caption
    )


def test_the_velocity_that_a_step_returns_is_handed_to_the_next():
    velocities = []

    def step(place, velocity, gradient, lr, mu):
        velocities.append(velocity.tolist())
        return place, velocity + 1

    figures.dial_valley(step).drawn([0, 0])
    assert velocities[-3:] == [[57, 57], [58, 58], [59, 59]]


def test_the_folds_take_any_number_of_hidden_units():
    diamond = (np.array([[1.0, -1.0], [-1.0, 1.0]]), np.zeros((1, 2)), np.ones(2), 0.0)
    assert "(0, 0) and (1, 1)" in figures.film_folds(diamond, relu).alt
    for m in (1, 3, 5):
        W = np.ones((2, m)) + np.eye(2, m)
        film = figures.film_folds((W, np.ones((1, m)), np.arange(m) - 1.0, 0.25), relu)
        assert f"{m} hidden neuron" in film.alt
        assert (f"of {m} dimensions" in film[0].svg) == (m > 2)
