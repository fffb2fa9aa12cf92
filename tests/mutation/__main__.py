"""Which small changes to `course.nn` go unnoticed? The account of it, and docs/mutation.md.

`python -m tests.mutation [PLACE …]` hunts every mutant, or those of a module (`neuron`) or of a
function (`arguments.shown`), and prints the survivors that aren't known to be equivalent;
`--write` renews docs/mutation.md, hunting only in the modules where something has changed
(`--write --all`: in all), `--check` fails also where that is out of date.
"""

import os
import sys
from collections import Counter
from pathlib import Path

# One mutant after the other in one process: threads would only wait for each other.
os.environ.update(OPENBLAS_NUM_THREADS="1", OMP_NUM_THREADS="1", MKL_NUM_THREADS="1")
# tests/nn needs no plugin but the one that it names.
os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"

import re
import tomllib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from tests.evidence import ROOT, Evidence, digest, file_of, room, with_imports
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


@dataclass(frozen=True)
class Tally:
    """What became of the mutants of a module; those who survived by their names."""

    mutants: int
    by_questions: int
    by_tests: int
    survivors: tuple[str, ...]

    def counts(self, known: Mapping[str, str]) -> tuple[int, ...]:
        """Return the numbers in the page's order: the survivors are equivalent or left."""
        equivalent = sum(name in known for name in self.survivors)
        left = len(self.survivors) - equivalent
        return self.mutants, self.by_questions, self.by_tests, equivalent, left


def tally(fates: Mapping[Mutant, Fate]) -> Tally:
    count = Counter(fates.values())
    survivors = tuple(mutant.name for mutant, fate in fates.items() if fate is Fate.SURVIVED)
    return Tally(
        len(fates), count[Fate.KILLED_BY_QUESTIONS], count[Fate.KILLED_BY_TESTS], survivors
    )


def page(tallies: Mapping[str, Tally], known: Mapping[str, str]) -> str:
    """Return docs/mutation.md with these tallies, by the modules' names."""
    hunted_in = [module for module in MODULES if module in tallies]
    each = {module: tallies[module].counts(known) for module in hunted_in}
    every = [sum(column) for column in zip(*each.values(), strict=True)]
    lines = [INTRODUCTION.format(mutants=every[0], seeds=len(SEEDS))]
    lines += ["| module | mutants | killed by questions | killed by tests/nn | equivalent | left |"]
    lines += ["|---|---|---|---|---|---|"]
    lines += [f"| `{module}` | {' | '.join(map(str, row))} |" for module, row in each.items()]
    lines.append(f"| all | {' | '.join(map(str, every))} |")
    survivors = [name for module in hunted_in for name in tallies[module].survivors]
    lines += ["", "## Equivalent", ""]
    lines += [f"- {known[name]}\n  ```\n  {name}\n  ```" for name in survivors if name in known]
    left = [name for name in survivors if name not in known]
    lines += ["", "## Left", ""] + (["```", *left, "```"] if left else ["None."])
    return "\n".join(lines) + "\n"


def tallies_of(text: str) -> dict[str, Tally]:
    """Return the tallies of a page by the modules' names."""
    rows = re.findall(r"^\| `(\w+)` \| (\d+) \| (\d+) \| (\d+) ", text, re.MULTILINE)
    survivors = re.findall(r"^ *(\w+\.[\w.]+: .*)$", text, re.MULTILINE)
    return {
        module: Tally(*map(int, numbers), tuple(s for s in survivors if s.startswith(f"{module}.")))
        for module, *numbers in rows
    }


def inputs() -> dict[str, str]:
    """Return each module's digest: of itself, and of all that could notice its mutants."""
    noticing = room("course/exercises/**/*.py", "tests/nn/**/*.py")
    noticing += with_imports([file_of(hunt)], under=ROOT / "tests")
    return {module: digest([*room(f"course/nn/**/{module}.py"), *noticing]) for module in MODULES}


EVIDENCE = Evidence(PAGE, "make mutants", inputs)


def hunted(mutants: Iterable[Mutant], known: Mapping[str, str]) -> dict[Mutant, Fate]:
    fates = {}
    for mutant in mutants:
        fates[mutant] = hunt(mutant)
        if fates[mutant] is Fate.SURVIVED and mutant.name not in known:
            print(f"SURVIVED {mutant.name}", flush=True)
    return fates


def mutants_in(places: Sequence[str]) -> list[Mutant]:
    """Return the mutants of some modules or functions."""
    return [
        mutant
        for module in MODULES
        for mutant in mutants_of(module)
        if any(mutant.name.startswith((f"{place}.", f"{place}:")) for place in places)
    ]


def main(arguments: list[str]) -> int:
    places = [argument for argument in arguments if not argument.startswith("--")]
    now, kept = inputs(), tallies_of(EVIDENCE.text())
    if not places:
        renewing = "--write" in arguments and "--all" not in arguments
        places = (
            [module for module in EVIDENCE.stale() if module in MODULES] if renewing else MODULES
        )
    control()
    known, fates = known_equivalents(), hunted(mutants_in(places), known_equivalents())
    survivors = {mutant.name for mutant, fate in fates.items() if fate is Fate.SURVIVED}
    unfounded = set(known) & {mutant.name for mutant in fates} - survivors
    unfounded |= set(known) - {mutant.name for mutant in mutants_in(MODULES)}
    for name in sorted(unfounded):
        print(f"NOT EQUIVALENT, or not there: {name}")
    print(
        "{} mutants, {} killed by questions, {} by tests/nn, {} equivalent, {} left".format(
            *tally(fates).counts(known)
        )
    )
    fresh = {
        module: tally({mutant: fate for mutant, fate in fates.items() if mutant.module == module})
        for module in MODULES
        if module in places
    }
    stale = False
    if "--write" in arguments:
        EVIDENCE.write(page(kept | fresh, known), now)
    elif "--check" in arguments:
        stale = EVIDENCE.text() != page(kept | fresh, known)
        print(f"{PAGE.name} is out of date: {EVIDENCE.renew}" * stale)
    return int(bool(survivors - set(known) or unfounded or stale))


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
