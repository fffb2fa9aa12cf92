"""A lesson's own figures are not drawn during grading.

They would take most of a submission's time and count for nothing. Figures in a student's own cells
are drawn.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

import course.figures
from course.figures import Picture

DRAW = ("draw", "plot_", "film_", "dial", "beside")
UNDRAWN = Picture("A figure from the lesson; it is not drawn during grading.", 1, 1, "")


class Drawing:
    """Whether the functions of `course.figures` draw."""

    on = True


def make_figures_optional() -> None:
    """Let what a notebook imports from `course.figures` draw only while `Drawing.on`."""
    for name in course.figures.__all__:
        if name.startswith(DRAW):
            setattr(course.figures, name, _optional(getattr(course.figures, name)))


def _optional(draw: Callable[..., Any]) -> Callable[..., Any]:
    @wraps(draw)
    def drawn(*arguments: Any, **options: Any) -> Any:
        return draw(*arguments, **options) if Drawing.on else UNDRAWN

    return drawn
