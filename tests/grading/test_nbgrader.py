"""`nbgrader autograde` with the course's settings gives the scores that `course grade` gives."""

import html
import os
import re
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from nbgrader.api import Gradebook

from course.grading.classroom import grade_class
from course.grading.gradebook.report import class_report
from course.grading.judging.seeds import generator, student_key
from course.grading.notebook.cells import new_cell
from tests.grading.notebooks import (
    CONFIG,
    RIGHT,
    UNIT,
    content,
    exercise,
    hand_in,
    handed_in,
    make_course,
)
from tests.speed import patience

# The class is graded once in each way.
pytestmark = pytest.mark.xdist_group("nbgrader")

PICKY = """\
def neuron(w, x, h):
    x = np.asarray(x)
    return h(w @ x) if x.dtype.kind == 'f' else 'no'"""
TELLTALE = """\
def relu(z):
    print('SECRET', z)
    raise ValueError(f'SECRET {z!r}')"""
WARNING = """\
def relu(z):
    import warnings
    warnings.warn('careful')
    return np.maximum(z, 0)"""


ACTIVE = """\
from IPython.display import HTML, SVG, Javascript, display
display(HTML('<script>pwned()</script>'), Javascript('pwned()'))
display(SVG('<svg xmlns="http://www.w3.org/2000/svg" onload="pwned()"></svg>'))
print('<script>pwned()</script>')
display({'text/html': '<b onclick=pwned()>', 'image/svg+xml': '<svg onload=pwned()>'}, raw=True)
HTML('<img src=x onerror=pwned()>')"""
NOSY = """\
import os, sys
print(os.getcwd(), sys.path, sys.prefix, sys.executable, np.__file__, os.environ)
np.linalg.inv(1)"""


def active() -> dict:
    work = handed_in()
    texts = [("raw", "<script>pwned()</script>"), ("markdown", "<img src=x onerror=pwned()>")]
    texts += [("code", ACTIVE), ("code", NOSY)]
    work["cells"] += [new_cell(kind, text, f"mine-{n}") for n, (kind, text) in enumerate(texts)]
    return work


def classwork() -> dict:
    cheats = handed_in({})
    for cell in cheats["cells"]:
        cell["metadata"]["tags"] = ["skip-execution"]
    twice = handed_in()
    twice["cells"].append(dict(twice["cells"][3]))
    deleted = handed_in()
    deleted["cells"] = [c for c in deleted["cells"] if not c["id"].startswith("test-")]
    return {
        "right": handed_in(),
        "half": handed_in(RIGHT | {"neuron": PICKY}),
        "warns": handed_in(RIGHT | {"relu": WARNING}),
        "tells": handed_in(RIGHT | {"relu": TELLTALE}),
        "untouched": handed_in({}, None),
        "cheats": cheats,
        "deleted": deleted,
        "twice": twice,
        "active": active(),
        "broken": b"{",
        "empty": b"",
        "old": content(handed_in() | {"nbformat": 3}),
    }


def nbgrader(root: Path, *words: str) -> subprocess.CompletedProcess:
    command = [str(Path(sys.executable).parent / "nbgrader"), *words]
    environment = os.environ | {"COURSE_SECRET": "the class's secret"}
    done = subprocess.run(
        command, cwd=root, env=environment, capture_output=True, text=True, timeout=patience(100)
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return done


def scores(root: Path) -> dict[str, dict[str, tuple]]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {
            one.student_id: {
                grade.name: (grade.auto_score, grade.needs_manual_grade)
                for notebook in one.notebooks
                for grade in notebook.grades
            }
            for one in gradebook.assignment_submissions(UNIT)
        }


@pytest.fixture(scope="module")
def by_nbgrader(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("nbgrader"), classwork())
    hand_in(root, "misnamed", handed_in(), "neuron (1).ipynb")
    nbgrader(root, "autograde", UNIT)
    nbgrader(root, "generate_feedback", UNIT)
    return root


@pytest.fixture(scope="module")
def by_course(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("course"), classwork())
    hand_in(root, "misnamed", handed_in(), "neuron (1).ipynb")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("COURSE_SECRET", "the class's secret")
        assert grade_class(root, UNIT).failed == {}
    return root


FULL = {"test-neuron": 2.0, "test-relu": 1.0, "test-glm": 2.0, "own-test": 4.0}


def autoscores(found: dict[str, tuple]) -> dict[str, float]:
    return {name: score for name, (score, _) in found.items() if name != "written"}


@pytest.mark.parametrize("student", ["right", "deleted", "twice", "misnamed"])
def test_right_answers_earn_all_points(by_nbgrader, student):
    assert autoscores(scores(by_nbgrader)[student]) == FULL


def test_both_ways_save_the_same(by_nbgrader, by_course):
    assert scores(by_nbgrader) == scores(by_course)


def test_a_warning_costs_no_points_but_in_a_test_that_nbgrader_scores(by_nbgrader):
    assert autoscores(scores(by_nbgrader)["warns"]) == FULL | {"own-test": 0.0}


def test_part_of_the_questions_earns_part_of_the_points(by_nbgrader, by_course):
    earned = autoscores(scores(by_nbgrader)["half"])
    assert 0 < earned["test-neuron"] < 2
    assert earned == FULL | {"test-neuron": earned["test-neuron"]}
    noted = next(one for one in class_report(by_course, UNIT).exercises if one.name == "neuron")
    assert noted.solved < len(classwork())


@pytest.mark.parametrize("student", ["cheats", "untouched"])
def test_no_answer_earns_nothing(by_nbgrader, student):
    assert autoscores(scores(by_nbgrader)[student]) == dict.fromkeys(FULL, 0.0)


@pytest.mark.parametrize("student", ["broken", "empty", "old"])
def test_what_cannot_be_read_has_a_definite_score(by_nbgrader, student):
    found = scores(by_nbgrader)[student]
    assert set(found.values()) == {(0.0, False)} and "written" in found


def test_written_answers_wait_for_a_person_and_missing_ones_do_not(by_nbgrader):
    assert scores(by_nbgrader)["right"]["written"] == (None, True)
    assert scores(by_nbgrader)["untouched"]["written"] == (0.0, False)


def text_of(root: Path, student: str) -> str:
    page = (root / "feedback" / student / UNIT / f"{UNIT}.html").read_text(encoding="utf-8")
    page = page.partition("</head>")[2]
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", page)).split())


@pytest.mark.parametrize("way", ["by_nbgrader", "by_course"])
def test_feedback_says_what_went_wrong(request, way):
    root = request.getfixturevalue(way)
    assert "neuron: all " in text_of(root, "right")
    assert "neuron is not written yet." in text_of(root, "untouched")
    assert "is not JSON" in text_of(root, "broken")
    assert "The file was called neuron (1).ipynb" in text_of(root, "misnamed")
    assert "Your function raised ValueError" in text_of(root, "tells")


@pytest.mark.parametrize("way", ["by_nbgrader", "by_course"])
def test_feedback_has_no_secret_inputs(request, way):
    key = student_key(b"the class's secret", "tells")
    inputs = [q.args["z"] for q in exercise("relu").secret_questions(generator(key, "relu"))]
    page = text_of(request.getfixturevalue(way), "tells")
    assert "SECRET" in page
    numbers = {str(number) for z in inputs for number in np.ravel(z) if number % 1}
    assert len(numbers) > 10
    assert not [number for number in numbers if number[:8] in page]


def body_of(root: Path, student: str) -> str:
    page = (root / "feedback" / student / UNIT / f"{UNIT}.html").read_text(encoding="utf-8")
    return page.partition("</head>")[2]


@pytest.mark.parametrize("way", ["by_nbgrader", "by_course"])
def test_feedback_holds_nothing_that_runs(request, way):
    body = body_of(request.getfixturevalue(way), "active")
    assert "pwned" in body
    tags = re.findall(r"<[^>]*>", body)
    assert not [tag for tag in tags if re.search(r"pwned|^<script|^<svg|\bon\w+=", tag)]


@pytest.mark.parametrize("way", ["by_nbgrader", "by_course"])
def test_feedback_holds_no_path_of_this_machine_and_no_other_student(request, way):
    root = request.getfixturevalue(way)
    for student in classwork():
        text = text_of(root, student)
        private = [root, root.resolve(), sys.prefix, sys.base_prefix, Path.home(), CONFIG.parent]
        assert not [str(path) for path in private if f"{path}/" in text]
        assert "course-grading-" not in text
        names = {name for name in classwork() if len(name) > 5} - {student, "broken", "deleted"}
        assert not [name for name in names if re.search(rf"\b{name}\b", text)]


def test_feedback_pages_of_both_ways_are_the_same(by_nbgrader, by_course):
    for student in classwork().keys() - {"active"}:  # who shows the way to the process it ran in
        assert text_of(by_nbgrader, student) == text_of(by_course, student)


def test_a_grader_without_our_steps_fails_closed(tmp_path):
    root = make_course(tmp_path, {"right": handed_in()})
    (root / "nbgrader_config.py").write_text(
        "c = get_config()\n"
        "c.CourseDirectory.source_directory = 'solutions'\n"
        "c.CourseDirectory.release_directory = 'assignments'\n"
        f"import os; os.environ['PATH'] = {str(Path(sys.executable).parent)!r} + ':' + "
        "os.environ['PATH']\n"
    )
    nbgrader(root, "generate_assignment", UNIT)
    released = (root / "assignments" / UNIT / f"{UNIT}.ipynb").read_text()
    for secret in ("np.maximum", "w @ x", "HIDDEN", "require_trusted_grader", "relu(-2)"):
        assert secret not in released
    nbgrader(root, "autograde", UNIT)
    found = autoscores(scores(root)["right"])
    assert found == dict.fromkeys(FULL, 0.0) | {"own-test": 4.0}


FORMGRADER = """
from nbgrader.apps import NbGrader
from nbgrader.apps.api import NbGraderAPI
app = NbGrader()
app.initialize([])
api = NbGraderAPI(app.coursedir, app.authenticator, parent=app)
for student in ("half", "broken"):
    done = api.autograde("{unit}", student)
    assert done["success"], done
"""


def test_the_formgraders_button_saves_the_same(by_nbgrader):
    before = scores(by_nbgrader)
    subprocess.run(
        [sys.executable, "-W", "ignore", "-c", FORMGRADER.format(unit=UNIT)],
        cwd=by_nbgrader,
        env=os.environ | {"COURSE_SECRET": "the class's secret"},
        check=True,
        timeout=patience(60),
    )
    assert scores(by_nbgrader) == before
