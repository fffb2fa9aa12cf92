"""The autograder zip works in a folder laid out like Gradescope's container."""

import json
import os
import stat
import subprocess
import sys
import zipfile

import pytest
import yaml

from course.grading.course_folder import course_directory
from course.grading.judging.seeds import class_secret
from course.grading.platforms import summary
from course.grading.platforms.archive import DOWNLOAD_ENTRIES
from course.grading.platforms.autograde import autograde
from course.grading.platforms.autograder import write_autograder
from tests.grading.notebooks import RIGHT, UNIT, content, handed_in, make_course

WRONG = RIGHT | {"glm": "def glm(w, X, h):\n    raise RuntimeError(str(X))"}
# Gradescope's image builds a virtual environment; the tests have one.
PYTHON = """#!/bin/sh
case "$*" in
  "-m venv "*) mkdir -p "$3/bin"; cp "$0" "$3/bin/python";;
  "-m pip "*) echo "$@" > "$AUTOGRADER/pip";;
  *) exec {python} "$@";;
esac
"""


@pytest.fixture(scope="module")
def packed(tmp_path_factory):
    """A course and its autograder.zip."""
    root = make_course(tmp_path_factory.mktemp("packed") / "course", {})
    (root / "constraints.txt").write_text("numpy>=2\n")
    path = root.parent / "autograder.zip"
    write_autograder(course_directory(root), UNIT, path)
    return root, path


@pytest.fixture
def container(packed, tmp_path):
    root, path = packed
    folder = tmp_path / "autograder"
    for name in ("source", "submission", "results"):
        (folder / name).mkdir(parents=True)
    with zipfile.ZipFile(path) as archive:
        for info in archive.infolist():
            target = folder / "source" / info.filename
            target.write_bytes(archive.read(info))
            target.chmod(info.external_attr >> 16)
    secret = class_secret(root)
    assert not any(secret in one.read_bytes() for one in (folder / "source").iterdir())
    python = tmp_path / "python"
    python.write_text(PYTHON.format(python=sys.executable))
    python.chmod(0o755)
    metadata = {"users": [{"email": "ann@example.org", "id": 1, "name": "Ann"}]}
    (folder / "submission_metadata.json").write_text(json.dumps(metadata))
    return folder


def ran(folder, script, **more) -> subprocess.CompletedProcess:
    settings = os.environ | {"AUTOGRADER": str(folder)} | more
    run = [str(folder / "source" / script)]
    return subprocess.run(run, cwd=folder, env=settings, capture_output=True, text=True)


def test_the_scripts_install_the_course_and_grade_a_submission(container):
    installed = ran(container, "setup.sh", PYTHON=str(container.parent / "python"))
    assert installed.returncode == 0, installed.stderr
    asked = (container / "pip").read_text()
    assert "py3-none-any.whl[grading]" in asked and "-c " in asked
    assert (container / "source/unit.json").stat().st_mode & 0o077 == 0
    nested = container / "submission" / "my work"
    nested.mkdir()
    (nested / "01_neuron (1).ipynb").write_bytes(content(handed_in(WRONG)))
    done = ran(container, "run_autograder")
    assert done.returncode == 0, done.stdout + done.stderr
    text = (container / "results/results.json").read_text()
    results = json.loads(text)
    tests = {one["name"]: one for one in results["tests"]}
    assert set(tests) == {"neuron", "relu", "glm", "own-test"}
    assert [tests[one]["score"] for one in ("neuron", "relu", "glm")] == [2, 1, 0]
    assert tests["own-test"]["score"] == tests["own-test"]["max_score"] == 4
    assert results["visibility"] == "visible" and "01_neuron (1).ipynb" in results["output"]
    assert results["extra_data"]["sandbox"]
    assert "Traceback" not in text and "require_trusted_grader" not in text
    # Another attempt by the same student is asked the same questions; no notebook gets a reason.
    (nested / "01_neuron (1).ipynb").rename(nested / "notes.txt")
    assert ran(container, "run_autograder").returncode == 0
    results = json.loads((container / "results/results.json").read_text())
    assert sum(one["score"] for one in results["tests"]) == 0
    assert "No notebook of 01_neuron was submitted" in results["output"]


def test_a_submission_of_too_many_files_is_a_0_with_its_reason(container, tmp_path):
    unit = json.loads((container / "source" / "unit.json").read_bytes())
    many = tmp_path / "many" / "submission"
    many.mkdir(parents=True)
    (many.parent / "source").mkdir()
    (many.parent / "source" / "unit.json").write_text(json.dumps(unit))
    for number in range(DOWNLOAD_ENTRIES):
        (many / f"{number}.py").touch()
    autograde(many.parent)
    results = json.loads((many.parent / "results" / "results.json").read_bytes())
    assert sum(one["score"] for one in results["tests"]) == 0
    assert f"has {DOWNLOAD_ENTRIES} files or more" in results["output"]


def test_if_the_grader_itself_fails_there_is_no_result_and_no_trace(container):
    ran(container, "setup.sh", PYTHON=str(container.parent / "python"))
    (container / "source/unit.json").write_text("{}")
    done = ran(container, "run_autograder")
    assert done.returncode == 1 and "Traceback" not in done.stdout + done.stderr
    assert "could not be graded" in done.stdout
    assert not (container / "results/results.json").exists()


def test_the_wheel_can_be_installed_and_holds_the_course(container, tmp_path):
    [wheel] = (container / "source").glob("*.whl")
    target = tmp_path / "installed"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(target), str(wheel)], check=True)
    code = "import course.grading.platforms.autograde as a; print(a.__file__)"
    shown = subprocess.run(
        [sys.executable, "-P", "-c", code],
        env=os.environ | {"PYTHONPATH": str(target)},
        capture_output=True,
        text=True,
        cwd=tmp_path,
    )
    assert shown.stdout.startswith(str(target)), shown.stderr
    scripts = target / "course/grading/platforms/files"
    assert (scripts / "run_autograder").is_file() and (scripts / "classroom.yml").is_file()


def test_the_zip_has_its_scripts_at_the_top_and_executable(container):
    for name in ("setup.sh", "run_autograder"):
        assert (container / "source" / name).stat().st_mode & stat.S_IXUSR


def test_a_visibility_gradescope_does_not_know_is_refused(tmp_path):
    root = make_course(tmp_path / "course", {})
    with pytest.raises(ValueError, match="--visibility"):
        write_autograder(course_directory(root), UNIT, tmp_path / "a.zip", "sometimes")


def test_the_job_summary_is_inert(tmp_path, monkeypatch):
    (tmp_path / "a.ipynb").write_bytes(b"{}")
    said = [
        {"exercise": "neuron", "passed": True, "message": "right"},
        {"exercise": "relu", "passed": False, "message": "<img src=x>\n::error::[x](y) `z`"},
    ]
    monkeypatch.setattr(summary, "check_path", lambda path: said)
    page, right = summary.summary(tmp_path)
    assert not right and "1 of 2 exercises" in page and "✅ `neuron`" in page
    assert "<img" not in page and "::error" not in page and "[x]" not in page
    assert summary.summary(tmp_path / "none") == ("There is no notebook here to check.\n", False)


def test_the_workflow_asks_for_no_more_than_it_needs():
    from importlib.resources import files

    text = (files("course.grading.platforms") / "files" / "classroom.yml").read_text("utf-8")
    workflow = yaml.safe_load(text)
    assert workflow["permissions"] == {"contents": "read"}
    assert any(
        "GITHUB_STEP_SUMMARY" in one.get("run", "") for one in workflow["jobs"]["check"]["steps"]
    )
