"""A dial's connection to the kernel that drew it, if the kernel and the page have anywidget.

The connection is a widget without a view: nothing of it is kept in the notebook, whose output is
the dial's film. The page's half offers the film a way to ask for a redraw.
"""

import secrets
import sys
from pathlib import Path
from typing import Any, Protocol

from course.figures.drawing.picture import Picture

MOST = 40  # connections that are kept; older dials become films again
_open: list[Any] = []


class Turnable(Protocol):
    """What a connection needs of a dial."""

    def drawn(self, places: list[int]) -> Picture: ...


def connect(dial: Turnable) -> Any:
    """A widget whose trait `dial` is the name under which the page asks; None without a kernel."""
    ipython = sys.modules.get("IPython")
    if getattr(ipython and ipython.get_ipython(), "kernel", None) is None:
        return None
    try:
        import anywidget
        import traitlets
    except ImportError:
        return None

    class Connection(anywidget.AnyWidget):
        _esm = Path(__file__).with_name("live.js").read_text(encoding="utf-8")
        dial = traitlets.Unicode().tag(sync=True)

    connection = Connection(dial=secrets.token_hex(6))
    connection.on_msg(lambda widget, asked, _: widget.send(redrawn(dial, asked)))
    _open.append(connection)
    while len(_open) > MOST:
        _open.pop(0).close()
    return connection


def redrawn(dial: Turnable, asked: Any) -> dict[str, str]:
    """The drawing that a page asked for, or why there is none."""
    try:
        picture = dial.drawn([int(place) for place in asked["places"]])
        return {"body": picture.body, "caption": picture.caption}
    except Exception as error:
        return {"body": "", "caption": f"{type(error).__name__}: {error}"}
