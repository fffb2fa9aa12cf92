"""The reference beside the student's own answer, and other ways to write it."""

import ast
import inspect
import textwrap
from dataclasses import dataclass
from html import escape

from course.exercises.engine import Exercise, box
from course.exercises.right import RightAnswer, right_answers
from course.exercises.units import unit_of

TRY_FIRST = (
    "{name}: write an answer of your own first, even one you aren't sure of. Comparing it with the "
    "reference is what teaches most. {hint} helps."
)


@dataclass(frozen=True)
class Solution:
    """An exercise's solutions: the student's own, the course's, and unusual ones."""

    exercise: Exercise
    own: str

    @property
    def reference(self) -> str:
        return code_of(self.exercise.reference)

    @property
    def others(self) -> tuple[RightAnswer, ...]:
        found = right_answers(unit_of(self.exercise))
        return tuple(o for o in found if o.exercise == self.exercise.name and o.why)

    @property
    def parts(self) -> list[tuple[str, str]]:
        """Headings with the code below them."""
        other = [
            (f"Another way: {one.says}. {one.why}", code_of(one.function)) for one in self.others
        ]
        return [("Yours", without_docstring(self.own)), ("The course's", self.reference), *other]

    def __repr__(self) -> str:
        return "\n\n".join(
            f"{head}\n\n{textwrap.indent(code, '    ')}" for head, code in self.parts
        )

    def _repr_html_(self) -> str:
        mine, reference, *others = [_block(head, code) for head, code in self.parts]
        both = f"<div style='display:flex;flex-wrap:wrap;gap:1.5em'>{mine}{reference}</div>"
        return f"<div style='{box.style(box.GREEN)};max-width:none'>{both}{''.join(others)}</div>"


def _block(head: str, code: str) -> str:
    style = "margin:.3em 0 1em;padding:0;background:none;color:inherit;overflow-x:auto"
    return (
        f"<div style='flex:1 1 24em;min-width:0'><b>{escape(head)}</b>"
        f"<pre style='{style}'>{escape(code)}</pre></div>"
    )


def code_of(function: object) -> str:
    """Return a function's source without decorators and docstring."""
    return without_docstring(inspect.getsource(function))


def without_docstring(source: str) -> str:
    source = textwrap.dedent(source)
    try:
        [node] = ast.parse(source).body
        first = node.body[0]
    except (SyntaxError, ValueError, AttributeError):
        return source.strip()
    lines = source.splitlines()
    kept = lines[node.lineno - 1 : first.lineno - 1]
    told = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    rest = lines[first.end_lineno :] if told else lines[first.lineno - 1 :]
    return "\n".join([*kept, *rest]).strip()
