"""Breaking any one line of `course.nn` that matters turns a test red."""

import ast
import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.mutation.operators import MODULES, changes, mutants_of, source_of, spliced

REPOSITORY = Path(__file__).parents[2]


def lines_made_of(source: str) -> set[str]:
    return {spliced(source, node, text)[1] for _, node, text in changes(ast.parse(source))}


@pytest.mark.slow
@pytest.mark.timeout(3600)
def test_no_mutant_survives_but_the_known_equivalents_and_the_page_says_so():
    environment = {k: v for k, v in os.environ.items() if not k.startswith("PYTEST")}
    done = subprocess.run(
        [sys.executable, "-m", "tests.mutation", "--check"],
        cwd=REPOSITORY,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    ("line", "mutated"),
    [
        ("a = b + c", "a = (b - c)"),
        ("a = b @ c.T", "a = b @ (c)"),
        ("a(b[:2])", "a((b[:]))"),
        ("a(b[1:-1])", "a((b[1:]))"),
        ("a = b.copy()", "a = (b)"),
        ("a = b.sum(axis=0)", "a = b.sum(axis=(1))"),
        ("a = b.sum(axis=0)", "a = (b.sum())"),
        ("a = not b", "a = (b)"),
        ("a = b <= c", "a = (b < c)"),
        ("a = b and c", "a = (b or c)"),
        ("a = [b for b in c if b]", "a = ([b for b in c])"),
        ("a[0] = b", "pass  # a[0] = b"),
        ("a += b", "a = b"),
        ("a = floats('b', b, ('n',))", "a = (b)"),
        ("a = floats('b', b, ('n',))", "a = (floats('b', b))"),
        ("a = 'Σ' and b - 1", "a = 'Σ' and (b + 1)"),
    ],
)
def test_a_slip_changes_the_line_where_it_is_made(line, mutated):
    assert mutated in lines_made_of(line)


def test_docstrings_annotations_and_messages_stay_as_they_are():
    source = 'def f(a: tuple[int | str, 1]) -> int | None:\n    """Return 1."""\n    f"{a + 1}"\n'
    assert lines_made_of(source) == {"pass  # f'{a + 1}'"}


@pytest.mark.parametrize("module", MODULES)
def test_every_mutant_can_be_compiled_and_differs_from_its_module(module):
    mutants = mutants_of(module)
    assert len({mutant.source for mutant in mutants} - {source_of(module)}) == len(mutants) > 0
    for mutant in mutants:
        compile(mutant.source, mutant.name, "exec")
