"""A unit goes out and its feedback comes back through nbgrader's exchange, by commands and buttons.

An instructor and a student work in homes of their own, with their own settings.
"""

import subprocess
from dataclasses import dataclass
from pathlib import Path

import pytest
from nbgrader.api import Gradebook

from tests.grading.browser import CHROMIUM, MISSING, Page, browser
from tests.grading.jupyter_server import BIN, environment, jupyterlab
from tests.grading.notebooks import UNIT, content, handed_in, make_course
from tests.speed import patience

SECRET = "the class's secret"


@dataclass(frozen=True)
class Person:
    """Someone at a terminal: a home, a folder to work in, and the course's exchange."""

    home: Path
    folder: Path
    exchange: Path

    @property
    def environment(self) -> dict[str, str]:
        own = {"COURSE_EXCHANGE": str(self.exchange), "COURSE_SECRET": SECRET}
        return environment(self.home) | own

    def run(self, *words: str) -> str:
        """Run a command; return what it says."""
        done = subprocess.run(
            [str(BIN / words[0]), *words[1:]],
            cwd=self.folder,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=patience(100),
        )
        assert done.returncode == 0 and "Traceback" not in done.stderr, done.stderr[-3000:]
        return done.stdout + done.stderr

    def hand_in(self) -> None:
        """Fetch the unit, write the answers and submit them."""
        self.run("nbgrader", "fetch_assignment", UNIT)
        notebook = self.folder / UNIT / f"{UNIT}.ipynb"
        assert notebook.is_file()
        notebook.write_bytes(content(handed_in()))
        self.run("nbgrader", "submit", UNIT)

    def feedback(self) -> str:
        """Fetch the feedback; return the page."""
        self.run("nbgrader", "fetch_feedback", UNIT)
        [page] = (self.folder / UNIT / "feedback").glob(f"*/{UNIT}.html")
        return page.read_text(encoding="utf-8")


@pytest.fixture
def people(tmp_path) -> tuple[Person, Person]:
    exchange = tmp_path / "exchange"
    exchange.mkdir()
    exchange.chmod(0o777)
    root = make_course(tmp_path / "course", {})
    released = root / "assignments" / UNIT / f"{UNIT}.ipynb"
    released.parent.mkdir(parents=True)
    released.write_bytes(content(handed_in({}, None)))
    homes = [tmp_path / "instructor", tmp_path / "student"]
    settings = homes[1] / ".jupyter" / "nbgrader_config.py"
    settings.parent.mkdir(parents=True)
    settings.write_text(
        "c = get_config()\n"
        'c.CourseDirectory.course_id = "feedforward"\n'
        f"c.Exchange.root = {str(exchange)!r}\n"
    )
    homes[0].mkdir()
    work = homes[1] / "work"
    work.mkdir()
    return Person(homes[0], root, exchange), Person(homes[1], work, exchange)


def comment(root: Path) -> str:
    """Grade the written answer by hand, as in the formgrader; return its author."""
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        [submission] = gradebook.assignment_submissions(UNIT)
        student = submission.student_id
        grade = gradebook.find_grade("written", UNIT, UNIT, student)
        grade.manual_score, grade.needs_manual_grade = 2.0, False
        gradebook.find_comment("written", UNIT, UNIT, student).manual_comment = "Well said."
        gradebook.db.commit()
    return student


@pytest.mark.slow
def test_by_commands(people):
    instructor, student = people
    instructor.run("nbgrader", "release_assignment", UNIT)
    student.hand_in()
    instructor.run("nbgrader", "collect", UNIT)
    assert "1 graded" in instructor.run("course", "grade", UNIT)
    name = comment(instructor.folder)
    assert "Pages renewed: 1" in instructor.run("course", "feedback", UNIT)
    instructor.run("nbgrader", "release_feedback", UNIT)
    page = student.feedback()
    kept = instructor.folder / "feedback" / name / UNIT / f"{UNIT}.html"
    assert page == kept.read_text(encoding="utf-8")
    assert "11 of 12 points" in page and "Well said." in page
    # A second round: the same, by nbgrader's own steps.
    student.run("nbgrader", "submit", UNIT)
    instructor.run("nbgrader", "collect", "--update", UNIT)
    instructor.run("nbgrader", "autograde", UNIT, "--force")
    instructor.run("nbgrader", "generate_feedback", UNIT, "--force")
    instructor.run("nbgrader", "release_feedback", UNIT)
    student.run("nbgrader", "fetch_feedback", UNIT)
    pages = list((student.folder / UNIT / "feedback").glob(f"*/{UNIT}.html"))
    assert len(pages) == 2
    assert all("11 of 12 points" in one.read_text(encoding="utf-8") for one in pages)


def press(page: Page, button: str) -> None:
    """Press a button in the only row of the formgrader's table; wait until all is well."""
    link = f"document.querySelector('tr td.{button} a')"
    page.wait(link)
    page.ask(f"{link}.click()")
    page.wait("!document.body.innerText.includes('Please wait')")
    assert "There was an error" not in page.text(), page.text()
    page.ask("void $('.modal').modal('hide')")
    page.wait("!document.querySelector('.modal')")


@pytest.mark.slow
@pytest.mark.skipif(CHROMIUM is None, reason=MISSING)
def test_by_the_formgraders_buttons(people, tmp_path):
    instructor, student = people
    with (
        jupyterlab(instructor.folder, instructor.environment) as address,
        browser(tmp_path / "browser") as page,
    ):
        # The laboratory's page sets the cookie without which no button works.
        page.open(f"{address}/lab")
        page.open(f"{address}/formgrader/manage_assignments")
        press(page, "assign")
        press(page, "release")
        student.hand_in()
        press(page, "collect")
        page.open(f"{address}/formgrader/manage_submissions/{UNIT}")
        press(page, "autograde")
        page.wait("document.body.innerText.includes('needs manual grading')")
        name = comment(instructor.folder)
        press(page, "generate-feedback")
        page.open(f"{address}/formgrader/manage_assignments")
        press(page, "generate-feedback")
        press(page, "release-feedback")
        shown = student.feedback()
        assert 'class="scores"' in shown
        assert "11 of 12 points" in shown and "Well said." in shown
        kept = instructor.folder / "feedback" / name / UNIT / f"{UNIT}.html"
        assert shown == kept.read_text(encoding="utf-8")
