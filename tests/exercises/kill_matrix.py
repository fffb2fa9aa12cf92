"""The kill matrix: what the questions say of every known mistake and every unusual right answer.

`python -m tests.exercises.kill_matrix [UNIT or EXERCISE …]` prints it; `--write` renews
docs/kill-matrix.md.
"""

import sys
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from course.exercises.engine import Exercise, KeyedQuestion
from course.exercises.engine.exercise import request
from course.exercises.engine.judge import Verdict, judge
from course.exercises.engine.observe import observe
from course.exercises.units import UNITS, exercises_of
from tests.exercises.right import RightAnswer, right_answers

SEEDS = range(20)
PAGE = Path(__file__).parents[2] / "docs" / "kill-matrix.md"
INTRODUCTION = """\
# The kill matrix

Every known mistake of the course, put to the questions of its exercise: `public` is what `check`
says in the notebook, `secret` what the grader says, over {seeds} different seeds. A mistake is
*killed* by a wrong answer; *named* says under whose name it is reported to the student. Every
right answer below passes every question under every seed.

Made by `make kill-matrix`; a test fails when it is out of date.

{mistakes} mistakes, {rights} unusual right answers, {exercises} exercises.
"""


@dataclass(frozen=True)
class Row:
    """What became of one mistake."""

    exercise: str
    mistake: str
    public: str
    killed: int
    worst_score: float
    named: tuple[str, ...]
    same_as: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether it is killed under every seed, always under its own name or an equal's."""
        return self.killed == len(SEEDS) and set(self.named) <= {self.mistake, *self.same_as}


def put(exercise: Exercise, function: Callable, keyed: Sequence[KeyedQuestion]) -> Verdict:
    """Ask `function` the questions and judge its answers."""
    seen = [observe(function, request(k.question, exercise.info.keyword_only)) for k in keyed]
    return judge(exercise.info, keyed, seen)


@cache
def secret_answers(exercise: Exercise, seed: int) -> tuple[KeyedQuestion, ...]:
    return tuple(exercise.answer_key(exercise.secret_questions(np.random.default_rng(seed))))


@cache
def public_answers(exercise: Exercise) -> tuple[KeyedQuestion, ...]:
    return tuple(exercise.answer_key(exercise.public_questions()))


def row(exercise: Exercise, name: str) -> Row:
    """Put one mistake to all the questions."""
    mistake = exercise.mistakes[name]
    public = put(exercise, mistake.function, public_answers(exercise))
    secret = [put(exercise, mistake.function, secret_answers(exercise, seed)) for seed in SEEDS]
    named = {v.mistake.name if v.mistake else "nobody" for v in secret if not v.passed}
    return Row(
        exercise=exercise.name,
        mistake=name,
        public="passes" if public.passed else public.mistake.name if public.mistake else "nobody",
        killed=sum(not verdict.passed for verdict in secret),
        worst_score=max(verdict.score for verdict in secret),
        named=tuple(sorted(named)),
        same_as=equals(exercise, name),
    )


def equals(exercise: Exercise, name: str) -> tuple[str, ...]:
    """Return the other mistakes that answer every question under every seed as this one does."""
    keyed = [
        *public_answers(exercise),
        *(k for seed in SEEDS for k in secret_answers(exercise, seed)),
    ]
    return tuple(
        other
        for other in exercise.mistakes
        if other != name and all(_answer_alike(k, name, other) for k in keyed)
    )


def _answer_alike(keyed: KeyedQuestion, name: str, other: str) -> bool:
    if name not in keyed.mistaken or other not in keyed.mistaken:
        return name not in keyed.mistaken and other not in keyed.mistaken
    return keyed.mistaken[name].same_as(keyed.mistaken[other], keyed.question)


def rows(exercises: Iterable[Exercise]) -> list[Row]:
    return [row(exercise, name) for exercise in exercises for name in exercise.mistakes]


def chosen(names: Sequence[str]) -> list[Exercise]:
    """Return the exercises that are named, themselves or by their unit; all without a name."""
    return [
        exercise
        for unit, module in UNITS.items()
        for exercise in exercises_of(unit)
        if not names or {unit, module, exercise.name} & set(names)
    ]


def refused(exercise: Exercise, answer: RightAnswer) -> list:
    """Return the seeds whose questions refuse a right answer, and "public" for the public ones."""
    keys = {"public": public_answers(exercise)}
    keys |= {seed: secret_answers(exercise, seed) for seed in SEEDS}
    return [name for name, key in keys.items() if not put(exercise, answer.function, key).passed]


def page() -> str:
    """Return docs/kill-matrix.md."""
    lines, mistakes, rights, count = [], 0, 0, 0
    for unit in UNITS:
        lines += ["", f"## {unit}"]
        for exercise in exercises_of(unit):
            matrix = [row(exercise, name) for name in exercise.mistakes]
            unusual = [r.says for r in right_answers(unit) if r.exercise == exercise.name]
            mistakes, rights, count = mistakes + len(matrix), rights + len(unusual), count + 1
            lines += ["", f"### {exercise.name}", "", "| mistake | public | secret | named |"]
            lines += ["|---|---|---|---|"]
            lines += [_table_row(entry) for entry in matrix]
            lines += ["", f"Right, though unusual: {'; '.join(unusual)}."] if unusual else []
    head = INTRODUCTION.format(seeds=len(SEEDS), mistakes=mistakes, rights=rights, exercises=count)
    return head + "\n".join(lines) + "\n"


def _table_row(entry: Row) -> str:
    equal = f" (equals {', '.join(entry.same_as)})" if entry.same_as else ""
    killed = f"{entry.killed}/{len(SEEDS)}"
    return f"| `{entry.mistake}`{equal} | {entry.public} | {killed} | {', '.join(entry.named)} |"


def main(arguments: list[str]) -> int:
    if "--write" in arguments:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    exercises = chosen(arguments)
    if not exercises:
        sys.exit(f"no unit and no exercise is called {' or '.join(arguments)}")
    unsound = 0
    for entry in rows(exercises):
        mark = "ok " if entry.sound else "BAD"
        unsound += not entry.sound
        print(
            f"{mark} {entry.exercise:22} {entry.mistake:38} public: {entry.public:30} "
            f"secret: {entry.killed}/{len(SEEDS)} as {', '.join(entry.named)}, "
            f"best score {entry.worst_score:.2f}"
            + (f" (equals {', '.join(entry.same_as)})" if entry.same_as else "")
        )
    for exercise in exercises:
        for answer in right_answers(exercise.unit):
            if answer.exercise == exercise.name and (wrong := refused(exercise, answer)):
                unsound += 1
                print(f"BAD {exercise.name}: right answer «{answer.says}» refused: {wrong}")
    print(f"{unsound} unsound")
    return int(unsound > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
