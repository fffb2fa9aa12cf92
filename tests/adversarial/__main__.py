"""`python -m tests.adversarial`: try all attacks on plain nbgrader and on ours, and print who won.

--write renews docs/attacks.md. It takes the better part of an hour, most of it for nbgrader.
"""

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from importlib.metadata import version
from pathlib import Path

from rich.progress import Progress

from course.grading.sandbox import available_level
from tests.adversarial.arena import AUTOGRADE, BUTTON, OURS, PLAIN, forget_templates
from tests.adversarial.attack import Attack
from tests.adversarial.campaign import results
from tests.adversarial.every import ATTACKS

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


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.adversarial", description=__doc__)
    parser.add_argument("names", nargs="*", help="only these attacks")
    parser.add_argument("--write", action="store_true", help="renew docs/attacks.md")
    asked = parser.parse_args()
    attacks = [one for one in ATTACKS if not asked.names or one.name in asked.names]
    won = {mode: _tried(attacks, mode) for mode in WAYS}
    forget_templates()
    text = INTRODUCTION.format(nbgrader=version("nbgrader"), level=available_level().level.value)
    text += table(attacks, won)
    if asked.write and not asked.names:
        PAGE.write_text(text, encoding="utf-8")
    else:
        print(text)
    return int(any(any(won[mode].values()) for mode in WAYS if mode != PLAIN))


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


def _share(won: Mapping[str, bool], names: Sequence[str]) -> str:
    tried = [won[name] for name in names if name in won]
    return f"{sum(tried)} of {len(tried)}"


def _word(succeeded: bool | None) -> str:
    if succeeded is None:
        return "–"
    return "**succeeds**" if succeeded else "stopped"


def _row(cells: Sequence[str]) -> str:
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


if __name__ == "__main__":
    sys.exit(main())
