"""A gradebook on a PostgreSQL server: the same scores, several graders at once, words that help."""

import shutil
import subprocess
import sys

import pytest
from nbgrader.api import Gradebook
from sqlalchemy import make_url

from benchmarks.grading_class import submissions
from course.build import notebooks
from course.grading import RefusedError
from course.grading.classroom import grade_class
from course.grading.course_folder import course_directory
from course.grading.doctor import examine
from course.grading.gradebook.export import table
from course.grading.judging.seeds import class_secret
from course.grading.preflight import require_gradebook
from tests.grading.notebooks import RIGHT, UNIT, handed_in, make_course
from tests.speed import patience

pytest.importorskip("psycopg", reason="psycopg is not installed (extra cluster)")
from tests.grading.gradebook.postgresql import PASSWORD, WITH_PASSWORD, binaries, server

pytestmark = [
    pytest.mark.skipif(binaries() is None, reason="no PostgreSQL server is installed"),
    pytest.mark.xdist_group("postgresql"),
]
WRONG = handed_in(RIGHT | {"neuron": "def neuron(w, x, h):\n    return h(w * x)"})
CLASSWORK = {"ann": handed_in(), "bob": WRONG, "cy": b"{", "dee": handed_in({})}
SCORES = {"ann": 9.0, "bob": 7.0, "cy": 0.0, "dee": 0.0}
TWO_UNITS = ("02_layers", "03_forward")
GRADE = """
import sys, warnings
warnings.simplefilter("ignore")
from pathlib import Path
from course.grading.classroom import grade_class
done = grade_class(Path(sys.argv[1]), sys.argv[2])
sys.exit(bool(done.failed) or not done.graded)
"""


@pytest.fixture(scope="module")
def running():
    with server() as one:
        yield one


@pytest.fixture
def database(running, monkeypatch):
    address = running.new_database()
    monkeypatch.setenv("COURSE_GRADEBOOK", address)
    return address


def scores(root, unit: str = UNIT) -> dict[str, float]:
    directory = course_directory(root)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        return {one.student_id: one.score for one in gradebook.assignment_submissions(unit)}


def test_a_unit_has_the_same_scores_as_on_sqlite(tmp_path, database, monkeypatch):
    root = make_course(tmp_path, CLASSWORK)
    assert len(grade_class(root, UNIT).graded) == 4
    assert not (root / "gradebook.db").exists()
    there = table(root, [UNIT])
    assert scores(root) == SCORES
    monkeypatch.delenv("COURSE_GRADEBOOK")
    shutil.rmtree(root / "autograded")
    assert len(grade_class(root, UNIT).graded) == 4
    assert (root / "gradebook.db").exists()
    assert scores(root) == SCORES and table(root, [UNIT]) == there


@pytest.mark.slow
def test_a_second_run_and_a_score_by_hand_are_as_on_sqlite(tmp_path, database):
    root = make_course(tmp_path, CLASSWORK)
    grade_class(root, UNIT)
    with Gradebook(database, "feedforward") as gradebook:
        gradebook.find_grade("test-neuron", UNIT, UNIT, "bob").manual_score = 1.5
        gradebook.update_or_create_assignment(UNIT, duedate="2026-01-01 12:00:00 UTC")
        gradebook.db.commit()
    assert len(grade_class(root, UNIT).unchanged) == 4
    (root / "submitted/ann" / UNIT / "timestamp.txt").write_text("2026-01-01 13:00:00 UTC")
    config = root / "nbgrader_config.py"
    config.write_text(config.read_text() + '\nc.LateSubmissionPlugin.penalty_method = "zero"\n')
    assert grade_class(root, UNIT, students=["ann", "bob"]).graded == ["ann", "bob"]
    assert scores(root) == SCORES | {"bob": 8.5}
    assert ",2026-01-01 13:00:00,ann,,,,9,9,0," in table(root, [UNIT])


@pytest.fixture(scope="module")
def class_of_two_units(tmp_path_factory):
    """Two units of the course, what five students handed in for each, and their scores."""
    root = make_course(tmp_path_factory.mktemp("class"), {})
    for unit in TWO_UNITS:
        for notebook in notebooks(unit, root):
            notebook.write()
        for number, work in enumerate(submissions(unit, 5, root)):
            folder = root / "submitted" / f"student-{number}" / unit
            folder.mkdir(parents=True)
            (folder / f"{unit}.ipynb").write_bytes(work)
    class_secret(root)
    graded = shutil.copytree(root, tmp_path_factory.mktemp("graded") / "course")
    for unit in TWO_UNITS:
        grade_class(graded, unit)
    return root, table(graded)


@pytest.mark.slow
@pytest.mark.parametrize("where", ["PostgreSQL", "SQLite"])
def test_two_graders_at_once_on_different_units_lose_nothing(
    class_of_two_units, tmp_path, request, where
):
    if where == "PostgreSQL":
        request.getfixturevalue("database")
    made, expected = class_of_two_units
    root = shutil.copytree(made, tmp_path / "course")
    both = [
        subprocess.Popen([sys.executable, "-c", GRADE, root, unit], stderr=subprocess.PIPE)
        for unit in TWO_UNITS
    ]
    for one in both:
        _, errors = one.communicate(timeout=patience(300))
        assert one.returncode == 0, errors.decode()
    assert (root / "gradebook.db").exists() == (where == "SQLite")
    assert table(root) == expected


def test_what_is_wrong_with_an_address_is_said_without_the_password(running, database):
    def refusal(address: str) -> str:
        with pytest.raises(RefusedError) as refused:
            require_gradebook(address)
        assert PASSWORD not in str(refused.value) and "wrong-word" not in str(refused.value)
        assert "Nothing was graded." in str(refused.value)
        return str(refused.value)

    url = make_url(database)
    right, wrong = (
        url.set(username=WITH_PASSWORD, password=word).render_as_string(hide_password=False)
        for word in (PASSWORD, "wrong-word")
    )
    assert "Look at the user and the password" in refusal(wrong)
    assert "Look at the user and the password" in refusal(f"{wrong}?password=wrong-word")
    assert "may not create tables" in refusal(right)
    running.sql(f"grant all on schema public to {WITH_PASSWORD}", url.database)
    require_gradebook(right)
    running.sql(f"alter role {WITH_PASSWORD} set default_transaction_read_only = on")
    assert "readonly" in refusal(right)
    elsewhere = make_url(right).set(port=1).render_as_string(hide_password=False)
    assert "Is the server running" in refusal(elsewhere)
    assert "does not exist" in refusal(running.address("nobodys"))
    assert "Can't load plugin" in refusal("postgresql+unheard://a:wrong-word@h/x")
    assert "Could not parse" in refusal("no address, but the wrong-word")


def test_a_class_is_not_begun_where_the_server_is_not_there(tmp_path, database, monkeypatch):
    root = make_course(tmp_path, CLASSWORK)
    away = make_url(database).set(port=1, password="wrong-word")
    monkeypatch.setenv("COURSE_GRADEBOOK", away.render_as_string(hide_password=False))
    for attempt in (grade_class, lambda root, unit: table(root)):
        with pytest.raises(RefusedError, match="Connection refused") as refused:
            attempt(root, UNIT)
        assert "wrong-word" not in str(refused.value)
    assert not (root / "autograded").exists()


@pytest.mark.slow
def test_the_doctor_counts_the_students_and_keeps_the_password(tmp_path, database, monkeypatch):
    root = make_course(tmp_path, CLASSWORK)
    monkeypatch.setenv("COURSE_GRADEBOOK", database.replace("course@", "course:wrong-word@"))

    def found() -> str:
        return next(one.found for one in examine(root) if one.name == "gradebook")

    assert found().endswith("(made when the first unit is graded)")
    grade_class(root, UNIT, students=["ann", "bob"])
    assert found().endswith(": 2 students") and "wrong-word" not in found()
