"""A question may count in parts, keep something from the function, and know its right answer."""

import dataclasses

import numpy as np
import pytest

from course.exercises.engine import Exercise, KeyedQuestion, Question, frozen
from course.exercises.engine.exercise import request
from course.exercises.engine.judge import judge
from course.exercises.engine.messages import explain, explain_secret, headline
from course.exercises.engine.observe import observe
from course.exercises.engine.properties.training import BASICS, tier_of

TIERS = (0.2, 0.5, 0.9)
TIER_NAMES = tuple(tier_of(tier) for tier in TIERS)
LABELS = np.arange(10)


def guess(X, y, rng):
    """Return a function that says what is in an image's first pixel."""
    raise AssertionError("the right answer is known: nobody needs to be asked")


def question(**how):
    asked = np.zeros((10, 64), dtype=np.uint8)
    asked[:, 0] = LABELS
    return Question(
        "labels",
        dict(pixels=asked, y=LABELS, rng=np.random.default_rng(0), asked=asked),
        call="labels_after_training",
        judged_by="tiers_of_labels",
        atol=1.0,
        property_args=dict(labels=LABELS, tiers=list(TIERS)),
        known_answer=BASICS | {"share right": 1.0} | dict.fromkeys(TIER_NAMES, True),
        parts=TIER_NAMES,
        **how,
    )


def exercise():
    return Exercise(guess, points=1, minutes=1, difficulty=1, hints=("", "", ""))


def verdict_on(function, asked=None):
    one, asked = exercise(), asked or question()
    keyed = KeyedQuestion(asked, one.right(asked), {})
    return judge(one.info, [keyed], [observe(function, request(asked, ()))])


def reader(share):
    """A design that reads the first `share` of the ten digits correctly."""

    def design(X, y, rng):
        def classify(X):
            labels = np.rint(16 * X[:, 0]).astype(int)
            return np.where(labels < 10 * share, labels, -1)

        return classify

    return design


@pytest.mark.parametrize(("share", "score"), [(0.1, 0), (0.2, 1 / 3), (0.6, 2 / 3), (1, 1)])
def test_each_part_counts_for_itself(share, score):
    assert verdict_on(reader(share)).score == pytest.approx(score)
    assert verdict_on(reader(share)).passed == (score == 1)


def test_the_headline_counts_the_parts():
    assert headline(verdict_on(reader(0.6))) == "guess: 2 of 3 questions correct."
    assert headline(verdict_on(reader(1))).startswith("guess: all 3 questions correct.")


def test_who_passes_reads_what_was_measured():
    assert headline(verdict_on(reader(1))).endswith(" Share right: 1.000.")


def test_who_fails_reads_which_parts_are_reached_and_no_table_of_inputs():
    assert explain(verdict_on(reader(0.6))).splitlines()[1:] == [
        "Asked: labels",
        "share right: 0.600",
        "✓ at least 20 of 100 right",
        "✓ at least 50 of 100 right",
        "✗ at least 90 of 100 right",
    ]


def test_where_no_part_counts_the_reason_stands_alone():
    assert explain(verdict_on(lambda X, y, rng: X)).splitlines()[1:] == [
        "Asked: labels",
        "✗ a function is returned",
    ]


def test_parts_count_for_nothing_where_the_rest_is_wrong():
    def by_the_batch(X, y, rng):
        return lambda X: np.rint(16 * X[:, 0]).astype(int) + (len(X) == 1)

    def in_place(X, y, rng):
        X[:] = 0
        return reader(1)(X, y, rng)

    assert verdict_on(by_the_batch).score == 0
    assert verdict_on(in_place).score == 0


@pytest.mark.parametrize("wrong", [None, 7, "nine", lambda X: None, lambda X: {"a": 1}])
def test_what_cannot_be_read_scores_nothing(wrong):
    assert verdict_on(lambda X, y, rng: wrong).score == 0


def test_a_changed_argument_costs_all_parts():
    plain = question()
    one = exercise()
    seen = observe(reader(0.6), request(plain, ()))
    seen["after"][1][1] = None
    assert judge(one.info, [KeyedQuestion(plain, one.right(plain), {})], [seen]).score == 0


def test_what_only_the_property_is_told_does_not_travel():
    told = request(question(), ())
    assert set(told) == {"way", "args", "keyword_only"}
    assert [name for name, _ in told["args"]] == ["pixels", "y", "rng", "asked"]


def test_the_share_is_shown_and_not_judged():
    assert "at least 90 of 100 right" in explain_secret(verdict_on(reader(0.6)))
    assert "share right" not in explain_secret(verdict_on(reader(0.6)))


def thawed(asked, tmp_path, monkeypatch):
    one = exercise()
    one.public(lambda: [asked])
    (tmp_path / "guess.json").write_text(frozen.freeze(one), encoding="utf-8")
    monkeypatch.setattr(frozen, "FOLDER", tmp_path)
    monkeypatch.setattr(frozen, "frozen_names", lambda: ("guess",))
    return frozen.thaw.__wrapped__("guess")


def test_a_frozen_question_keeps_its_parts_and_what_its_property_is_told(tmp_path, monkeypatch):
    info, [keyed] = thawed(question(), tmp_path, monkeypatch)
    seen = observe(reader(0.6), request(keyed.question, ()))
    assert judge(info, [keyed], [seen]).score == pytest.approx(2 / 3)


def test_a_frozen_question_keeps_all_that_judging_needs(tmp_path, monkeypatch):
    judging = dict(weight=0.5, unchanged=False, warning_free=True, rtol=0.25)
    asked = question(**judging)
    _, [keyed] = thawed(asked, tmp_path, monkeypatch)
    for part in dataclasses.fields(Question):
        same = repr(getattr(keyed.question, part.name)) == repr(getattr(asked, part.name))
        assert same or part.name in frozen.NOT_JUDGING | {"args"}, part.name
