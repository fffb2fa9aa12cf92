"""The property of a hunt: which suspects its examples catch."""

import json
from functools import lru_cache
from typing import Any

from course.exercises.engine.catch import Catch
from course.exercises.engine.codec import decode, encode
from course.exercises.engine.registry import PROPERTIES

# The same examples are often judged again: as the answer to another question, or a classmate's.
# Longer lists are not kept.
ANSWERS_KEPT, KEPT_CHARACTERS = 256, 4000


@PROPERTIES.register
def suspects_caught(answer: Any, args: dict) -> Catch:
    """Which suspects give themselves away on the examples of a hunt, by what they do.

    The suspects and the right answers are asked on the side that judges. In a sandbox they aren't
    at hand, so nothing is judged there.
    """
    written = json.dumps(encode(answer))
    judged = _caught if len(written) <= KEPT_CHARACTERS else _caught.__wrapped__
    return judged(args["hunt"], written, args["in other writings"])


@lru_cache(ANSWERS_KEPT)
def _caught(hunt: str, written: str, in_other_writings: bool) -> Catch:
    from course.exercises.units import exercise

    return exercise(hunt).catch(decode(json.loads(written)), in_other_writings)


def are_suspects_away(question: Any) -> bool:
    """Whether a question is a hunt's and its suspects aren't at hand, as in a sandbox."""
    if question.judged_by != suspects_caught.__name__:
        return False
    try:
        from course.exercises.units import exercise

        exercise(question.property_args["hunt"])
    except (ImportError, OSError):
        return True
    return False
