"""What is told of answers to secret questions: less than 2 bits of each, whatever a function does.

A function is the attacker here: it knows what it is asked and chooses how to answer. Everything it
can choose is tried; what arrives in message, score, known mistakes and errors is counted.
"""

import math
from collections import defaultdict
from functools import cache

import numpy as np
import pytest

from course.exercises.engine.exercise import request
from course.exercises.engine.messages import explain
from course.exercises.engine.observe import observe
from course.exercises.engine.redact import BITS, HOW, may_name, told
from course.exercises.units import exercise
from course.grading.grade import grade_submission
from course.grading.judging.examine import Exam, Record, public_answers, unanswered
from course.grading.judging.redact import redacted
from course.grading.judging.seeds import generator, student_key
from course.grading.judging.verdicts import grade_of, judged
from course.grading.process.limits import SubmissionLimits
from course.grading.process.session import UsedTooMuchError
from course.grading.process.worker import Worker
from course.grading.student_process.channel import BrokenProtocolError, GoneError, TooLateError
from tests.grading.notebooks import RIGHT, UNIT, extra, handed_in, source, submitted
from tests.speed import patience

MOST_BITS = BITS
# Few questions and many known mistakes: where a choice among answers tells most.
NARROW = ("layer_shapes", "count_parameters", "activation_scales")


# ------------------------------------------------------------------- in one process, every answer


def warns(*args, **keywords):
    import warnings

    warnings.warn(f"TOLD {args}", stacklevel=1)
    return 0.0


def spoils(*args, **keywords):
    for value in args:
        if isinstance(value, np.ndarray) and value.flags.writeable:
            value[...] = 0
        elif isinstance(value, list):
            value.append(0)
    return 0.0


def raises(kind):
    def function(*args, **keywords):
        raise kind(f"TOLD {args}")

    return function


def returns(value):
    return lambda *args, **keywords: value


HOWS = [
    *map(returns, (None, 0, 0.5, -1, math.nan, math.inf, True, "TOLD", b"", [], [1], [0.5] * 7)),
    *map(returns, ((), (1, 2), {}, {"TOLD": 1}, {1: 2, 3: 4}, {7}, range(9), object(), print)),
    *(returns(np.zeros(shape)) for shape in ((), 1, 5, (3, 1), (1, 3), (2, 2), (0, 4), (7, 1, 2))),
    *(returns(np.ones(3, kind)) for kind in ("?", "i1", "u8", "f2", "f4", "f8", "c16", "U3")),
    *map(raises, (ValueError, TypeError, KeyError, IndexError, ZeroDivisionError, SystemExit)),
    *map(raises, (RecursionError, OverflowError, MemoryError, AssertionError, Exception)),
    raises(type("Told", (ArithmeticError,), {})),
    warns,
    spoils,
]
LOST = (GoneError(), TooLateError(), UsedTooMuchError(), BrokenProtocolError())


class Examined:
    """An exercise's secret questions under one seed, and everything that was ever answered."""

    def __init__(self, name: str):
        one = exercise(name)
        self.keyed = tuple(one.answer_key(one.secret_questions(np.random.default_rng(0))))
        self.exam = Exam(one, f"test-{name}", one.points, self.keyed)
        suspects = [suspect.function for suspect in one.suspects.values()]
        self.functions = [one.reference, *suspects, *HOWS]
        self._seen = {}

    def seen(self, question: int, choice: int):
        """What is kept of an answer, given once."""
        if choice >= len(self.functions):
            return redacted(unanswered(LOST[choice - len(self.functions)]))
        key = question, choice
        if key not in self._seen:
            asked = request(self.keyed[question].question, self.exam.exercise.info.keyword_only)
            self._seen[key] = redacted(observe(self.functions[choice], asked))
        return self._seen[key]

    def outcome(self, choices, public=None) -> tuple:
        """All that leaves the grader if the function makes these choices."""
        record = Record()
        name = self.exam.name
        record.observations[name] = [self.seen(q, choice) for q, choice in enumerate(choices)]
        if public is not None:
            keyed = public_answers(self.exam.exercise)
            record.public_observations[name] = [
                observe(public, request(k.question, self.exam.exercise.info.keyword_only))
                for k in keyed
            ]
        grade = grade_of(self.exam, record, [])
        return grade.message, grade.earned, grade.share, grade.ideas, grade.writing


@cache
def examined(name: str) -> Examined:
    return Examined(name)


def choices(one: Examined, count: int, seed: int = 0):
    """Draw what a function may do, question by question: anything, or one mistake for several."""
    rng, every = np.random.default_rng(seed), len(one.functions) + len(LOST)
    for choice in range(every):
        yield [choice] * len(one.keyed)
    for number in range(count):
        drawn = rng.integers(every, size=len(one.keyed))
        if number % 2:
            # A mistake is named only if answers agree on it.
            few = rng.integers(every, size=2)
            drawn = few[rng.integers(2, size=len(one.keyed))]
        yield drawn * (rng.random(len(one.keyed)) < 0.7)


@pytest.mark.parametrize("name", NARROW)
def test_less_than_two_bits_of_a_question_leave_the_grader(name):
    one = examined(name)
    outcomes = {one.outcome(drawn) for drawn in choices(one, 500)}
    bits = math.log2(len(outcomes)) / len(one.keyed)
    assert len(outcomes) > 2 ** len(one.keyed) / 2, "the attack is too weak to show anything"
    assert bits < MOST_BITS, f"{len(outcomes)} outcomes"


@pytest.mark.parametrize("name", NARROW[:1])
def test_what_public_answers_show_widens_nothing(name):
    one = examined(name)
    for public in (raises(KeyError), one.functions[1]):
        outcomes = {one.outcome(drawn, public) for drawn in choices(one, 60)}
        assert math.log2(len(outcomes)) / len(one.keyed) < MOST_BITS


def test_a_mistake_is_named_where_the_set_is_small_enough_for_the_number_of_questions():
    assert may_name(4, 16) and not may_name(4, 18) and not may_name(3, 8)
    assert may_name(5, 40) and may_name(7, 60)
    assert 2**3 * (1 + len(HOW)) < 2 ** (3 * MOST_BITS)  # a sentence may be told of three


def test_no_text_of_the_function_and_nothing_of_its_answer_is_told():
    for name in ("forward_dag", "mlp_to_dag", "relu", "MLP"):
        one = examined(name)
        for choice in range(len(one.functions) - len(HOWS), len(one.functions)):
            message, *_ = one.outcome([choice] * len(one.keyed))
            titles = {k.question.title for k in one.keyed}
            known = [one.exam.exercise.info.mistakes[i] for i in one.exam.exercise.info.mistakes]
            said = {*HOW.values(), *(m.message for m in known), *(m.hint for m in known)}
            for line in message.splitlines()[1:]:
                assert line.removeprefix("- Wrong: ") in titles | said


@pytest.mark.parametrize("failure", LOST)
def test_why_there_is_no_answer_is_said_in_a_sentence(failure):
    one = examined("relu")
    verdict = judged(one.exam, [unanswered(failure)] * len(one.keyed))
    assert told(verdict, None).how == HOW["late"]
    assert "Error" not in explain(verdict)


def test_a_public_answers_failure_takes_the_sentences_place():
    one = examined("relu")
    message, *_ = one.outcome([one.functions.index(warns)] * len(one.keyed), public=warns)
    assert "For example:" in message and not [how for how in HOW.values() if how in message]


# ------------------------------------------------------------------- in the real grader, as attacks

TELL = """
import hashlib
def number(*args):
    parts = [np.ravel(np.asarray(a, dtype=float)) for a in args if not callable(a)]
    return int(hashlib.sha256(np.concatenate(parts).tobytes()).hexdigest()[:5], 16)
"""
BODIES = {
    "shape": "return np.zeros((n % 997, 1 + n % 3))",
    "axes": "return np.zeros((0, n, 7 * n, n % 13))",
    "length": "return [0.0] * (n % 1000)",
    "nested": "return [[0] * (n % 50)] * (n % 20)",
    "dict": "return {n + i: i for i in range(n % 100)}",
    "keys": "return {str(n): n}",
    "dtype": "return np.ones(3, 'b i2 i4 i8 u2 u4 f2 f4 f8 c16'.split()[n % 10])",
    "type": "return type(f'N{n}', (), {})()",
    "error": "raise ValueError(f'{n}')",
    "kind": "raise type(f'N{n}', (KeyError, ValueError)[n % 2:n % 2 + 1], {})(n)",
    "known kind": "raise (KeyError, ValueError, IndexError, TypeError, NameError)[n % 5](n)",
    "line": "exec('\\n' * (n % 500) + 'raise ValueError')",
    "warning": "import warnings; warnings.warn(f'{n}'); return np.zeros(n % 3)",
    "value": "return float(n)",
    "factor": "return 1.0 * (n % 64)",
    "mistake": "return (0, 1, -1, None, 0.5, True, [])[n % 7]",
    "failures": "return 0.0 if n % 2 else None",
    "time": "import time; time.sleep(n % 3 * 0.02); return None",
    "end": "import os; (os._exit, lambda s: None, os.abort)[n % 2](n % 200)",
    "name": "return eval(f'name_{n}')",
    "memory": "return np.ones((n % 7) * 10**6, dtype=bool)",
    "print": "print(n); return n",
}
STUDENTS = 3
ASKED = {"neuron": "w, x, h", "relu": "z", "glm": "w, X, h"}


@pytest.fixture(scope="module")
def worker():
    with Worker(UNIT, SubmissionLimits(patience=patience(0.2))) as worker:
        yield worker


@pytest.mark.parametrize("first", range(0, len(BODIES), len(ASKED)))
def test_no_observable_carries_a_secret_question_out_of_the_grader(worker, first):
    ways = list(BODIES.values())[first : first + len(ASKED)]
    bodies = dict(zip(ASKED, ways, strict=False))
    heads = {name: f"def {name}({ASKED[name]}):\n    n = number({ASKED[name]})" for name in bodies}
    answers = {name: f"{heads[name]}\n    {body}" for name, body in bodies.items()}
    work = handed_in(RIGHT | answers)
    work["cells"].insert(2, extra(TELL))
    lines, outcomes = defaultdict(set), defaultdict(set)
    for student in range(STUDENTS):
        key = student_key(b"a secret", str(student))
        graded = grade_submission(source(), submitted(work), UNIT, key, worker)
        for grade in (one for one in graded.exercises if one.exercise in answers):
            secret = grade.message.partition("For example:")[0].splitlines()
            for asked in exercise(grade.exercise).secret_questions(generator(key, grade.exercise)):
                shown = tuple(line for line in secret if asked.title in line)
                lines[grade.exercise, asked.title].add(shown)
            outcomes[grade.exercise].add(tuple(secret))
    # Right or wrong for each question, and no more; one sentence or one name for each exercise.
    assert max(map(len, lines.values())) <= 2
    known = {*HOW.values()}
    for name, texts in outcomes.items():
        mistakes = exercise(name).info.mistakes.values()
        known |= {text for mistake in mistakes for text in (mistake.message, mistake.hint)}
        titles = {title for _, title in lines}
        for line in (line for text in texts for line in text[1:]):
            assert line.removeprefix("- Wrong: ") in known | titles | {""}
