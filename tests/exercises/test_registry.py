"""Calls and properties are found by name in their registry, and nowhere else."""

from pathlib import Path

import pytest

import course.exercises
from course.exercises.engine import Exercise, Question
from course.exercises.engine.calls import REPEATED
from course.exercises.engine.catch import HUNTED_BY
from course.exercises.engine.frozen import freeze
from course.exercises.engine.properties.graphs import order_of_nodes
from course.exercises.engine.registry import CALLS, PROPERTIES, Registry
from course.exercises.units import all_exercises


def double(x):
    """Return twice x."""
    return 2 * x


def documented(name, module=__name__):
    def function(answer, args):
        """Documented."""

    function.__name__, function.__module__ = name, module
    return function


@pytest.mark.parametrize("field", ["call", "judged_by"])
def test_a_question_with_an_unknown_name_cannot_be_made(field):
    with pytest.raises(ValueError, match="is called 'unheard_of'"):
        Question("asked", {}, **{field: "unheard_of"})


def test_the_nearest_names_are_offered():
    with pytest.raises(ValueError, match="did you mean 'order_of_nodes'"):
        Question("asked", {}, judged_by="order_of_node")
    with pytest.raises(ValueError, match="did you mean 'twice'"):
        Question("asked", {}, call="twise")


@pytest.mark.parametrize("name", ["np", "Any", "difference", "deepcopy", "chain_from_the_middle"])
def test_what_a_module_imports_or_uses_is_no_call_and_no_property(name):
    for registry in (CALLS, PROPERTIES):
        with pytest.raises(ValueError, match=name):
            registry.named(name)


def test_a_question_takes_the_function_itself_and_keeps_its_name():
    assert Question("asked", {}, judged_by=order_of_nodes).judged_by == "order_of_nodes"


def test_a_function_of_a_registered_name_that_is_another_one_is_refused():
    with pytest.raises(ValueError, match="'order_of_nodes' is not registered"):
        Question("asked", {}, judged_by=documented("order_of_nodes"))


def test_a_name_is_registered_once():
    registry = Registry("property")
    registry.register(documented("spread"))
    with pytest.raises(ValueError, match="two property functions are called 'spread'"):
        registry.register(documented("spread"))


def test_a_docstring_is_needed():
    with pytest.raises(ValueError, match="needs a docstring"):
        Registry("property").register(lambda answer, args: answer)


def test_a_call_is_defined_where_the_students_process_finds_it():
    with pytest.raises(ValueError, match=r"has to be defined in course\.exercises\.engine"):
        CALLS.register(documented("backwards"))


def test_a_public_question_cannot_be_judged_by_a_property_of_an_exercise(monkeypatch):
    monkeypatch.setattr(PROPERTIES, "_functions", dict(PROPERTIES._functions))
    PROPERTIES.register(documented("of_an_exercise"))
    exercise = Exercise(double, points=1, minutes=1, difficulty=1, hints=("", "", ""))
    exercise.public(lambda: [Question("asked", {"x": 1}, judged_by="of_an_exercise")])
    with pytest.raises(ValueError, match="a notebook need not have"):
        freeze(exercise)


def test_every_registered_call_and_property_is_used():
    # By the text of the exercises, since a secret question may be drawn rarely.
    folder = Path(course.exercises.__file__).parent
    texts = [path.read_text(encoding="utf-8") for path in folder.glob("[!e]*/*.py")]
    for registry in (CALLS, PROPERTIES):
        unused = {name for name in registry if not any(name in text for text in texts)}
        assert unused <= {"as_is", "call", HUNTED_BY}


def test_calls_that_are_asked_late_are_those_that_call_the_function_often():
    often = set()
    for exercise in all_exercises().values():
        for question in exercise.public_questions():
            asked = []

            def counted(*args, _asked=asked, _right=exercise.reference, **keywords):
                _asked.append(args)
                return _right(*args, **keywords)

            if exercise.name != "design":  # a training, asked once
                exercise.answer(question, counted)
            if len(asked) > 10:
                often.add(question.call)
    assert often <= REPEATED <= {*CALLS}
    assert {"many_draws", "many_sparse_draws"} <= often
