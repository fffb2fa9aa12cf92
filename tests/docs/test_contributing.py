"""What CONTRIBUTING.md names is there, and its tutorial does what it says."""

import linecache
import re
from types import SimpleNamespace

import numpy as np
import pytest

from course.check import Feedback
from course.exercises.engine.frozen import freeze
from course.exercises.engine.registry import PROPERTIES
from tests.docs.pages import ROOT, exists, names_in_code, paths_on
from tests.exercises.kill_matrix import public_answers, put, refused, rows

PAGE = ROOT / "CONTRIBUTING.md"
TEXT = PAGE.read_text(encoding="utf-8")
IDEA = re.search(r"\n## Add an idea\n.+?```python\n(.+?)```", TEXT, re.DOTALL)[1]
TUTORIAL = TEXT.partition("\n## An exercise judged by a property\n")[2].partition("\n## ")[0]
CODE = re.findall(r"```python\n(.+?)```", TUTORIAL, re.DOTALL)
# Where each block of code would be: this says an exercise's unit, and what a notebook has.
HOMES = (
    "course.nn.layers",
    "course.exercises.engine.properties.functions",
    "course.exercises.layers.boundary_direction",
)
NUMBER, TRUTH = '"|w · v|": abs(round(w @ v, 9))', '"at right angles": abs(w @ v) < 1e-9'


@pytest.fixture(autouse=True)
def own_properties(monkeypatch):
    """Forget the tutorial's property afterwards."""
    monkeypatch.setattr(PROPERTIES, "_functions", dict(PROPERTIES._functions))


def tutorial(value: str = NUMBER) -> SimpleNamespace:
    """Run the tutorial's blocks, each in its module; return what they define."""
    assert [NUMBER in code for code in CODE] == [False, True, False]
    names = {"np": np}
    for home, code in zip(HOMES, CODE, strict=True):
        names["__name__"] = home
        exec(code.replace(NUMBER, value), names)
    return SimpleNamespace(**names)


def test_the_way_in_is_a_table_of_what_to_read_and_what_to_run():
    table = re.search(r"(?:^\|.*\n)+", TEXT, re.M)[0].splitlines()
    assert table[0] == "| I want to … | read or edit | then run |"
    assert [row for row in table[2:] if not re.search(r"\]\(|/", row.split("|")[2])] == []
    assert [row for row in table[2:] if not names_in_code(row.split("|")[3])] == []


def test_every_file_and_folder_that_is_named_is_there():
    words = {word for name in names_in_code(TEXT) for word in name.split()}
    in_commands = {word for word in words if re.match(r"(?:course|tests|docs)/", word)}
    modules = {word.replace(".", "/") + ".py" for word in words if word.startswith("tests.")}
    named = paths_on(TEXT) | in_commands | modules
    assert len(named) > 25
    assert [name for name in sorted(named) if not exists(name)] == []


def test_every_goal_of_make_that_is_named_is_there():
    goals = re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.M)
    named = {name.split()[1] for name in names_in_code(TEXT) if name.startswith("make ")}
    assert named - set(goals) == set() != named


def test_adding_an_exercise_begins_with_the_command():
    text = TEXT.partition("\n## Add an exercise\n")[2]
    assert text.startswith("\n```\ncourse new-exercise dense --unit 02_layers\n```\n")


def test_an_idea_is_recognised_in_each_writing_and_beside_another():
    names = {"np": np, "__name__": "course.nn.layers"}
    file = "<the section on ideas>"
    linecache.cache[file] = (len(IDEA), None, IDEA.splitlines(keepends=True), file)
    exec(compile(IDEA, file, "exec"), names)
    made = names["exercise"]
    for function, ideas in [
        (lambda x: x @ x / len(x), ["half_lost"]),
        (lambda x: x @ x / 2, ["summed"]),
        (lambda x: x @ x, ["half_lost", "summed"]),
    ]:
        found = put(made, function, public_answers(made)).diagnosis
        assert [idea.name for idea in found.ideas] == ideas


def test_the_exercise_of_the_tutorial_is_sound_and_takes_every_right_answer():
    made = tutorial()
    assert [row.mistake for row in rows([made.exercise]) if row.sound] == ["across", "swapped"]
    for right in (made.boundary_direction, lambda w: -made.boundary_direction(w)):
        assert refused(made.exercise, right) == []
    assert "length_and_product" in freeze(made.exercise)


def test_the_tutorial_shows_what_check_prints():
    made = tutorial()
    text = repr(Feedback(put(made.exercise, made.swapped, public_answers(made.exercise))))
    assert f"```text\n{text}\n```" in TUTORIAL


def test_truths_in_the_place_of_numbers_would_name_the_wrong_mistake():
    made = tutorial(TRUTH)
    assert refused(made.exercise, made.boundary_direction) == []
    named = {
        name: put(made.exercise, getattr(made, name), public_answers(made.exercise)).mistake.name
        for name in ("across", "swapped")
    }
    assert named == {"across": "across", "swapped": "across"}


def test_an_answer_that_the_property_cannot_read_is_wrong():
    made = tutorial()
    verdict = put(made.exercise, lambda w: np.eye(2), public_answers(made.exercise))
    assert not verdict.passed and not verdict.results[0].sheet.readable
