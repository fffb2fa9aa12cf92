"""Which small changes to `course.nn` go unnoticed? The account of it, and docs/mutation.md.

`python -m tests.mutation [PLACE …]` hunts every mutant, or those of a module (`neuron`) or of a
function (`arguments.shown`), and prints the survivors that aren't known to be equivalent;
`--write` renews docs/mutation.md, `--check` fails also where that is out of date.
"""

import os
import sys
from collections import Counter
from pathlib import Path

# One mutant after the other in one process: threads would only wait for each other.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
# tests/nn needs no plugin but the one that it names.
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"

import tomllib

from tests.mutation.hunt import SEEDS, Fate, hunt
from tests.mutation.operators import MODULES, Mutant, mutants_of, source_of

EQUIVALENT = Path(__file__).with_name("equivalent.toml")
PAGE = Path(__file__).parents[2] / "docs" / "mutation.md"
INTRODUCTION = """\
# What goes unnoticed

`course.nn` with one small thing in it done wrong, {mutants} times over: a sign, an axis, a
comparison, a constant one more or less, a copy, a check or a statement left out. Each such mutant
is *killed* when it gives a wrong answer to a question of the exercises (the public ones, and the
secret ones under {seeds} seeds), or else fails a test of tests/nn, or runs for ever. A mutant that
no question and no test can tell from the reference, because it does the same or what it does is
just as right, is *equivalent*: each of these is listed below with its reason.

Made by `make mutants`; a test fails when a mutant survives that is not listed here, and when one
is listed that is killed or no longer there.

The operators and the process that hunts the mutants are the project's own, in tests/mutation:
mutmut 3 sees only what stands inside functions (the operations of `graph` stand outside), puts
imports of its own into the modules (which tests/nn/test_imports.py refuses), and mutates the
reference from which the questions' right answers come along with the one that is asked;
cosmic-ray starts a new process of pytest for each mutant, hours in all.
"""


def known_equivalents() -> dict[str, str]:
    """The mutants known to be equivalent, by name, and why."""
    with EQUIVALENT.open("rb") as file:
        entries = tomllib.load(file)["equivalent"]
    return {entry["mutant"]: entry["why"] for entry in entries}


def control() -> None:
    """An unchanged module must survive, or all that is killed would say nothing."""
    if (
        hunt(Mutant("arguments", "module", "unchanged", source_of("arguments")))
        is not Fate.SURVIVED
    ):
        raise RuntimeError("the reference doesn't survive the questions and tests as it stands")


def page(fates: dict[Mutant, Fate], known: dict[str, str]) -> str:
    """Return docs/mutation.md."""
    lines = [INTRODUCTION.format(mutants=len(fates), seeds=len(SEEDS))]
    lines += ["| module | mutants | killed by questions | killed by tests/nn | equivalent | left |"]
    lines += ["|---|---|---|---|---|---|"]
    for module in MODULES:
        here = {mutant: fate for mutant, fate in fates.items() if mutant.module == module}
        lines.append(f"| `{module}` | {' | '.join(map(str, counts(here, known)))} |")
    lines.append(f"| all | {' | '.join(map(str, counts(fates, known)))} |")
    survivors = [mutant.name for mutant, fate in fates.items() if fate is Fate.SURVIVED]
    lines += ["", "## Equivalent", ""]
    lines += [f"- {known[name]}\n  ```\n  {name}\n  ```" for name in survivors if name in known]
    left = [name for name in survivors if name not in known]
    lines += ["", "## Left", ""] + (["```", *left, "```"] if left else ["None."])
    return "\n".join(lines) + "\n"


def counts(fates: dict[Mutant, Fate], known: dict[str, str]) -> tuple[int, ...]:
    count = Counter(fates.values())
    equivalent = sum(f is Fate.SURVIVED and m.name in known for m, f in fates.items())
    killed = count[Fate.KILLED_BY_QUESTIONS], count[Fate.KILLED_BY_TESTS]
    return len(fates), *killed, equivalent, count[Fate.SURVIVED] - equivalent


def main(arguments: list[str]) -> int:
    places = [argument for argument in arguments if not argument.startswith("--")]
    control()
    mutants = [
        mutant
        for module in MODULES
        for mutant in mutants_of(module)
        if not places or any(mutant.name.startswith((f"{p}.", f"{p}:")) for p in places)
    ]
    known, fates = known_equivalents(), {}
    for mutant in mutants:
        fates[mutant] = hunt(mutant)
        if fates[mutant] is Fate.SURVIVED and mutant.name not in known:
            print(f"SURVIVED {mutant.name}", flush=True)
    survivors = {mutant.name for mutant, fate in fates.items() if fate is Fate.SURVIVED}
    unfounded = set(known) & {mutant.name for mutant in mutants} - survivors
    unfounded |= set() if places else set(known) - {mutant.name for mutant in mutants}
    for name in sorted(unfounded):
        print(f"NOT EQUIVALENT, or not there: {name}")
    print(
        "{} mutants, {} killed by questions, {} by tests/nn, {} equivalent, {} left".format(
            *counts(fates, known)
        )
    )
    stale = False
    if "--write" in arguments:
        PAGE.parent.mkdir(exist_ok=True)
        PAGE.write_text(page(fates, known), encoding="utf-8")
    elif "--check" in arguments:
        stale = not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page(fates, known)
        print(f"{PAGE.name} is out of date: make mutants" * stale)
    return int(bool(survivors - set(known) or unfounded or stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
