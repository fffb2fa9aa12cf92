"""Wrong answers as people write them, one module per unit."""

from importlib import import_module
from pkgutil import iter_modules

from course.exercises.units import UNITS
from tests.exercises.natural.entry import Entry


def entries() -> dict[str, list[Entry]]:
    """Return the wrong answers of each unit."""
    here = {module.name for module in iter_modules(__path__)}
    return {
        unit: import_module(f"{__name__}.{unit}").NATURAL for unit in UNITS.values() if unit in here
    }
