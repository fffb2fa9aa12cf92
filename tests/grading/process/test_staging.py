"""Copies of the answers are closed wherever a session could read them."""

import pytest

from course.grading.process import staging

DIGITS = "sklearn/datasets/data/digits.csv.gz"


@pytest.mark.parametrize(
    "folder",
    [
        "lib/python3.12/site-packages",
        "lib/python3/dist-packages",
        "lib/python3.9/dist-packages",
        "lib/some-tool/lib/python3.11/site-packages",
    ],
)
def test_copies_in_any_readable_folder_of_packages_are_found(tmp_path, monkeypatch, folder):
    packages = tmp_path / folder
    (packages / DIGITS).parent.mkdir(parents=True)
    (packages / DIGITS).touch()
    (packages / "course" / "nn").mkdir(parents=True)
    (packages / "harmless").mkdir()
    monkeypatch.setattr(staging, "interpreter", lambda: {tmp_path / "lib"})
    assert staging.answers_elsewhere() == [packages / "course", packages / DIGITS]


def test_a_folder_of_packages_that_is_granted_itself_is_searched(tmp_path, monkeypatch):
    packages = tmp_path / "site-packages"
    (packages / "course").mkdir(parents=True)
    monkeypatch.setattr(staging, "interpreter", lambda: {packages})
    assert staging.answers_elsewhere() == [packages / "course"]


def test_the_course_itself_is_hidden_as_such():
    assert staging.SOURCE not in staging.answers_elsewhere()


def test_compiled_modules_are_staged_with_their_sources_alone(tmp_path, monkeypatch):
    source = tmp_path / "course"
    cache = source / "figures" / "__pycache__"
    cache.mkdir(parents=True)
    (source / "figures" / "curves.py").touch()
    for name in ("curves.cpython-311.pyc", "answers.cpython-311.pyc"):
        (cache / name).touch()
    monkeypatch.setattr(staging, "SOURCE", source)
    staged = staging.stage("01_neuron", tmp_path / "staged")
    found = {path.name for path in (staged / "figures").rglob("*") if path.is_file()}
    assert found == {"curves.py", "curves.cpython-311.pyc"}
