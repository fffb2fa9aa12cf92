"""Rules for every figure: words with the picture, arguments untouched, safe colours, speed."""

import base64
import hashlib
import inspect
import re
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from functools import cache

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pytest
from matplotlib.colors import to_hex, to_rgb

import course.figures as figures
from course.figures.drawing.style import SIGNED, STROKES
from tests.figures.gallery import GALLERY, all_forms, figure
from tests.speed import effort

NOT_FIGURES = {"Chart", "Dial", "Film", "Picture", "watch"}
SECONDS = 2.0
FILM_BYTES = 1_500_000
NEUTRAL = {"#ffffff", "#000000", "#f2f2f2", "#1c1c1c", "#767878"}

# Each is drawn once, for all tests.
pytestmark = pytest.mark.xdist_group("every_figure")
every_figure = pytest.mark.parametrize("name", sorted(GALLERY))


@cache
def page(name):
    return figure(name)._repr_html_()


@cache
def svgs(name):
    match figure(name):
        case figures.Film() as film:
            pictures = [film[0], film[len(film) - 1]]
        case figures.Dial() as dial:
            pictures = [dial.picture]
        case picture:
            pictures = [picture]
    return [picture.svg for picture in pictures]


def test_the_gallery_has_an_example_of_every_public_figure():
    assert set(GALLERY) == set(figures.__all__) - NOT_FIGURES


def test_every_public_name_has_a_docstring_with_a_sentence_for_the_reader():
    for name in figures.__all__:
        first = inspect.getdoc(getattr(figures, name)).split("\n\n")[0]
        assert first[0].isupper() and first.endswith("."), name


@every_figure
def test_it_says_in_words_what_it_shows(name):
    alt = figure(name).alt
    assert len(alt) > 40 and "\n" not in alt
    assert "array(" not in alt and "np.float" not in alt
    assert repr(figure(name)).startswith(alt)
    bundle = all_forms(name)
    assert bundle["text/plain"] == repr(figure(name)) and bundle["text/html"] == page(name)
    assert base64.b64decode(bundle["image/png"]).startswith(b"\x89PNG")
    drawings = ET.fromstring(f"<p>{re.search(r'<svg.*</svg>', page(name), re.DOTALL)[0]}</p>")
    for drawing in drawings:
        said = drawing.get("aria-label")
        assert drawing.get("role") == "img" and (said == alt or (name == "beside" and said in alt))
        assert drawing[0].tag.endswith("desc") and drawing[0].text == said


@every_figure
def test_it_is_drawn_in_time_leaves_matplotlib_as_it_was_and_does_not_depend_on_it(name):
    plain = page(name)  # fonts are found and letters measured once
    with plt.style.context(["dark_background", {"font.size": 23, "axes.grid": True}]):
        before, current = dict(matplotlib.rcParams), plt.get_fignums()
        start = time.process_time()
        again = GALLERY[name]()._repr_html_()
        taken = time.process_time() - start
        assert again == plain
        assert dict(matplotlib.rcParams) == before and plt.get_fignums() == current
    assert taken < effort(SECONDS)


def test_it_is_the_same_in_every_process():
    some = ["dial_neuron", "draw", "film_boundary", "film_folds"]
    script = (
        "import hashlib, sys; from tests.figures.gallery import GALLERY;"
        "print(*[hashlib.sha1(GALLERY[name]()._repr_html_().encode()).hexdigest()"
        " for name in sys.argv[1:]])"
    )
    command = [sys.executable, "-c", script, *some]
    run = subprocess.run(command, capture_output=True, text=True, check=True)
    assert run.stdout.split() == [hashlib.sha1(page(name).encode()).hexdigest() for name in some]


@every_figure
def test_its_svg_is_a_well_formed_file_with_ids_of_its_own(name):
    for svg in svgs(name):
        root = ET.fromstring(svg)
        assert root.tag == "{http://www.w3.org/2000/svg}svg"
        ids = [e.get("id") for e in root.iter() if e.get("id")]
        assert len(ids) == len(set(ids))
        assert all(re.search(r"-[0-9a-f]{8}$", i) for i in ids)
        used = re.findall(r'href="#([^"]+)"|url\(#([^)]+)\)', svg)
        assert {a or b for a, b in used} <= set(ids)
        assert "<style" not in svg and "<script" not in svg


@every_figure
def test_nothing_is_fetched_from_anywhere(name):
    assert set(re.findall(r"https?://[^\s\"'<)]+", page(name))) <= {"http://www.w3.org/2000/svg"}


@every_figure
def test_its_colours_are_those_of_the_course(name):
    shades = np.linspace(0, 1, 256)
    maps = np.vstack([matplotlib.colormaps["cividis"](shades), SIGNED(shades)])[:, :3]
    ours = {to_hex(s.colour) for s in STROKES} | NEUTRAL
    svg = "".join(svgs(name))
    for colour in set(re.findall(r"#[0-9a-fA-F]{6}\b", re.sub(r'href="[^"]+"', "", svg))):
        near = np.abs(maps - to_rgb(colour)).max(axis=1).min()
        assert colour.lower() in ours or near < 0.01, colour


@every_figure
def test_what_is_grey_takes_the_colour_of_the_page(name):
    assert "currentColor" in page(name) and "#767878" not in page(name)


def test_two_figures_in_one_page_share_no_id():
    pages = [set(re.findall(r'\bid="([^"]+)"', page(name))) for name in GALLERY]
    assert sum(map(len, pages)) == len(set().union(*pages)) > 100


@pytest.mark.parametrize("name", [n for n in sorted(GALLERY) if n.startswith("film_")])
def test_a_film_has_a_player_and_is_small(name):
    film, text = figure(name), page(name)
    assert len(text.encode()) < FILM_BYTES
    assert text.count('class="film-frame"') == len(film) == len(film.captions) > 1
    assert text.count('display:none"') == len(film) - 1
    assert text.count("<button") == 3 and text.count('type="range"') == 1
    for line in film.captions:
        assert line in repr(film)


@cache
def loaded() -> set[str]:
    """Return the modules that a new process has when it has imported the figures."""
    script = "import sys, course.figures; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    return set(run.stdout.split())


def test_figures_know_nothing_of_the_answers():
    """They are staged on the student's side, so they may only use modules given there."""
    given = {"course.nn.activation", "course.nn.arguments", "course.nn.node"}
    ours = {m for m in loaded() if "course." in m and not m.startswith("course.figures")}
    assert ours - {"course.nn"} <= given


def test_figures_never_import_pyplot():
    assert "course.figures" in loaded() and "matplotlib.pyplot" not in loaded()
