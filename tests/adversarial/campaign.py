"""All attacks through one way of grading: which of them reach their aim.

If students' code is sandboxed, many attacks hit the same class at once. An attack that fails in
company would fail alone too; an attack that seems to have won is tried again alone. Without a
sandbox all are tried alone, since they would get in each other's way.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from tests.adversarial.arena import OPEN, PLAIN, SECONDS, fight, template
from tests.adversarial.attack import Attack, Outcome

TOGETHER = 24
# An attack's share of a class's time, with feedback, on a busy machine.
SECONDS_EACH = 40.0


def results(attacks: Iterable[Attack], mode: str) -> Iterator[tuple[Attack, bool]]:
    """Try each attack against this way of grading; return whether it succeeded.

    Attacks that would damage a machine without a sandbox are not tried there.
    """
    if mode in (PLAIN, OPEN):
        yield from _alone(
            [one for one in attacks if (one.plain if mode == PLAIN else one.open)], mode
        )
        return
    attacks = list(attacks)
    again = [one for one in attacks if one.settings]
    others = [one for one in attacks if not one.settings]
    for start in range(0, len(others), TOGETHER):
        group = others[start : start + TOGETHER]
        outcome = together(group, mode)
        for place, one in enumerate(group):
            if one.succeeded(outcome.seen_from(student_of(place))):
                again.append(one)
            else:
                yield one, False
    for one in again:
        yield one, one.succeeded(fight(one, mode))


def together(attacks: Sequence[Attack], mode: str) -> Outcome:
    """Let all attack the same class, each as the student `student_of` its place."""
    by_student = {student_of(place): attack for place, attack in enumerate(attacks)}
    return fight(by_student, mode, seconds=SECONDS + SECONDS_EACH * len(attacks))


def student_of(place: int) -> str:
    return f"mallory-{place:03}"


def _alone(attacks: Sequence[Attack], mode: str) -> Iterator[tuple[Attack, bool]]:
    template(mode == PLAIN)
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        fights = {pool.submit(fight, one, mode): one for one in attacks}
        for done in as_completed(fights):
            yield fights[done], fights[done].succeeded(done.result())
