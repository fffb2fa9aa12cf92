"""A question may count in parts, keep something from the function, and know its right answer."""

import dataclasses
import itertools

import numpy as np
import pytest

from course.exercises.engine import Exercise, KeyedQuestion, Question, frozen
from course.exercises.engine.exercise import request
from course.exercises.engine.judge import judge
from course.exercises.engine.messages import explain, explain_secret, headline
from course.exercises.engine.observe import observe
from course.exercises.engine.properties.training import (
    A_NET,
    BASICS,
    FINITE,
    KNOWN,
    SHAPES,
    SIZE_OF_NET,
    tier_of,
)
from course.exercises.engine.redact import told
from course.nn.backprop import IDENTITY, RELU, TANH

TIERS = (0.2, 0.5, 0.9)
TIER_NAMES = tuple(tier_of(tier) for tier in TIERS)
LABELS = np.arange(10)


PIXELS = np.zeros((10, 64), dtype=np.uint8)
PIXELS[range(10), range(10)] = 16


def guess(X, y, rng):
    """Return a net that says which of the first ten pixels is black."""
    raise AssertionError("the right answer is known: nobody needs to be asked")


def question(**how):
    return Question(
        "labels",
        dict(pixels=PIXELS, y=LABELS, rng=np.random.default_rng(0)),
        call="net_after_training",
        judged_by="tiers_of_net",
        atol=1.0,
        property_args=dict(asked=PIXELS, labels=LABELS, tiers=list(TIERS)),
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


def reader(share, acts=(IDENTITY,), dtype=float):
    """A design whose net reads the first `share` of the ten digits correctly."""

    def design(X, y, rng):
        A = np.zeros((64, 10), dtype)
        for label in LABELS:
            A[label, label if label < 10 * share else label - 1] = 1
        return ([A], [np.zeros((1, 10))]), list(acts)

    return design


@pytest.mark.parametrize(("share", "score"), [(0.1, 0), (0.2, 1 / 3), (0.6, 2 / 3), (1, 1)])
def test_each_part_counts_for_itself(share, score):
    assert verdict_on(reader(share)).score == pytest.approx(score)
    assert verdict_on(reader(share)).passed == (score == 1)


def test_the_headline_counts_the_parts():
    assert headline(verdict_on(reader(0.6))) == "guess: 2 of 3 questions correct."
    assert headline(verdict_on(reader(1))).startswith("guess: all 3 questions correct.")


def test_who_passes_reads_what_was_measured():
    assert headline(verdict_on(reader(1))).endswith(" Share right: 1.00.")


def test_two_measurements_say_whose_they_are():
    one, both = exercise(), [question(), dataclasses.replace(question(), title="other digits")]
    seen = [observe(reader(1), request(asked, ())) for asked in both]
    keyed = [KeyedQuestion(asked, one.right(asked), {}) for asked in both]
    said = headline(judge(one.info, keyed, seen))
    assert said.endswith("Share right: 1.00 (labels). Share right: 1.00 (other digits).")


def test_who_fails_reads_which_parts_are_reached_and_no_table_of_inputs():
    assert explain(verdict_on(reader(0.6))).splitlines()[1:] == [
        "Asked: labels",
        "share right: 0.60",
        "✓ at least 20 of 100 right",
        "✓ at least 50 of 100 right",
        "✗ at least 90 of 100 right",
    ]


def test_where_no_part_counts_the_reason_stands_alone():
    assert explain(verdict_on(lambda X, y, rng: X)).splitlines()[1:] == [
        "Asked: labels",
        f"✗ {A_NET}",
    ]


def test_parts_count_for_nothing_where_the_rest_is_wrong():
    def in_place(X, y, rng):
        X[:] = 0
        return reader(1)(X, y, rng)

    assert verdict_on(in_place).score == 0


def net(*dims, fill=1.0):
    """A net of these widths in which every weight is `fill`."""
    shapes = list(itertools.pairwise(dims))
    return [np.full(shape, fill) for shape in shapes], [np.zeros((1, n)) for _, n in shapes]


WRONG = {
    "no activations": (net(64, 10), A_NET),
    "too few activations": ((net(64, 10), []), A_NET),
    "a function": ((lambda X: X, ["relu"]), A_NET),
    "no layer": ((([], []), []), A_NET),
    "texts": (((["a"], ["b"]), ["relu"]), A_NET),
    "softmax": ((net(64, 10), ["softmax"]), KNOWN),
    "a function of one's own": ((net(64, 10), [lambda z: z]), KNOWN),
    "nine layers": ((net(*[64] * 9, 10), ["relu"] * 9), SIZE_OF_NET),
    "more than 4 MB": ((net(64, 7000, 10), ["relu"] * 2), SIZE_OF_NET),
    "much more than 4 MB": ((net(64, 90_000, 10), ["relu"] * 2), SIZE_OF_NET),
    "nine outputs": ((net(64, 9), ["relu"]), SHAPES),
    "65 inputs": ((net(65, 10), ["relu"]), SHAPES),
    "a flat bias": ((([np.ones((64, 10))], [np.zeros(10)]), ["relu"]), SHAPES),
    "layers that don't fit": (([2 * part for part in net(64, 10)], ["relu"] * 2), SHAPES),
    "nan": ((net(64, 10, fill=np.nan), ["relu"]), FINITE),
    "infinity": ((net(64, 10, fill=np.inf), ["relu"]), FINITE),
    "an overflow": ((net(64, 64, 10, fill=1e200), ["relu"] * 2), FINITE),
}


@pytest.mark.parametrize("name", WRONG)
def test_what_is_no_net_to_be_run_scores_nothing_and_says_why(name):
    made, what = WRONG[name]
    verdict = verdict_on(lambda X, y, rng: made)
    assert verdict.score == 0
    assert f"✗ {what}" in explain(verdict)
    assert f"✗ {what}" in explain_secret(verdict, told(verdict, None))


@pytest.mark.parametrize("act", ["identity", IDENTITY, IDENTITY.f, "relu", RELU, "tanh", TANH])
def test_an_activation_is_given_by_itself_or_by_its_name(act):
    assert verdict_on(reader(1, [act])).passed
    assert verdict_on(reader(1, [act], np.float32)).passed


@pytest.mark.parametrize("wrong", [None, 7, "nine", (1, 2), ([], []), {"a": 1}, [[[]], 3]])
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
    assert [name for name, _ in told["args"]] == ["pixels", "y", "rng"]


def test_the_share_is_shown_in_hundredths_and_not_judged():
    verdict = verdict_on(reader(0.6))
    said = explain_secret(verdict, told(verdict, None)).splitlines()
    assert said[1:3] == ["- Wrong: labels", "share right: 0.60"]
    assert said[-1] == "✗ at least 90 of 100 right"


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
