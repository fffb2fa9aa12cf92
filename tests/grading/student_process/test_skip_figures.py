"""Lessons' figures are not drawn while a class is graded, even if all cells run; figures in a
student's own cells are."""

import json

import nbformat
import pytest

from course.build import notebooks
from course.exercises.units import UNITS
from course.grading.grade import grade_submission
from course.grading.judging import examine
from course.grading.process.worker import Worker
from course.grading.released import as_json
from course.grading.submission.submitted_file import SubmittedFile
from tests.grading.notebooks import CONFIG, UNIT, content

FIGURE = "from course.figures import draw_net\ndraw_net([2, 2, 1])"
WORDS = "A figure from the lesson; it is not drawn during grading."


@pytest.fixture(scope="module")
def worker():
    with Worker(UNIT) as worker:
        yield worker


def shown(session, figures: bool) -> str:
    [output] = session.run(FIGURE, figures)
    return output["data"]["text/plain"]


def test_a_lessons_figure_is_words_and_a_students_is_drawn(worker):
    with worker.session() as session:
        assert shown(session, figures=False) == WORDS
        assert "layer" in shown(session, figures=True)
        assert shown(session, figures=False) == WORDS


def test_a_dial_costs_a_lesson_nothing_and_a_student_one_drawing(worker):
    dial = (
        "from course.figures import Chart, dial\n"
        "calls = []\n"
        "def draw(w):\n"
        "    calls.append(w)\n"
        "    return Chart(x=(0, 1), y=(0, 1)).picture('An empty chart.')\n"
        "dial(draw, w=(0, 1))"
    )
    with worker.session() as session:
        for figures, drawn in ((False, 0), (True, 1)):
            [output] = session.run(dial, figures)
            assert set(output["data"]) == {"text/plain"}
            [calls] = session.run("len(calls)", figures)
            assert calls["data"]["text/plain"] == str(drawn)


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_a_solved_notebook_runs_without_an_error_and_earns_all_points(unit, monkeypatch):
    monkeypatch.setattr(examine, "lacks_a_cell", lambda *_: True)
    source, _ = notebooks(unit, CONFIG.parent)
    solved = json.loads(source.text)
    for cell in solved["cells"]:
        cell["source"] = "".join(cell["source"]).partition("\n### BEGIN HIDDEN")[0]
    released = as_json(nbformat.reads(source.text, as_version=4))
    file = SubmittedFile(f"{unit}.ipynb", content(solved))
    with Worker(unit) as worker:
        found = grade_submission(released, file, unit, b"key", worker)
    failed = [
        (cell["id"], output["evalue"])
        for cell in found.notebook["cells"]
        for output in cell.get("outputs", ())
        if output["output_type"] == "error"
    ]
    assert failed == []
    assert [one.exercise for one in found.exercises if not one.passed] == []
