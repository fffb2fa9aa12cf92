"""What changes a score is noticed, and nothing is graded again unless that was asked for."""

import json
import shutil
from datetime import datetime

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from course.cli.app import app
from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory
from course.grading.doctor import examine
from course.grading.gradebook.notes import other_editions
from course.grading.gradebook.report import class_report
from course.grading.gradebook.report_page import report_page
from course.grading.judging import edition as editions
from course.grading.notebook.cells import new_cell
from course.grading.released import register
from tests.grading.notebooks import UNIT, content, hand_in, handed_in, make_course, marked, source
from tests.grading.test_nbgrader import nbgrader

pytestmark = [
    pytest.mark.xdist_group("regrading"),
    pytest.mark.usefixtures("kept_fork_server"),
]

DUE = datetime(2026, 1, 1, 12)


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    """Two graded students, of whom the second was an hour late for what is not due yet."""
    root = make_course(tmp_path_factory.mktemp("ready"), {"ann": handed_in(), "bob": handed_in({})})
    (root / "submitted/ann" / UNIT / "timestamp.txt").write_text("2026-01-01 13:00:00 UTC")
    grade_class(root, UNIT)
    return root


@pytest.fixture
def root(ready, tmp_path):
    return shutil.copytree(ready, tmp_path / "course")


@pytest.fixture
def new_edition(monkeypatch):
    monkeypatch.setattr(editions, "version", lambda package: "9.9")
    editions.edition.cache_clear()
    yield
    monkeypatch.undo()
    editions.edition.cache_clear()


def gradebook(root):
    return Gradebook(f"sqlite:///{root / 'gradebook.db'}")


def configure(root, *lines):
    config = root / "nbgrader_config.py"
    config.write_text("\n".join([config.read_text(), *lines, ""]))


def score(root, student):
    with gradebook(root) as book:
        found = book.find_submission(UNIT, student)
        return found.score - sum(one.late_submission_penalty or 0 for one in found.notebooks)


def page(root, student):
    return (root / "feedback" / student / UNIT / f"{UNIT}.html").read_text()


def noted(root, student):
    place = root / "autograded" / student / UNIT / f"{UNIT}.ipynb"
    return json.loads(place.read_bytes())["metadata"]["course"]["grading"]


def test_everyone_is_graded_again_if_asked(root):
    assert grade_class(root, UNIT).graded == []
    assert grade_class(root, UNIT, regrade=True).graded == ["ann", "bob"]
    assert grade_class(root, UNIT).graded == []
    with pytest.raises(ValueError, match="in any case"):
        grade_class(root, UNIT, students=["ann"], regrade=True)


@pytest.mark.parametrize("again", [True, False])
def test_grading_again_goes_on_where_it_was_interrupted(root, again):
    def interrupt(progress):
        if progress.done == 1:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        grade_class(root, UNIT, on_progress=interrupt, regrade=True)
    assert grade_class(root, UNIT, regrade=again).graded == ["bob"]
    assert grade_class(root, UNIT).graded == []
    assert grade_class(root, UNIT, regrade=True).graded == ["ann", "bob"]


def test_what_the_grader_failed_on_is_tried_again_and_a_new_round_is_whole(root, monkeypatch):
    with monkeypatch.context() as broken:
        broken.setattr("course.grading.classroom.Room.save", lambda *_: "broken")
        assert set(grade_class(root, UNIT, regrade=True).failed) == {"ann", "bob"}
    assert grade_class(root, UNIT, students=["ann"]).graded == ["ann"]
    assert grade_class(root, UNIT).graded == ["bob"]
    assert grade_class(root, UNIT, regrade=True).graded == ["ann", "bob"]


def test_due_dates_policies_and_extensions_change_penalties_without_grading_again(root):
    full = score(root, "ann")
    configure(root, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    assert grade_class(root, UNIT).renewed == []
    with gradebook(root) as book:
        book.update_or_create_assignment(UNIT, duedate=DUE)
    done = grade_class(root, UNIT)
    assert (done.graded, done.renewed) == ([], ["ann"])
    assert score(root, "ann") == 0 and "<strong>0 of" in page(root, "ann")
    with gradebook(root) as book:
        book.grant_extension(UNIT, "ann", hours=1)
    assert grade_class(root, UNIT).renewed == ["ann"]
    assert score(root, "ann") == full and f"<strong>{full:g} of" in page(root, "ann")
    assert grade_class(root, UNIT).renewed == []


def test_a_run_that_is_stopped_while_it_renews_penalties_is_made_up_for(root, monkeypatch):
    configure(root, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    with gradebook(root) as book:
        book.update_or_create_assignment(UNIT, duedate=DUE)

    def stop(*_):
        raise KeyboardInterrupt

    for step in ("gradebook.ledger.Ledger.save_penalties", "feedback.folder.replace_folder"):
        with monkeypatch.context() as stopped, pytest.raises(KeyboardInterrupt):
            stopped.setattr(f"course.grading.{step}", stop)
            grade_class(root, UNIT)
    assert grade_class(root, UNIT).renewed == ["ann"]
    assert score(root, "ann") == 0 and "<strong>0 of" in page(root, "ann")


def test_a_policy_that_fails_is_reported_for_each_student_it_fails_on(root, monkeypatch):
    def broken(*_):
        raise ZeroDivisionError

    monkeypatch.setattr("course.grading.gradebook.ledger.Ledger._penalty", broken)
    done = grade_class(root, UNIT)
    assert all("ZeroDivisionError" in done.failed[student] for student in ("ann", "bob"))


def test_an_optional_exercise_is_graded_and_counts_nothing(root):
    changed = source()
    test = next(cell for cell in changed["cells"] if cell["id"] == "test-relu")
    test["metadata"]["nbgrader"]["points"] = 0
    (root / "solutions" / UNIT / f"{UNIT}.ipynb").write_bytes(content(changed))
    grade_class(root, UNIT)
    with gradebook(root) as book:
        grade = book.find_grade("test-relu", UNIT, UNIT, "ann")
        assert (grade.auto_score, grade.max_score, grade.needs_manual_grade) == (0, 0, False)
    solved = {one.name: one.solved for one in class_report(root, UNIT).exercises}
    assert score(root, "ann") == 8 and solved["relu"] == 1


def test_a_late_student_keeps_no_points_given_by_hand_afterwards(root):
    configure(root, 'c.LateSubmissionPlugin.penalty_method = "zero"')
    with gradebook(root) as book:
        book.update_or_create_assignment(UNIT, duedate=DUE)
    grade_class(root, UNIT)
    with gradebook(root) as book:
        grade = book.find_grade("written", UNIT, UNIT, "ann")
        grade.manual_score, grade.needs_manual_grade = 3.0, False
        book.db.commit()
    assert score(root, "ann") == 3
    assert grade_class(root, UNIT).renewed == ["ann"]
    assert score(root, "ann") == 0


@pytest.mark.parametrize("what", ["limits", "points", "materials"])
def test_what_changes_scores_is_graded_again(root, what):
    folder = root / "solutions" / UNIT
    if what == "limits":
        configure(root, "c.RunAndAsk.cell_seconds = 20.0")
    elif what == "points":
        changed = source()
        next(cell for cell in changed["cells"] if cell["id"] == "test-relu")["metadata"][
            "nbgrader"
        ]["points"] = 7
        (folder / f"{UNIT}.ipynb").write_bytes(content(changed))
    else:
        (folder / "table.csv").write_text("1,2")
    assert grade_class(root, UNIT).graded == ["ann", "bob"]
    assert grade_class(root, UNIT).graded == []


def test_another_edition_is_said_and_decided_by_the_instructor(root, new_edition):
    grade_class(root, UNIT)
    hand_in(root, "cy", handed_in())
    done = grade_class(root, UNIT)
    assert done.graded == ["cy"] and done.unchanged == ["ann", "bob"]
    assert done.editions.total() == 3 and done.editions[editions.edition(UNIT)] == 1
    said = other_editions(UNIT, done.editions)
    assert "2 of 3" in said and f"`course grade {UNIT} --regrade`" in said
    assert grade_class(root, UNIT, students=["cy"]).editions == done.editions
    shown = CliRunner().invoke(app, ["grade", UNIT, "--root", str(root)], env={"COLUMNS": "999"})
    assert said in shown.output
    report = class_report(root, UNIT)
    assert report.other_editions == said and "2 of 3 by edition" in report_page(report)
    assert said in [check.found for check in examine(root)]
    assert grade_class(root, UNIT, regrade=True).graded == ["ann", "bob", "cy"]
    assert other_editions(UNIT, grade_class(root, UNIT).editions) is None
    assert class_report(root, UNIT).other_editions is None
    assert f"all by edition {editions.edition(UNIT)}" in [check.found for check in examine(root)]


def test_the_edition_is_that_of_what_the_units_questions_are_made_of(tmp_path, monkeypatch):
    copy = shutil.copytree(editions.COURSE, tmp_path / "course")
    monkeypatch.setattr(editions, "COURSE", copy)
    edition = editions.edition.__wrapped__
    before = {unit: edition(unit) for unit in ("01_neuron", "05_backprop", "07_sgd")}

    def changed(name):
        (copy / name).write_bytes((copy / name).read_bytes() + b"\n")
        now = {unit: edition(unit) for unit in before}
        found = {unit for unit in before if now[unit] != before[unit]}
        before.update(now)
        return found

    assert changed("exercises/sgd/train.py") == {"07_sgd"}
    assert changed("exercises/backprop/numerics.py") == {"05_backprop"}
    assert changed("exercises/held_out/digits.npz") == {"07_sgd"}
    assert changed("exercises/engine/judge.py") == set(before)
    # The engine asks properties of gradients.
    assert changed("nn/backprop.py") == set(before)
    assert changed("lessons/01_neuron.md") == changed("exercises/frozen/relu.json") == set()


# --------------------------------------------------------------------------------- written answers


def asked() -> dict:
    """The source notebook with a question in words, as `course build` writes it."""
    notebook = source()
    question = new_cell("markdown", "Why?\n### BEGIN MARK SCHEME\nSo.\n### END MARK SCHEME", "")
    notebook["cells"].append(marked(question, "written-why", task=True, locked=True, points=2))
    answer = new_cell("markdown", "*Write here*", "answer-why")
    notebook["cells"].append(answer | {"metadata": {"course": {"answer": "why"}}})
    return notebook


def answered(text: str, *more: str, elsewhere: str | None = "Since so.") -> dict:
    work = handed_in(written=elsewhere)
    work["cells"] += asked()["cells"][-2:]
    work["cells"][-2]["source"] = "Why?"
    work["cells"][-1]["source"] = text
    work["cells"] += [new_cell("markdown", one, f"more-{n}") for n, one in enumerate(more)]
    return work


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("written"), {"ann": answered("Since so.")})
    (root / "solutions" / UNIT / f"{UNIT}.ipynb").write_bytes(content(asked()))
    register(course_directory(root), UNIT)
    return root


def grade_by_hand(root, name="written-why"):
    with gradebook(root) as book:
        grade = book.find_grade(name, UNIT, UNIT, "ann")
        assert grade.needs_manual_grade
        grade.manual_score, grade.needs_manual_grade = 1.0, False
        book.find_comment(name, UNIT, UNIT, "ann").manual_comment = "Say more."
        book.db.commit()


def by_hand(root, name="written-why"):
    with gradebook(root) as book:
        grade = book.find_grade(name, UNIT, UNIT, "ann")
        comment = book.find_comment(name, UNIT, UNIT, "ann")
        return grade.needs_manual_grade, grade.manual_score, comment.manual_comment


def by_course(root):
    grade_class(root, UNIT, students=["ann"])


def by_nbgrader(root):
    nbgrader(root, "autograde", UNIT, "--force")


def test_a_new_written_answer_waits_for_a_person_and_an_old_one_does_not(written, tmp_path):
    root = shutil.copytree(written, tmp_path / "course")
    by_course(root)
    for work in (answered("More."), answered("More.", "Still more."), b"{", answered("More.")):
        grade_by_hand(root)
        hand_in(root, "ann", work)
        by_course(root)
        assert by_hand(root) == (True, 1.0, "Say more.")
    grade_by_hand(root)
    other = answered("More.")
    other["cells"][0]["source"] = "# Another title"
    hand_in(root, "ann", other)
    by_course(root)
    assert by_hand(root) == (False, 1.0, "Say more.")


@pytest.mark.slow
def test_an_empty_answer_is_0_and_nobody_needs_to_read_it(written, tmp_path):
    root = shutil.copytree(written, tmp_path / "course")
    untouched = answered("*Write here*", elsewhere=None)
    for work, waits in (
        (untouched, False),
        (answered("More.", elsewhere=None), True),
        (answered(" ", elsewhere=None), False),
        (answered(" "), True),
    ):
        hand_in(root, "ann", work)
        by_course(root)
        assert by_hand(root) == (waits, None, None)
    by_nbgrader(root)
    assert by_hand(root) == (True, None, None)
    hand_in(root, "ann", untouched)
    by_nbgrader(root)
    assert by_hand(root) == (False, None, None)


@pytest.mark.slow
def test_both_ways_of_grading_notice_what_the_other_one_saved(written, tmp_path):
    root = shutil.copytree(written, tmp_path / "course")
    by_course(root)
    grade_by_hand(root)
    by_nbgrader(root)
    assert not by_hand(root)[0]
    hand_in(root, "ann", answered("More."))
    by_nbgrader(root)
    assert by_hand(root) == (True, 1.0, "Say more.")
    assert noted(root, "ann")["edition"] == editions.edition(UNIT)
    grade_by_hand(root)
    by_course(root)
    assert not by_hand(root)[0]
