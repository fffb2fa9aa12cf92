"""All attacks through one way of grading: which of them reach their aim.

Where students' code is locked in, many attack the same class at once. What nobody did, nobody would
have done alone; who seems to have won there is tried again alone, as all are where nothing holds
them and they would spoil each other's game.
"""

import os
from collections.abc import Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed

from tests.adversarial.arena import OPEN, PLAIN, SECONDS, fight, template
from tests.adversarial.attack import Attack, Outcome

TOGETHER = 24
# What an attack may take of a class's time, with feedback, on a busy machine.
SECONDS_EACH = 40.0


def results(attacks: Iterable[Attack], mode: str) -> Iterator[tuple[Attack, bool]]:
    """Try each attack against this way of grading; say whether it succeeded.

    Those that would hurt the machine where nothing holds them are left out there.
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
    """Have all attack the same class, each as the student `student_of` its place."""
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
