"""Any answer is judged: a malformed answer is a definite wrong answer."""

import contextlib
import resource

import pytest

from course.exercises.engine.codec import EQUAL_HASHES, as_keys, decode
from course.exercises.engine.judge import judge
from tests.adversarial.fuzz import MERSENNE, NASTY, array, every_question, trial
from tests.speed import effort

SLOWEST = 2.0
GROWTH = 400 << 10  # kilobytes


@pytest.mark.xdist_group("fuzz")  # the questions are answered once
def test_the_answers_that_are_mutated_are_right_before_they_are_spoiled():
    assert len(every_question()) > 60
    for asked in every_question():
        assert judge(asked.info, [asked.keyed], [asked.right]).passed
        assert not judge(asked.info, [asked.keyed], [asked.wrong]).passed


def survives(count: int, seed: int) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    tally = trial(count, seed)
    assert tally.slowest < effort(SLOWEST)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < GROWTH
    # All three fates are common, or the mutations would not be worth much.
    assert min(tally.no_message, tally.no_answer, tally.wrong) > count / 20


@pytest.mark.xdist_group("fuzz")
def test_five_hundred_malformed_answers_are_refused_or_wrong():
    survives(500, 1)


@pytest.mark.slow
def test_fifty_thousand_malformed_answers_are_refused_or_wrong():
    survives(50_000, 2)


@pytest.mark.parametrize("coded", NASTY, ids=lambda coded: repr(coded)[:40])
def test_a_nasty_value_is_decoded_or_refused(coded):
    with contextlib.suppress(ValueError):
        decode(coded)


@pytest.mark.parametrize(
    "coded",
    [
        array(dtype="f8," * 100_000),
        array(dtype="(" * 1000 + ")" * 1000),
        array(dtype="\ud800"),
        array(array=["1", "2"]),
        array(array=[None, None]),
        {"dtype": "bool", "shape": [3], "bytes": "AgID"},
        {"rng": {"bit_generator": "MT19937", "state": {"key": array(), "pos": 10**9}}},
        {"set": [k * MERSENNE for k in range(100_000)]},
        {"dict": [[k * MERSENNE, 0] for k in range(100_000)]},
        {"set": [{"tuple": [-1 - (k >> b & 1) for b in range(15)]} for k in range(32_000)]},
    ],
    ids=lambda coded: repr(coded)[:40],
)
@pytest.mark.timeout(10)
def test_what_would_keep_the_grader_busy_or_fool_it_is_refused(coded):
    with pytest.raises(ValueError, match="plain"):
        decode(coded)


def test_many_keys_with_hashes_of_their_own_are_taken():
    keys = [*range(20_000), *map(str, range(1000)), -1, -2, *[7] * (2 * EQUAL_HASHES)]
    assert list(as_keys(keys)) == keys
