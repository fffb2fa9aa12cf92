"""Questions and known mistakes of `lecture_loss_derivative`."""

from course.exercises.engine import Exercise, Question
from course.nn import chain_rule as nn

exercise = Exercise(
    nn.lecture_loss_derivative,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "The loss is a chain of three functions. The chain rule gives its derivative three "
        "factors, one for each function.",
        "Work out ρ'(z) for ρ(z) = log(1 + z²) on paper: the derivative of the logarithm times the "
        "derivative of what is inside it. The other two functions are straight lines.",
        "The factors are ρ' at the residual w x − y, then the slope of z ↦ z − y, then the slope "
        "of w ↦ w x. Numerical differentiation of your `lecture_loss` tells you whether you have "
        "them all.",
    ),
)


@exercise.public
def public():
    yield Question("a residual of 1", dict(w=2.0, x=3.0, y=5.0))
    yield Question("a perfect prediction", dict(w=2.0, x=3.0, y=6.0))
    yield Question("a residual of −2", dict(w=1.0, x=-3.0, y=-1.0))


@exercise.secret
def secret(rng):
    w, x, y = (float(v) for v in rng.uniform(0.5, 3, size=3))
    yield Question("positive numbers", dict(w=w, x=x, y=y), weight=2)
    yield Question("a negative input", dict(w=w, x=-x, y=y), weight=2)
    yield Question("an input of 0", dict(w=w, x=0.0, y=y))
    yield Question("a weight of 0", dict(w=0.0, x=x, y=y))
    yield Question("a target far away", dict(w=w, x=x, y=-1000.0))
    w, x = (int(v) for v in rng.integers(1, 5, size=2))
    yield Question("integers", dict(w=w, x=x, y=w * x - 2))


@exercise.mistake(
    "This is the derivative by the prediction ŷ: the innermost factor is missing.",
    "If w moves by a little, how much does w x move?",
)
def inner_factor_lost(w, x, y):
    r = w * x - y
    return 2 * r / (1 + r**2)


@exercise.mistake(
    "This is 1/(1 + z²) · x: the derivative of what is inside the logarithm is missing.",
    "log(1 + z²) is itself a composition. What is the derivative of 1 + z²?",
)
def inside_of_the_log_not_derived(w, x, y):
    return x / (1 + (w * x - y) ** 2)


@exercise.mistake(
    "This is half the derivative: the 2 of 2z is missing.",
    "What is the derivative of z²?",
)
def two_lost(w, x, y):
    return nn.lecture_loss_derivative(w, x, y) / 2


@exercise.mistake(
    "This is the derivative with the wrong sign. Did you use y − ŷ instead of ŷ − y?",
    "For the loss itself the order does not matter. Does it matter for the slope? If ŷ is too "
    "large, should a larger ŷ raise or lower the loss?",
)
def residual_turned_around(w, x, y):
    return -nn.lecture_loss_derivative(w, x, y)


@exercise.mistake(
    "The outer derivative ρ' is taken at w instead of at the residual.",
    "ρ never sees w. Which number does it receive?",
)
def outer_derivative_at_w(w, x, y):
    return 2 * w / (1 + w**2) * x


@exercise.mistake(
    "The outer derivative ρ' is taken at the prediction w x instead of at the residual w x − y.",
    "Which function comes between the prediction and ρ?",
)
def outer_derivative_at_the_prediction(w, x, y):
    return 2 * w * x / (1 + (w * x) ** 2) * x


@exercise.mistake(
    "This is the derivative by the input x: the last factor is w.",
    "Which of w, x and y moves, and which stay fixed?",
)
def by_the_input(w, x, y):
    r = w * x - y
    return 2 * r / (1 + r**2) * w


@exercise.mistake(
    "The three factors of the chain rule are added instead of multiplied.",
    "If one gear turns 3 times as fast as the first, and the next gear 2 times as fast as that "
    "one, does it turn 5 times as fast as the first?",
)
def factors_added(w, x, y):
    r = w * x - y
    return 2 * r / (1 + r**2) + 1 + x


@exercise.mistake(
    "This is the derivative of (w x − y)²: the logarithm's factor, 1/(1 + z²), is missing.",
    "The logarithm is the outermost function. What does the chain rule do with it?",
)
def logarithm_not_derived(w, x, y):
    return 2 * (w * x - y) * x
