"""The README's opening example and its table of units are true of the software."""

import re

import pytest

from course.exercises.units import UNITS, exercises_of
from tests.docs.readme import README, example, printed


@pytest.fixture(scope="module")
def readme() -> str:
    return README.read_text(encoding="utf-8")


def test_the_opening_example_shows_what_check_prints(readme):
    text = printed(example(readme))
    assert text.startswith("✗ softmax:")
    assert f"```text\n{text}```" in readme, "renew it with `python -m tests.docs.readme`"


def test_the_table_of_units_counts_their_exercises(readme):
    counted = re.findall(r"^\| (\d\d_\w+) \|.+\| (\d+) \|$", readme, re.MULTILINE)
    assert counted == [(unit, str(len(exercises_of(unit)))) for unit in UNITS]
