"""The kill matrix: what the questions say of every known mistake and every unusual right answer.

`python -m tests.exercises.kill_matrix [UNIT …]` prints it; `--write` renews docs/kill-matrix.md,
asking again only in the exercises that have changed, `--write --all` in all.
"""

import re
import sys
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from course.exercises.engine import Exercise, Keyed
from course.exercises.engine.exercise import request
from course.exercises.engine.judge import Verdict, judge
from course.exercises.engine.observe import observe
from course.exercises.units import UNITS, all_exercises, exercises_of, unit_of
from tests.evidence import Evidence, digest, file_of, with_imports
from tests.exercises.right import RightAnswer, right_answers

SEEDS = range(20)
# Enough to notice at once what is broken; for the others the page speaks, unless it is stale.
FEW = SEEDS[:3]
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
    says: str
    public: str
    seeds: int
    killed: int
    worst_score: float
    named: tuple[str, ...]
    same_as: tuple[str, ...]

    @property
    def sound(self) -> bool:
        """Whether it is killed under every seed, always under its own name or an equal's."""
        return self.killed == self.seeds and set(self.named) <= {self.mistake, *self.same_as}


def put(one: Exercise, function: Callable, keyed: Sequence[Keyed]) -> Verdict:
    """Ask `function` the questions and judge its answers."""
    seen = [observe(function, request(k.question, one.card.keyword_only)) for k in keyed]
    return judge(one.card, keyed, seen)


@cache
def secret_key(one: Exercise, seed: int) -> tuple[Keyed, ...]:
    return tuple(one.key(one.secret_questions(np.random.default_rng(seed))))


@cache
def public_key(one: Exercise) -> tuple[Keyed, ...]:
    return tuple(one.key(one.public_questions()))


def row(one: Exercise, name: str, seeds: Sequence[int] = SEEDS) -> Row:
    """Put one mistake to all the questions."""
    mistake = one.mistakes[name]
    public = put(one, mistake.function, public_key(one))
    secret = [put(one, mistake.function, secret_key(one, seed)) for seed in seeds]
    named = {v.mistake.name if v.mistake else "nobody" for v in secret if not v.passed}
    return Row(
        exercise=one.name,
        mistake=name,
        says=mistake.says,
        public="passes" if public.passed else public.mistake.name if public.mistake else "nobody",
        seeds=len(seeds),
        killed=sum(not verdict.passed for verdict in secret),
        worst_score=max(verdict.score for verdict in secret),
        named=tuple(sorted(named)),
        same_as=equals(one, name, seeds),
    )


def equals(one: Exercise, name: str, seeds: Sequence[int]) -> tuple[str, ...]:
    """Return the other mistakes that answer every question under every seed as this one does."""
    keyed = [*public_key(one), *(k for seed in seeds for k in secret_key(one, seed))]
    return tuple(
        other
        for other in one.mistakes
        if other != name and all(_answer_alike(k, name, other) for k in keyed)
    )


def refused(one: Exercise, function: Callable, seeds: Sequence[int] = SEEDS) -> list[str]:
    """Return the questions that a function answers wrongly: none, if it is a right answer."""
    keys = [public_key(one), *(secret_key(one, seed) for seed in seeds)]
    return [f.question.says for keyed in keys for f in put(one, function, keyed).failed]


def _answer_alike(keyed: Keyed, name: str, other: str) -> bool:
    if name not in keyed.mistaken or other not in keyed.mistaken:
        return name not in keyed.mistaken and other not in keyed.mistaken
    return keyed.mistaken[name].same_as(keyed.mistaken[other], keyed.question)


def rows(units: Iterable[str]) -> list[Row]:
    return [row(one, name) for unit in units for one in exercises_of(unit) for name in one.mistakes]


def page(rows: Mapping[str, Sequence[str]]) -> str:
    """Return docs/kill-matrix.md with these rows, by the exercises' names."""
    lines = []
    for unit in UNITS:
        lines += ["", f"## {unit}"]
        for one in exercises_of(unit):
            unusual = [right.says for right in rights_of(one)]
            lines += ["", f"### {one.name}", "", "| mistake | public | secret | named |"]
            lines += ["|---|---|---|---|", *rows.get(one.name, [])]
            lines += ["", f"Right, though unusual: {'; '.join(unusual)}."] if unusual else []
    every = all_exercises().values()
    head = INTRODUCTION.format(
        seeds=len(SEEDS),
        mistakes=sum(len(one.mistakes) for one in every),
        rights=sum(len(right_answers(unit)) for unit in UNITS),
        exercises=len(every),
    )
    return head + "\n".join(lines) + "\n"


def table_rows(one: Exercise) -> list[str]:
    """Put all mistakes of an exercise to its questions."""
    return [_table_row(row(one, name)) for name in one.mistakes]


def rows_of(text: str) -> dict[str, list[str]]:
    """Return the rows of a page by the exercises' names."""
    sections = re.findall(r"^### (\w+)\n(.*?)(?=^##|\Z)", text, re.MULTILINE | re.DOTALL)
    return {name: re.findall(r"^\| `.*$", section, re.MULTILINE) for name, section in sections}


def inputs() -> dict[str, str]:
    """Return each exercise's digest: of its questions, mistakes and unusual right answers.

    What these import belongs to it: the reference, and the engine that asks and compares.
    """
    return {one.name: digest(with_imports(_files(one))) for one in all_exercises().values()}


def _files(one: Exercise) -> set[Path]:
    answers = [right.function for right in rights_of(one)]
    rest = [*answers, *(mistake.function for mistake in one.mistakes.values())]
    return {file_of(f) for f in (observe, judge, one.reference, one._public, *rest)} - {None}


def rights_of(one: Exercise) -> list[RightAnswer]:
    return [right for right in right_answers(unit_of(one)) if right.exercise == one.name]


EVIDENCE = Evidence(PAGE, "make kill-matrix", inputs)


def write(afresh: Collection[str]) -> None:
    """Renew the page, putting the mistakes of these exercises to the questions."""
    now, rows = inputs(), rows_of(EVIDENCE.text())
    for one in all_exercises().values():
        if one.name in afresh:
            print(one.name, flush=True)
            rows[one.name] = table_rows(one)
            for answer in [one.reference, *(r.function for r in rights_of(one))]:
                if wrong := refused(one, answer):
                    sys.exit(f"{one.name}: a right answer, {answer}, is refused: {wrong}")
    EVIDENCE.write(page(rows), now)


def _table_row(entry: Row) -> str:
    equal = f" (equals {', '.join(entry.same_as)})" if entry.same_as else ""
    killed = f"{entry.killed}/{len(SEEDS)}"
    return f"| `{entry.mistake}`{equal} | {entry.public} | {killed} | {', '.join(entry.named)} |"


def main(arguments: list[str]) -> int:
    if "--write" in arguments:
        write(list(all_exercises()) if "--all" in arguments else EVIDENCE.stale())
        return 0
    units = arguments or list(UNITS)
    unsound = 0
    for entry in rows(units):
        mark = "ok " if entry.sound else "BAD"
        unsound += not entry.sound
        print(
            f"{mark} {entry.exercise:22} {entry.mistake:38} public: {entry.public:30} "
            f"secret: {entry.killed}/{len(SEEDS)} as {', '.join(entry.named)}, "
            f"best score {entry.worst_score:.2f}"
            + (f" (equals {', '.join(entry.same_as)})" if entry.same_as else "")
        )
    for one in (one for unit in units for one in exercises_of(unit)):
        for right in rights_of(one):
            if wrong := refused(one, right.function):
                unsound += 1
                print(f"BAD {one.name}: right answer «{right.says}» refused: {wrong}")
    print(f"{unsound} unsound")
    return int(unsound > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
