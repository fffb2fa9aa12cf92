"""A solution is shown beside the student's own, with other ways that are right."""

import pytest

from course.exercises.right import right_answers
from course.exercises.units import UNITS, all_exercises, exercise, unit_of
from course.learner.solution import Solution, code_of, without_docstring


@pytest.mark.parametrize("name", all_exercises())
def test_a_solution_shows_the_students_the_courses_and_other_ways(name):
    shown = Solution(exercise(name), f"def {name}():\n    '''Text.'''\n    return 1")
    heads = [head for head, _ in shown.parts]
    assert heads[:2] == ["Yours", "The course's"]
    assert all(name in code for _, code in shown.parts[:2])
    assert "'''" not in "".join(code for _, code in shown.parts[:2])
    text, page = repr(shown), shown._repr_html_()
    assert all(head.partition("'")[0] in text for head in heads) and page.count("<pre") == len(
        heads
    )


@pytest.mark.parametrize("unit", UNITS)
def test_other_ways_have_a_sentence_and_there_are_at_most_three(unit):
    for name in (one.name for one in all_exercises().values() if unit_of(one) == unit):
        others = Solution(exercise(name), "").others
        offered = [one for one in right_answers(unit) if one.exercise == name]
        assert len(others) <= 3 and (len(others) >= 2 or len(offered) < 2)
        assert all(one.why.endswith(".") for one in others)


def test_a_docstring_is_left_out_and_comments_are_kept():
    source = 'def f(x):\n    """Text.\n\n    More.\n    """\n    # why\n    return x\n'
    assert without_docstring(source) == "def f(x):\n    # why\n    return x"
    assert without_docstring("def f(:") == "def f(:"


def test_code_has_no_decorator():
    one = right_answers("01_neuron")[0]
    assert code_of(one.function).startswith("def ")
