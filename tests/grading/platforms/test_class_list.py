"""A class list, one's own or a platform's, gets into the gradebook whole or not at all."""

import pytest
from nbgrader.api import Gradebook
from typer.testing import CliRunner

from course.cli.app import app
from course.grading.course_folder import course_directory
from course.grading.platforms.class_list import read_list, save_list
from tests.grading.notebooks import make_course

OWN = "id,first_name,last_name,email\nann,Ann,Doe,ann@x.org\njörg,Jörg,Müller,\n"
ANN = {"first_name": "Ann", "last_name": "Doe", "email": "ann@x.org"}
JOERG = {"first_name": "Jörg", "last_name": "Müller"}
BOTH = {"ann": ANN, "jörg": JOERG}
LISTS = {
    "own": (OWN, "utf-8", BOTH),
    "excel": (OWN.replace(",", ";"), "utf-8-sig", BOTH),
    "tabs": (OWN.replace(",", "\t"), "utf-16", BOTH),
    "ids alone": ("id\nann\n", "utf-8", {"ann": {}}),
    "canvas": (
        "Student,ID,SIS User ID,SIS Login ID,Section\n    Points Possible,,,,\n"
        '"Müller, Jörg",3145,U3,jörg,A\n"Student, Test",3199,,,A\n',
        "utf-8",
        {"jörg": JOERG | {"lms_user_id": "3145"}},
    ),
    "moodle": (
        "Identifier,Full name,Email address,Grade\nParticipant 71,Jörg Müller,j@x.org,\n",
        "utf-8",
        {"j@x.org": JOERG | {"email": "j@x.org"}},
    ),
    "brightspace": (
        "OrgDefinedId,Username,Last Name,First Name,Email\n#901,#ann,Doe,Ann,ann@x.org\n",
        "utf-8",
        {"ann": ANN},
    ),
}


@pytest.fixture
def root(tmp_path):
    return make_course(tmp_path / "class", {})


def listed(root, text, encoding="utf-8"):
    path = root.parent / "class.csv"
    path.write_text(text, encoding=encoding)
    return read_list(course_directory(root), path)


def put(root, text):
    save_list(course_directory(root), listed(root, text))


def students(root) -> dict[str, str]:
    with Gradebook(f"sqlite:///{root / 'gradebook.db'}") as gradebook:
        return {
            one.id: f"{one.first_name} {one.last_name} {one.email} {one.lms_user_id}"
            for one in gradebook.students
        }


@pytest.mark.parametrize("kind", LISTS)
def test_a_list_of_any_form_is_read(root, kind):
    text, encoding, expected = LISTS[kind]
    found = listed(root, text, encoding)
    assert {entry.id: entry.details for entry in found.entries} == expected


def test_known_students_are_changed_and_nobody_is_removed(root):
    put(root, OWN)
    assert (root / "gradebook.db").stat().st_mode & 0o077 == 0
    put(root, "id,last_name\nann,Roe\nbo,Poe\n")
    assert students(root) == {
        "ann": "Ann Roe ann@x.org None",
        "bo": "None Poe None None",
        "jörg": "Jörg Müller None None",
    }
    # A list without ids finds a student by another key.
    put(root, "Identifier,Full name,Email address\nParticipant 9,Ann Doe,ANN@x.org\n")
    assert students(root)["ann"] == "Ann Doe ANN@x.org None"


@pytest.mark.parametrize(
    "text",
    [OWN + "ann,Ann,Roe,\n", OWN + "bo,Bo,Poe,ann@x.org\n", OWN + "../bo,,,\n", "name\nAnn\n", ""],
)
def test_a_list_that_cannot_be_trusted_changes_nothing(root, text):
    path = root.parent / "class.csv"
    path.write_text(text)
    done = CliRunner().invoke(app, ["roster", str(path), "--root", str(root)])
    assert isinstance(done.exception, ValueError) and "class.csv" in str(done.exception)
    assert not (root / "gradebook.db").exists()


def test_a_dry_run_shows_what_would_change_and_changes_nothing(root):
    path = root.parent / "class.csv"
    path.write_text(OWN)
    options = ["roster", str(path), "--root", str(root)]
    shown = CliRunner().invoke(app, [*options, "--dry-run"])
    assert shown.exit_code == 0 and "2 new, 0 changed" in shown.stdout
    assert not (root / "gradebook.db").exists()
    put(root, "id,first_name\nann,Anna\ncleo,Cleo\n")
    path.write_text(OWN)
    shown = CliRunner().invoke(app, [*options, "--dry-run"])
    assert "'Anna'" in shown.stdout and "1 new, 1 changed" in shown.stdout
    assert "nobody is removed): cleo" in shown.stdout
    assert students(root)["ann"] == "Anna None None None"
