"""What a notebook calls: `check` asks your function its questions, `hint` shows the next hint.

Neither needs the reference: the questions and their answers are frozen in files.
"""

import traceback
from collections import Counter
from collections.abc import Callable
from html import escape
from types import FrameType, TracebackType

from IPython import get_ipython
from IPython.core.interactiveshell import InteractiveShell
from IPython.display import display

from course.exercises.engine.exercise import request
from course.exercises.engine.frozen import thaw, two_at_once
from course.exercises.engine.judge import Verdict, judge
from course.exercises.engine.messages import (
    NOT_WRITTEN,
    asked,
    both_answers,
    explain,
    headline,
    how_they_differ,
    named,
)
from course.exercises.engine.observe import observe

GREEN, AMBER, GREY = "#1b7f4d", "#b35900", "#6b7280"
HINTS_SHOWN: Counter[str] = Counter()


class NotRightYet(AssertionError):  # noqa: N818, students read this name
    """An exercise's answer is missing or wrong; the cell's output above says what is."""

    def _render_traceback_(self) -> list[str]:
        return [str(self)]


class Feedback:
    """What a student is shown of a verdict: HTML in a notebook, the same text in a terminal."""

    def __init__(self, verdict: Verdict):
        self.verdict = verdict

    def __repr__(self) -> str:
        if self.verdict.passed:
            return f"✓ {explain(self.verdict)}"
        return f"✗ {explain(self.verdict)}\n{_stuck(self.verdict.info.name)}"

    def _repr_html_(self) -> str:
        verdict = self.verdict
        if verdict.passed:
            return _box(GREEN, f"<b>✓</b> {escape(headline(verdict))}")
        shown = verdict.example
        values = "\n".join([asked(shown), *both_answers(shown)])
        parts = [f"<b>✗ {escape(headline(verdict))}</b>", _preformatted(values)]
        parts += [f"<div>{escape(line)}</div>" for line in how_they_differ(shown)]
        if said := named(verdict):
            hint = escape(verdict.mistake.hint) if verdict.mistake else ""
            bold = "<br>".join(f"<b>{escape(sentence)}</b>" for sentence in said)
            parts.append(f"<div style='margin-top:.5em'>{bold} {hint}</div>")
        stuck = f"<div style='opacity:.75'>{escape(_stuck(verdict.info.name))}</div>"
        return _box(AMBER, "".join(parts) + stuck)


class Hint:
    """One hint, and how many more there are."""

    def __init__(self, name: str, number: int, hints: tuple[str, ...]):
        self.text = hints[number]
        self.head = f"{name}, hint {number + 1} of {len(hints)}"

    def __repr__(self) -> str:
        return f"{self.head}: {self.text}"

    def _repr_html_(self) -> str:
        return _box(GREY, f"<b>{escape(self.head)}</b><div>{escape(self.text)}</div>")


class Waiting:
    """What stands in an output's place while the function that it shows isn't written."""

    def __init__(self, name: str):
        self.name = name

    def __repr__(self) -> str:
        return f"This cell waits for your {self.name}. Write it, then run this cell again."

    def _repr_html_(self) -> str:
        return _box(GREY, escape(repr(self)))


def check(name: str, function: Callable) -> None:
    """Ask `function` the public questions of the exercise called `name` and show what came of it.

    Raises NotRightYet where an answer is wrong or missing, ValueError for an unknown name.
    """
    verdict = examine(name, function)
    if verdict.unsolved:
        raise NotRightYet(f"{headline(verdict)} {_stuck(name)}")
    display(Feedback(verdict))
    if not verdict.passed:
        raise NotRightYet(f"{name} is not right yet: see above.")


def hint(name: str) -> None:
    """Show the next hint for the exercise called `name`; after the last, the first again."""
    info, _ = thaw(name)
    display(Hint(name, HINTS_SHOWN[name] % len(info.hints), info.hints))
    HINTS_SHOWN[name] += 1


def examine(name: str, function: Callable) -> Verdict:
    """Ask `function` the public questions of the exercise called `name`; return the verdict."""
    info, keyed = thaw(name)
    if not callable(function):
        kind = type(function).__name__
        raise ValueError(f'check("{name}", …): expected your function {name}, got a {kind}')
    seen = [observe(function, request(one.question, info.keyword_only)) for one in keyed]
    verdict = judge(info, keyed, seen)
    if verdict.explained or (pairs := two_at_once(name)) is None:
        return verdict
    return judge(info, pairs, seen)


def _box(colour: str, inner: str) -> str:
    return (
        f"<div style='border-left:4px solid {colour};padding:.4em .8em;margin:.3em 0;"
        f"max-width:60em'>{inner}</div>"
    )


def _preformatted(text: str) -> str:
    style = "margin:.5em 0;padding:0;background:none;white-space:pre-wrap;color:inherit"
    return f"<pre style='{style}'>{escape(text)}</pre>"


def _stuck(name: str) -> str:
    return f'Stuck? hint("{name}")'


def _say_gently(
    shell: InteractiveShell,
    kind: type[Exception],
    error: Exception,
    trace: TracebackType,
    tb_offset: int | None = None,
) -> list[str]:
    """Say an error without what a student can't mend: the course's own lines.

    A function that isn't written yet takes one line. It stays an error, since a graded cell that
    shows none would count as passed; only where nothing is graded, a figure or a cell of the
    lesson's own text, its place says what it waits for.
    """
    if not issubclass(kind, NotImplementedError):
        shell.showtraceback((kind, error, _students_part(trace)), running_compiled_code=True)
        return []
    name = traceback.extract_tb(trace)[-1].name
    if _is_of_the_text(shell) or any(_draws(frame) for frame, _ in traceback.walk_tb(trace)):
        display(Waiting(name))
    else:
        not_written = NOT_WRITTEN.format(name=name)
        shell._showtraceback(kind, error, [f"{not_written} Write it, then run this cell again."])
    return []


def _students_part(trace: TracebackType) -> TracebackType | None:
    """From a figure on, only what stands in the notebook; all of a trace that meets no figure."""
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
    """JupyterLab tells a cell's metadata; whoever runs a notebook without it tells nothing."""
    told = shell.get_parent() if hasattr(shell, "get_parent") else {}
    cell = told.get("metadata", {})
    return "raises-exception" in cell.get("tags", ()) and "nbgrader" not in cell


def _draws(frame: FrameType) -> bool:
    return frame.f_globals.get("__name__", "").startswith("course.figures")


if get_ipython() is not None:
    get_ipython().set_custom_exc((Exception,), _say_gently)
