"""Wrong answers as people write them: none passes, none gets a false name, nine in ten get one."""

import pytest

from tests.exercises.natural import entries
from tests.exercises.natural.report import said

NAMED = 0.9


@pytest.mark.parametrize(
    "some", [pytest.param(slice(None), marks=pytest.mark.slow, id="all"), slice(1, None, 3)]
)
@pytest.mark.parametrize("unit", entries())
def test_wrong_answers_as_people_write_them_are_named_truly(unit, some):
    exercises = sorted({entry.exercise for entry in entries()[unit]})[some]
    found = list(said(entry for entry in entries()[unit] if entry.exercise in exercises))
    assert not [str(one) for one in found if one.outcome == "false"]
    assert not [str(one) for one in found if one.kind == "secret" and one.outcome == "passed"]
    for kind in ("public", "secret"):
        due = [one for one in found if one.kind == kind and one.entry.ideas]
        named = [one for one in due if one.outcome == "true"]
        assert len(named) >= NAMED * len(due), [str(one) for one in due if one not in named]
