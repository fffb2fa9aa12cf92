"""Questions and known mistakes of `lecture_loss_derivative`."""

from course.exercises.chain_rule.steps import STEPS
from course.exercises.engine import Exercise, Question
from course.exercises.precision import has_twelve_digits
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


# A huge weight that meets a tiny input: no step that anyone takes moves it, so a slope that is
# measured is 0 there. Elsewhere a measured slope may count as right, so that this alone decides.
MEASURABLE = dict(rtol=1e-3, atol=1e-6)
BEYOND_MEASURE = dict(rtol=1e-6, atol=1e-26)
# A step that fits the tiny input moves the slope after all, but not to this many digits.
EXACT = dict(rtol=1e-12, atol=1e-30)


@exercise.public
def public():
    yield Question("a residual of 1", dict(w=2.0, x=3.0, y=5.0), **MEASURABLE)
    yield Question("a perfect prediction", dict(w=2.0, x=3.0, y=6.0), **MEASURABLE)
    yield Question("a residual of −2", dict(w=1.0, x=-3.0, y=-1.0), **MEASURABLE)
    yield Question("a residual of 3", dict(w=1.0, x=4.0, y=1.0), **MEASURABLE)
    yield Question(
        "a huge weight, a tiny input: a residual of 2",
        dict(w=1e16, x=1e-16, y=-1.0),
        **BEYOND_MEASURE,
    )


@exercise.secret
def secret(rng):
    w, x, y = (float(v) for v in rng.uniform(0.5, 3, size=3))
    yield Question("positive numbers", dict(w=w, x=x, y=y), **MEASURABLE)
    yield Question("a negative input", dict(w=w, x=-x, y=y), **MEASURABLE)
    yield Question("an input of 0", dict(w=w, x=0.0, y=y), weight=0.2, **MEASURABLE)
    yield Question("a weight of 0", dict(w=0.0, x=x, y=y), **MEASURABLE)
    yield Question("a target far away", dict(w=w, x=x, y=-1000.0), **MEASURABLE)
    huge = 1e16 * w
    yield Question("a huge weight, a tiny input", dict(w=huge, x=x / 1e16, y=-y), weight=3, **EXACT)
    yield Question(
        "a huge weight, a tiny negative input",
        dict(w=huge, x=-x / 1e16, y=y),
        weight=3,
        **EXACT,
    )
    # A step in proportion to w leaps over the valley.
    large = 1e6 * w
    yield Question(
        "a large target, nearly hit", dict(w=large, x=x, y=large * x - 2), weight=3, **MEASURABLE
    )
    # With so few binary digits in w and x nothing is rounded on the way to the residual, nor if its
    # brackets are multiplied out. But the loss a step away has no digits as small as that.
    w, x = float(1025 + 2 * rng.integers(512)) / 1024, float(rng.choice([-2, -0.5, 0.5, 2]))
    hit = dict(w=w, x=x, y=w * x - float(33 + 2 * rng.integers(16)) / 2**50)
    yield Question(
        "a target all but hit, to twelve digits",
        hit,
        judged_by=has_twelve_digits,
        property_args={"right": nn.lecture_loss_derivative(**hit)},
        weight=4,
    )
    w, x = (int(v) for v in rng.integers(1, 5, size=2))
    yield Question("integers", dict(w=w, x=x, y=w * x - 2), **MEASURABLE)


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def factor_by_factor(w, x, y):
    prediction = w * x
    residual = prediction - y
    square = residual**2
    of_the_square = 2 * residual
    of_the_log = 1 / (1 + square)
    of_the_shift = 1
    of_the_product = x
    return of_the_log * of_the_square * of_the_shift * of_the_product


@exercise.writing(ideas=("measured_not_derived",))
def measured_on_both_sides(w, x, y):
    h = 1e-6
    ahead, behind = w + h, w - h
    rise = nn.lecture_loss(ahead, x, y) - nn.lecture_loss(behind, x, y)
    return rise / (2 * h)


@exercise.writing(ideas=("measured_not_derived",))
def measured_on_one_side(w, x, y):
    h = 1e-6
    return (nn.lecture_loss(w + h, x, y) - nn.lecture_loss(w, x, y)) / h


exercise.idea(
    "measured_not_derived",
    "Where w is huge this is 0, as with a numerical derivative (a difference quotient): w plus a "
    "small step is still w there.",
    "Your numerical_derivative is a fine referee. Here the three factors of the chain rule are "
    "asked for: which number does each function receive, and what is its slope there?",
    *({"h = 1e-6": f"h = {step}"} for step in STEPS),
)
exercise.idea(
    "inner_factor_lost",
    "The innermost factor is missing: this is the derivative by the prediction ŷ, not by w.",
    "If w moves by a little, how much does w x move?",
    {"of_the_product = x": "of_the_product = 1"},
)
exercise.idea(
    "inside_of_the_log_not_derived",
    "The derivative of what is inside the logarithm is missing: 1/(1 + z²) is only the outermost "
    "factor.",
    "log(1 + z²) is itself a composition. What is the derivative of 1 + z²?",
    {"of_the_square = 2 * residual": "of_the_square = 1"},
)
exercise.idea(
    "two_lost",
    "This is half the derivative: the 2 of 2z is missing.",
    "What is the derivative of z²?",
    {"of_the_square = 2 * residual": "of_the_square = residual"},
)
exercise.idea(
    "residual_turned_around",
    "The derivative has the wrong sign, as with y − ŷ instead of ŷ − y.",
    "For the loss itself the order does not matter. Does it matter for the slope? If ŷ is too "
    "large, should a larger ŷ raise or lower the loss?",
    {"prediction - y": "y - prediction"},
)
exercise.idea(
    "by_the_target",
    "This is −2z/(1 + z²), the derivative by the target y; or, for the one by w, the sign is wrong "
    "and the last factor, x, is missing.",
    "Which of w, x and y moves, and which stay fixed? If w moves by a little, how much does w x "
    "move?",
    {"of_the_shift = 1": "of_the_shift = -1", "of_the_product = x": "of_the_product = 1"},
)
exercise.idea(
    "by_the_input",
    "This is the derivative by the input x: the last factor is w.",
    "Which of w, x and y moves, and which stay fixed?",
    {"of_the_product = x": "of_the_product = w"},
)
exercise.idea(
    "product_not_derived",
    "The last factor is w x itself, not its derivative by w.",
    "How steep is the straight line w ↦ w x?",
    {"of_the_product = x": "of_the_product = prediction"},
)
exercise.idea(
    "inner_factor_twice",
    "The innermost factor, x, is there twice.",
    "The chain has three functions. Which of them has the slope x?",
    {"of_the_product = x": "of_the_product = x * x"},
)
exercise.idea(
    "shift_not_derived",
    "The middle factor isn't the slope of z ↦ z − y: it depends on y, which only shifts that line.",
    "If ŷ grows by a little, how much does ŷ − y grow?",
    {"of_the_shift = 1": "of_the_shift = residual"},
    {"of_the_shift = 1": "of_the_shift = -y"},
    {"of_the_shift = 1": "of_the_shift = y"},
    {"of_the_shift = 1": "of_the_shift = 1 - y"},
)
exercise.idea(
    "outer_derivative_at_w",
    "The outer derivative ρ' is taken at w instead of at the residual.",
    "ρ never sees w. Which number does it receive?",
    {"residual = prediction - y": "residual = w"},
)
exercise.idea(
    "outer_derivative_at_the_prediction",
    "The outer derivative ρ' is taken at the prediction w x instead of at the residual w x − y.",
    "Which function comes between the prediction and ρ?",
    {"residual = prediction - y": "residual = prediction"},
)
exercise.idea(
    "factors_added",
    "The factors of the chain rule are added instead of multiplied.",
    "If one gear turns 3 times as fast as the first, and the next gear 2 times as fast as that "
    "one, does it turn 5 times as fast as the first?",
    {"of_the_square * of_the_shift * of": "of_the_square + of_the_shift + of"},
    {"of_the_square * of_the_shift * of": "of_the_square + of"},
    {"of_the_log * of_the_square * of_the_shift *": "of_the_log + of_the_square +"},
)
exercise.idea(
    "logarithm_not_derived",
    "This is the derivative of (w x − y)²: the logarithm's factor, 1/(1 + z²), is missing.",
    "The logarithm is the outermost function. What does the chain rule do with it?",
    {"of_the_log = 1 / (1 + square)": "of_the_log = 1"},
)
exercise.idea(
    "logarithm_kept",
    "The first factor is the logarithm itself, not its derivative.",
    "How steep is log a at a = 2?",
    {"of_the_log = 1 / (1 + square)": "of_the_log = nn.lecture_loss(w, x, y)"},
)
exercise.idea(
    "denominator_multiplied",
    "This multiplies by 1 + z² instead of dividing by it.",
    "The slope of log a is 1/a. Does it rise or fall when a grows?",
    {"of_the_log = 1 / (1 + square)": "of_the_log = 1 + square"},
)
exercise.idea(
    "denominator_squared",
    "The denominator is squared: (1 + z²)² belongs to the derivative of 1/(1 + z²).",
    "The slope of log a is 1/a. What is a here?",
    {"of_the_log = 1 / (1 + square)": "of_the_log = 1 / (1 + square) ** 2"},
)
exercise.idea(
    "denominator_without_brackets",
    "The brackets around the denominator are missing: only the 1 of 1 + z² is below the line.",
    "Python divides before it adds. What is 2 / 1 + 1?",
    {
        "of_the_log * of_the_square * of_the_shift * of_the_product": (
            "of_the_square / 1 + square * of_the_product"
        )
    },
    {
        "of_the_log * of_the_square * of_the_shift * of_the_product": (
            "of_the_square * of_the_product / 1 + square"
        )
    },
)
exercise.idea(
    "residual_without_brackets",
    "The brackets around the residual are missing: the 2 multiplies w x alone.",
    "Python multiplies before it subtracts. Where do brackets belong?",
    {"of_the_square = 2 * residual": "of_the_square = 2 * prediction - y"},
    {
        "of_the_log * of_the_square * of_the_shift * of_the_product": (
            "2 * prediction - y * of_the_log * of_the_product"
        )
    },
    {
        "of_the_log * of_the_square * of_the_shift * of_the_product": (
            "2 * of_the_product * prediction - y * of_the_log"
        )
    },
)
exercise.idea(
    "square_lost_in_the_denominator",
    "The square is missing in the denominator: it is 1 + z here, not 1 + z².",
    "What is inside the logarithm?",
    {"square = residual**2": "square = residual"},
)
exercise.idea(
    "one_lost_in_the_denominator",
    "The 1 is missing in the denominator: it is z² here, not 1 + z².",
    "What is inside the logarithm?",
    {"of_the_log = 1 / (1 + square)": "of_the_log = 1 / square"},
)
exercise.idea(
    "one_inside_the_square",
    "The 1 is squared along with z in the denominator: it is (1 + z)² here, not 1 + z².",
    "What is inside the logarithm, and what exactly is squared?",
    {"of_the_log = 1 / (1 + square)": "of_the_log = 1 / (1 + residual) ** 2"},
)
