"""What a function's source shows that its answers alone don't: where to look.

A remark is a fact about the text, true whatever the function computes. It locates a mistake; what
the mistake is called rests on the answers.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

MOST_REMARKS = 2
REMARK_LENGTH = 300
UNUSED = "Your function never uses its argument"
MISORDERED = "Your def line names the arguments in the order"


def remarks(function: Callable, arguments: Sequence[str]) -> list[str]:
    """Return at most two remarks on a function that is called with these arguments in order."""
    try:
        return list(_remarks(function, tuple(arguments)))
    except TypeError:  # an object that has no hash
        return []


@lru_cache
def _remarks(function: Callable, arguments: tuple[str, ...]) -> tuple[str, ...]:
    try:
        text = textwrap.dedent(inspect.getsource(function))
        [written] = ast.parse(text).body
        first = function.__code__.co_firstlineno
    except (OSError, TypeError, ValueError, SyntaxError, AttributeError, RecursionError):
        return ()
    if not isinstance(written, ast.FunctionDef):
        return ()
    ast.increment_lineno(written, first - 1)
    found = [*_order(written, arguments), *_loops(written), *_unused(written)]
    return tuple(remark[:REMARK_LENGTH] for remark in found[:MOST_REMARKS])


def _order(written: ast.FunctionDef, arguments: Sequence[str]) -> Iterator[str]:
    own = [one.arg for one in written.args.args]
    asked = [name for name in arguments if name in own]
    if set(own) == set(arguments) and own != asked:
        yield (
            f"{MISORDERED} {', '.join(own)}; they are handed over in the order {', '.join(asked)}."
        )


def _loops(written: ast.FunctionDef) -> Iterator[str]:
    for loop in ast.walk(written):
        if not isinstance(loop, ast.For | ast.While):
            continue
        jumps = any(isinstance(inner, ast.Continue) for inner in ast.walk(loop))
        for statement in loop.body:
            if isinstance(statement, ast.Return) and not jumps:
                yield (
                    f"Line {statement.lineno}, `{ast.unparse(statement)}`, is inside the loop: "
                    f"the function ends in the loop's first round."
                )
            elif isinstance(statement, ast.Assign) and _is_lost(statement, loop, written):
                [target] = statement.targets
                yield (
                    f"Line {statement.lineno}, `{ast.unparse(statement)}`, sets {target.id} anew "
                    f"in every round of the loop, so only the last round counts. Is += meant?"
                )


def _is_lost(statement: ast.Assign, loop: ast.For | ast.While, written: ast.FunctionDef) -> bool:
    """Whether a name has a value before the loop that each round replaces without reading it."""
    [target, *others] = statement.targets
    if others or not isinstance(target, ast.Name):
        return False
    same = [n for n in ast.walk(written) if isinstance(n, ast.Name) and n.id == target.id]
    before = any(isinstance(n.ctx, ast.Store) and n.lineno < loop.lineno for n in same)
    read_in = any(
        isinstance(n.ctx, ast.Load) and loop.lineno <= n.lineno <= loop.end_lineno for n in same
    )
    read_after = any(isinstance(n.ctx, ast.Load) and n.lineno > loop.end_lineno for n in same)
    return before and read_after and not read_in


def _unused(written: ast.FunctionDef) -> Iterator[str]:
    read = {n.id for n in ast.walk(written) if isinstance(n, ast.Name)}
    arguments = written.args
    given = [one.arg for one in (*arguments.args, *arguments.kwonlyargs)]
    if "locals" in read or not read:
        return
    for name in given:
        if name not in read:
            yield f"{UNUSED} {name}."
