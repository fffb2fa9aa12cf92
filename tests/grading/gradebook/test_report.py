"""The class report lists mistakes in an order that depends on the counts and the course alone."""

from itertools import permutations

from course.exercises.units import exercises_of
from course.grading.gradebook.report import mistake_rows

UNIT = "01_neuron"


def test_equally_frequent_mistakes_are_in_the_order_of_exercises_and_then_of_names():
    first, second = list(exercises_of(UNIT))[:2]
    late, early = sorted(first.info.mistakes)[:2][::-1]
    other = max(second.info.mistakes)
    made = [(second.name, other), (first.name, late), (first.name, early), ("gone", "a")]
    most = ("gone", "z")
    expected = [most, (first.name, early), (first.name, late), (second.name, other), ("gone", "a")]
    for order in permutations([*made, most]):
        results = [{"exercise": exercise, "mistake": name} for exercise, name in [*order, most]]
        results.append({"exercise": first.name, "mistake": None})
        rows = mistake_rows(UNIT, results)
        assert [(row.exercise, row.name) for row in rows] == expected
    assert [row.count for row in rows] == [2, 1, 1, 1, 1]
    assert rows[1].message == first.info.mistakes[early].message
