"""What an instructor decides about the lessons, in the folder's nbgrader_config.py.

`c.Lessons.points = {"tanh": 0}`, say. It is read for every build and every grading, so that the
notebooks, `course grade`, `nbgrader autograde` and the formgrader agree.
"""

from pathlib import Path

from traitlets import Dict, Float, List, Unicode
from traitlets.config import Config, Configurable, PyFileConfigLoader

CONFIG = "nbgrader_config.py"


class SettingsError(ValueError):
    """Settings that fail; the message says how."""


class Lessons(Configurable):
    """The points of exercises, exercises that are left out, and due dates."""

    points = Dict(
        key_trait=Unicode(),
        value_trait=Float(min=0),
        help="points by exercise, or by question: 'written-neuron'; 0 makes an exercise optional",
    ).tag(config=True)
    left_out = List(Unicode(), help="the exercises that the lessons leave out").tag(config=True)
    due = Dict(
        key_trait=Unicode(),
        value_trait=Unicode(),
        help="when units are due: {'01_neuron': '2026-10-20 23:59:00 Europe/Berlin'}",
    ).tag(config=True)


def settings(root: Path) -> Config:
    """Return everything that the nbgrader_config.py in `root` sets; nothing if there is none.

    SettingsError if it fails.
    """
    path = root.resolve() / CONFIG
    if not path.is_file():
        return Config()
    try:
        return PyFileConfigLoader(path.name, str(path.parent)).load_config()
    except Exception as error:
        # An instructor edits this file, and it may do anything.
        raise SettingsError(f"{path} fails: {type(error).__name__}: {error}") from error


def require_course(root: Path) -> None:
    """Raise ValueError if `root` is not a course folder, which always has settings."""
    if not (root / CONFIG).is_file():
        raise ValueError(
            f"{root.resolve()} is not a course folder: it has no {CONFIG}. Run the command in your "
            "class's folder, or name that folder with --root."
        )
