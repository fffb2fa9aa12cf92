"""The questions can fail and are fair: tested on known mistakes and unusual right answers."""

import re

import pytest

from course.exercises.right import right_answers
from course.exercises.units import UNITS, all_exercises, exercise, exercises_of
from tests.exercises.evasions import EVASIONS
from tests.exercises.kill_matrix import (
    EVIDENCE,
    FEW,
    NOTES,
    SEEDS,
    measured,
    page,
    public_answers,
    put,
    refused,
    rights_of,
    row,
    rows_of,
    rows_of_mistakes,
    secret_answers,
)

EXERCISES = list(all_exercises().values())
MISTAKES = [(one, name) for one in EXERCISES for name in one.mistakes]
ROW = re.compile(r"\| `(\w+)`(?: \(equals (.*)\))? \| [\w, ]+ \| (\S+) \| (.*) \|")
RIGHTS = [answer for unit in UNITS for answer in right_answers(unit)]


def together(name: str, *values: object, says: str) -> object:
    """Return a test case that shares a process, and so the answers, with its exercise's others."""
    return pytest.param(*values, id=says, marks=pytest.mark.xdist_group(name))


@pytest.mark.parametrize(
    ("one", "mistake"),
    [together(one.name, one, name, says=f"{one.name}-{name}") for one, name in MISTAKES],
)
def test_a_known_mistake_fails_and_is_named(one, mistake):
    entry = row(one, mistake, FEW)
    assert entry.sound, entry


@pytest.mark.parametrize(
    "answer", [together(a.exercise, a, says=f"{a.exercise}: {a.says}") for a in RIGHTS]
)
def test_an_unusual_right_answer_passes(answer):
    assert refused(exercise(answer.exercise), answer.function, FEW) == []


@pytest.mark.parametrize("one", [together(one.name, one, says=one.name) for one in EXERCISES])
def test_the_reference_passes_its_own_questions(one):
    assert refused(one, one.reference, FEW) == []


@pytest.mark.slow
@pytest.mark.parametrize("one", [together(one.name, one, says=one.name) for one in EXERCISES])
def test_right_answers_pass_under_every_seed(one):
    for function in [one.reference, *(right.function for right in rights_of(one))]:
        assert refused(one, function) == []


@pytest.mark.parametrize("one", EXERCISES, ids=lambda one: one.name)
def test_every_mistake_on_the_page_is_killed_under_every_seed_and_named(one):
    for line in rows_of_mistakes(EVIDENCE.text())[one.name]:
        mistake, equals, killed, named = ROW.fullmatch(line).groups()
        assert killed == f"{len(SEEDS)}/{len(SEEDS)}"
        assert set(named.split(", ")) <= {mistake, *(equals or "").split(", ")}


@pytest.mark.parametrize("name", sorted({one.exercise for one in EVASIONS}))
def test_every_evasion_on_the_page_is_stopped_under_every_seed(name):
    [note] = [line for line in rows_of(EVIDENCE.text())[name] if line.startswith(NOTES[2])]
    evading = [one.says for one in EVASIONS if one.exercise == name]
    assert all(f"{says} ({len(SEEDS)}/{len(SEEDS)}, " in note for says in evading), note


@pytest.mark.slow
@pytest.mark.parametrize(
    "one",
    [together(e.exercise, e, says=f"{e.exercise}: {e.says}") for e in EVASIONS],
)
def test_an_evasion_is_stopped(one):
    known = exercise(one.exercise)
    assert not put(known, one.function, secret_answers(known, SEEDS[-1])).passed


@pytest.mark.parametrize("unit", UNITS)
def test_every_exercise_has_mistakes_hints_and_both_kinds_of_questions(unit):
    for one in exercises_of(unit):
        assert one.mistakes, one.name
        assert len(one.hints) == 3, one.name
        assert 1 <= one.difficulty <= 5, one.name
        assert len(public_answers(one)) >= 1, one.name
        assert sum(len(k.question.parts) or 1 for k in secret_answers(one, 0)) >= 2, one.name


def test_the_bank_is_as_large_as_promised():
    assert len(MISTAKES) >= 120
    assert len(RIGHTS) >= 60


@pytest.mark.slow
def test_the_published_kill_matrix_is_up_to_date():
    assert EVIDENCE.text() == page({one.name: measured(one) for one in EXERCISES})
