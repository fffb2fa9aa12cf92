"""An attack: its submission, the attacker's aim, and how to judge from outside who won."""

import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from tests.adversarial.course_folder import (
    ASKED,
    ATTACKER,
    FULL,
    HONEST,
    POINTS,
    Place,
    handed_in,
)
from tests.grading.notebooks import extra

MARKS = "marks without an implementation"
LEAK = "leak"
HARM = "harm"
PERSISTENCE = "persistence"
OTHERS = "influence on others"

PLANTED = "CANARY-PLANTED-a6b1"
RAN = "ATTACK-RAN"
# The same in source code, so that only printed text counts.
PRINTS_RAN = "'ATTACK' '-RAN:'"
# Feedback pages have scripts of their own, so an attacker's carry this word.
ACTIVE = "pwned"
RUN_WHOLE = set(
    ["base", "embed", "form", "iframe", "link", "math", "meta", "object", "script", "style", "svg"]
)
RUN_LINK = re.compile(r"(?:javascript|vbscript|data):", re.IGNORECASE)
# What browsers pass over in an address.
PASSED_OVER = re.compile(r"[\0-\x20]+")


@dataclass
class Outcome:
    """The outcome of a run, seen from outside.

    finished: whether the grading ended by itself, in time and with status 0.
    feedback: by student, the page that is handed back.
    planted: files outside the attacker's own folders that hold `PLANTED`.
    changed: files of the course that are not as before.
    left: processes that outlived the grading.
    received: the data that the listener received.
    sizes: by student, the bytes kept of a submission.
    litter: the files left in the temporary folder afterwards.
    """

    mode: str
    me: str = ATTACKER
    finished: bool = True
    seconds: float = 0.0
    log: str = ""
    scores: dict[str, dict[str, float | None]] = field(default_factory=dict)
    feedback: dict[str, str] = field(default_factory=dict)
    planted: list[str] = field(default_factory=list)
    changed: list[str] = field(default_factory=list)
    left: int = 0
    received: str = ""
    peak_memory: int = 0
    peak_disk: int = 0
    sizes: dict[str, int] = field(default_factory=dict)
    litter: list[str] = field(default_factory=list)

    @property
    def mine(self) -> dict[str, float | None]:
        return self.scores.get(self.me, {})

    @property
    def page(self) -> str:
        """My feedback without its head, whose scripts and styles are nbconvert's."""
        return self.feedback.get(self.me, "").partition("</head>")[2]

    @property
    def shown(self) -> str:
        """The text that my feedback shows."""
        return re.sub(r"<[^>]*>", "", self.page)

    def seen_from(self, student: str) -> "Outcome":
        return Outcome(**{**vars(self), "me": student})


Judge = Callable[[Outcome], bool]


@dataclass(frozen=True)
class Attack:
    """One hostile submission.

    aim: what the attacker wants, one of the words above.
    does: the attack in one line, for the table.
    succeeded: whether the aim was reached, judged from outside.
    answers: sources of solution cells; cells not named stay unwritten.
    cells: extra cells, put before the first solution cell; `last`: behind the last cell.
    reshape: changes the notebook further; it may return any bytes.
    beside: puts files into the submission's folder.
    plain, open: whether it may be tried without a sandbox (False: it would damage the machine).
    settings: additional lines for the course's own nbgrader_config.py.
    traced: whether the attack's code leaves `RAN` in the feedback.
    """

    name: str
    family: str
    aim: str
    does: str
    succeeded: Judge
    answers: dict[str, str] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    reshape: Callable[[dict[str, Any], Place], dict | bytes | None] | None = None
    beside: Callable[[Path, Place], None] | None = None
    plain: bool = True
    open: bool = True
    settings: str = ""

    @property
    def traced(self) -> bool:
        return any(PRINTS_RAN in cell for cell in (*self.cells, *self.last))

    def work(self, place: Place, plain: bool) -> dict | bytes | None:
        """The submitted notebook."""
        work = handed_in({n: place.fill(s) for n, s in self.answers.items()}, plain=plain)
        before = [extra(place.fill(source)) for source in self.cells]
        after = [extra(place.fill(source)) for source in self.last]
        for number, one in enumerate([*before, *after]):
            one["id"] = f"mine-{number}"
        work["cells"] = [*work["cells"][:2], *before, *work["cells"][2:], *after]
        return self.reshape(work, place) if self.reshape else work


def attempt(code: str, goes_on: str = "") -> str:
    """A cell that tries `code`, prints how it ended, and continues with the notebook."""
    body = textwrap.indent(textwrap.dedent(code).strip(), "    ")
    return (
        f"try:\n{body}\n    print({PRINTS_RAN}, 'through')\n"
        f"except BaseException as error:\n"
        f"    print({PRINTS_RAN}, type(error).__name__, str(error)[:200])\n{goes_on}"
    )


# ------------------------------------------------------------------------------------------- judges


def gained(outcome: Outcome) -> bool:
    """An exercise that is asked earned half its points or more."""
    earned = {name: outcome.mine.get(f"test-{name}") or 0.0 for name in ASKED}
    return any(points >= POINTS[name] / 2 for name, points in earned.items())


def leaked(*secrets: str) -> Judge:
    """One of these texts reached a place where the attacker can read it."""
    return lambda outcome: any(s in outcome.shown or s in outcome.received for s in secrets)


def said(text: str) -> Judge:
    """The attack's own code has found it and says so."""
    return lambda outcome: text in outcome.shown


def littered(outcome: Outcome) -> bool:
    return bool(outcome.litter)


def planted(outcome: Outcome) -> bool:
    return bool(outcome.planted)


def changed(outcome: Outcome) -> bool:
    return bool(outcome.changed or outcome.planted)


def left_running(outcome: Outcome) -> bool:
    return outcome.left > 0


def stopped_the_batch(outcome: Outcome) -> bool:
    """The grading did not end well, or an honest student is not graded."""
    return not outcome.finished or others_hurt(outcome)


def others_hurt(outcome: Outcome) -> bool:
    """An honest student does not have exactly the points deserved, or has no feedback."""
    return any(
        {name: outcome.scores.get(student, {}).get(name) for name in FULL} != FULL
        or student not in outcome.feedback
        for student in HONEST
    )


def undefined(outcome: Outcome) -> bool:
    """The attacker's score is not a definite number from 0 to the maximum."""
    earned = [outcome.mine.get(name) for name in FULL]
    return any(
        score is None or not 0 <= score <= best
        for score, best in zip(earned, FULL.values(), strict=True)
    )


def harmed(outcome: Outcome) -> bool:
    """Something that every grading must produce is missing."""
    return stopped_the_batch(outcome) or undefined(outcome) or outcome.me not in outcome.feedback


def more_memory_than(mebibytes: int) -> Judge:
    return lambda outcome: outcome.peak_memory > mebibytes << 20


def more_disk_than(mebibytes: int) -> Judge:
    return lambda outcome: outcome.peak_disk > mebibytes << 20


def larger_than(mebibytes: int) -> Judge:
    """The kept part of the attacker's submission (notebook and feedback) is larger."""
    return lambda outcome: outcome.sizes.get(outcome.me, 0) > mebibytes << 20


class _Active(HTMLParser):
    """Finds the attacker's word in places that a browser would execute."""

    def __init__(self, page: str):
        super().__init__()
        self.found, self._runs = False, False
        self.feed(page)
        self.close()

    def handle_starttag(self, tag: str, attributes: list[tuple[str, str | None]]) -> None:
        self._runs = tag in RUN_WHOLE
        self.found |= any(
            ACTIVE in (value or "")
            and (
                tag in RUN_WHOLE
                or name.startswith("on")
                or bool(RUN_LINK.match(PASSED_OVER.sub("", value)))
            )
            for name, value in attributes
        )

    def handle_data(self, text: str) -> None:
        self.found |= self._runs and ACTIVE in text

    def handle_endtag(self, tag: str) -> None:
        self._runs = False


def active(outcome: Outcome) -> bool:
    """The feedback page holds attacker's code that a browser would run."""
    return _Active(outcome.page).found


def either(*judges: Judge) -> Judge:
    return lambda outcome: any(judge(outcome) for judge in judges)
