"""The class report lists mistakes in an order that depends on the counts and the course alone."""

from itertools import permutations

from course.exercises.units import exercises_of
from course.grading.gradebook.report import Row, error_rows, mistake_rows, pair_rows

UNIT = "01_neuron"


def test_equally_frequent_mistakes_are_in_the_order_of_exercises_and_then_of_names():
    first, second = list(exercises_of(UNIT))[:2]
    late, early = sorted(first.info.mistakes)[:2][::-1]
    other = max(second.info.mistakes)
    made = [(second.name, other), (first.name, late), (first.name, early), ("gone", "a")]
    most = ("gone", "z")
    expected = [most, (first.name, early), (first.name, late), (second.name, other), ("gone", "a")]
    for order in permutations([*made, most]):
        results = [{"exercise": exercise, "ideas": [name]} for exercise, name in [*order, most]]
        results.append({"exercise": first.name, "ideas": []})
        rows = mistake_rows(UNIT, results)
        assert [(row.exercise, row.name) for row in rows] == expected
    assert [row.count for row in rows] == [2, 1, 1, 1, 1]
    assert rows[1].message == first.info.mistakes[early].message


def test_mistakes_pairs_and_errors_are_counted_apart():
    first, second = [one.name for one in exercises_of(UNIT)][:2]
    results = [
        {"exercise": first, "ideas": ["a", "b"], "writing": ["overflow"]},
        {"exercise": first, "ideas": ["b"], "writing": []},
        {"exercise": second, "ideas": [], "writing": ["TypeError", "overflow"]},
    ]
    made = [(row.name, row.count) for row in mistake_rows(UNIT, results)]
    assert made == [("b", 2), ("a", 1)]
    assert pair_rows(UNIT, results) == [Row(first, "a + b", 1)]
    assert error_rows(UNIT, results) == [
        Row(first, "overflow", 1),
        Row(second, "TypeError", 1),
        Row(second, "overflow", 1),
    ]
