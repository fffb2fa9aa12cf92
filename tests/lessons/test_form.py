"""Every lesson has the same form, from its opening question to the look ahead."""

import ast
import re

import pytest

import course.figures
from course.build import DIRECTIVE, LESSONS, source_notebook
from course.exercises.units import UNITS, all_exercises, exercises_of
from course.lecture_map import Section, sections

ENDING = ["What you have learned", "Stretch", "Look ahead"]
TIME = re.compile(r"Time: about \**(\d+)\** minutes, of which \**(\d+)\**(?: minutes)? are for the")
CODE = re.compile(r"^```\{code-cell\}.*?^```$", re.M | re.S)
UNREAD = re.compile(r"<details>.*?</details>|### BEGIN MARK SCHEME.*?### END MARK SCHEME", re.S)
PREDICTIONS = 3
WORDS_PER_MINUTE = 130  # of prose with formulas, read with a pencil in the hand
# What lessons use through other figures; draw_progress is what watch shows.
WITHIN_OTHERS = {"Dial", "Film", "Picture", "draw_progress"}


def text_of(unit: str) -> str:
    return (LESSONS / f"{unit}.md").read_text(encoding="utf-8")


def sections_of(unit: str) -> list[Section]:
    return [one for one in sections() if one.unit == unit]


def opening_of(unit: str) -> str:
    return sections_of(unit)[0].text


def bullets(text: str) -> list[str]:
    return re.findall(r"^(?:-|\d+\.) \S", text, re.M)


def predictions(text: str) -> list[str]:
    """Return the paragraphs that ask for a guess and fold its answer away within one cell."""
    asked = CODE.sub("\0", text).split("**Predict")[1:]
    return [one for one in asked if "<details>" in "".join(one.split("\0")[:2])]


def figures_in(source: str) -> set[str]:
    """Return the figures of the course that a code cell calls."""
    calls = (node for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Call))
    names = {getattr(call.func, "id", getattr(call.func, "attr", "")) for call in calls}
    return names & set(course.figures.__all__)


def test_every_exercise_of_the_course_is_asked_for_in_one_place():
    found = [one for unit in UNITS for one in DIRECTIVE.finditer(text_of(unit))]
    asked = [one["name"] for one in found if one["kind"] == "exercise"]
    assert sorted(asked) == sorted(all_exercises())


def test_every_figure_that_the_course_can_draw_is_drawn_in_a_lesson():
    cells = (cell for unit in UNITS for cell in source_notebook(unit).cells)
    drawn = (figures_in(cell.source) for cell in cells if cell.cell_type == "code")
    assert set().union(*drawn) == set(course.figures.__all__) - WITHIN_OTHERS


def test_it_opens_with_a_question_worth_answering(unit):
    assert re.search(r"\*\*[^*]+\?\*\*", opening_of(unit))


def test_it_says_at_once_what_you_can_do_at_the_end(unit):
    _, *rest = re.split("At the end you (?:can|will be able to)", opening_of(unit))
    assert len(bullets("".join(rest))) >= 3


def test_it_says_at_once_how_many_minutes_it_takes_and_they_fit_the_exercises(unit):
    said = TIME.search(" ".join(opening_of(unit).split()))
    assert said
    whole, for_exercises = map(int, said.groups())
    assert for_exercises == sum(one.minutes for one in exercises_of(unit))
    assert 1.25 * for_exercises <= whole <= 3 * for_exercises


def test_it_can_be_read_in_three_quarters_of_an_hour(unit):
    """Not counting exercises, and what is folded."""
    cells = (cell for cell in source_notebook(unit).cells if cell.cell_type == "markdown")
    unfolded = (UNREAD.sub("", cell.source) for cell in cells)
    assert len(" ".join(unfolded).split()) <= 45 * WORDS_PER_MINUTE


def test_a_picture_comes_before_the_first_exercise(unit):
    cells = source_notebook(unit).cells
    solutions = [i for i, c in enumerate(cells) if c.metadata.get("nbgrader", {}).get("solution")]
    assert any(c.cell_type == "code" and figures_in(c.source) for c in cells[: solutions[0]])


def test_it_asks_for_guesses_before_it_shows(unit):
    assert len(predictions(text_of(unit))) >= PREDICTIONS


def test_what_is_folded_can_be_unfolded(unit):
    """Each <details> is closed, and a blank line lets Markdown and formulas in it be rendered."""
    text = text_of(unit)
    folded = re.findall(r"<details><summary>[^\n]+</summary>\n\n.*?\n\n</details>", text, re.S)
    assert len(folded) == text.count("<details>") == text.count("</details>")


def test_it_ends_with_what_was_learned_a_stretch_and_a_look_ahead(unit):
    last = sections_of(unit)[-3:]
    assert [one.heading for one in last] == ENDING
    assert len(bullets(last[0].text)) >= 3
    number = int(unit[:2])
    assert number == len(UNITS) or f"lesson {number + 1}" in last[2].text.lower()


def test_its_sections_are_numbered(unit):
    headings = [one.heading for one in sections_of(unit)[1:]]
    numbers = [int(number) for one in headings for number in re.findall(r"^(\d+)\.", one)]
    assert numbers == list(range(1, len(numbers) + 1)) != []
    assert set(headings[len(numbers) :]) <= set(ENDING)


def test_it_draws_with_the_figures_of_the_course_alone(unit):
    assert "matplotlib" not in text_of(unit)
    pictures = re.findall(r"!\[(.*?)\]\(|<img\b([^>]*)", CODE.sub("", text_of(unit)), re.S)
    assert all(alt or "alt=" in attributes for alt, attributes in pictures)


def test_its_first_cell_has_all_imports(unit):
    """Grading runs a lesson's cells that import, whatever else is in them."""
    cells = [one for one in source_notebook(unit).cells if one.cell_type == "code"]
    first, *others = (one.source for one in cells if "nbgrader" not in one.metadata)
    imports = re.compile(r"^(?:import|from) ", re.M)
    assert imports.search(first)
    assert [one for one in others if imports.search(one)] == []


FOLDED, CELL = "<details><summary>b</summary>\n", "```{code-cell} ipython3\nf()\n```\n"


@pytest.mark.parametrize(
    ("paragraphs", "count"),
    [
        (["**Predict.** a?", FOLDED, CELL], 1),
        (["**Predict.** a?", CELL, FOLDED], 1),
        (["**Predict.** a?", CELL, CELL, FOLDED], 0),
        (["**Predict.** a?", "**Predict.** b?", FOLDED], 1),
        (["I predict a.", FOLDED, CELL], 0),
    ],
)
def test_a_guess_counts_where_its_answer_is_folded_in(paragraphs, count):
    assert len(predictions("\n\n".join(paragraphs))) == count
