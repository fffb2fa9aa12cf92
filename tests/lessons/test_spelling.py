"""Lessons, pages and docstrings are spelled correctly."""

import subprocess
import sys
from pathlib import Path

import course

ROOT = Path(course.__file__).parents[1]


def misspelled(*paths: str, folder: Path = ROOT) -> str:
    command = [sys.executable, "-m", "codespell_lib", *paths]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True).stdout


def test_lessons_pages_and_docstrings_hold_no_common_misspelling():
    assert misspelled("course", "docs", "README.md", "CONTRIBUTING.md", "CHANGELOG.md") == ""


def test_a_common_misspelling_is_found(tmp_path):
    (tmp_path / "lesson.md").write_text("The value of a fucntion.\n")
    assert "fucntion ==> function" in misspelled("lesson.md", folder=tmp_path)
