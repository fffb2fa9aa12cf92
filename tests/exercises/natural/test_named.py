"""Wrong answers as people write them: none passes, none gets a false name, nine in ten get one."""

import random

import numpy as np
import pytest

from course.exercises.engine import judge
from course.exercises.engine.messages import explain
from course.exercises.units import exercise as exercise_named
from tests.exercises.kill_matrix import public_answers, put
from tests.exercises.natural import entries
from tests.exercises.natural.report import said
from tests.exercises.written import written

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


@pytest.mark.slow
@pytest.mark.parametrize("unit", entries())
def test_suspects_that_need_not_be_asked_further_would_change_no_word(unit, monkeypatch):
    def ask_all(keys, answers):
        return [one for key in keys if (one := judge._against(key, answers))]

    for entry in entries()[unit]:
        exercise, function = exercise_named(entry.exercise), written(entry.exercise, entry.source)
        words = []
        for asked in (judge._for_all, ask_all):
            np.random.seed(1)
            random.seed(1)
            with monkeypatch.context() as patched:
                patched.setattr(judge, "_for_all", asked)
                words.append(explain(put(exercise, function, public_answers(exercise))))
        assert words[0] == words[1], entry.name
