"""The property of a hunt: which suspects its examples catch."""

from typing import Any

from course.exercises.engine.catch import Catch
from course.exercises.engine.registry import PROPERTIES


@PROPERTIES.register
def suspects_caught(answer: Any, args: dict) -> Catch:
    """Which suspects give themselves away on the examples of a hunt, by what they do.

    The suspects and the right answers are asked on the side that judges. In a sandbox they aren't
    at hand, so nothing is judged there.
    """
    from course.exercises.units import exercise

    return exercise(args["hunt"]).catch(answer, in_other_writings=args["in other writings"])


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
