"""Every docstring that students read has the same form, and its example runs."""

import doctest
import importlib
import inspect
import re
from collections.abc import Callable, Iterator
from textwrap import dedent

import numpy as np
import pytest

from course.exercises.units import UNITS, exercise, open_modules

# The modules whose functions students write, or are given.
MODULES = ["neuron", "layers", "forward", "node", "graph", "chain_rule", "activation", "backprop"]
MODULES += ["symmetry", "sgd"]
SECTION = re.compile(r"^(\w+):\n((?: {4}.*\n|\n(?= {4}))+)", re.M)


def public(home: object, prefix: str) -> Iterator[tuple[str, Callable]]:
    """Yield the public functions and classes that a module defines, and the classes' methods."""
    for name, one in vars(home).items():
        if name.startswith("_") or not (inspect.isfunction(one) or inspect.isclass(one)):
            continue
        if one.__module__ == getattr(home, "__module__", home.__name__):
            yield f"{prefix}.{name}", one
            if inspect.isclass(one):
                yield from public(one, f"{prefix}.{name}")


HOMES = {module: importlib.import_module(f"course.nn.{module}") for module in MODULES}
PUBLIC = dict(pair for module, home in HOMES.items() for pair in public(home, module))


def sections_of(docstring: str) -> dict[str, str]:
    """Return the indented text under each heading, such as "Args:"."""
    return {heading: dedent(text) for heading, text in SECTION.findall(f"{docstring}\n")}


def lacking(one: Callable) -> list[str]:
    """Return what the docstring of a function or class lacks."""
    docstring = inspect.getdoc(one) or ""
    sections = sections_of(docstring)
    parameters = [p for p in inspect.signature(one).parameters.values() if p.name != "self"]
    names = [f"*{p.name}" if p.kind is p.VAR_POSITIONAL else p.name for p in parameters]
    listed = re.findall(r"^(\*?\w+): \S", sections.get("Args", ""), re.M)
    called = rf"^(?:>>>|\.\.\.) .*\b{one.__name__}\("
    kept = {
        "a sentence in its first line": re.match(r"[A-Z].*\.(\n\n|$)", docstring),
        "each argument on a line of its own": listed == names,
        "Returns": "Returns" in sections or inspect.isclass(one),
        "an Example that calls it": re.search(called, sections.get("Example", ""), re.M),
    }
    return [rule for rule, is_kept in kept.items() if not is_kept]


@pytest.mark.parametrize("name", PUBLIC)
def test_it_has_a_summary_each_argument_on_a_line_the_result_and_an_example(name):
    assert lacking(PUBLIC[name]) == []


def failures(docstring: str, at_hand: dict) -> str:
    """Run the examples in a docstring and return what doctest says of those that fail."""
    test = doctest.DocTestParser().get_doctest(docstring, at_hand, "example", None, None)
    said: list[str] = []
    doctest.DocTestRunner(verbose=False).run(test, out=said.append)
    return "".join(said)


@pytest.mark.parametrize("name", PUBLIC)
def test_its_example_runs_with_numpy_and_the_function_alone_at_hand(name):
    one = PUBLIC[name]
    assert failures(inspect.getdoc(one), {"np": np, one.__name__: one}) == ""


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("d_sigmoid", "1 − σ(z)"),
        ("d_tanh", "1 − tanh²(z)"),
        ("d_relu", "1 where z > 0"),
        ("squared_loss", "(ŷ − y)/n"),
        ("logistic_loss", "σ(z) − y"),
        ("softmax", "own maximum"),
        ("cross_entropy", "minus 1 at each row's label"),
        ("layer_backward", "H_in transposed times delta"),
        ("rescale_hidden", "a row of A_{j+1}"),
        ("count_permutations", "factorial"),
    ],
)
def test_a_rule_that_is_to_be_found_is_in_the_last_hint_and_not_in_the_docstring(name, rule):
    one = exercise(name)
    assert rule in one.hints[-1]
    assert rule not in " ".join(inspect.getdoc(one.reference).split())


@pytest.mark.parametrize("unit", UNITS.values())
def test_examples_import_only_modules_that_are_open_in_their_unit(unit):
    examples = "".join(inspect.getdoc(one) for _, one in public(HOMES[unit], unit))
    imported = set(re.findall(r">>> (?:from|import) ([\w.]+)", examples))
    assert imported <= {f"course.nn.{name}" for name in open_modules(unit)}


def test_the_examples_of_the_given_operations_run():
    assert failures(HOMES["graph"].__doc__, dict(vars(HOMES["graph"]))) == ""


def scaled(x, c):
    """Return x times c.

    Args:
        x: a number.
        c: the factor, which
            may be: anything.

    Returns:
        A number.

    Example:
        >>> scaled(2, 3)
        6
    """
    return x * c


@pytest.mark.parametrize(
    ("whole", "broken", "rule"),
    [
        ("times c.", "times c", "a sentence in its first line"),
        ("c: the", "the", "each argument on a line of its own"),
        ("number.\n    c: the", "number.  c: the", "each argument on a line of its own"),
        ("x: a number.\n    c:", "x, c:", "each argument on a line of its own"),
        ("x: a number.", "x: a number.\n    y: a number.", "each argument on a line of its own"),
        ("Returns:\n    A", "Returns a", "Returns"),
        (">>> scaled(2, 3)", ">>> 2 * 3", "an Example that calls it"),
        ("Example:\n", "\n", "an Example that calls it"),
    ],
)
def test_a_docstring_of_another_form_is_noticed(monkeypatch, whole, broken, rule):
    docstring = inspect.getdoc(scaled)
    assert lacking(scaled) == []
    assert docstring.count(whole) == 1
    monkeypatch.setattr(scaled, "__doc__", docstring.replace(whole, broken))
    assert lacking(scaled) == [rule]


def test_an_example_with_a_wrong_result_is_noticed():
    assert failures(inspect.getdoc(scaled), {"scaled": scaled}) == ""
    wrong = failures(inspect.getdoc(scaled), {"scaled": lambda x, c: x + c})
    assert "Expected:\n    6\nGot:\n    5" in wrong
