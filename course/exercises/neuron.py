"""Questions and known mistakes of unit 1: from the generalised linear model to the neuron."""

import math

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import neuron as nn

# ----------------------------------------------------------------------------------------- neuron

neuron = Exercise(
    nn.neuron,
    points=2,
    minutes=5,
    difficulty=1,
    hints=(
        "Two steps, in this order: first the weights and the inputs make one number z, then h "
        "makes another number of it.",
        "z = w · x is a dot product: multiply entry by entry and add up. NumPy has a sign for it.",
        "The dot product of two arrays is written with @. Name its result z and return what h "
        "gives for z.",
    ),
)


@neuron.public
def _():
    yield Question(
        "two inputs, and an activation that doubles",
        dict(w=np.array([1.0, 2.0]), x=np.array([3.0, 1.0]), h=stock.double),
    )
    yield Question(
        "three inputs, and an activation that squares",
        dict(w=np.array([1.0, -2.0, 3.0]), x=np.array([2.0, 1.0, 1.0]), h=stock.square),
    )
    yield Question(
        "four inputs, one of them zero",
        dict(
            w=np.array([0.5, 2.0, -1.0, 2.0]),
            x=np.array([4.0, 1.0, 0.0, -1.0]),
            h=stock.shifted_square,
        ),
    )


@neuron.secret
def _(rng):
    yield Question(
        "a handful of inputs", dict(w=rng.normal(size=5), x=rng.normal(size=5), h=stock.sin)
    )
    yield Question(
        "many inputs",
        dict(w=rng.normal(size=13) / 4, x=rng.normal(size=13), h=stock.shifted_square),
    )
    yield Question(
        "a single input",
        dict(w=rng.uniform(1.5, 2, 1), x=rng.uniform(0.2, 0.4, 1), h=stock.exp),
        weight=0.5,
    )
    yield Question(
        "whole numbers as inputs",
        dict(w=rng.normal(size=4), x=rng.permutation([-2, 1, 3, 2]), h=stock.square),
    )
    yield Question(
        "float32",
        dict(
            w=rng.uniform(0.2, 0.9, 3).astype(np.float32),
            x=rng.uniform(0.2, 0.9, 3).astype(np.float32),
            h=stock.exp,
        ),
        weight=0.5,
    )
    yield Question(
        "all inputs zero",
        dict(w=rng.normal(size=3), x=np.zeros(3), h=stock.shifted_square),
        weight=0.5,
    )


@neuron.mistake(
    "This is what you get when the products w_i x_i are not added up.",
    "A neuron has one output. How many numbers does w * x hold, and how many does w · x?",
)
def products_not_summed(w, x, h):
    return h(np.multiply(w, x))


@neuron.mistake(
    "This is what you get when the activation is applied to every product, before the sum.",
    "In h(w · x) the dot product stands inside the parentheses. What has to be finished first?",
)
def activation_before_the_sum(w, x, h):
    return h(np.multiply(w, x)).sum()


@neuron.mistake(
    "This is what you get when the activation is applied to the inputs, before the weights.",
    "Follow one input on its way to the output: does it meet its weight first or the activation?",
)
def activation_of_the_inputs(w, x, h):
    return np.dot(w, h(x))


@neuron.mistake(
    "This is what you get when the activation is applied to the weights instead of to w · x.",
    "Which number does the black box hand to h? The weights are only half of it.",
)
def activation_of_the_weights(w, x, h):
    return np.dot(h(w), x)


@neuron.mistake(
    "This is w · x alone: the activation is left out.",
    "A linear model ends here. What makes it a generalised one?",
)
def activation_left_out(w, x, h):
    return np.dot(w, x)


@neuron.mistake(
    "This is what you get when only the first two inputs count.",
    "Nothing in ŷ = h(w · x) says how many inputs there are. Could your code say it as little?",
)
def two_inputs_only(w, x, h):
    return h(sum(w_i * x_i for w_i, x_i in zip(w[:2], x[:2], strict=True)))


@neuron.mistake(
    "The number is right, but it comes wrapped in an array with one entry.",
    "A neuron's output is a number. Which step of yours made a row or a column out of a vector?",
)
def an_array_of_one(w, x, h):
    return h(np.reshape(w, (1, -1)) @ x)


# --------------------------------------------------------------------------------------- identity

identity = Exercise(
    nn.identity,
    points=1,
    minutes=2,
    difficulty=1,
    hints=(
        "The shortest function of the course: what goes in comes out.",
        "It has to work for a number and for an array of any shape, so don't look inside z.",
        "One return statement is enough.",
    ),
)


@identity.public
def _():
    yield Question("one number", dict(z=-3.0))
    yield Question("three numbers", dict(z=np.array([-1.0, 0.0, 2.5])))
    yield Question("a matrix", dict(z=np.array([[1.0, -2.0, 3.0], [0.0, 5.0, -6.0]])))


@identity.secret
def _(rng):
    yield Question("some number", dict(z=float(rng.normal(2, 0.1))))
    yield Question("a vector", dict(z=rng.normal(size=5)))
    yield Question("an array with three axes", dict(z=rng.normal(size=(2, 3, 4))))
    yield Question("whole numbers", dict(z=rng.permutation([-3, -1, 0, 2, 7])))
    yield Question("a single negative number", dict(z=-float(rng.uniform(1, 2))), weight=0.5)


@identity.mistake(
    "This is what you get for the identity matrix, which shares only the name with the function.",
    "The identity function answers with the z it was asked about. Where is z in your answer?",
)
def identity_matrix(z):
    return np.eye(max(np.size(z), 1))


@identity.mistake(
    "This is the slope of the identity, which is 1 everywhere, and not its value.",
    "What is h(5) if h(z) = z?",
)
def slope_instead_of_value(z):
    return np.ones_like(np.asarray(z, dtype=float))


@identity.mistake(
    "This is what you get when negative numbers are cut off: that is another activation.",
    "The identity lets every number through, whatever its sign.",
)
def negative_numbers_cut_off(z):
    return nn.relu(z)


# ------------------------------------------------------------------------------------------- relu

relu = Exercise(
    nn.relu,
    points=1,
    minutes=4,
    difficulty=1,
    hints=(
        "For one number: it stays if it is positive, otherwise it becomes 0. Now for all entries "
        "at once, and without touching the caller's array.",
        "You want the larger of z and 0, entry by entry. Python's max compares whole things, and "
        "np.max looks for the largest entry of one array; NumPy has a third function with a "
        "longer name that compares two arrays entry by entry.",
        "np.maximum takes two arrays, or an array and a number.",
    ),
)


@relu.public
def _():
    yield Question("one negative number", dict(z=-2.0))
    yield Question("four numbers, elementwise", dict(z=np.array([-1.5, 0.0, 0.5, 3.0])))
    yield Question("a matrix", dict(z=np.array([[1.0, -2.0, 3.0], [-4.0, 5.0, -6.0]])))


@relu.secret
def _(rng):
    yield Question("one positive number", dict(z=float(rng.uniform(1.5, 3))), weight=0.5)
    yield Question("a single negative number", dict(z=-float(rng.uniform(0.5, 3))), weight=0.5)
    yield Question("a vector", dict(z=_both_signs(rng, 6)))
    yield Question("a matrix with more columns than rows", dict(z=_both_signs(rng, (3, 4))))
    yield Question("an array with three axes", dict(z=_both_signs(rng, (2, 3, 2))))
    yield Question("whole numbers", dict(z=rng.permutation([-3, -1, 0, 2, 7])))
    yield Question("only negative numbers", dict(z=-rng.uniform(0.1, 2, size=3)))


def _both_signs(rng, shape):
    """Draw numbers between 1/2 and 3, every other one negative, in any order."""
    sizes = rng.uniform(0.5, 3, size=shape)
    signs = np.where(np.arange(sizes.size) % 2, -1.0, 1.0)
    return sizes * rng.permutation(signs).reshape(sizes.shape)


@relu.mistake(
    "This is what you get from an if or from Python's max: each asks for one yes or no, and an "
    "array has a yes or no for each entry.",
    "What compares entry by entry?",
)
def max_of_python(z):
    return max(0, z)


@relu.mistake(
    "This is what you get from np.max(z, 0): the largest entries along axis 0.",
    "np.max reduces one array; the 0 is an axis to it. Which function takes the larger of two?",
)
def reduced_along_an_axis(z):
    return np.max(z, 0)


@relu.mistake(
    "This is what you get when the negative entries are overwritten in the caller's own array.",
    "The array z belongs to someone else, who may need it again. Where could the new numbers go?",
)
def overwrites_its_argument(z):
    z[z < 0] = 0
    return z


@relu.mistake(
    "This is the absolute value: negative numbers came out positive and not 0.",
    "What does [z]₊ make of −2?",
)
def absolute_value(z):
    return np.abs(z)


@relu.mistake(
    "This is what you get when the minimum of z and 0 is taken: the negative part.",
    "Of 0 and −2, which one should come out? And of 0 and 3?",
)
def negative_part(z):
    return np.minimum(z, 0)


@relu.mistake(
    "This is the step, 1 where z is positive and 0 elsewhere: the slope of ReLU, not its value.",
    "What should come out for 3: that it is positive, or how large it is?",
)
def step_function(z):
    return np.where(np.asarray(z) > 0, 1.0, 0.0)


@relu.mistake(
    "This is what you get when numbers above 1 are cut off too.",
    "The positive part has no ceiling. What should come out for 3?",
)
def clipped_at_one(z):
    return np.clip(z, 0, 1)


# ------------------------------------------------------------------------------------------- tanh

tanh = Exercise(
    nn.tanh,
    points=1,
    minutes=3,
    difficulty=1,
    hints=(
        "Everyone who computes has needed this function, so someone has written it already.",
        "NumPy's version works elementwise, takes a number as well as an array, and knows what to "
        "do far out, where e^z is too large for a float.",
        "It has the same name as your function, with np in front.",
    ),
)


@tanh.public
def _():
    yield Question("one number", dict(z=0.0))
    yield Question("three numbers, elementwise", dict(z=np.array([-1.0, 0.5, 2.0])))
    yield Question("far out on both sides", dict(z=np.array([-1000.0, 1000.0])))


@tanh.secret
def _(rng):
    yield Question("some number", dict(z=float(rng.uniform(0.2, 0.8))))
    yield Question("a matrix", dict(z=rng.normal(size=(3, 4))))
    yield Question("an array with three axes", dict(z=rng.normal(size=(2, 3, 2))))
    yield Question("whole numbers", dict(z=rng.permutation([-3, -1, 0, 2, 7])))
    yield Question("float32", dict(z=rng.normal(size=4).astype(np.float32)))
    yield Question(
        "numbers as large as a million",
        dict(z=rng.permutation([-1e6, -750.0, -40.0, 0.5, 40.0, 750.0, 1e6])),
        weight=3,
    )


@tanh.mistake(
    "This is the tangent of trigonometry and not the hyperbolic tangent.",
    "tan jumps from +∞ to −∞ again and again. Which function stays between −1 and 1?",
)
def tangent_of_trigonometry(z):
    return np.tan(z)


@tanh.mistake(
    "This is the formula as it stands: far out both exponentials are infinite, and ∞/∞ is nan.",
    "What is e^1000 in floating point? You need not write this function yourself.",
)
def infinity_over_infinity(z):
    up, down = np.exp(z), np.exp(np.negative(z))
    return (up - down) / (up + down)


@tanh.mistake(
    "This is the sigmoid, which runs from 0 to 1; tanh runs from −1 to 1.",
    "What should come out for z = 0, by the formula?",
)
def sigmoid_instead(z):
    return nn.sigmoid(z)


@tanh.mistake(
    "This is what you get when numerator and denominator change places.",
    "For z = 0 the formula has 0 above the fraction bar and 2 below it.",
)
def upside_down(z):
    return 1 / np.tanh(np.asarray(z, dtype=float))


@tanh.mistake(
    "This is what you get from math.tanh, which takes one number and no array.",
    "Which library has functions that work on every entry of an array at once?",
)
def tanh_of_one_number(z):
    if np.ndim(z):
        raise TypeError("only length-1 arrays can be converted to Python scalars")
    return math.tanh(z)


# ---------------------------------------------------------------------------------------- sigmoid

sigmoid = Exercise(
    nn.sigmoid,
    points=2,
    minutes=10,
    difficulty=3,
    hints=(
        "Write the formula for one number first. Which part of it can become too large for a "
        "float, and for which z?",
        "exp of a large positive number overflows; exp of a large negative one is harmlessly 0. "
        "There are two ways to write the sigmoid, and each is safe for one sign of z.",
        "1/(1+e^{-z}) is safe for z ≥ 0; e^z/(1+e^z) is the same number and safe for z < 0. "
        "e^{-|z|} is the one exponential that both need, and it never overflows. np.where "
        "chooses the numerator.",
    ),
)


@sigmoid.public
def _():
    yield Question("one number", dict(z=0.0))
    yield Question("three numbers, elementwise", dict(z=np.array([-1.0, 0.0, 2.0])))
    yield Question("far out to the left, without a warning", dict(z=-1000.0), warning_free=True)
    yield Question("far out to the right, without a warning", dict(z=1000.0), warning_free=True)


@sigmoid.secret
def _(rng):
    yield Question("some number", dict(z=float(rng.uniform(0.5, 2))))
    yield Question("a matrix", dict(z=rng.normal(size=(3, 4))))
    yield Question("whole numbers", dict(z=rng.permutation([-3, -1, 0, 2, 7])))
    yield Question("float32", dict(z=rng.normal(size=4).astype(np.float32)), weight=0.5)
    yield Question(
        "far out to the left, without a warning",
        dict(z=-rng.uniform(800, 1e6, size=3)),
        weight=1.5,
        warning_free=True,
    )
    yield Question(
        "far out to the right, without a warning",
        dict(z=rng.uniform(800, 1e6, size=3)),
        weight=1.5,
        warning_free=True,
    )
    yield Question(
        "small and large numbers in one matrix, without a warning",
        dict(z=rng.permutation([-1e6, -750.0, -40.0, -1.0, 0.5, 40.0, 750.0, 1e6]).reshape(2, 4)),
        weight=1.5,
        warning_free=True,
    )


@sigmoid.mistake(
    "This is 1/(1+e^z): the minus in the exponent is lost.",
    "Should the sigmoid grow or fall as z grows? Try z = 100 in your head.",
)
def minus_in_the_exponent_lost(z):
    return nn.sigmoid(np.negative(z))


@sigmoid.mistake(
    "This is the formula as it stands, and for very negative z its exponential overflows.",
    "What is e^1000 in floating point? Look for a form that never takes exp of a large number.",
)
def overflows_on_the_left(z):
    return 1 / (1 + np.exp(-np.asarray(z, dtype=float)))


@sigmoid.mistake(
    "This is e^z/(1+e^z), and for very large z it is ∞/∞, which is nan.",
    "This form is fine for negative z. Which one is fine for positive z?",
)
def infinity_over_infinity_on_the_right(z):
    e = np.exp(np.asarray(z, dtype=float))
    return e / (1 + e)


@sigmoid.mistake(
    "The numbers are right, but the form not chosen was computed as well, and it overflowed: "
    "np.where chooses between two finished arrays.",
    "Is there one exponential, safe for every z, from which both forms can be made?",
)
def both_forms_computed(z):
    z = np.asarray(z, dtype=float)
    return np.where(z >= 0, 1 / (1 + np.exp(-z)), np.exp(z) / (1 + np.exp(z)))


@sigmoid.mistake(
    "This is tanh, which runs from −1 to 1; the sigmoid runs from 0 to 1.",
    "What should come out for z = 0, by the formula?",
)
def tanh_instead(z):
    return np.tanh(z)


@sigmoid.mistake(
    "This is what you get from math.exp, which takes one number and no array.",
    "Which exp works on every entry of an array at once?",
)
def exp_of_one_number(z):
    if np.ndim(z):
        raise TypeError("only length-1 arrays can be converted to Python scalars")
    return 1 / (1 + math.exp(-z)) if z >= 0 else math.exp(z) / (1 + math.exp(z))


@sigmoid.mistake(
    "This works for arrays, but a single number has no entries that z[z >= 0] could pick.",
    "What would make an array out of a number, and leave an array what it is? Or do you need to "
    "pick entries at all?",
)
def entries_picked_from_a_number(z):
    if not isinstance(z, np.ndarray):
        raise TypeError("'float' object is not subscriptable")
    return nn.sigmoid(z)


@sigmoid.mistake(
    "This is what you get from an if: it asks for one yes or no, and an array has a yes or no for "
    "each entry.",
    "What chooses entry by entry? You have met it together with np.minimum.",
)
def one_choice_for_all_entries(z):
    if z >= 0:
        return 1 / (1 + np.exp(-z))
    return np.exp(z) / (1 + np.exp(z))


@sigmoid.mistake(
    "This is 1/(1 + e^{-|z|}): right for z ≥ 0, but −z gets the same answer as z.",
    "The form for negative z has something else than 1 above the fraction bar. What?",
)
def same_numerator_on_both_sides(z):
    return 1 / (1 + np.exp(-np.abs(z)))


# --------------------------------------------------------------------------------------- softplus

softplus = Exercise(
    nn.softplus,
    points=2,
    minutes=10,
    difficulty=3,
    hints=(
        "For z = 1000 the answer is 1000, to all the digits a float has. Where does the formula "
        "go wrong on its way there?",
        "Take e^z out of the bracket: log(1 + e^z) = z + log(1 + e^{-z}). Each side is safe for "
        "one sign of z.",
        "Both sides have log(1 + e^{-|z|}) in them, which never overflows. What has to be added "
        "to it for positive z, and what for negative? You have already written that function.",
    ),
)


@softplus.public
def _():
    yield Question("one number", dict(z=0.0))
    yield Question("three numbers, elementwise", dict(z=np.array([-1.0, 0.0, 2.0])))
    yield Question("far out to the left, without a warning", dict(z=-1000.0), warning_free=True)
    yield Question("far out to the right, without a warning", dict(z=1000.0), warning_free=True)


@softplus.secret
def _(rng):
    yield Question("some number", dict(z=float(rng.uniform(0.5, 2))))
    yield Question("a matrix", dict(z=rng.normal(size=(3, 4))))
    yield Question("whole numbers", dict(z=rng.permutation([-3, -1, 0, 2, 7])))
    yield Question("float32", dict(z=rng.normal(size=4).astype(np.float32)), weight=0.5)
    yield Question(
        "far out to the left, without a warning",
        dict(z=-rng.uniform(800, 1e6, size=3)),
        weight=0.5,
        warning_free=True,
    )
    yield Question(
        "far out to the right, without a warning",
        dict(z=rng.uniform(800, 1e6, size=3)),
        weight=1.5,
        warning_free=True,
    )
    yield Question(
        "small and large numbers in one matrix, without a warning",
        dict(z=rng.permutation([-1e6, -750.0, -40.0, -1.0, 0.5, 40.0, 750.0, 1e6]).reshape(2, 4)),
        weight=1.5,
        warning_free=True,
    )


@softplus.mistake(
    "This is the formula as it stands, and for large z its exponential overflows to infinity.",
    "For large z, log(1 + e^z) is hardly more than z. Can you split z off before taking exp?",
)
def overflows_on_the_right(z):
    return np.log(1 + np.exp(np.asarray(z, dtype=float)))


@softplus.mistake(
    "This is z + log(1 + e^{-z}) for every z; for very negative z its exponential overflows.",
    "This form is fine for positive z. Which one is fine for negative z?",
)
def the_other_form_for_every_z(z):
    z = np.asarray(z, dtype=float)
    return z + np.log1p(np.exp(-z))


@softplus.mistake(
    "The numbers are right, but the form not chosen was computed as well, and it overflowed: "
    "np.where chooses between two finished arrays.",
    "Is there one exponential, safe for every z, from which both forms can be made?",
)
def cut_off_computes_both_forms(z):
    z = np.asarray(z, dtype=float)
    return np.where(z > 30, z, np.log1p(np.exp(z)))


@softplus.mistake(
    "This is what you get from an if: it asks for one yes or no, and an array has a yes or no for "
    "each entry.",
    "Compare what the two signs of z want: which part is different, and which is the same? NumPy's "
    "elementwise functions can do the difference.",
)
def one_softplus_choice_for_all_entries(z):
    if z > 0:
        return z + np.log1p(np.exp(-z))
    return np.log1p(np.exp(z))


@softplus.mistake(
    "This is z + log(1 + e^{-|z|}): right for z ≥ 0, but for negative z it is z too small.",
    "Which of the two forms is the safe one for negative z, and what stands before its log?",
)
def z_added_on_both_sides(z):
    return z + np.log1p(np.exp(-np.abs(z)))


@softplus.mistake(
    "This is log(1 + e^{-z}): a minus has slipped in from the sigmoid.",
    "Should softplus grow or fall as z grows?",
)
def minus_in_the_exponent(z):
    return nn.softplus(np.negative(z))


@softplus.mistake(
    "This is the slope of softplus, which is the sigmoid, and not softplus itself.",
    "What is log(1 + e^0)?",
)
def its_slope_instead(z):
    return nn.sigmoid(z)


@softplus.mistake(
    "This is ReLU, which softplus only comes close to far away from 0.",
    "What is log(1 + e^0)? A cut-off has to be far enough out that nobody sees it.",
)
def corner_not_rounded(z):
    return nn.relu(z)


@softplus.mistake(
    "This is what you get with a logarithm to another base.",
    "log means the natural logarithm here: the one with log(e) = 1.",
)
def logarithm_to_base_two(z):
    return nn.softplus(z) / np.log(2)


# -------------------------------------------------------------------------------------------- glm

glm = Exercise(
    nn.glm,
    points=2,
    minutes=8,
    difficulty=2,
    hints=(
        "The same neuron looks at every row of X. n rows in, n numbers out.",
        "You could call neuron on each row and collect the answers. Or ask: which product of X and "
        "w has x_i · w as its entry i?",
        "A matrix times a vector is a dot product for each row of the matrix, if the matrix "
        "stands on the left. h takes all n results at once.",
    ),
)


@glm.public
def _():
    yield Question(
        "three examples with two inputs",
        dict(w=np.array([2.0, -1.0]), X=np.array([[1, 0], [0, 1], [2, 3]]), h=stock.double),
    )
    yield Question(
        "two examples with three inputs, whole numbers",
        dict(w=np.array([0.5, 1.0, 2.0]), X=np.array([[1, 2, 0], [0, 1, -1]]), h=stock.square),
    )
    yield Question(
        "a batch of one",
        dict(w=np.array([1.0, 1.0]), X=np.array([[3.0, -2.0]]), h=stock.shifted_square),
    )


@glm.secret
def _(rng):
    yield Question(
        "more examples than inputs",
        dict(w=rng.normal(size=3), X=rng.normal(size=(5, 3)), h=stock.sin),
    )
    yield Question(
        "more inputs than examples",
        dict(w=rng.normal(size=5) / 2, X=rng.normal(size=(2, 5)), h=stock.shifted_square),
    )
    yield Question(
        "as many examples as inputs",
        dict(w=rng.uniform(0.5, 1, 3), X=rng.normal(size=(3, 3)), h=stock.exp),
    )
    yield Question(
        "a batch of one example",
        dict(w=rng.normal(size=4), X=rng.normal(size=(1, 4)), h=stock.tanh),
        weight=1.5,
    )
    yield Question(
        "a single input",
        dict(w=rng.uniform(1.5, 2, size=1), X=rng.normal(size=(4, 1)), h=stock.exp),
        weight=0.5,
    )
    yield Question(
        "whole numbers as inputs",
        dict(
            w=rng.uniform(0.1, 0.4, 3),
            X=rng.integers(-3, 4, size=(4, 3)),
            h=stock.sin,
        ),
        weight=1.5,
    )
    yield Question(
        "float32",
        dict(
            w=rng.uniform(0.2, 0.9, 3).astype(np.float32),
            X=rng.uniform(0.2, 0.9, (4, 3)).astype(np.float32),
            h=stock.exp,
        ),
        weight=0.5,
    )


@glm.mistake(
    "This is what you get when the products are not added up: a number for every input, and not "
    "one for every example.",
    "X * w multiplies entry by entry. What is still missing to make x_i · w of row i?",
)
def rows_not_summed(w, X, h):
    return h(np.multiply(X, w))


@glm.mistake(
    "This is what you get when the sum runs down the columns of X instead of along its rows.",
    "An example is a row. Which axis do you walk along when you stay inside one row?",
)
def summed_down_the_columns(w, X, h):
    return h(np.multiply(X, w).sum(axis=0))


@glm.mistake(
    "This is what you get when w stands on the wrong side of X, so that it meets the columns.",
    "Write down the shapes: which of (d,) @ (n, d) and (n, d) @ (d,) fits, and gives (n,)?",
)
def weights_meet_the_columns(w, X, h):
    return h(w @ X)


@glm.mistake(
    "This is what you get when the activation is applied to the inputs before the weights.",
    "It is the same neuron as before, h(w · x), only for many x. What comes first?",
)
def activation_of_the_examples(w, X, h):
    return h(X) @ w


@glm.mistake(
    "This is X w alone: the activation is left out.",
    "What would linear regression answer here, and what the generalised model?",
)
def linear_model_only(w, X, h):
    return X @ w


@glm.mistake(
    "This is what you get when the results are put into an array of whole numbers: everything "
    "after the decimal point is cut off.",
    "What is the dtype of the array you made for the results, when X holds whole numbers?",
)
def cut_to_whole_numbers(w, X, h):
    outputs = np.zeros(len(X), dtype=X.dtype)
    for i, x in enumerate(X):
        outputs[i] = h(x @ w)
    return outputs


@glm.mistake(
    "The numbers are right, but they stand in a column, (n, 1), and not in a flat array, (n,).",
    "One number for each example needs one axis. Which step gave your result a second one?",
)
def column_of_results(w, X, h):
    return h(X @ np.reshape(w, (-1, 1)))


@glm.mistake(
    "For a batch of one this gives a number and not an array with one number in it.",
    "n rows in, n numbers out, also for n = 1. Which step of yours throws an axis away?",
)
def batch_of_one_squeezed(w, X, h):
    return np.squeeze(h(X @ w))


@glm.mistake(
    "This is the answer for the first example only.",
    "How many rows has X, and how many numbers should come out?",
)
def first_example_only(w, X, h):
    return h(X[:1] @ w)


@glm.mistake(
    "This is the first example's output alone, as a number: the loop returned too early.",
    "Where does your return stand: inside the loop, or after it?",
)
def returned_inside_the_loop(w, X, h):
    return h(X[0] @ w)


# ------------------------------------------------------------------------------------ make_neuron

make_neuron = Exercise(
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


@make_neuron.public
def _():
    yield Question(
        "one box, asked about two examples",
        dict(
            w=np.array([1.0, -2.0, 3.0]),
            h=stock.square,
            xs=[np.array([1.0, 0.0, 1.0]), np.array([0.0, 2.0, 1.0])],
        ),
        way="one_box",
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
        way="two_boxes_in_turn",
    )
    yield Question(
        "a box asked before and after its maker writes other numbers into w",
        dict(w=np.array([1.0, -1.0]), h=stock.double, x=np.array([5.0, 2.0])),
        way="box_before_and_after_w_changes",
    )


@make_neuron.secret
def _(rng):
    yield Question(
        "one box, asked about several examples",
        dict(w=rng.normal(size=4), h=stock.sin, xs=list(rng.normal(size=(3, 4)))),
        way="one_box",
    )
    yield Question(
        "a box with a single input",
        dict(w=rng.uniform(1.5, 2, 1), h=stock.exp, xs=list(rng.normal(size=(2, 1)))),
        way="one_box",
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
        way="two_boxes_in_turn",
        weight=1.5,
    )
    yield Question(
        "a box asked before and after the caller's w is changed in place",
        dict(w=rng.normal(size=3), h=stock.exp, x=rng.uniform(0.5, 1, 3)),
        way="box_before_and_after_w_changes",
        weight=1.5,
    )
    yield Question(
        "w changed in place before the box is first asked",
        dict(w=rng.normal(size=3), h=stock.exp, x=rng.uniform(0.5, 1, 3)),
        way="box_first_asked_after_w_changes",
        weight=1.5,
    )


@make_neuron.mistake(
    "This is what you get when the box looks into the caller's w whenever it is asked: when the "
    "caller changes w, the box changes with it.",
    "A second name for an array is no second array. Should the box keep the array or its numbers?",
)
def looks_into_the_callers_w(w, h):
    return lambda x: h(w @ x)


@make_neuron.mistake(
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


@make_neuron.mistake(
    "This is what you get when all boxes share their weights: a second box changed the first.",
    "Where do your weights live: in the box, or in one place that every box looks at?",
)
def boxes_share_their_weights(w, h):
    boxes_share_their_weights.w = np.array(w)
    return lambda x: h(boxes_share_their_weights.w @ x)


@make_neuron.mistake(
    "This is what you get when no function of x is returned, so that nothing can be asked of it.",
    "Is the inner function returned, and is it the function itself or already a result of it?",
)
def no_box_returned(w, h):
    return None


@make_neuron.mistake(
    "This is what you get when the products w_i x_i are not added up.",
    "Inside the box sits the neuron you have already written. How many outputs has it?",
)
def box_without_a_sum(w, h):
    w = np.array(w)
    return lambda x: h(w * x)


@make_neuron.mistake(
    "This is w · x alone: the box has lost its activation.",
    "The box got two things to remember. Does it use both?",
)
def box_without_activation(w, h):
    w = np.array(w)
    return lambda x: w @ x


@make_neuron.mistake(
    "This is what you get when the box always gives the answer to its first question.",
    "x comes anew with every question. What may be settled before x is known, and what not?",
)
def remembers_its_first_answer(w, h):
    w, answers = np.array(w), []

    def box(x):
        answers.append(h(w @ x))
        return answers[0]

    return box
