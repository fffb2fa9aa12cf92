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
        "The inner function can use w and h of the outer one; it remembers them. But it remembers "
        "the array, not the numbers that were in it.",
        "If the caller writes into w, your box sees it, unless the box has numbers of its own. "
        "Arrays have a method that makes them; call it once, before the inner function is defined.",
    ),
)


@exercise.public
def public():
    yield Question(
        "one box, asked about two examples",
        dict(
            w=np.array([1.0, -2.0, 3.0]),
            h=stock.square,
            xs=[np.array([1.0, 0.0, 1.0]), np.array([0.0, 2.0, 1.0])],
        ),
        call="one_box",
    )
    yield Question(
        "two boxes with parameters of their own (w, h and other_w, other_h), asked in turn",
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
        "a box asked before and after its maker writes other numbers into w",
        dict(w=np.array([1.0, -1.0]), h=stock.double, x=np.array([5.0, 2.0])),
        call="box_before_and_after_w_changes",
    )


@exercise.secret
def secret(rng):
    yield Question(
        "one box, asked about several examples",
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
        "two boxes with parameters of their own, asked in turn",
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
        "a box asked before and after the caller's w is changed in place",
        dict(w=rng.normal(size=3), h=stock.exp, x=rng.uniform(0.5, 1, 3)),
        call="box_before_and_after_w_changes",
        weight=1.5,
    )
    yield Question(
        "w changed in place before the box is first asked",
        dict(w=rng.normal(size=3), h=stock.exp, x=rng.uniform(0.5, 1, 3)),
        call="box_first_asked_after_w_changes",
        weight=1.5,
    )


@exercise.mistake(
    "This is what you get when the box looks into the caller's w whenever it is asked: when the "
    "caller changes w, the box changes with it.",
    "A second name for an array is no second array. Should the box keep the array or its numbers?",
)
def looks_into_the_callers_w(w, h):
    return lambda x: h(w @ x)


@exercise.mistake(
    "This is what you get when the box takes its own copy only when it is first asked.",
    "At which moment should the weights be settled: when the box is made, or when it is used?",
)
def copies_when_first_asked(w, h):
    own = []

    def box(x):
        if not own:
            own.append(np.array(w))
        return h(own[0] @ x)

    return box


@exercise.mistake(
    "This is what you get when all boxes share their weights: a second box changed the first.",
    "Where do your weights live: in the box, or in one place that every box looks at?",
)
def boxes_share_their_weights(w, h):
    boxes_share_their_weights.w = np.array(w)
    return lambda x: h(boxes_share_their_weights.w @ x)


@exercise.mistake(
    "This is what you get when no function of x is returned, so that nothing can be asked of it.",
    "Is the inner function returned, and is it the function itself or already a result of it?",
)
def no_box_returned(w, h):
    return None


@exercise.mistake(
    "This is what you get when the products w_i x_i are not added up.",
    "Inside the box sits the neuron you have already written. How many outputs has it?",
)
def box_without_a_sum(w, h):
    w = np.array(w)
    return lambda x: h(w * x)


@exercise.mistake(
    "This is w · x alone: the box has lost its activation.",
    "The box got two things to remember. Does it use both?",
)
def box_without_activation(w, h):
    w = np.array(w)
    return lambda x: w @ x


@exercise.mistake(
    "This is what you get when the box always gives the answer to its first question.",
    "x comes anew with every question. What may be settled before x is known, and what not?",
)
def remembers_its_first_answer(w, h):
    w, answers = np.array(w), []

    def box(x):
        answers.append(h(w @ x))
        return answers[0]

    return box
