"""Hunts: the reference's examples catch every suspect, lazy ones don't, bad ones cost nothing."""

import time

import numpy as np
import pytest

from course.exercises.engine import Exercise, Hunt, Question, forms
from course.exercises.engine.catch import Catch
from course.exercises.engine.exercise import request
from course.exercises.engine.judge import judge
from course.exercises.engine.messages import explain, explain_secret, headline
from course.exercises.engine.observe import observe
from course.exercises.engine.properties.hunts import suspects_caught
from course.exercises.engine.redact import told
from course.exercises.units import UNITS, all_exercises, exercises_of
from tests.exercises.kill_matrix import SEEDS

HUNTS = [one for one in all_exercises().values() if isinstance(one, Hunt)]
BUDGET = 10  # seconds for a hunt whose examples are as bad as can be


def all_caught(hunt: Hunt, examples: object) -> bool:
    return all(all(hunt.catch(examples, others).values()) for others in (False, True))


def verdict_of(hunt: Hunt, function: object):
    keyed = hunt.answer_key(hunt.secret_questions(np.random.default_rng(0)))
    seen = [observe(function, request(one.question, ())) for one in keyed]
    return judge(hunt.info, keyed, seen)


@pytest.mark.parametrize("unit", UNITS)
def test_every_lesson_has_a_hunt(unit):
    assert [one for one in exercises_of(unit) if isinstance(one, Hunt)]


@pytest.mark.parametrize("hunt", HUNTS, ids=lambda hunt: hunt.name)
class TestEveryHunt:
    def test_a_suspect_counts_once_however_often_it_is_written(self, hunt):
        count = len(hunt.suspected)
        assert f": all {count} suspects caught with " in headline(verdict_of(hunt, hunt.reference))
        assert headline(verdict_of(hunt, list)) == f"{hunt.name}: 0 of {count} suspects caught."
        first = hunt.reference()[:1]
        free = {*hunt.catch(first, False).at_large, *hunt.catch(first, True).at_large}
        if free:
            said = headline(verdict_of(hunt, lambda: first))
            assert said == f"{hunt.name}: {count - len(free)} of {count} suspects caught."

    def test_the_reference_catches_every_suspect_and_no_example_of_it_is_in_vain(self, hunt):
        for others in (False, True):
            catch = hunt.catch(hunt.reference(), others)
            assert catch.at_large == []
            assert all(one.catches and not one.fault for one in catch.examples)

    def test_each_example_of_the_reference_is_needed(self, hunt):
        examples = hunt.reference()
        for number in range(len(examples)):
            assert not all_caught(hunt, [*examples[:number], *examples[number + 1 :]])

    def test_no_example_catches_nothing(self, hunt):
        assert not any(hunt.catch([]).values())

    def test_every_habit_lets_those_escape_that_it_is_said_to_hide(self, hunt):
        for habit in hunt.habits:
            examples = hunt.mistakes[habit.name].function()
            listed, others = (hunt.catch(examples, which) for which in (False, True))
            assert not any(one.fault for one in listed.examples), [*listed.in_full()]
            assert habit.name in (listed.habit, others.habit)
            free = {*listed.at_large, *others.at_large}
            assert {hunt.suspected[name] for name in habit.hides} <= free, habit.name

    @pytest.mark.parametrize(
        "answer",
        [
            None,
            3,
            "examples",
            [None, 3, {}, ({}, 1)],
            [{"Z": np.full((2, 2), np.nan)}],
            [np.zeros((10**6, 2))],
            [[[[[[]]]]]] * 10**4,
        ],
        ids=lambda answer: str(type(answer)),
    )
    def test_what_is_no_example_is_said_and_earns_nothing(self, hunt, answer):
        verdict = verdict_of(hunt, lambda: answer)
        assert verdict.score == 0
        assert len(explain(verdict)) > 100
        assert len(explain_secret(verdict, told(verdict, None))) < 10_000

    def test_examples_far_too_large_are_refused_at_once(self, hunt):
        large = [np.zeros((10**6, 2)), [0.5] * 10**6, 10**18, "x" * 10**6, [["a", "b"]] * 10**4]
        start = time.process_time()
        for value in large:
            answer = dict.fromkeys(hunt.forms, value)
            catch = hunt.catch([(answer, 0)] * hunt.most)
            assert not any(catch.values())
            assert all(one.fault for one in catch.examples)
        assert time.process_time() - start < BUDGET


SOFTMAX = all_exercises()["hunt_softmax"]


@pytest.mark.parametrize("seed", SEEDS)
def test_random_matrices_catch_only_some_softmaxes(seed):
    rng = np.random.default_rng(seed)
    catch = SOFTMAX.catch([{"Z": rng.normal(size=(3, 4))} for _ in range(4)])
    assert 5 <= sum(catch.values()) < len(catch)


def test_an_example_is_told_apart_by_what_it_catches():
    catch = SOFTMAX.catch([{"Z": [[0, 1]]}, {"Z": [[0.0, 0.0]]}])
    first, second = catch.examples
    assert "J" in first.catches
    assert "J" not in second.catches


def test_a_wrong_expectation_is_told_with_the_right_answer_in_the_notebook_alone():
    def answer():
        return [({"Z": [[0.0, 0.0]]}, [[0.5, 0.25]])]

    verdict = verdict_of(SOFTMAX, answer)
    assert verdict.score == 0
    assert "the right answer is [[0.5, 0.5]]" in explain(verdict)
    assert "[[0.5, 0.5]]" not in explain_secret(verdict, told(verdict, None))
    assert "the output that you expect is wrong" in explain_secret(verdict, told(verdict, None))


def test_a_right_expectation_may_be_rounded():
    catch = SOFTMAX.catch([({"Z": [[0.0, 1.0]]}, [[0.2689, 0.7311]])])
    assert not catch.examples[0].fault


def test_half_of_the_suspects_earn_half_of_the_points():
    verdict = verdict_of(SOFTMAX, lambda: [{"Z": [[1.0, 2.0], [1.0, 2.0]]}])
    assert verdict.score == 0.5
    assert verdict.mistake.name == "values_too_tame_to_overflow"


def hunted(function, *, right=lambda n: n) -> Hunt:
    """Return a hunt for a function that does something else than returning its argument."""

    def same(n):
        """Return n."""
        return right(n)

    def hunt_same():
        """Return examples."""
        return [{"n": 1}]

    one = Exercise(same, points=1, minutes=1, difficulty=1, hints=("", "", ""))
    one.public(lambda: [Question("zero", {"n": 0})])
    function.__name__ = "suspect"
    one.mistake("It is wrong.", "How?")(function)
    return Hunt(
        hunt_same,
        points=1,
        minutes=1,
        difficulty=1,
        hints=("", "", ""),
        hunted=one,
        wanted={"suspect": "does otherwise"},
        forms={"n": forms.whole(0, 10)},
    )


def forever(n):
    while True:
        n += 1


def test_a_suspect_that_never_ends_is_caught_and_costs_little():
    start = time.process_time()
    catch = hunted(forever).catch([{"n": 1}] * 4)
    assert time.process_time() - start < 2
    assert all(catch.values())


def test_suspects_after_one_that_never_ends_are_asked_as_well():
    hunt = hunted(forever)
    hunt.hunted.mistake("It is wrong, too.", "Why?")(lambda n: n + 1)
    [other] = set(hunt.hunted.mistakes) - {"suspect"}
    hunt.wanted = {"suspect": "does otherwise", other: "adds 1"}
    assert list(hunt.catch([{"n": 1}]).values()) == [True, True]
    hunt.wanted = {other: "adds 1", "suspect": "does otherwise"}
    assert list(hunt.catch([{"n": 1}]).values()) == [True, True]


def test_the_same_examples_are_judged_once(monkeypatch):
    args = {"hunt": SOFTMAX.name, "in other writings": False}
    examples = [{"Z": [[0.0, 1.0, 0.25]]}]
    first = suspects_caught(examples, args)
    monkeypatch.setattr(type(SOFTMAX), "catch", lambda *_: pytest.fail("judged again"))
    assert suspects_caught(examples, args) is first


def test_an_example_on_which_a_right_function_never_ends_does_not_count():
    hunt = hunted(lambda n: n, right=lambda n: forever(n) if n else n)
    [example] = hunt.catch([{"n": 1}]).examples
    assert "takes too long" in example.fault


def test_an_example_that_a_right_function_refuses_does_not_count():
    def refuse(n):
        raise ValueError(f"n: {n}")

    [example] = hunted(lambda n: 0, right=refuse).catch([{"n": 1}]).examples
    assert example.fault == "a right same refuses it with a ValueError"


def test_all_suspects_together_have_a_limit(monkeypatch):
    monkeypatch.setattr("course.exercises.engine.hunt.HUNT_SECONDS", 0.0)
    assert isinstance(catch := SOFTMAX.catch(SOFTMAX.reference()), Catch)
    assert not any(catch.values())


def test_a_suspect_that_the_bank_does_not_know_is_refused():
    with pytest.raises(ValueError, match="no mistakes"):
        Hunt(
            SOFTMAX.reference,
            points=1,
            minutes=1,
            difficulty=1,
            hints=("", "", ""),
            hunted=SOFTMAX.hunted,
            wanted={"unheard_of": "is unheard of"},
            forms={},
        )
