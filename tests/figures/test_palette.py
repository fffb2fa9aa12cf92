"""The palette reads on paper and on a dark screen, with and without colour vision, and in grey."""

from itertools import combinations

import numpy as np
import pytest
from matplotlib.colors import to_rgb

from course.figures.drawing.raster import _colour
from course.figures.drawing.style import (
    BLUE,
    GREEN,
    HUE,
    INK,
    NIGHT,
    PAPER,
    PRINT,
    PURPLE,
    STROKES,
    VERMILLION,
    readable,
)

COLOURS = {"blue": BLUE, "vermillion": VERMILLION, "green": GREEN, "purple": PURPLE, "ink": INK}

# Machado, Oliveira and Fernandes (2009), severity 1, on linear RGB.
BLINDNESS = {
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}
NOTICEABLE = 8  # in CIELAB, where 2 is just seen side by side
TO_XYZ = np.array([[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]])


def linear(colour):
    rgb = np.array(to_rgb(colour))
    return np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)


def lab(rgb):
    t = TO_XYZ @ np.clip(rgb, 0, 1) / np.array([0.9505, 1.0, 1.089])
    f = np.where(t > 0.008856, np.cbrt(t), 7.787 * t + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


def contrast(a, b):
    high, low = sorted((TO_XYZ[1] @ linear(c) for c in (a, b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def mixed(a, b, share):
    """Two colours mixed as a page mixes them, or as one shines through the other."""
    return tuple(share * x + (1 - share) * y for x, y in zip(to_rgb(a), to_rgb(b), strict=True))


# JupyterLab's text and background by day and by night, an image's, and a plain page's.
PAGES = {
    "light": ("#212121", PAPER),
    "dark": ("#dedede", NIGHT),
    "image": (PRINT, PAPER),
    "black": ("#ffffff", "#000000"),
}
READ = 4.5
FILLED = 0.16  # the strongest fill of a box with coloured words in it
NODE = 0.56  # the strongest fill of a node with its number in it


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", COLOURS)
def test_a_coloured_word_can_be_read_on_the_page_and_in_a_filled_box(name, page):
    ink, paper = PAGES[page]
    word = ink if name == "ink" else mixed(COLOURS[name], ink, HUE / 100)
    assert contrast(word, paper) >= READ
    for fill in (INK, BLUE, VERMILLION):
        assert contrast(word, mixed(fill, paper, FILLED)) >= READ


@pytest.mark.parametrize("page", PAGES)
@pytest.mark.parametrize("name", COLOURS)
def test_a_number_can_be_read_in_a_node_of_any_value(name, page):
    ink, paper = PAGES[page]
    assert contrast(ink, mixed(COLOURS[name], paper, NODE)) >= READ


def test_an_image_mixes_colours_as_a_page_does():
    assert _colour(readable(BLUE)) == pytest.approx(mixed(BLUE, PRINT, HUE / 100))


@pytest.mark.parametrize("background", [PAPER, NIGHT])
@pytest.mark.parametrize("name", COLOURS)
def test_a_colour_stands_out_from_light_and_dark(name, background):
    assert contrast(COLOURS[name], background) >= 3.5


@pytest.mark.parametrize("sight", ["full", *BLINDNESS])
@pytest.mark.parametrize("pair", list(combinations(COLOURS, 2)))
def test_two_colours_stay_apart_for_every_eye(sight, pair):
    matrix = np.array(BLINDNESS.get(sight, np.eye(3)))
    first, second = (lab(matrix @ linear(COLOURS[name])) for name in pair)
    assert np.linalg.norm(first - second) > NOTICEABLE


@pytest.mark.parametrize("sight", ["full", *BLINDNESS])
def test_the_two_main_colours_are_far_apart_for_every_eye(sight):
    matrix = np.array(BLINDNESS.get(sight, np.eye(3)))
    assert np.linalg.norm(lab(matrix @ linear(BLUE)) - lab(matrix @ linear(VERMILLION))) > 60


def test_no_two_strokes_look_alike_in_grey():
    assert len({stroke.marker for stroke in STROKES}) == len(STROKES)
    assert len({str(stroke.dashes) for stroke in STROKES}) == len(STROKES)
