"""The questions can fail and are fair: proven on the bank of wrong and of unusual right answers."""

import pytest

from course.exercises.units import UNITS, all_exercises, exercise, exercises_of
from tests.exercises.kill_matrix import PAGE, SEEDS, page, public_answers, put, row, secret_answers
from tests.exercises.right import right_answers

EXERCISES = list(all_exercises().values())
MISTAKES = [(one, name) for one in EXERCISES for name in one.mistakes]
RIGHTS = [answer for unit in UNITS for answer in right_answers(unit)]


def together(name: str, *values: object, says: str) -> object:
    """Return a test case that shares a process, and so the answers, with its exercise's others."""
    return pytest.param(*values, id=says, marks=pytest.mark.xdist_group(name))


@pytest.mark.parametrize(
    ("one", "mistake"),
    [together(one.name, one, name, says=f"{one.name}-{name}") for one, name in MISTAKES],
)
def test_a_known_mistake_fails_under_every_seed_and_is_named(one, mistake):
    entry = row(one, mistake)
    assert entry.killed == len(SEEDS)
    assert set(entry.named) <= {mistake, *entry.same_as}


@pytest.mark.parametrize(
    "answer", [together(a.exercise, a, says=f"{a.exercise}: {a.says}") for a in RIGHTS]
)
def test_an_unusual_right_answer_passes_under_every_seed(answer):
    one = exercise(answer.exercise)
    keys = [public_answers(one), *(secret_answers(one, seed) for seed in SEEDS)]
    for keyed in keys:
        assert not [f.question.title for f in put(one, answer.function, keyed).failed]


@pytest.mark.parametrize("one", [together(one.name, one, says=one.name) for one in EXERCISES])
def test_the_reference_passes_its_own_questions(one):
    assert put(one, one.reference, public_answers(one)).passed
    assert all(put(one, one.reference, secret_answers(one, seed)).passed for seed in SEEDS)


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
    assert PAGE.read_text(encoding="utf-8") == page()
