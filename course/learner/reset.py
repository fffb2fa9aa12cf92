"""Start again: a cell or a whole notebook as it was handed out; the old one is kept."""

import json
import shutil
from datetime import datetime
from itertools import count
from pathlib import Path

from course.exercises.engine.near_names import unknown
from course.exercises.units import UNITS, all_exercises, unit_of
from course.learner import my_work


def reset(folder: Path, name: str) -> tuple[Path, Path | None]:
    """Restore an exercise's cell, or a unit's notebook; return it and the old one's copy, if any.

    name: an exercise ("softmax") or a unit ("05_backprop").
    """
    exercises, own = all_exercises(), my_work.notebooks_in(folder)
    if name not in exercises and name not in UNITS:
        raise unknown("exercise or unit", name, [*exercises, *UNITS])
    unit = name if name in UNITS else unit_of(exercises[name])
    fresh, path = my_work.released()[unit], own.get(unit, folder / f"{unit}.ipynb")
    if not path.exists():
        shutil.copyfile(fresh, path)
        return path, None
    kept = _keep(path)
    if name in UNITS:
        shutil.copyfile(fresh, path)
    else:
        notebook = my_work.read(path)
        released = my_work.cell_of(my_work.read(fresh), name)
        cell = my_work.cell_of(notebook, name)
        if cell is None:
            raise ValueError(f"{path.name} has no cell of {name}; reset {unit} as a whole")
        cell["source"] = released["source"]
        cell["outputs"], cell["execution_count"] = [], None
        text = json.dumps(notebook, indent=1, ensure_ascii=False) + "\n"
        path.write_text(text, encoding="utf-8")
    return path, kept


def _keep(path: Path) -> Path:
    """Copy a notebook to the folder "before reset" beside it, under a name with the time."""
    folder = path.parent / "before reset"
    folder.mkdir(exist_ok=True)
    named = f"{path.stem} {datetime.now():%Y-%m-%d %H.%M.%S}"
    numbers = (f" {n}" if n > 1 else "" for n in count(1))
    copies = (folder / f"{named}{number}.ipynb" for number in numbers)
    copy = next(one for one in copies if not one.exists())
    shutil.copyfile(path, copy)
    return copy
