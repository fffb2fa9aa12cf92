"""Feedback is what the gradebook says, beside the files that nbgrader's exchange needs."""

import html
import os
import re
import shutil
from pathlib import Path

import nbformat
import pytest
from nbconvert.exporters import HTMLExporter
from nbgrader.api import Gradebook
from nbgrader.apps.api import NbGraderAPI
from nbgrader.utils import notebook_hash

from course.grading import RefusedError, StoppedError
from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory
from course.grading.feedback import folder as feedback
from course.grading.feedback.folder import kept_beside, renew_class
from course.grading.notebook.cells import COURSE, new_cell
from tests.grading.browser import CHROMIUM, DESKTOP, MISSING, PHONE, browser
from tests.grading.notebooks import UNIT, content, handed_in, make_course, marked, source

pytestmark = [
    pytest.mark.xdist_group("feedback"),
    pytest.mark.usefixtures("kept_fork_server"),
]

SCHEME = "The answer is forty-two."
QUESTION = f"### In your own words\n\nWhy?\n\n### BEGIN MARK SCHEME\n{SCHEME}\n### END MARK SCHEME"
BESIDE = {"timestamp.txt": b"2026-10-05 10:00:00 UTC", "submission_secret.txt": b"s3cret"}


def asked(notebook: dict, question: str, answer: str) -> dict:
    """Add a written question as the build makes it: a task, and a cell for the answer behind it."""
    task = marked(new_cell("markdown", question, ""), "written-why", task=True, points=2)
    task["metadata"]["nbgrader"]["locked"] = True
    reply = new_cell("markdown", answer, "answer-why")
    reply["metadata"][COURSE] = {"answer": "why"}
    notebook["cells"] += [task, reply, new_cell("markdown", "## The end", "the-end")]
    return notebook


@pytest.fixture(scope="module")
def graded(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("graded"), {})
    path = root / "solutions" / UNIT / f"{UNIT}.ipynb"
    path.write_bytes(content(asked(source(), QUESTION, "*Write here*")))
    visible = QUESTION.partition("\n### BEGIN")[0]
    for student in ("ann", "bob"):
        place = root / "submitted" / student / UNIT
        place.mkdir(parents=True)
        work = asked(handed_in(), visible, f"Since {student} says so.")
        (place / f"{UNIT}.ipynb").write_bytes(content(work))
        if student == "ann":
            for name, text in BESIDE.items():
                (place / name).write_bytes(text)
    assert grade_class(root, UNIT).failed == {}
    return root


@pytest.fixture
def root(graded, tmp_path):
    return shutil.copytree(graded, tmp_path / "course")


def page(root: Path, student: str) -> str:
    return (root / "feedback" / student / UNIT / f"{UNIT}.html").read_text(encoding="utf-8")


def body(root: Path, student: str) -> str:
    return page(root, student).partition("<body>")[2]


def words(page: str) -> list[str]:
    return html.unescape(re.sub(r"<[^>]*>", " ", page)).split()


def judge(root: Path, student: str, score: float | None = None, comment: str = "") -> None:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        grade = gradebook.find_grade("written-why", UNIT, UNIT, student)
        grade.manual_score, grade.needs_manual_grade = score, score is None
        gradebook.find_comment("written-why", UNIT, UNIT, student).manual_comment = comment
        gradebook.db.commit()


def test_a_page_names_its_exercises_and_what_waits(root):
    shown = body(root, "ann")
    names = re.findall(r'<div class="head".*?><h2>(.*?)</h2>', shown)
    assert names == ["neuron", "relu", "glm", "own-test", "written", "In your own words"]
    assert "9 of 14 points" in shown and "part of your work is not graded yet" in shown
    assert shown.count("not graded yet</span>") == 4
    assert "Test cell" not in shown and "1.0" not in shown


def test_no_page_holds_the_marking_scheme_or_hidden_tests(root):
    for student in ("ann", "bob"):
        assert SCHEME not in page(root, student) and "MARK SCHEME" not in page(root, student)
        assert "HIDDEN" not in page(root, student) and "relu(-2)" not in page(root, student)


def test_a_page_loads_nothing_and_fits_a_phone(root):
    shown = page(root, "ann")
    assert '<meta name="viewport" content="width=device-width, initial-scale=1">' in shown
    assert "default-src 'none'" in shown
    assert not re.search(r"<script|<link|@import|url\(|https?://", shown)


def formgraders_page(root: Path) -> str:
    config = course_directory(root).config.copy()
    config.HTMLExporter.template_name = "formgrade"
    path = root / "autograded" / "ann" / UNIT / f"{UNIT}.ipynb"
    resources = {"index": 0, "total": 1, "base_url": "", "notebook_id": UNIT}
    notebook = nbformat.reads(path.read_text(encoding="utf-8"), as_version=4)
    return HTMLExporter(config=config).from_notebook_node(notebook, resources)[0]


def test_in_the_formgrader_the_answer_is_in_the_box_behind_the_scheme(root):
    shown = formgraders_page(root)
    parts = ["Why?", SCHEME, 'id="written-why"', "Since ann says so.", 'id="written-why-comment"']
    places = [shown.index(part) for part in parts]
    assert places == sorted(places)
    assert shown.count("Since ann says so.") == 1 and "MARK SCHEME" not in shown


def test_grading_again_renews_the_pages_whose_grade_or_comment_changed(root):
    before = {student: page(root, student) for student in ("ann", "bob")}
    assert grade_class(root, UNIT).renewed == []
    judge(root, "ann", 1.5)
    done = grade_class(root, UNIT)
    assert (done.graded, done.renewed) == ([], ["ann"])
    assert "1.5</span> of 2" in body(root, "ann") and "10.5 of 14 points" in body(root, "ann")
    judge(root, "ann", 1.5, "Say **more**, such as $x<y$.<script>pwned()</script>")
    assert grade_class(root, UNIT).renewed == ["ann"]
    assert "<strong>more</strong>" in body(root, "ann") and "<math" in body(root, "ann")
    assert "pwned" not in page(root, "ann") and page(root, "bob") == before["bob"]


def test_pages_are_renewed_without_grading(root):
    judge(root, "bob", 2.0)
    shutil.rmtree(root / "submitted")
    done = renew_class(course_directory(root), UNIT)
    assert (done.written, done.unchanged, done.not_graded) == (["bob"], ["ann"], [])
    (root / "feedback" / "ann" / UNIT / f"{UNIT}.html").unlink()
    (root / "autograded" / "bob" / UNIT / f"{UNIT}.ipynb").unlink()
    done = renew_class(course_directory(root), UNIT)
    assert (done.written, done.unchanged, done.not_graded) == (["ann"], [], ["bob"])
    with pytest.raises(ValueError, match="zoe"):
        renew_class(course_directory(root), UNIT, ["zoe"])


def test_a_notebook_whose_cells_the_unit_no_longer_has_or_not_yet_had_has_a_page(root):
    path = root / "autograded" / "ann" / UNIT / f"{UNIT}.ipynb"
    path.chmod(0o600)
    path.write_text(path.read_text().replace('"test-relu"', '"test-gone"'))
    assert renew_class(course_directory(root), UNIT).written == ["ann"]
    assert "9 of 14 points" in body(root, "ann") and "Since ann says so." in body(root, "ann")


def test_what_is_damaged_is_said(root):
    path = root / "autograded" / "ann" / UNIT / f"{UNIT}.ipynb"
    path.chmod(0o600)
    for damage in (b"[]", b"{", b"\xff"):
        path.write_bytes(damage)
        done = renew_class(course_directory(root), UNIT)
        assert (done.not_graded, done.unchanged) == (["ann"], ["bob"])
    (root / "gradebook.db").write_bytes(b"not a database" * 100)
    with pytest.raises(RefusedError, match="can't be used"):
        renew_class(course_directory(root), UNIT)


def test_nothing_graded_is_said(root):
    (root / "gradebook.db").unlink()
    with pytest.raises(RefusedError, match=f"course grade {UNIT}"):
        renew_class(course_directory(root), UNIT)


def test_what_stops_the_renewal_leaves_whole_pages_and_the_next_run_goes_on(root, monkeypatch):
    for student in ("ann", "bob"):
        judge(root, student, 1.0)
    before, replace = page(root, "bob"), feedback.replace_folder

    def full(folder, *more):
        if "bob" in folder.parts:
            raise OSError(28, "No space left on device")
        replace(folder, *more)

    with monkeypatch.context() as patch:
        patch.setattr(feedback, "replace_folder", full)
        with pytest.raises(StoppedError, match=r"bob could not be renewed.*No space left"):
            renew_class(course_directory(root), UNIT)
    assert page(root, "bob") == before
    assert renew_class(course_directory(root), UNIT).written == ["bob"]


# -------------------------------------------------------------------------------- nbgrader's steps


@pytest.fixture
def api(root, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_EXCHANGE", str(tmp_path / "exchange"))
    monkeypatch.chdir(root)
    (tmp_path / "exchange").mkdir(mode=0o777)
    os.chmod(tmp_path / "exchange", 0o777)
    directory = course_directory(root)
    return NbGraderAPI(directory, config=directory.config)


def assert_kept(root: Path) -> None:
    for step in ("autograded", "feedback"):
        assert kept_beside(root / step / "ann" / UNIT) == BESIDE, step
        assert kept_beside(root / step / "bob" / UNIT) == {}, step


def test_what_nbgrader_keeps_beside_a_notebook_is_kept_by_any_mixture_of_commands(root, api):
    assert_kept(root)
    assert api.autograde(UNIT, "ann")["success"]
    assert_kept(root)
    assert grade_class(root, UNIT).graded == ["ann"]
    assert_kept(root)
    assert api.generate_feedback(UNIT)["success"]
    assert_kept(root)
    by_nbgrader = body(root, "ann")
    assert grade_class(root, UNIT).graded == []
    assert_kept(root)
    assert words(body(root, "ann")) == words(by_nbgrader)


def test_feedback_is_released_for_all_who_handed_in_through_the_exchange(root, api, tmp_path):
    done = api.release_feedback(UNIT)
    assert done["success"], done
    assert "bob is not released" in done["log"]
    name = notebook_hash(secret=BESIDE["submission_secret.txt"].decode(), notebook_id=UNIT)
    released = tmp_path / "exchange" / "feedforward" / "feedback"
    assert [path.name for path in released.iterdir()] == [f"{name}.html"]
    assert (released / f"{name}.html").read_text(encoding="utf-8") == page(root, "ann")


# ----------------------------------------------------------------------------------- in a browser

WIDE = (
    "$$" + "+".join(f"a_{{{n}}} x^{{{n}}}" for n in range(40)) + "$$\n\n"
    "| " + " | ".join(f"column{n}" for n in range(30)) + " |\n" + "|---" * 30 + "|\n\n"
    "    " + "code = 1; " * 40 + "\n\n" + "word" * 100
)


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
def test_a_page_is_readable_on_a_phone_in_the_dark_and_in_print(root, tmp_path):
    judge(root, "ann", 1.0, WIDE)
    renew_class(course_directory(root), UNIT)
    with browser(tmp_path / "browser") as shown:
        for width in (PHONE, DESKTOP):
            shown.resize(width)
            shown.open((root / "feedback" / "ann" / UNIT / f"{UNIT}.html").as_uri())
            shown.ask("document.querySelectorAll('details').forEach(d => { d.open = true })")
            assert shown.ask("document.documentElement.scrollWidth <= innerWidth"), width
        paper = "getComputedStyle(document.documentElement).backgroundColor"
        shown.emulate(scheme="light")
        assert shown.ask(paper) == "rgb(255, 255, 255)"
        shown.emulate(scheme="dark")
        assert shown.ask(paper) == "rgb(15, 20, 25)"
        shown.emulate(media="print", scheme="dark")
        assert shown.ask(paper) == "rgb(255, 255, 255)"
        lesson = "getComputedStyle(document.querySelector('.lesson')).display"
        assert shown.ask(lesson) == "none"
