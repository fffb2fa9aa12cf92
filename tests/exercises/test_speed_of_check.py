"""A student doesn't wait for the diagnosis: what `check` itself takes, in processor time."""

import subprocess
import sys
import time

import numpy as np
import pytest

from course.check import examine
from course.exercises.engine import Exercise, Question
from course.exercises.engine.exercise import request
from course.exercises.engine.frozen import frozen_names, thaw
from course.exercises.engine.ideas import Writing
from course.exercises.engine.judge import judge
from course.exercises.engine.observe import observe
from tests.speed import effort

FIRST, LATER, WITH_PAIRS = 0.5, 0.05, 0.2
# An answer that is wrong everywhere but raises nothing makes a search through these pairs.
LIMITS = dict.fromkeys(["cross_entropy", "canonical_form", "minibatches"], WITH_PAIRS)
# Nearly a thousand pairs, each with a text of its own that is compiled first.
FIRST_LIMITS = {"train": 0.8}
FIRST_CHECK = """
import sys
import time
import numpy as np
from course.check import examine
from course.exercises.units import exercise

def all_wrong(answer):
    if isinstance(answer, tuple | list):
        return type(answer)(map(all_wrong, answer))
    return 1.3 * np.asarray(answer) + 0.1

name = sys.argv[1]
right = exercise(name).reference
start = time.process_time()
examine(name, lambda *args, **keywords: all_wrong(right(*args, **keywords)))
print(time.process_time() - start)
"""
IDEAS, WRITINGS = 12, 4


def quickest(work, tries=3):
    """Return the processor time of `work`, without what disturbs it now and then."""
    taken = []
    for _ in range(tries):
        start = time.process_time()
        work()
        taken.append(time.process_time() - start)
    return min(taken)


@pytest.mark.parametrize("name", ["softmax", "MLP", "initialise_sparse", *FIRST_LIMITS])
def test_the_first_check_takes_less_than_half_a_second(name):
    ran = subprocess.run([sys.executable, "-c", FIRST_CHECK, name], capture_output=True, check=True)
    assert float(ran.stdout) < effort(FIRST_LIMITS.get(name, FIRST))


@pytest.mark.parametrize("name", sorted({*frozen_names()} - {"design", "train"}))
def test_a_later_check_is_judged_at_once(name):
    examine(name, lambda *args, **keywords: 7.3)
    most = effort(LIMITS.get(name, LATER))
    assert quickest(lambda: examine(name, lambda *args, **keywords: 7.3)) < most


def product(X, A, b):
    """Return a few products."""
    return X @ A + b, X.T @ (X @ A), A.sum(axis=0)


def test_two_mistakes_at_once_are_searched_for_quickly():
    one = Exercise(product, points=1, minutes=1, difficulty=1, hints=("", "", ""))

    @one.public
    def public():
        rng = np.random.default_rng(0)
        for k in range(5):
            args = {"X": rng.normal(size=(4, 3)), "A": rng.normal(size=(3, 2)), "b": rng.normal()}
            yield Question(f"question {k}", args)

    steps = "".join(f"    s{k} = {k}.5\n" for k in range(IDEAS))
    source = f"def product(X, A, b):\n{steps}    return X @ A + b, X.T @ (X @ A), A.sum(axis=0)"
    source += "".join(f" + s{k} - {k}.5" for k in range(IDEAS)) + "\n"
    one.writings += [Writing(f"writing {w}", source, {"np": np}) for w in range(WRITINGS)]
    for k in range(IDEAS):
        one.idea(f"idea {k}", "…", "…", {f"s{k} = {k}.5": f"s{k} = {k} * np.pi + X[0, 0]"})
    assert len(one.pairs) == WRITINGS * IDEAS * (IDEAS - 1) / 2

    def wrong(X, A, b):
        return 1.37 * X @ A, 2.2 * X.T @ X @ A, A.sum(axis=0) + 17.3

    def search():
        keyed = one.answer_key(one.public_questions())
        answers = [observe(wrong, request(k.question, ())) for k in keyed]
        return judge(one.info, keyed, answers)

    assert search().diagnosis is None
    assert quickest(search) < effort(WITH_PAIRS)


def test_every_frozen_file_is_read_quickly():
    thaw.cache_clear()
    assert quickest(lambda: [thaw(name) for name in frozen_names()], tries=1) < effort(FIRST)
