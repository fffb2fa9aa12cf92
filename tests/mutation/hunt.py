"""Hunt a mutant: with the questions first, then with the tests of `course.nn`.

The questions and the right answers to them are drawn up once, from the unchanged reference. Each
mutant then lives in a forked process, in which everything of the course is imported anew on top of
the mutated module: it answers there as a student's function would, and is judged by what was drawn
up before. A mutant that answers all questions correctly meets tests/nn in the same process.
"""

import enum
import importlib
import importlib.abc
import importlib.util
import json
import os
import resource
import signal
import sys
import traceback
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import pytest

from course.exercises.engine import Exercise, Question
from course.exercises.engine.answer_sheet import Sheet, read
from course.exercises.engine.exercise import request
from course.exercises.engine.observe import observe
from course.exercises.units import all_exercises
from tests.mutation.operators import Mutant
from tests.mutation.reach import OPTIONS, called_by_tests, noting_calls, reaches, silence

REPOSITORY = Path(__file__).parents[2]
SEEDS = range(3)
# Training the capstone takes seconds; nothing but `design` itself needs it.
DESIGN, CAPSTONE = "design", "test_the_capstone"
MEMORY = 4 << 30
# Seconds of processor time: an endless loop is as dead as a wrong answer.
PATIENCE = {"an exercise": 5, DESIGN: 60, "the tests": 60}


class Fate(enum.IntEnum):
    """What became of a mutant."""

    SURVIVED = 0
    KILLED_BY_QUESTIONS = 10
    KILLED_BY_TESTS = 11
    LOST = 12


@dataclass(frozen=True)
class Asked:
    """A question as it is put, and the right answer to it."""

    request: str
    question: Question
    right: Sheet


class MutatedModule(importlib.abc.MetaPathFinder, importlib.abc.InspectLoader):
    """Finds the mutant's source where Python looks for its module."""

    def __init__(self, mutant: Mutant):
        self.name, self.source = f"course.nn.{mutant.module}", mutant.source

    def find_spec(self, fullname, path, target=None):
        if fullname == self.name:
            return importlib.util.spec_from_loader(fullname, self)

    def get_source(self, fullname):
        return self.source


def questions_of(one: Exercise) -> list[Question]:
    """The public questions of an exercise, and the secret ones under a few seeds."""
    seeds = SEEDS[:1] if one.name == DESIGN else SEEDS
    secret = [one.secret_questions(np.random.default_rng(seed)) for seed in seeds]
    return [question for questions in (one.public_questions(), *secret) for question in questions]


@cache
def asked(one: Exercise) -> tuple[Asked, ...]:
    return tuple(
        Asked(json.dumps(request(q, one.info.keyword_only)), q, one.right(q))
        for q in questions_of(one)
    )


@cache
def called_by_exercise(one: Exercise) -> set[str]:
    """What of the reference an exercise's questions call."""
    with noting_calls() as called:
        for question in questions_of(one):
            observe(one.reference, request(question, one.info.keyword_only))
    return called


def exercises_for(mutant: Mutant) -> list[Exercise]:
    """The exercises that can notice a change in the mutant's function, its own first."""
    name = mutant.function.split(".")[0]
    every = [one for one in all_exercises().values() if one.name != DESIGN or name == DESIGN]
    reached = [one for one in every if reaches(called_by_exercise(one), mutant.module, name)]
    return sorted(reached, key=lambda one: one.name != name)


def tests_for(mutant: Mutant) -> list[str]:
    """The tests that can."""
    return [
        test
        for test, called in called_by_tests().items()
        if reaches(called, mutant.module, mutant.function)
        and (CAPSTONE not in test or mutant.function.startswith(DESIGN))
    ]


def hunt(mutant: Mutant) -> Fate:
    """Put the questions and the tests to a mutant in a process of its own."""
    exercises, tests = exercises_for(mutant), tests_for(mutant)
    for one in exercises:
        asked(one)
    child = os.fork()
    if child == 0:
        fate, errors = Fate.LOST, os.fdopen(os.dup(2), "w")
        try:
            fate = _hunted(mutant, exercises, tests)
        except BaseException:
            traceback.print_exc(file=errors)
            errors.flush()
        os._exit(fate)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        ended = signal.Signals(os.WTERMSIG(status))
        if ended in (signal.SIGPROF, signal.SIGVTALRM):
            by_tests = ended is signal.SIGVTALRM
            return Fate.KILLED_BY_TESTS if by_tests else Fate.KILLED_BY_QUESTIONS
        raise RuntimeError(f"{mutant.name}: ended by {ended.name}")
    fate = Fate(os.WEXITSTATUS(status))
    if fate is Fate.LOST:
        raise RuntimeError(f"{mutant.name}: the hunt itself failed")
    return fate


def _hunted(mutant: Mutant, exercises: Iterable[Exercise], tests: list[str]) -> Fate:
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    for number in (signal.SIGPROF, signal.SIGVTALRM):
        signal.signal(number, signal.SIG_DFL)
    silence()
    for name in [name for name in sys.modules if name.split(".")[0] == "course"]:
        del sys.modules[name]
    sys.meta_path.insert(0, MutatedModule(mutant))
    importlib.invalidate_caches()
    if any(answers_wrongly(one) for one in exercises):
        return Fate.KILLED_BY_QUESTIONS
    return Fate.KILLED_BY_TESTS if fails(tests) else Fate.SURVIVED


def answers_wrongly(one: Exercise) -> bool:
    """Whether the mutated course gives a wrong answer to a question of this exercise, or none."""
    signal.setitimer(signal.ITIMER_PROF, PATIENCE.get(one.name, PATIENCE["an exercise"]))
    try:
        ask = importlib.import_module("course.exercises.engine.observe")
        function = getattr(importlib.import_module(f"course.nn.{one.unit}"), one.name)
    except Exception:
        return True
    for each in asked(one):
        seen = json.loads(json.dumps(ask.observe(function, json.loads(each.request))))
        if read(seen, each.question).differs(each.right, each.question):
            return True
    signal.setitimer(signal.ITIMER_PROF, 0)
    return False


def fails(tests: list[str]) -> bool:
    """Whether one of these tests fails on the mutated course."""
    if not tests:
        return False
    signal.setitimer(signal.ITIMER_VIRTUAL, PATIENCE["the tests"])
    ended = pytest.main([*tests, "-x", *OPTIONS])
    if ended == pytest.ExitCode.INTERNAL_ERROR:
        os._exit(Fate.LOST)
    return ended != pytest.ExitCode.OK  # where a module fails to import, its tests aren't found
