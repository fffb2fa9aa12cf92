"""What a notebook calls: `check` puts questions to your function, `hint` shows the next hint.

Neither needs the reference implementation: questions and answers are frozen in files. `solution`,
`status`, `review` and `mine` are for students on their own; they read the student's notebooks and
what `check` notes of their progress, and are not at hand in a sandbox.
"""

import inspect
import re
import traceback
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from html import escape
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any

from IPython import get_ipython
from IPython.core.interactiveshell import ExecutionResult, InteractiveShell
from IPython.display import display

from course.exercises.engine import box
from course.exercises.engine.answer_sheet import is_timed_out, timed_out
from course.exercises.engine.exercise import SIZE, Question, request
from course.exercises.engine.frozen import frozen_names, thaw, two_at_once
from course.exercises.engine.judge import Verdict, judge
from course.exercises.engine.messages import (
    LAST_HINT,
    NOT_WRITTEN,
    asked,
    both_answers,
    explain,
    headline,
    how_they_differ,
    left_over,
    named,
    place_of,
)
from course.exercises.engine.near_names import unknown
from course.exercises.engine.observe import observe_students
from course.exercises.engine.properties.hunts import are_suspects_away
from course.exercises.engine.raised import Raised, describe_interrupted
from course.exercises.engine.time_limit import OutOfTime, time_limit

HINTS_SHOWN: Counter[str] = Counter()
# Functions whose last cell did not even begin to run, so that an older version is still in place.
OUTDATED: set[str] = set()
# A notebook's machine may be slow: an answer may take this many times as long as a grader waits.
LIMIT = 2
OUTSIDE = "`raise NotImplementedError` stands outside a function here: indent it, or delete it."


class NotRightYet(AssertionError):  # noqa: N818, students read this name
    """An exercise is not written yet, or wrong: the output above says what is the matter."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class UnknownNameError(ValueError):
    """No exercise has this name; shown in one line."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Feedback:
    """What a student sees of a verdict: HTML in a notebook, the same words in a terminal."""

    def __init__(self, verdict: Verdict):
        self.verdict = verdict

    def __repr__(self) -> str:
        if self.verdict.passed:
            return f"✓ {explain(self.verdict)}\n{_compare(self.verdict.info.name)}"
        return f"✗ {explain(self.verdict)}\n{_stuck(self.verdict.info.name)}"

    def _repr_html_(self) -> str:
        verdict = self.verdict
        if verdict.passed:
            more = f"<div style='opacity:.75'>{escape(_compare(verdict.info.name))}</div>"
            return _box(box.GREEN, f"<b>✓</b> {escape(headline(verdict))}{more}")
        shown = verdict.example
        values = "\n".join([asked(shown), *both_answers(shown)])
        parts = [f"<b>✗ {escape(headline(verdict))}</b>", _preformatted(values)]
        parts += [f"<div>{escape(line)}</div>" for line in how_they_differ(shown)]
        if said := named(verdict):
            hint = escape(verdict.mistake.hint) if verdict.mistake else ""
            bold = "<br>".join(f"<b>{escape(sentence)}</b>" for sentence in said)
            parts.append(f"<div style='margin-top:.5em'>{bold} {hint}</div>")
        more = [*left_over(verdict), *verdict.remarks]
        parts += [f"<div>{escape(line)}</div>" for line in more]
        stuck = f"<div style='opacity:.75'>{escape(_stuck(verdict.info.name))}</div>"
        return _box(box.AMBER, "".join(parts) + stuck)


class Hint:
    """One hint, with its number and how many there are."""

    def __init__(self, name: str, number: int, hints: tuple[str, ...]):
        self.text = hints[number]
        self.head = f"{name}, hint {number + 1} of {len(hints)}"
        last = number + 1 == len(hints)
        self.more = LAST_HINT.format(solution=f'solution("{name}")') if last else ""

    def __repr__(self) -> str:
        return f"{self.head}: {self.text}" + (f"\n{self.more}" if self.more else "")

    def _repr_html_(self) -> str:
        more = f"<div style='opacity:.75'>{escape(self.more)}</div>" if self.more else ""
        return _box(box.GREY, f"<b>{escape(self.head)}</b><div>{escape(self.text)}</div>{more}")


class Waiting:
    """The output of a cell that shows a function which isn't written yet."""

    def __init__(self, name: str):
        self.name = name

    def __repr__(self) -> str:
        return f"This cell needs your function {self.name}. Write it, then run this cell again."

    def _repr_html_(self) -> str:
        return _box(box.GREY, escape(repr(self)))


def check(name: str, function: Callable) -> None:
    """Put the public questions of the exercise `name` to `function` and show the result.

    Raises NotRightYet if an answer is wrong or missing, UnknownNameError for an unknown name.
    """
    name = _known(name)
    if name in OUTDATED:
        raise NotRightYet(
            f"The last cell that defines {name} has a syntax error, so {name} is still what it was "
            "before. Correct that cell and run it again."
        )
    if any(are_suspects_away(one.question) for one in thaw(name)[1]):
        print(f"{name}: the grader puts your examples to the suspects; here they aren't asked.")
        return
    verdict = examine(name, function)
    if verdict.unsolved:
        raise NotRightYet(f"{headline(verdict)} {_stuck(name)}")
    _note(name, verdict.passed)
    display(Feedback(verdict))
    if not verdict.passed:
        raise NotRightYet(f"{name} is not right yet: see above.")


def hint(name: str | Callable) -> None:
    """Show the next hint for the exercise `name`; after the last one, the first again.

    name: the exercise's name, or your function itself.
    """
    name = _known(name)
    info, _ = thaw(name)
    display(Hint(name, HINTS_SHOWN[name] % len(info.hints), info.hints))
    HINTS_SHOWN[name] += 1


def solution(name: str | Callable) -> None:
    """Show the course's own answer to the exercise `name` beside yours, and other ways.

    Write an answer of your own first.
    """
    from course.exercises.units import exercise
    from course.learner import my_work
    from course.learner.solution import TRY_FIRST, Solution

    name = _known(name)
    own = _source_in_notebook(name)
    if not own or not my_work.is_written(own, name):
        raise NotRightYet(TRY_FIRST.format(name=name, hint=f'hint("{name}")'))
    display(Solution(exercise(name), own))


def status() -> None:
    """Show all lessons, exercise by exercise, and what is next."""
    from course.learner.status import status_of

    display(status_of(Path()))


def review() -> None:
    """Put five questions from the lessons that you have finished; answers are folded away."""
    from course.learner.review import Quiz

    display(Quiz.of(Path()))


def mine(*names: str) -> tuple[Callable, ...]:
    """Return your own functions from your other notebooks, in the order of their names.

    A function that doesn't answer its public questions yet, or isn't there, is replaced by the
    course's, and a line says so. The grader doesn't run this: it uses the course's earlier units.
    """
    from course.learner.mine import mine as find

    known = tuple(map(_known, names))
    found = find(Path(), known, lambda name, function: examine(name, function).passed)
    display(found)
    return tuple(found.functions.values())


def examine(name: str, function: Callable) -> Verdict:
    """Put the public questions of the exercise `name` to `function`; return the verdict.

    After a question without an answer in time no further question is asked.
    """
    info, keyed = thaw(name)
    if not callable(function):
        kind = type(function).__name__
        raise ValueError(f'check("{name}", …): expected your function {name}, got a {kind}')
    seen: list[dict[str, Any]] = []
    for one in keyed:
        try:
            seen.append(_observed(function, one.question, info.keyword_only))
        except KeyboardInterrupt as stopped:
            where = place_of(Raised.of(describe_interrupted(stopped)))
            title = f'{name}: interrupted at the question "{one.question.title}".'
            raise NotRightYet(" ".join([title, *where]).replace("     ", " ")) from None
        if is_timed_out(seen[-1]):
            break
    asked = keyed[: len(seen)]
    verdict = judge(info, asked, seen)
    if not verdict.explained and (pairs := two_at_once(name)) is not None:
        verdict = judge(info, pairs[: len(seen)], seen)
    return replace(verdict, unasked=len(keyed) - len(seen))


def _observed(
    function: Callable, question: Question, keyword_only: tuple[str, ...]
) -> dict[str, Any]:
    """Observe one answer, or that there is none in time and whether a smaller one would be."""
    try:
        with time_limit(LIMIT * question.seconds):
            return observe_students(function, request(question, keyword_only))
    except OutOfTime as late:
        met = describe_interrupted(late)
    smaller = question.smaller()
    ends = smaller and not is_timed_out(_observed(function, smaller, keyword_only))
    return timed_out(met, smaller.args[SIZE] if ends else None)


def _box(colour: str, inner: str) -> str:
    return f"<div style='{box.style(colour)}'>{inner}</div>"


def _preformatted(text: str) -> str:
    style = "margin:.5em 0;padding:0;background:none;white-space:pre-wrap;color:inherit"
    return f"<pre style='{style}'>{escape(text)}</pre>"


def _stuck(name: str) -> str:
    return f'Stuck? hint("{name}")'


def _compare(name: str) -> str:
    return f'The course\'s answer and other ways: solution("{name}")'


def _known(name: str | Callable) -> str:
    """Return an exercise's name, given that or its function; UnknownNameError if there is none."""
    called = getattr(name, "__name__", name)
    if called not in frozen_names():
        raise UnknownNameError(str(unknown("exercise", called, frozen_names())))
    return called


def _note(name: str, passed: bool) -> None:
    # Where it can't be noted, as in a sandbox, nothing is lost.
    with suppress(ImportError, OSError):
        from course.learner.progress import note_checked

        note_checked(Path(), name, passed)


def _source_in_notebook(name: str) -> str | None:
    """Return the source of what the notebook calls `name`."""
    shell = get_ipython()
    thing = shell.user_ns.get(name) if shell else None
    with suppress(OSError, TypeError):
        return inspect.getsource(thing)
    # A ufunc, a partial function and the like have none: then the last cell that names it.
    cells = reversed(shell.user_ns.get("In", [])) if callable(thing) else ()
    return next((cell for cell in cells if re.search(rf"^{name}\s*=", cell, re.M)), None)


def _say_gently(
    shell: InteractiveShell,
    kind: type[Exception],
    error: Exception,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> list[str]:
    """Show an error without the course's own lines, which a student can't fix.

    A function that isn't written yet takes one line. It remains an error, because nbgrader takes a
    graded cell without one for passed. A figure, or a cell of the lesson's own text, is not graded,
    so it only says which function it needs.
    """
    if told := _not_run_yet(kind, error, shell):
        shell._showtraceback(kind, error, [told])
        return []
    if not issubclass(kind, NotImplementedError):
        # A syntax error is of the text, not of running code: it has no trace worth showing.
        running = not issubclass(kind, SyntaxError)
        shell.showtraceback((kind, error, _students_part(trace)), running_compiled_code=running)
        return []
    name = traceback.extract_tb(trace)[-1].name
    if name.startswith("<"):
        shell._showtraceback(kind, error, [OUTSIDE])
        return []
    if _is_of_the_text(shell) or any(_draws(frame) for frame, _ in traceback.walk_tb(trace)):
        display(Waiting(name))
    else:
        not_written = NOT_WRITTEN.format(name=name)
        shell._showtraceback(kind, error, [f"{not_written} Write it, then run this cell again."])
    return []


def _not_run_yet(kind: type[Exception], error: Exception, shell: InteractiveShell) -> str | None:
    """Say which cell to run first, if all that is missing is an exercise's own function."""
    name = getattr(error, "name", None)
    if not issubclass(kind, NameError) or name not in frozen_names() or name in shell.user_ns:
        return None
    return f"{name} is not defined yet: run the cell above first, the one with `def {name}`."


def _remember_outdated(result: ExecutionResult) -> None:
    """Note the functions whose cell has a syntax error; forget those whose cell ran."""
    source = result.info.raw_cell if result.info else ""
    names = {
        name for name in frozen_names() if re.search(rf"^(?:def|class) {name}\b", source, re.M)
    }
    if isinstance(result.error_before_exec, SyntaxError):
        OUTDATED.update(name for name in names if name in get_ipython().user_ns)
    else:
        OUTDATED.difference_update(names)


def _students_part(trace: TracebackType) -> TracebackType | None:
    """Leave out the course's own lines from the first figure on; without one, keep the trace."""
    links, link = [], trace
    while link:
        links.append(link)
        link = link.tb_next
    drawing = next((k for k, link in enumerate(links) if _draws(link.tb_frame)), len(links))
    shown = None
    for k, link in reversed(list(enumerate(links))):
        if k < drawing or link.tb_frame.f_globals.get("__name__") == "__main__":
            shown = TracebackType(shown, link.tb_frame, link.tb_lasti, link.tb_lineno)
    return shown


def _is_of_the_text(shell: InteractiveShell) -> bool:
    """Whether the running cell belongs to the lesson's own text.

    JupyterLab sends a cell's metadata to the kernel. Other programs that run notebooks may not, and
    then the answer is no.
    """
    told = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell = told.get("metadata", {})
    return "raises-exception" in cell.get("tags", ()) and "nbgrader" not in cell


def _draws(frame: FrameType) -> bool:
    return frame.f_globals.get("__name__", "").startswith("course.figures")


if get_ipython() is not None:
    get_ipython().set_custom_exc((Exception,), _say_gently)
    get_ipython().events.register("post_run_cell", _remember_outdated)
