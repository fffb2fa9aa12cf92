"""Questions and known mistakes of `make_neuron`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import neuron as nn

exercise = Exercise(
    nn.make_neuron,
    points=3,
    minutes=10,
    difficulty=3,
    hints=(
        "The answer is a function. Define a function of x inside your function, and return it "
        "without calling it.",
        "The inner function can use the outer function's w and h: it remembers them. But it "
        "remembers the array itself, not the numbers that were in it.",
        "If the caller writes into w, your box sees the change, unless it keeps numbers of its "
        "own. Arrays have a method that makes such a copy; call it once, before you define the "
        "inner function.",
    ),
)


@exercise.public
def public():
    yield Question(
        "one box, called with two examples",
        dict(
            w=np.array([1.0, -2.0, 3.0]),
            h=stock.square,
            xs=[np.array([1.0, 0.0, 1.0]), np.array([0.0, 2.0, 1.0])],
        ),
        call="one_box",
    )
    yield Question(
        "two boxes with their own parameters (w, h and other_w, other_h), called in turn",
        dict(
            w=np.array([1.0, 2.0]),
            h=stock.double,
            other_w=np.array([-1.0, 1.0]),
            other_h=stock.square,
            x=np.array([3.0, 1.0]),
        ),
        call="two_boxes_in_turn",
    )
    yield Question(
        "a box called before and after the caller writes new numbers into w",
        dict(w=np.array([1.0, -1.0]), h=stock.double, x=np.array([5.0, 2.0])),
        call="box_before_and_after_w_changes",
    )


@exercise.secret
def secret(rng):
    yield Question(
        "one box, called with several examples",
        dict(w=rng.normal(size=4), h=stock.sin, xs=list(rng.normal(size=(3, 4)))),
        call="one_box",
    )
    yield Question(
        "a box with a single input",
        dict(w=rng.uniform(1.5, 2, 1), h=stock.exp, xs=list(rng.normal(size=(2, 1)))),
        call="one_box",
        weight=0.5,
    )
    yield Question(
        "two boxes with their own parameters, called in turn",
        dict(
            w=rng.uniform(0.2, 0.5, 3),
            h=stock.exp,
            other_w=rng.uniform(0.7, 0.9, 3),
            other_h=stock.shifted_square,
            x=rng.uniform(0.5, 1, 3),
        ),
        call="two_boxes_in_turn",
        weight=1.5,
    )
    yield Question(
        "a box called before and after the caller's w is changed in place",
        dict(w=rng.normal(size=3), h=stock.exp, x=rng.uniform(0.5, 1, 3)),
        call="box_before_and_after_w_changes",
        weight=1.5,
    )
    yield Question(
        "w is changed in place before the box is first called",
        dict(w=rng.normal(size=3), h=stock.exp, x=rng.uniform(0.5, 1, 3)),
        call="box_first_asked_after_w_changes",
        weight=1.5,
    )


@exercise.mistake(
    "The box looks at the caller's w on every call: when the caller changes w, the box changes "
    "too.",
    "A second name for an array is not a second array. Should the box keep the array or its "
    "numbers?",
)
def looks_into_the_callers_w(w, h):
    return lambda x: h(w @ x)


@exercise.mistake(
    "The box copies w only when it is first called.",
    "When should the weights be fixed: when the box is made or when it is first used?",
)
def copies_when_first_asked(w, h):
    own = []

    def box(x):
        if not own:
            own.append(np.array(w))
        return h(own[0] @ x)

    return box


@exercise.mistake(
    "All boxes share their weights: making a second box changed the first.",
    "Where do your weights live: in the box, or in one place that every box looks at?",
)
def boxes_share_their_weights(w, h):
    boxes_share_their_weights.w = np.array(w)
    return lambda x: h(boxes_share_their_weights.w @ x)


@exercise.mistake(
    "No function of x is returned, so there is nothing to call.",
    "Do you return the inner function? And is it the function itself, or the result of calling it?",
)
def no_box_returned(w, h):
    return None


@exercise.mistake(
    "The products w_i x_i are not added up.",
    "Inside the box is the neuron that you have already written. How many outputs does it have?",
)
def box_without_a_sum(w, h):
    w = np.array(w)
    return lambda x: h(w * x)


@exercise.mistake(
    "This is w · x alone: the box has lost its activation.",
    "The box has two things to remember, w and h. Does it use both?",
)
def box_without_activation(w, h):
    w = np.array(w)
    return lambda x: w @ x


@exercise.mistake(
    "The box always returns its first answer.",
    "x is new in every call. What can be computed before x is known, and what can't?",
)
def remembers_its_first_answer(w, h):
    w, answers = np.array(w), []

    def box(x):
        answers.append(h(w @ x))
        return answers[0]

    return box
