"""Every question of every exercise, put to `--implementation PATH` or else to `course.nn`.

A module or notebook is asked in a process of its own with a time limit for each question, so an
endless loop or a crash is one wrong answer.
"""

from functools import cache
from pathlib import Path

import pytest

from course.exercises.engine.exercise import request
from course.exercises.engine.judge import judge
from course.exercises.engine.messages import asked, both_answers, sentence
from course.exercises.engine.observe import observe
from course.exercises.units import all_exercises
from course.grading.check_file import Examined, exam_of, examine_path

# All are asked before the first test.
pytestmark = pytest.mark.xdist_group("implementation")

SEED = 0
EXAMS = {name: exam_of(one, SEED) for name, one in all_exercises().items()}
QUESTIONS = [
    pytest.param(name, number, id=f"{name}: {keyed.question.title}")
    for name, one in EXAMS.items()
    for number, keyed in enumerate(one.keyed)
]


@cache
def examined(path: Path | None) -> dict[str, Examined]:
    if path is not None:
        return {one.exercise.name: one for one in examine_path(path, seed=SEED)}
    return {name: reference(name) for name in EXAMS}


def reference(name: str) -> Examined:
    one = EXAMS[name]
    info = one.exercise.info
    seen = [
        observe(one.exercise.reference, request(keyed.question, info.keyword_only))
        for keyed in one.keyed
    ]
    return Examined(one.exercise, judge(info, one.keyed, seen))


@pytest.mark.parametrize(("name", "number"), QUESTIONS)
def test_question_is_answered_rightly(name, number, pytestconfig):
    found = examined(pytestconfig.getoption("--implementation")).get(name)
    if found is None:
        pytest.skip("not in the notebook's unit")
    if found.verdict is None:
        pytest.fail(found.why, pytrace=False)
    result = found.verdict.results[number]
    if not result.passed:
        says = [sentence(result.difference)]
        if found.verdict.mistake:
            says += [found.verdict.mistake.message, found.verdict.mistake.hint]
        pytest.fail("\n".join([asked(result), *both_answers(result), *says]), pytrace=False)
