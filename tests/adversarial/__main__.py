"""`python -m tests.adversarial`: try all attacks on plain nbgrader and on ours, and print who won.

--write renews docs/attacks.md, trying again what has changed; if that is the grader, all attacks.
That takes the better part of an hour, most of it for nbgrader.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path
from types import ModuleType

from rich.progress import Progress

from course.grading.sandbox import available_level
from tests.adversarial import campaign
from tests.adversarial.arena import AUTOGRADE, BUTTON, OURS, PLAIN, forget_templates
from tests.adversarial.attack import Attack
from tests.adversarial.campaign import results
from tests.adversarial.every import ATTACKS, MODULES
from tests.evidence import ROOT, Evidence, digest, file_of, room, with_imports

PAGE = Path(__file__).parents[2] / "docs" / "attacks.md"
WAYS = {
    PLAIN: "plain nbgrader",
    OURS: "`course grade`",
    AUTOGRADE: "`nbgrader autograde`",
    BUTTON: "the formgrader's button",
}
INTRODUCTION = """# Attacks

What hostile submissions achieve against plain nbgrader {nbgrader}, and against this course's grader
at the sandbox's level `{level}` in the three ways of using it. Made by
`make attacks`; what is promised stands in [security.md](security.md), the attacks themselves in
`tests/adversarial/`.

Every class has two honest students, one graded before the attackers and one after them; that both
get exactly their points, and that the grading ends by itself, belongs to every verdict on harm. An
attack for marks has succeeded when any exercise earns half its points without having been solved.
The unit that is attacked has four exercises; under plain nbgrader they have the usual hidden tests,
which compare with the reference. "–": not tried there, as it would hurt the machine.
`nothing`, an empty folder, stops nobody else at the button, but gets nbgrader's own message that
there is no notebook, where the other ways give 0.

"""


# What an attack meets. The rooms that only count, list and show grades are not among it.
GRADER = ("student_process", "sandbox", "process", "judging", "notebook", "submission", "feedback")
TESTS = ROOT / "tests"
VERDICTS = {"–": None, "stopped": False, "**succeeds**": True}


def inputs() -> dict[str, str]:
    """Return the digest of each module of attacks, of the arena, and of the grader they meet."""
    grader = room(*(f"course/grading/{name}/**/*.py" for name in GRADER))
    met = [*grader, *room("course/exercises/engine/**/*.py"), file_of(campaign.results)]
    return {
        _name(module): digest(with_imports([Path(module.__file__), *met], under=TESTS))
        for module in MODULES
    }


EVIDENCE = Evidence(PAGE, "make attacks", inputs)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.adversarial", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these attacks")
    parser.add_argument("--write", action="store_true", help="renew docs/attacks.md")
    parser.add_argument("--all", action="store_true", help="whether or not anything has changed")
    asked = parser.parse_args()
    now, won, attacks = inputs(), {mode: {} for mode in WAYS}, ATTACKS
    if asked.names:
        attacks = [one for one in ATTACKS if one.name in asked.names]
    elif asked.write and not asked.all:
        won, stale = verdicts_of(EVIDENCE.text()), EVIDENCE.stale()
        attacks = [one for module in MODULES if _name(module) in stale for one in module.ATTACKS]
    for mode in WAYS:
        won[mode] |= _tried(attacks, mode)
    forget_templates()
    text = page(won)
    if asked.write and not asked.names:
        EVIDENCE.write(text, now)
    else:
        print(text)
    return int(any(any(won[mode].values()) for mode in WAYS if mode != PLAIN))


def page(won: Mapping[str, Mapping[str, bool]]) -> str:
    """Return docs/attacks.md with these verdicts, by the way of grading and the attack's name."""
    return introduction() + table([one for one in ATTACKS if one.name in won[OURS]], won)


def introduction() -> str:
    return INTRODUCTION.format(nbgrader=version("nbgrader"), level=available_level().level.value)


def verdicts_of(text: str) -> dict[str, dict[str, bool]]:
    """Return the verdicts of a page, by the way of grading and the attack's name."""
    won: dict[str, dict[str, bool]] = {mode: {} for mode in WAYS}
    for name, cells in re.findall(r"^\| `(\w+)` \|.* \|((?: [^ |]+ \|){4})$", text, re.MULTILINE):
        for mode, cell in zip(WAYS, cells.split("|"), strict=False):
            if (verdict := VERDICTS[cell.strip()]) is not None:
                won[mode][name] = verdict
    return won


def _tried(attacks: Sequence[Attack], mode: str) -> dict[str, bool]:
    found: dict[str, bool] = {}
    with Progress() as progress:
        task = progress.add_task(WAYS[mode].strip("`"), total=len(attacks))
        for one, succeeded in results(attacks, mode):
            found[one.name] = succeeded
            progress.advance(task)
            if not progress.console.is_terminal:
                print(mode, one.name, "succeeds" if succeeded else "stopped", file=sys.stderr)
    return found


def table(attacks: Sequence[Attack], won: Mapping[str, Mapping[str, bool]]) -> str:
    """Write who won as tables: how many of each family, then every attack."""
    lines = [_row(["family", "attacks", *(f"succeed against {way}" for way in WAYS.values())])]
    lines.append(_row(["---"] + ["---:"] * (1 + len(WAYS))))
    sizes = Counter(one.family for one in attacks)
    for family, size in sizes.items():
        names = [one.name for one in attacks if one.family == family]
        lines.append(_row([family, str(size), *(_share(won[mode], names) for mode in WAYS)]))
    names = [one.name for one in attacks]
    lines.append(_row(["**all**", str(len(names)), *(_share(won[mode], names) for mode in WAYS)]))
    for family in sizes:
        lines += ["", f"## {family.capitalize()}", ""]
        lines.append(_row(["attack", "what it does", "aim", *WAYS.values()]))
        lines.append(_row(["---"] * (3 + len(WAYS))))
        for one in attacks:
            if one.family == family:
                found = [_word(won[mode].get(one.name)) for mode in WAYS]
                lines.append(_row([f"`{one.name}`", one.does, one.aim, *found]))
    return "\n".join(lines) + "\n"


def _name(module: ModuleType) -> str:
    return module.__name__.rpartition(".")[2]


def _share(won: Mapping[str, bool], names: Sequence[str]) -> str:
    tried = [won[name] for name in names if name in won]
    return f"{sum(tried)} of {len(tried)}"


def _word(succeeded: bool | None) -> str:
    return next(word for word, verdict in VERDICTS.items() if verdict is succeeded)


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
