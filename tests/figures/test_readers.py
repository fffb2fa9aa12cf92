"""Every reader gets something whole: a live figure, an image with its words, or words."""

import base64
import io
import re
from html.parser import HTMLParser

import numpy as np
import pytest
from matplotlib.colors import to_rgb
from PIL import Image

import course.figures as figures
from course.figures.drawing.film import script
from course.figures.drawing.picture import Picture
from course.figures.drawing.raster import SHARPNESS, png_of
from course.figures.drawing.style import BLUE as BLUE_LINE
from course.figures.drawing.style import GREEN, VERMILLION
from tests.figures.gallery import GALLERY, all_forms

DROPPED_WHOLE = {"script", "style", "textarea", "option"}
KEPT = {"div", "img"}
STILL_BYTES = 60_000


class Sanitised(HTMLParser):
    """What JupyterLab leaves of HTML that it doesn't trust, as far as figures go."""

    def __init__(self, html):
        super().__init__()
        self.text, self.images, self.lost, self._inside = "", [], set(), 0
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        if tag in DROPPED_WHOLE:
            self._inside += 1
        elif not self._inside:
            if tag == "img":
                self.images.append(dict(attrs))
            elif tag not in KEPT:
                self.lost.add(tag)

    def handle_endtag(self, tag):
        self._inside -= tag in DROPPED_WHOLE

    def handle_data(self, data):
        self.text += data * (not self._inside)


def opened(png):
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


@pytest.mark.xdist_group("every_figure")
@pytest.mark.parametrize("name", sorted(GALLERY))
def test_an_untrusted_notebook_shows_one_image_with_its_words_and_no_debris(name):
    bundle = all_forms(name)
    left = Sanitised(bundle["text/html"])
    assert left.text == "" and not left.lost
    [image] = left.images
    assert image["src"] == f"data:image/png;base64,{bundle['image/png']}"
    assert len(image["alt"]) > 40 and bundle["text/plain"].split(".")[0] in image["alt"]
    png = base64.b64decode(bundle["image/png"])
    assert len(png) < STILL_BYTES
    pixels = opened(png)
    drawn = (pixels.sum(axis=2) < 600).mean()
    assert 0.002 < drawn < 0.98  # neither blank nor black


RED, BLUE, WHITE = (255, 0, 0), (0, 0, 255), (255, 255, 255)
SQUARE = '<rect x="0" y="0" width="50" height="50" fill="#ff0000"'
LARGE = '<rect x="-50" y="-50" width="99" height="99" fill="#ff0000"/>'
TURNED = '<rect x="5" y="-40" width="20" height="20" fill="#ff0000"/>'
ROUND = '<circle cx="25" cy="25" r="20" fill="#0000ff"/>'
LETTER = '<path d="M 0 0 L 50 0 L 50 50 L 0 50 z" style="fill: #ff0000"/>'


@pytest.mark.parametrize(
    ("body", "place", "colour"),
    [
        (f"{SQUARE}/>", (10, 10), RED),
        (f'{SQUARE} fill-opacity="0.5"/>', (10, 10), (255, 127, 127)),
        (f'<g style="display:none">{SQUARE}/></g>', (10, 10), WHITE),
        (LETTER, (40, 40), RED),
        (f'<g transform="translate(50 0)">{ROUND}</g>', (75, 25), BLUE),
        (f'<g transform="rotate(90) scale(2)">{TURNED}</g>', (60, 30), RED),
        (f'<svg x="50" y="50" width="20" height="20">{LARGE}</svg>', (60, 60), RED),
        (f'<svg x="50" y="50" width="20" height="20">{LARGE}</svg>', (30, 60), WHITE),
    ],
)
def test_parts_of_a_drawing_are_where_they_belong(body, place, colour):
    x, y = (round(SHARPNESS * v) for v in place)
    assert np.abs(opened(png_of(body, 100, 100))[y, x] - colour).max() <= 2


@pytest.mark.parametrize(("ground", "shown"), [("#ff0000", RED), ("none", WHITE)])
def test_a_hatched_shape_has_its_ground_and_its_lines_though_its_pattern_comes_last(ground, shown):
    pattern = f'<rect fill="{ground}"/><path d="M 0 0 L 9 9" style="stroke: #0000ff"/>'
    shape = '<rect x="0" y="0" width="50" height="50" fill="url(#h)"/>'
    body = f'{shape}<defs><pattern id="h">{pattern}</pattern></defs>'
    inside = opened(png_of(body, 100, 100))[5:70, 5:70].reshape(-1, 3)
    near = [(np.abs(inside - colour).max(axis=1) < 60).mean() for colour in (shown, BLUE)]
    assert near[0] > 0.2 and near[1] > 0.05


def test_an_image_in_a_drawing_keeps_its_top_at_the_top():
    chart = figures.Chart(x=(0, 1), y=(0, 1), ticks=False)
    chart.image(np.array([[[1.0, 0, 0]], [[0, 0, 1.0]]]))
    pixels = opened(png_of(chart.pen.body, chart.right, chart.foot))
    x = round(SHARPNESS * (chart.left + chart.width / 2))
    top, low = (round(SHARPNESS * (chart.top + part * chart.height)) for part in (0.1, 0.9))
    assert pixels[top, x].tolist() == [255, 0, 0] and pixels[low, x].tolist() == [0, 0, 255]


def test_thin_lines_keep_their_colours_over_a_map_of_many():
    lines = {name: [(k, -3), (k + 1, 3)] for k, name in enumerate(("one", "two", "three"), -2)}
    loss = figures.plot_landscape(lambda w, b: (w + b) ** 2, (-3, 3), (-3, 3), paths=lines)
    pixels = opened(base64.b64decode(loss._repr_mimebundle_()["image/png"])).reshape(-1, 3)
    for colour in (BLUE_LINE, VERMILLION, GREEN):
        wanted = [int(colour[k : k + 2], 16) for k in (1, 3, 5)]
        assert np.abs(pixels - wanted).max(axis=1).min() <= 12


def test_the_players_script_fits_into_an_attribute():
    text = script()
    assert "//" not in re.sub(r"https?://", "", text) and len(text) < 5000
    assert "</script" not in text


def test_what_a_label_says_cannot_end_the_drawing():
    evil = "</script><img src=x onerror=alert(1)>"
    pen_picture = figures.draw({(evil, "b"): 1.0}, title=evil)
    left = Sanitised(pen_picture._repr_html_())
    assert left.text == "" and len(left.images) == 1 and "onerror" not in left.images[0]


def test_a_picture_that_is_soon_replaced_costs_no_image():
    passing = Picture("Words.", 10, 10, "<g/>").passing()._repr_mimebundle_()
    assert set(passing) == {"text/html", "text/plain"} and "<img" not in passing["text/html"]


@pytest.mark.parametrize("colour", [VERMILLION, GREEN])
def test_a_small_mark_on_a_surface_keeps_its_colour(colour):
    chart = figures.Chart(x=(-1, 1), y=(-1, 1), ticks=False)
    chart.surface(np.add.outer(np.linspace(-1, 1, 99), np.linspace(-1, 1, 99)), -2, 2)
    chart.arrow((0, 0), (0.5, 0.2), colour=colour)
    pixels = opened(png_of(chart.pen.body, chart.right, chart.foot))
    wanted = [round(255 * part) for part in to_rgb(colour)]
    assert np.abs(pixels - wanted).sum(axis=2).min() < 20


def test_a_hatched_area_is_hatched_and_keeps_its_ground():
    drawn = figures.plot_two_groups(np.linspace(-2, 2, 40), np.linspace(-2, 2, 40) > 0)
    pixels = opened(png_of(drawn.body, drawn.width, drawn.height))
    right = pixels[len(pixels) // 2, pixels.shape[1] * 2 // 3 :].sum(axis=1)
    assert (right < 300).sum() > 5 and (right > 700).sum() > 5  # lines, and paper between them
