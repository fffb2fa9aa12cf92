"""An idea is a changed line: suspects are writings with patches, and two at once are found."""

import numpy as np
import pytest

from course.check import examine
from course.exercises.engine import Exercise, Question
from course.exercises.engine.exercise import request
from course.exercises.engine.judge import judge
from course.exercises.engine.messages import explain, named
from course.exercises.engine.observe import observe
from course.exercises.units import exercise as known
from tests.exercises.kill_matrix import put


def mean_square(x):
    """Return half the mean of the squares of x."""
    return np.mean(np.square(x)) / 2


HALF = {"total = total / 2": "pass"}
SUM = {"total = total / len(x)": "pass"}


def exercise():
    one = Exercise(mean_square, points=1, minutes=1, difficulty=1, hints=("", "", ""))

    @one.public
    def public():
        yield Question("two numbers", dict(x=np.array([1.0, 2.0])))
        yield Question("three numbers", dict(x=np.array([1.0, 2.0, -3.0])))
        yield Question("whole numbers", dict(x=np.array([1, 2, 5])))

    @one.writing
    def loop(x):
        total = 0.0
        for number in x:
            total += number**2
        total = total / 2
        total = total / len(x)
        return total

    @one.writing
    def formula(x):
        return np.sum(np.square(x)) / 2 / len(x)

    one.idea("half_lost", "The ½ is lost.", "What is in front?", HALF, {" / 2": ""})
    one.idea("summed", "This is the sum.", "Mean or sum?", SUM, {" / len(x)": ""})
    one.idea("cubed", "The numbers are cubed.", "Which power?", {"number**2": "number**3"})
    return one


def verdict_on(function, one=None):
    one = one or exercise()
    keyed = one.answer_key(one.public_questions())
    return judge(one.info, keyed, [observe(function, request(k.question, ())) for k in keyed])


def ideas(function):
    found = verdict_on(function).diagnosis
    return [mistake.name for mistake in found.ideas] if found else []


def test_an_idea_is_recognised_however_it_is_written():
    assert ideas(lambda x: float(np.dot(x, x)) / len(x)) == ["half_lost"]
    assert ideas(lambda x: sum(v * v for v in x) / 2) == ["summed"]


def test_two_ideas_at_once_are_recognised_without_being_written_down():
    verdict = verdict_on(lambda x: sum(v * v for v in x))
    assert [mistake.name for mistake in verdict.diagnosis.ideas] == ["half_lost", "summed"]
    assert named(verdict) == ["Two things are wrong: The ½ is lost.", "This is the sum."]


def test_an_answer_that_no_idea_explains_gets_no_name():
    assert ideas(lambda x: 7.0) == []
    assert ideas(lambda x: float(np.dot(x, x)) / len(x) if x[-1] > 0 else 1.0) == []


def test_an_error_of_writing_does_not_hide_the_idea():
    def in_place(x):
        x = x.copy()
        x /= 1  # an array of whole numbers can't take it
        return np.dot(x, x) / len(x)

    verdict = verdict_on(in_place)
    assert [mistake.name for mistake in verdict.diagnosis.ideas] == ["half_lost"]
    said = explain(verdict)
    assert "The ½ is lost." in said
    assert 'Also wrong: "whole numbers". Your function raised UFuncTypeError.' in said


def test_what_explains_less_than_half_is_said_to_be_a_part():
    one = Exercise(mean_square, points=1, minutes=1, difficulty=1, hints=("", "", ""))

    @one.public
    def public():
        for n in range(2, 7):
            yield Question(f"{n} numbers", dict(x=np.arange(1.0, n)))

    @one.mistake("Two numbers are taken for one.", "Count.")
    def wrong_for_one(x):
        return 9.25 if len(x) == 1 else mean_square(x)

    verdict = verdict_on(lambda x: 9.25 if len(x) == 1 else -1.0, one)
    [said] = named(verdict)
    assert said == "One thing that is wrong: Two numbers are taken for one."
    assert "… and 2 more." in explain(verdict)


def test_mistakes_that_answer_alike_are_both_said():
    one = exercise()

    @one.mistake("It is doubled.", "Why?")
    def doubled(x):
        return 2 * mean_square(x)

    verdict = verdict_on(lambda x: np.mean(np.square(x)), one)
    assert {m.name for m in (*verdict.diagnosis.ideas, *verdict.diagnosis.either)} == {
        "half_lost",
        "doubled",
    }
    assert any(sentence.startswith("Or: ") for sentence in named(verdict))


@pytest.mark.parametrize(
    ("patch", "says"),
    [({"total ** 7": ""}, "no writing has the lines"), ({"total": ""}, "is there 7 times")],
)
def test_a_patch_has_to_fit(patch, says):
    one = exercise()
    one.idea("wrong", "…", "…", patch)
    with pytest.raises(ValueError, match=says):
        _ = one.suspects


SOME_PAIRS = 7


@pytest.mark.parametrize(
    "name", ["sigmoid", "dense", "count_parameters", "layer_backward", "cross_entropy", "sgd_step"]
)
def test_a_notebook_names_two_mistakes_as_the_bank_does(name):
    one = known(name)
    keyed = one.answer_key(one.public_questions())
    pairs = list(one.pairs.values())
    for pair in pairs[:: len(pairs) // SOME_PAIRS + 1]:
        frozen, live = examine(name, pair.function), put(one, pair.function, keyed)
        assert _told(frozen) == _told(live), pair.key


def _told(verdict):
    found = verdict.diagnosis
    if found is None:
        return [result.question.title for result in verdict.failed]
    return (
        {mistake.name for mistake in found.ideas},
        {mistake.name for mistake in found.either},
        [result.question.title for result in found.telling],
        found.whole,
        found.complete,
    )
