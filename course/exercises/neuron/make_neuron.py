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
    yield Question(
        "a box called only after the caller has written new numbers into w",
        dict(w=np.array([2.0, -1.0]), h=stock.square, x=np.array([1.0, 3.0])),
        call="box_first_asked_after_w_changes",
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


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def dot_product(w, h):
    own = w.copy()

    def box(x):
        z = own @ x
        return h(z)

    return box


@exercise.writing
def products_and_sum(w, h):
    own = w.copy()

    def box(x):
        products = own * x
        z = np.sum(products)
        return h(z)

    return box


@exercise.writing
def in_short(w, h):
    own = tuple(w)
    return lambda x: h(np.dot(own, x))


@exercise.writing(ideas=("looks_into_the_callers_w",))
def the_callers_array(w, h):
    own = w

    def box(x):
        z = own @ x
        return h(z)

    return box


SHORT = "own = tuple(w)\n    return lambda x: h(np.dot(own, x))"
# An error of Python's says what the student's inner function is called.
INNER = ("box", "neuron", "inner", "f", "g", "black_box", "inner_neuron", "func", "predict")

exercise.idea(
    "looks_into_the_callers_w",
    "The box keeps no copy of w from when it was made: when the caller changes w, the box changes "
    "too.",
    "A second name for an array is not a second array, and a copy that each call makes comes too "
    "late. Should the box keep the array or its numbers?",
    {"own = w.copy()": "own = w"},
)


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


exercise.idea(
    "boxes_share_their_weights",
    "All boxes share their weights, as with a `global` variable: making a second box changed the "
    "first.",
    "Where do your weights live: in the box, or in one place that every box looks at?",
    {"own = w": "global own\nown = w"},
    {
        "own = w.copy()": "global own, activation\nown, activation = w.copy(), h",
        "return h(z)": "return activation(z)",
    },
)
exercise.idea(
    "copy_not_called",
    "The brackets are missing: `w.copy` is the method itself, not a copy.",
    "What do the brackets after a function's name do?",
    {"own = w.copy()": "own = w.copy"},
)
exercise.idea(
    "no_box_returned",
    "No function is returned, so there is nothing to call.",
    "Do you return the inner function? And is it the function itself, or the result of calling it?",
    {"return box": "return None"},
    {"return box": "return h(np.sum(w))"},
)
exercise.idea(
    "box_called_at_once",
    "The inner function is called before it is returned, when no x is there yet.",
    "What do the brackets after a function's name do? Return the function without calling it.",
    *({SHORT: f"def {name}(x):\n    return h(w @ x)\n\nreturn {name}()"} for name in INNER),
)
exercise.idea(
    "box_asks_for_everything",
    "The box wants w and h again, but it is called with x alone.",
    "The inner function can use the outer function's w and h. Which argument is left for it?",
    *({SHORT: f"def {name}(w, x, h):\n    return h(w @ x)\n\nreturn {name}"} for name in INNER),
    {SHORT: "return lambda w, x, h: h(w @ x)"},
)
exercise.idea(
    "box_takes_no_argument",
    "The box takes no argument, but it is called with an x.",
    "When is x known: when the box is made or when it is called?",
    *({SHORT: f"def {name}():\n    return h(w @ x)\n\nreturn {name}"} for name in INNER),
    {SHORT: "return lambda: h(w @ x)"},
)
exercise.idea(
    "box_returns_nothing",
    "The box returns None: its `return` is missing.",
    "There are two functions here, and each has a result of its own. Does each return it?",
    {"return h(z)": "h(z)"},
)
exercise.idea(
    "activation_returned",
    "What you return is h itself, so the box knows nothing of the weights.",
    "Which function takes x and gives h(w · x)? You have to define it.",
    {"return box": "return h"},
)
exercise.idea(
    "box_without_a_sum",
    "The products w_i x_i are not added up.",
    "Inside the box is the neuron that you have already written. How many outputs does it have?",
    {"np.sum(products)": "products"},
)
exercise.idea(
    "box_without_activation",
    "The box has lost its activation: h isn't applied to w · x.",
    "The box has two things to remember, w and h. Does it use both?",
    {"return h(z)": "return z"},
)
exercise.idea(
    "activation_of_the_inputs",
    "The activation is applied to the inputs, before the weights.",
    "Inside the box is the neuron that you have already written. What comes first there?",
    {"own @ x": "own @ h(x)", "return h(z)": "return z"},
)
exercise.idea(
    "activation_of_the_weights",
    "The activation is applied to the weights instead of to w · x.",
    "Inside the box is the neuron that you have already written. What does it pass to h?",
    {"own @ x": "h(own) @ x", "return h(z)": "return z"},
)
exercise.idea(
    "activation_before_the_sum",
    "The activation is applied to every product, before the sum.",
    "In h(w · x) the dot product is inside the brackets. What has to be finished first?",
    {"own * x": "h(own * x)", "return h(z)": "return z"},
)
exercise.idea(
    "activation_of_its_own",
    "The box uses the same activation whatever h is.",
    "h is an argument, like w: call it by that name.",
    {"return h(z)": "return np.tanh(z)"},
    {"return h(z)": "return 1 / (1 + np.exp(-z))"},
    {"return h(z)": "return np.maximum(z, 0)"},
)


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
