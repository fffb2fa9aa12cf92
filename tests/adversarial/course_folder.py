"""A small course to attack: one unit, an honest neighbour, and secrets planted where they hurt.

The same submissions can be graded in it in three ways: with the repo's own settings, with plain
nbgrader's (then the hidden tests are the usual ones, comparing with the reference), and with the
repo's settings but without a sandbox.
"""

import copy
import json
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course.exercises.units import exercises_of
from course.grading.notebook.cells import new_cell
from tests.grading.notebooks import CONFIG, HIDDEN, RIGHT, marked, notebook
from tests.speed import patience

UNIT = "01_neuron"
ASKED = ("neuron", "relu", "glm", "make_neuron")
ANSWERS = RIGHT | {
    "make_neuron": "def make_neuron(w, h):\n    w = np.array(w)\n    return lambda x: h(w @ x)"
}
POINTS = {one.name: float(one.points) for one in exercises_of(UNIT) if one.name in ASKED}
FULL = {f"test-{name}": points for name, points in POINTS.items()}
ATTACKER, NEIGHBOUR = "mallory", "ann"
# Both honest: one is graded before all attackers, the other after them.
HONEST = (NEIGHBOUR, "zoe")

# Each is a leak if it appears anywhere that a student or a browser can see.
SECRETS = {
    "solution": "CANARY-SOLUTION-7f3a",
    "hidden test": "CANARY-HIDDEN-91cc",
    "neighbour": "CANARY-NEIGHBOUR-22be",
    "gradebook": "CANARY-GRADEBOOK-5d10",
    "environment": "CANARY-ENVIRONMENT-c4e8",
    "class secret": "CANARY-CLASS-SECRET-e07b",
}
LIMITS = {"cell_seconds": 2.0, "notebook_seconds": 12.0, "patience": 0.4, "asking_seconds": 20.0}
PLAIN = """
import os, sys, warnings
from pathlib import Path
from sqlalchemy.exc import SAWarning
warnings.filterwarnings("ignore", category=SAWarning)
c = get_config()
os.environ["PATH"] = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
c.CourseDirectory.root = str(Path(__file__).resolve().parent)
c.CourseDirectory.course_id = "feedforward"
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "assignments"
c.ClearSolutions.code_stub = {"python": "raise NotImplementedError"}
"""
PLAIN_CELL_SECONDS = 4
USUAL_TESTS = {
    "neuron": """
for _ in range(3):
    w, x = rng.normal(size=(2, 4))
    np.testing.assert_allclose(neuron(w, x, np.tanh), reference(w, x, np.tanh))""",
    "relu": """
for _ in range(3):
    z = rng.normal(size=(3, 4))
    np.testing.assert_allclose(relu(z), reference(z))""",
    "glm": """
for _ in range(3):
    w, X = rng.normal(size=4), rng.normal(size=(5, 4))
    np.testing.assert_allclose(glm(w, X, np.sin), reference(w, X, np.sin))""",
    "make_neuron": """
for _ in range(3):
    w, x = rng.normal(size=(2, 4))
    box = make_neuron(w, np.tanh)
    assert abs(box(x) - reference(w, np.tanh)(x)) < 1e-9""",
}


@dataclass(frozen=True)
class Place:
    """All that the strongest attacker knows: where everything is.

    root: the course's folder; home: the grader's home; outside: a folder unrelated to grading;
    port: where a listener waits for whatever is sent out.
    """

    root: Path
    home: Path
    outside: Path
    port: int

    @property
    def neighbours(self) -> Path:
        return self.root / "submitted" / NEIGHBOUR / UNIT / f"{UNIT}.ipynb"

    def fill(self, text: str) -> str:
        """Put the places' paths into an attack's source: ROOT, HOME, OUTSIDE, PORT, REPO."""
        known = {
            "«ROOT»": str(self.root),
            "«HOME»": str(self.home),
            "«OUTSIDE»": str(self.outside),
            "«PORT»": str(self.port),
            "«REPO»": str(CONFIG.parent),
            "«UNIT»": UNIT,
            "«NEIGHBOUR»": NEIGHBOUR,
        }
        for word, value in known.items():
            text = text.replace(word, value)
        return text


def source(plain: bool) -> dict[str, Any]:
    """nbgrader's source notebook; for plain nbgrader with the hidden tests that are usual there."""
    cells = [
        new_cell("markdown", "# A unit", "title"),
        new_cell("code", "import numpy as np", "imports"),
    ]
    for name in ASKED:
        head, body = ANSWERS[name].split("\n", 1)
        canary = f"    # {SECRETS['solution']}"
        solution = f"{head}\n    ### BEGIN SOLUTION\n{canary}\n{body}\n    ### END SOLUTION"
        cells.append(marked(new_cell("code", solution, ""), name, solution=True))
        hidden = HIDDEN.format(name=name)
        if plain:
            setting = (
                f"import numpy as np\nfrom course.nn.neuron import {name} as reference\n"
                f"rng = np.random.default_rng()\n# {SECRETS['hidden test']}"
            )
            hidden = f"\n### BEGIN HIDDEN TESTS\n{setting}{USUAL_TESTS[name]}\n### END HIDDEN TESTS"
        # Where students get `check`, plain nbgrader's courses have a test they can see.
        visible = f"assert callable({name})" if plain else f'check("{name}", {name})'
        test = marked(
            new_cell("code", visible + hidden, ""),
            f"test-{name}",
            grade=True,
            locked=True,
            points=POINTS[name],
        )
        test["metadata"]["course"] = {"exercise": name}
        cells.append(test)
    written = new_cell("markdown", "*Write here*", "")
    cells.append(marked(written, "written", grade=True, solution=True, points=3))
    return notebook(cells)


def handed_in(
    answers: dict[str, str] | None = None, written: str = "Since so.", plain: bool = False
) -> dict[str, Any]:
    """A student's notebook with these solution cells; an exercise not named stays unwritten."""
    answers = ANSWERS if answers is None else answers
    work = copy.deepcopy(source(plain))
    for cell in work["cells"]:
        name = cell["metadata"].get("nbgrader", {}).get("grade_id")
        cell["source"] = cell["source"].partition("\n### BEGIN HIDDEN")[0]
        if name in ASKED:
            head = ANSWERS[name].partition("\n")[0]
            cell["source"] = answers.get(name, f"{head}\n    raise NotImplementedError")
        elif name == "written":
            cell["source"] = written
    return work


def make(root: Path, plain: bool) -> None:
    """Make the course's folder in `root`, with the submissions of two who are honest."""
    folder = root / "solutions" / UNIT
    folder.mkdir(parents=True)
    (folder / f"{UNIT}.ipynb").write_text(json.dumps(source(plain)))
    if plain:
        timeout = f"c.ExecutePreprocessor.timeout = {round(patience(PLAIN_CELL_SECONDS))}\n"
        (root / "nbgrader_config.py").write_text(PLAIN + timeout)
    else:
        shutil.copy(CONFIG, root)
        with (root / "nbgrader_config.py").open("a") as config:
            config.write("\n")
            config.writelines(f"c.RunAndAsk.{name} = {patience(x)}\n" for name, x in LIMITS.items())
    (root / "nbgrader_secret").write_text(SECRETS["class secret"])
    (root / "nbgrader_secret").chmod(0o600)
    for student in HONEST:
        hand_in(root, student, handed_in(written=SECRETS["neighbour"], plain=plain))


def hand_in(root: Path, student: str, work: dict | bytes | None) -> Path:
    folder = root / "submitted" / student / UNIT
    folder.mkdir(parents=True, exist_ok=True)
    if work is not None:
        content = work if isinstance(work, bytes) else _encoded(work)
        (folder / f"{UNIT}.ipynb").write_bytes(content)
    return folder


def _encoded(work: dict) -> bytes:
    limit = sys.getrecursionlimit()
    # Some attackers nest nearly as deep as a fresh interpreter can follow.
    sys.setrecursionlimit(10 * limit)
    try:
        return json.dumps(work).encode()
    finally:
        sys.setrecursionlimit(limit)
