"""The lessons follow the lecture: each slide, and all that it shows, is taken up in some lesson."""

import inspect
import re
from pathlib import Path

import pytest

from course import lecture_map
from course.exercises.units import all_exercises
from course.lecture_map import Section, Slide, names, plain, sections, shown_in, slides

ROOT = Path(lecture_map.__file__).parents[1]


@pytest.fixture(params=slides(), ids=lambda slide: slide.title)
def slide(request) -> Slide:
    return request.param


def test_a_lesson_names_every_slide(slide):
    assert lecture_map.named_in(slide)


def test_an_exercise_comes_from_every_slide(slide):
    assert lecture_map.exercises_from(slide)


def test_all_that_a_slide_shows_is_in_a_lesson_that_names_it(slide):
    assert [what for what in slide.shows if shown_in(slide, what) is None] == []


def test_the_page_is_what_the_lessons_make_of_it():
    assert (ROOT / lecture_map.PAGE).read_text(encoding="utf-8") == lecture_map.page()


SPOKEN_OF = re.compile(r'[Ss]lides?(?: called)?:? (?:\*\*)?("[^"]+"|\*[^*]+\*(?!\*))')


def test_whatever_is_called_a_slide_is_one():
    """The lessons write "the slide *X*", the docstrings 'Slide: "X"'."""
    texts = [one.text for one in sections()]
    texts += [inspect.getdoc(one.reference) for one in all_exercises().values()]
    found = {title for text in texts for title in SPOKEN_OF.findall(" ".join(text.split()))}
    titles = {title.strip('"*').removesuffix(":") for title in found}
    assert titles - {one.title for one in slides()} == set()
    assert len(titles) > 15


def test_what_no_lesson_shows_is_found_nowhere(monkeypatch):
    lesson = [
        Section("01_neuron", "1. One", "The slide *One* says $a = b$."),
        Section("02", "2", "c"),
    ]
    monkeypatch.setattr(lecture_map, "sections", lambda: lesson)
    one, other = Slide("One", ("$a = b$", "$a = c$", "c")), Slide("Two", ("$a = b$",))
    monkeypatch.setattr(lecture_map, "slides", lambda: (one, other))
    assert shown_in(one, "$a = b$") is lesson[0]
    assert shown_in(one, "$a = c$") is None
    assert shown_in(one, "c") is None, "the lesson that has it doesn't name the slide"
    assert shown_in(other, "$a = b$") is None
    page = lecture_map.page()
    assert "| 2 | Two | **nowhere** | **nowhere** |" in page
    assert "    - **nowhere**: $a = c$; c" in page


@pytest.mark.parametrize(
    "text", ["slide *From A to\nB* says", 'slide "From A to B:"', '**"From A to B"**']
)
def test_a_title_in_italics_or_in_quotes_names_a_slide(text):
    assert names(text, "From A to B")


@pytest.mark.parametrize("text", ["from A to B", "*From A*", "*From A to B (C)*", "From A to B"])
def test_other_words_name_no_slide(text):
    assert not names(text, "From A to B")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (r"$\mathbf h^1 = \sigma(\mathbf{A}^1\,\mathbf h^0)$", "h¹ = σ(A¹h⁰)"),
        (r"$\hat y = \mathbf w \cdot \mathbf x$", "ŷ = w · x"),
        (r"$\dfrac{w_4}{\alpha}$", r"$w_4 / \alpha$"),
        (r"$h_1, h_2, \dots, h_m$", "(h₁, h₂, …, hₘ)"[1:-1]),
        (r"$\in \mathbb R^{3\times 5}$", "∈ ℝ³ˣ⁵".replace("ˣ", "×")),
        ("can be\n> sparse", "*can* be **sparse**"),
        ("`v.output = v.op(v.inputs())`", "v.output=v.op(v.inputs())"),
    ],
)
def test_the_same_formula_set_in_two_ways_is_the_same(one, other):
    assert plain(one) == plain(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("$A^j h^{j-1}$", "$A^{j-1} h^j$"),
        ("$r_y(z) = z - y$", "$r_y(z) = y - z$"),
        (r"$\sigma(z)$", r"$\rho(z)$"),
        ("`u->delta = v->delta`", "`u->delta += v->delta`"),
    ],
)
def test_formulas_that_say_something_else_are_different(one, other):
    assert plain(one) != plain(other)
