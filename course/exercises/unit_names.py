"""The unit that a person means: by its whole name, its number, or its module's name."""

from collections.abc import Iterable

from course.exercises.engine.near_names import unknown
from course.exercises.units import UNITS


def unit_called(name: str, known: Iterable[str] = UNITS) -> str:
    """Return the unit that a person means by "05_backprop", "backprop" or "5".

    ValueError, with the nearest names, if there is none.
    """
    known = list(known)
    for unit in known:
        number, _, rest = unit.partition("_")
        same_number = name.isdecimal() and number.isdecimal() and int(name) == int(number)
        if name in (unit, rest) or same_number:
            return unit
    error = str(unknown("unit", name, known))
    listed = f" The units are {', '.join(known)}." if known else ""
    raise ValueError(f"{error}{'' if error.endswith('?') else '.'}{listed}")
