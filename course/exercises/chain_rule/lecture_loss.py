"""Questions and known mistakes of `lecture_loss`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.nn import chain_rule as nn

exercise = Exercise(
    nn.lecture_loss,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "Go from the inside out: first the prediction, then how far it is from the target.",
        "There are three steps: the prediction ŷ from w and x, the residual z from ŷ and y, the "
        "loss from z.",
        "The loss of a residual z is ρ(z) = log(1 + z²), with the natural logarithm. NumPy has it, "
        "and for log(1 + something) it even has a separate function.",
    ),
)


@exercise.public
def public():
    yield Question("a residual of 1", dict(w=2.0, x=3.0, y=5.0))
    yield Question("a perfect prediction", dict(w=2.0, x=3.0, y=6.0))
    yield Question("a residual of 2", dict(w=5.0, x=0.5, y=0.5))
    yield Question("a residual of −3", dict(w=-1.0, x=1.0, y=2.0))


@exercise.secret
def secret(rng):
    w, x, y = (float(v) for v in rng.normal(size=3))
    yield Question("any three numbers", dict(w=w, x=x, y=y), weight=2)
    yield Question("a prediction that is too large", dict(w=1 + abs(w), x=1 + abs(x), y=-abs(y)))
    yield Question("a prediction that is too small", dict(w=1 + abs(w), x=-1 - abs(x), y=abs(y)))
    yield Question("a target far away", dict(w=w, x=x, y=1000.0 + y))
    x, y = (int(v) for v in rng.integers(2, 5, size=2))
    yield Question("an integer input and target", dict(w=w, x=x, y=y))
    w, x, y = (np.float32(v) for v in (1.5, 2.0, int(rng.integers(-3, 2))))
    yield Question("float32", dict(w=w, x=x, y=y))
    yield Question("a perfect prediction of 0", dict(w=0.0, x=1.0, y=0.0), weight=0.3)


# A plain way of writing it, and what is changed in it.


@exercise.writing
def in_steps(w, x, y):
    prediction = w * x
    residual = prediction - y
    square = residual**2
    inside = 1 + square
    return np.log(inside)


exercise.idea(
    "one_left_out",
    "The 1 is missing: this is the logarithm of the squared residual alone.",
    "What should the loss of a perfect prediction be, and what is the logarithm of 0?",
    {"1 + square": "square"},
)
exercise.idea(
    "one_outside_the_log",
    "The 1 is added to the logarithm, but it belongs inside, to the square.",
    "What should the loss of a perfect prediction be, and what is the logarithm of 0?",
    {"1 + square": "square", "np.log(inside)": "1 + np.log(inside)"},
)
exercise.idea(
    "one_added_twice",
    "This is log(2 + z²): the 1 is added twice.",
    "np.log1p(a) is log(1 + a). Which 1 is already in it?",
    {"1 + square": "2 + square"},
)
exercise.idea(
    "square_outside_the_log",
    "This is (log(1 + z))² instead of log(1 + z²): the square is around the logarithm.",
    "What exactly is squared in ρ(z) = log(1 + z²)?",
    {"square = residual**2": "square = residual", "np.log(inside)": "np.log(inside) ** 2"},
)
exercise.idea(
    "one_inside_the_square",
    "This is log((1 + z)²) instead of log(1 + z²): the 1 is squared along with z.",
    "Add the 1 to the squared residual. Where do the brackets go?",
    {"square = residual**2": "square = (1 + residual) ** 2", "1 + square": "square"},
)
exercise.idea(
    "square_lost",
    "The square is missing: this is log(1 + z).",
    "A residual of −2 is as bad as a residual of 2. What makes it so in the lecture's loss?",
    {"square = residual**2": "square = residual"},
)
exercise.idea(
    "absolute_value_for_the_square",
    "The residual's absolute value takes the place of its square, as in log(1 + |z|).",
    "Which loss has a residual of −3: log 4 or log 10?",
    {"square = residual**2": "square = abs(residual)"},
)
exercise.idea(
    "only_the_target_squared",
    "Only the target is squared, as in w x − y², where (w x − y)² belongs.",
    "Python takes powers before it subtracts. Where do brackets belong?",
    {"prediction - y": "prediction - y**2", "square = residual**2": "square = residual"},
)
exercise.idea(
    "caret_for_power",
    "In Python `^` is not a power: it is XOR, which compares the bits of two whole numbers.",
    "How does Python write z to the power of 2?",
    {"square = residual**2": "square = residual ^ 2"},
)
exercise.idea(
    "log_to_base_10",
    "This is the logarithm to base 10.",
    "In this course, as in NumPy, log is the natural logarithm.",
    {"np.log(inside)": "np.log10(inside)"},
)
exercise.idea(
    "log_to_base_2",
    "This is the logarithm to base 2.",
    "In this course, as in NumPy, log is the natural logarithm.",
    {"np.log(inside)": "np.log2(inside)"},
)
exercise.idea(
    "logarithm_lost",
    "The logarithm is missing: this is the square alone, or 1 plus the square.",
    "The lecture's loss grows slowly for large residuals. Compare ρ(1000) with 1000².",
    {"np.log(inside)": "square"},
    {"np.log(inside)": "inside"},
)
exercise.idea(
    "squared_loss",
    "This is ½ (ŷ − y)², another loss: the lecture's has a logarithm, and no ½ in front.",
    "The lecture's loss grows slowly for large residuals. Compare ρ(1000) with 1000².",
    {"np.log(inside)": "square / 2"},
)
exercise.idea(
    "halved",
    "The loss is halved, but the lecture's has no ½ in front.",
    "Which loss has a residual of 1: log 2 or half of that?",
    {"1 + square": "np.sqrt(1 + square)"},
)
exercise.idea(
    "negated",
    "The sign is wrong: a loss is never below 0.",
    "Nothing is better than a perfect prediction. Which loss does it have?",
    {"np.log(inside)": "-np.log(inside)"},
)
exercise.idea(
    "target_added",
    "The target is added to the prediction instead of subtracted.",
    "What is the residual of a perfect prediction?",
    {"prediction - y": "prediction + y"},
)
exercise.idea(
    "target_not_used",
    "The loss does not depend on the target y.",
    "Which number does the prediction have to be compared with?",
    {"prediction - y": "prediction"},
)
exercise.idea(
    "weight_added",
    "w and x are added instead of multiplied: the prediction is w + x here.",
    "The prediction is linear: what does a weight do with its input?",
    {"w * x": "(w + x)"},
)
exercise.idea(
    "weight_not_used",
    "The loss does not depend on the weight w.",
    "What is the prediction ŷ made of?",
    {"w * x": "x"},
)
exercise.idea(
    "input_not_used",
    "The loss does not depend on the input x.",
    "What is the prediction ŷ made of?",
    {"w * x": "w"},
)
exercise.idea(
    "weight_times_the_difference",
    "This is w (x − y) in place of w x − y: the weight multiplies the target, too.",
    "What is the prediction, before it is compared with the target?",
    {"w * x": "w * (x - y)", "prediction - y": "prediction"},
)
exercise.idea(
    "arguments_in_another_order",
    "The arguments are swapped: another one is taken for the target. The order is w, x, y.",
    "Compare the first line of your function with the exercise's.",
    {"w * x": "x * y", "prediction - y": "prediction - w"},
    {"w * x": "w * y", "prediction - y": "prediction - x"},
)
