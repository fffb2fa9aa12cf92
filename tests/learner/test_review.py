"""Review questions come from finished lessons, can be answered, and come back later."""

import random
from collections import Counter

import pytest

from course.exercises.units import UNITS, exercises_of
from course.learner.progress import Progress
from course.learner.review import QUESTIONS, Item, Quiz, chosen, items_of, note_answer


def finished(*dates: str) -> Progress:
    """The progress of a student who finished the first lessons on these dates."""
    units = list(UNITS)[: len(dates)]
    return Progress(
        right={
            exercise.name: f"{date}T00:00:00+00:00"
            for unit, date in zip(units, dates, strict=True)
            for exercise in exercises_of(unit)
        }
    )


@pytest.mark.parametrize("unit", UNITS)
def test_every_lesson_has_questions_with_answers(unit):
    items = items_of(unit)
    assert len(items) >= 2 * QUESTIONS
    assert len({item.name for item in items}) == len(items)
    for item in items:
        assert item.ask.strip() and item.answer.strip()
        assert not item.choices or (len({*item.choices}) == 3 and item.answer in item.choices)


@pytest.mark.parametrize("unit", UNITS)
def test_the_right_answer_to_a_question_is_right_and_others_are_not(unit):
    for item in items_of(unit):
        if item.choices:
            right = item.choices.index(item.answer)
            assert [item.is_right(letter) for letter in "abc"] == [k == right for k in range(3)]
            assert not item.is_right("") and not item.is_right("z")
            assert item.can_be_read("B)") and not item.can_be_read("z")
        elif item.number:
            given = ", ".join(f"{number:.4g}" for number in item.number)
            assert item.is_right(f"[{given}]") and not item.is_right(f"{given}, 1")
            assert not item.is_right("I don't know") and not item.can_be_read("I don't know")
        else:
            assert item.is_right("anything") is None


def test_nothing_is_asked_before_a_lesson_is_finished():
    assert chosen(Progress(), random.Random(1)) == []
    started = Progress(right={"neuron": "2026-01-01T00:00:00+00:00"})
    assert chosen(started, random.Random(1)) == []
    assert "Nothing to review yet" in repr(Quiz([]))


def test_the_older_a_lesson_the_more_questions_it_gets():
    progress, counted = finished("2020-01-01", "2026-01-01"), Counter()
    for seed in range(40):
        items = chosen(progress, random.Random(seed))
        assert len(items) == QUESTIONS
        counted.update(item.unit for item in items)
    assert counted["01_neuron"] > 2 * counted["02_layers"] > 0


def test_what_was_answered_correctly_rests_and_the_rest_comes_back(folder):
    progress = finished("2020-01-01")
    progress.save(folder)
    right, wrong = items_of("01_neuron")[:2]
    note_answer(folder, right, right=True)
    note_answer(folder, right, right=True)
    assert Progress.of(folder).reviewed[right.name][0] == 2
    note_answer(folder, wrong, right=False)
    assert Progress.of(folder).reviewed[wrong.name][0] == 0
    asked = {i for seed in range(60) for i in chosen(Progress.of(folder), random.Random(seed))}
    assert right not in asked and len(asked) > QUESTIONS


def test_in_a_notebook_the_answers_are_folded(folder):
    finished("2020-01-01").save(folder)
    page = Quiz.of(folder)._repr_html_()
    assert page.count("<details>") == QUESTIONS
    escaped = Quiz([Item("01_neuron", "x", "<script>", "a < b")])._repr_html_()
    assert "<script>" not in escaped and "a &lt; b" in escaped


@pytest.mark.parametrize("given", ["-0.001", "−0.001", "-1E-3", "-1e-03", " -.001 "])
def test_a_number_may_be_written_in_several_ways(given):
    item = Item("01_neuron", "", "What is it?", "", number=(-0.001,))
    assert item.is_right(given) and not item.is_right("1E+3")
