"""The status tells of every exercise where it stands, and what is next."""

from course.exercises.units import UNITS, all_exercises
from course.learner.my_work import digest, notebooks_in
from course.learner.progress import Progress, now
from course.learner.status import (
    GREEN,
    OPEN,
    RIGHT,
    UNASKED,
    WRONG,
    note_asked,
    note_untouched,
    out_of_date,
    status_of,
)
from tests.learner.conftest import write


def found(passed=False, green=False, written=True, said=""):
    return {"passed": passed, "green": green, "written": written, "said": said}


def states(folder):
    lessons = status_of(folder).lessons
    return {line.exercise.name: line.state for lesson in lessons for line in lesson.lines}


def ask(folder, asked, unit="01_neuron"):
    note_asked(folder, unit, digest(notebooks_in(folder)[unit]), asked)


def test_at_first_all_exercises_are_open_and_the_first_is_next(folder):
    status = status_of(folder)
    assert [lesson.unit for lesson in status.lessons] == list(UNITS)
    assert set(states(folder).values()) == {OPEN} and len(states(folder)) == len(all_exercises())
    assert status.next.exercise.name == next(iter(all_exercises()))
    assert f"0 of {len(all_exercises())} exercises" in repr(status)


def test_each_state_is_told_apart(folder):
    ask(
        folder,
        {
            "neuron": found(passed=True, green=True),
            "identity": found(green=True, said="It isn't right for large numbers."),
            "relu": found(said="It is wrong."),
            "tanh": found(written=False),
        },
    )
    progress = Progress.of(folder)
    progress.green["sigmoid"] = now()
    progress.tried["softplus"] = now()
    progress.save(folder)
    seen = states(folder)
    assert [
        seen[name] for name in ("neuron", "identity", "relu", "tanh", "sigmoid", "softplus")
    ] == [*(RIGHT, GREEN, WRONG, OPEN, UNASKED, WRONG)]
    text = repr(status_of(folder))
    assert "identity is green in `check`, but not right for all harder questions" in text
    assert "large numbers" in text and "Next: blind_direction" in text


def test_points_and_minutes_are_those_of_the_exercises(folder):
    every = all_exercises()
    ask(folder, {"neuron": found(passed=True, green=True)})
    lesson = status_of(folder).lessons[0]
    own = [one for one in every.values() if one.unit == "neuron"]
    assert lesson.points == (every["neuron"].points, sum(one.points for one in own))
    assert lesson.minutes_left == sum(one.minutes for one in own if one.name != "neuron")


def test_a_changed_notebook_is_asked_again_and_others_are_not(folder):
    assert list(out_of_date(folder)) == list(UNITS)
    for unit in UNITS:
        ask(folder, {}, unit)
    assert out_of_date(folder) == {}
    write(folder, "02_layers", "dense", "def dense(X, A, b, h):\n    return h(X @ A + b)")
    assert list(out_of_date(folder)) == ["02_layers"]
    assert "Changed since the harder questions were asked: 02_layers" in repr(status_of(folder))


def test_when_all_is_right_review_is_next(folder):
    for unit in UNITS:
        ask(folder, {name: found(passed=True, green=True) for name in all_exercises()}, unit)
    assert status_of(folder).next is None
    assert "Every exercise is right" in repr(status_of(folder))


def test_the_page_in_a_notebook_says_the_same(folder):
    ask(folder, {"neuron": found(passed=True, green=True)})
    page, text = status_of(folder)._repr_html_(), repr(status_of(folder))
    assert all(name in page for name in all_exercises())
    assert text.splitlines()[-1] in page


def test_a_notebook_as_handed_out_needs_no_asking(folder):
    assert all(note_untouched(folder, unit, path) for unit, path in notebooks_in(folder).items())
    assert out_of_date(folder) == {} and set(states(folder).values()) == {OPEN}
    write(folder, "02_layers", "dense", "def dense(X, A, b, h):\n    return h(X @ A + b)")
    assert not note_untouched(folder, "02_layers", notebooks_in(folder)["02_layers"])
