"""Questions and known mistakes of `neuron`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import neuron as nn

exercise = Exercise(
    nn.neuron,
    points=2,
    minutes=5,
    difficulty=1,
    hints=(
        "There are two steps: first turn the weights and the inputs into one number z, then let h "
        "turn z into the output.",
        "z = w · x is a dot product: multiply entry by entry and add up. NumPy has an operator for "
        "it.",
        "The dot product of two arrays is written with `@`. Call its result z and return h(z).",
    ),
)


@exercise.public
def public():
    yield Question(
        "two inputs, and an activation that doubles",
        dict(w=np.array([-1.0, 2.0]), x=np.array([3.0, 5.0]), h=stock.double),
    )
    yield Question(
        "three inputs, and an activation that cubes",
        dict(w=np.array([1.0, -2.0, 3.0]), x=np.array([4.0, 5.0, 1.0]), h=stock.cube),
    )
    yield Question(
        "four inputs, one of them zero",
        dict(
            w=np.array([0.5, 2.0, -1.0, 2.0]),
            x=np.array([4.0, 1.0, 0.0, -1.0]),
            h=stock.shifted_square,
        ),
    )
    yield Question(
        "whole numbers as inputs",
        dict(w=np.array([0.5, -2.0]), x=np.array([1, 2]), h=stock.leaky),
    )


@exercise.secret
def secret(rng):
    w, x = rng.normal(size=(2, 5))
    w *= -np.sign(w @ x)  # below 0, so that h can't be taken for a ReLU
    yield Question("a handful of inputs", dict(w=w, x=x, h=stock.sin))
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
        "whole numbers as weights and as inputs",
        dict(w=rng.permutation([-1, 2, 3]), x=rng.permutation([1, 2, 4]), h=stock.cos),
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


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def products_and_sum(w, x, h):
    products = w * x
    z = np.sum(products)
    return h(z)


@exercise.writing
def loop(w, x, h):
    z = 0.0
    for i in range(len(w)):
        product = w[i] * x[i]
        z += product
    return h(z)


@exercise.mistake(
    "Only the first two inputs count.",
    "Nothing in ŷ = h(w · x) says how many inputs there are. Can you write code that doesn't say "
    "it either?",
)
def two_inputs_only(w, x, h):
    return h(w[0] * x[0] + w[1] * x[1])


@exercise.mistake(
    "This is written for exactly three inputs.",
    "Nothing in ŷ = h(w · x) says how many inputs there are. Can you write code that doesn't say "
    "it either?",
)
def three_inputs_only(w, x, h):
    return h(w[0] * x[0] + w[1] * x[1] + w[2] * x[2])


@exercise.mistake(
    "Off by one: the loop takes a step too many, to an index that is out of range.",
    "d inputs are numbered from 0 to d − 1, and `range(n)` ends before n.",
)
def one_step_too_many(w, x, h):
    return h(sum(w[i] * x[i] for i in range(len(w) + 1)))


@exercise.mistake(
    "This multiplies the sum of the weights by the sum of the inputs.",
    "Each weight meets its own input only. Which comes first, the products or the sum?",
)
def product_of_the_sums(w, x, h):
    return h(np.sum(w) * np.sum(x))


@exercise.mistake(
    "The products w_i x_i are multiplied with each other instead of added up.",
    "What is between the terms of w_1 x_1 + … + w_d x_d?",
)
def products_multiplied(w, x, h):
    return h(np.prod(w * x))


@exercise.mistake(
    "np.dot gets one argument, w * x, but it takes two: it multiplies and adds itself.",
    "Which two things is a dot product a product of?",
)
def one_argument_for_dot(w, x, h):
    return h(np.dot(w * x))


@exercise.mistake(
    "This is the outer product: every weight meets every input.",
    "A neuron has one output. Which product of two vectors is a single number?",
)
def outer_product(w, x, h):
    return h(np.outer(w, x))


@exercise.mistake(
    "The sum starts from 1 instead of 0.",
    "What is w · x if all inputs are 0?",
)
def sum_starts_from_one(w, x, h):
    return h(1 + w @ x)


@exercise.mistake(
    "The sign of w · x is wrong: h gets −(w · x).",
    "Is there a minus in h(w · x)?",
)
def sign_turned(w, x, h):
    return h(-(w @ x))


@exercise.mistake(
    "The output is divided by the number of inputs.",
    "Is there an average in h(w_1 x_1 + … + w_d x_d)?",
)
def output_divided(w, x, h):
    return h(w @ x) / len(x)


@exercise.mistake(
    "This says 1 or 0, whatever h is: it is a step.",
    "h is an argument, like w and x: call it by that name.",
)
def step_of_its_own(w, x, h):
    return 1 if w @ x > 0 else 0


exercise.idea(
    "products_not_summed",
    "The products w_i x_i are not added up.",
    "A neuron has one output. How many numbers are there in `w * x`, and how many in w · x?",
    {"z = np.sum(products)": "z = products"},
)
exercise.idea(
    "activation_before_the_sum",
    "The activation is applied to every product, before the sum.",
    "In h(w · x) the dot product is inside the brackets. What has to be finished first?",
    {"products = w * x": "products = h(w * x)", "return h(z)": "return z"},
    {"product = w[i] * x[i]": "product = h(w[i] * x[i])", "return h(z)": "return z"},
)
exercise.idea(
    "activation_after_every_product",
    "The activation is applied inside the loop, to the sum so far, again and again.",
    "h takes the finished sum, once. Which lines belong to the loop?",
    {"z += product": "z = h(z + product)", "return h(z)": "return z"},
)
exercise.idea(
    "activation_of_the_inputs",
    "The activation is applied to the inputs, before the weights.",
    "Follow one input on its way to the output: does it meet its weight first, or the activation?",
    {"products = w * x": "products = w * h(x)", "return h(z)": "return z"},
    {"product = w[i] * x[i]": "product = w[i] * h(x[i])", "return h(z)": "return z"},
)
exercise.idea(
    "activation_of_the_weights",
    "The activation is applied to the weights instead of to w · x.",
    "Which number does the black box pass to h? The weights are only half of it.",
    {"products = w * x": "products = h(w) * x", "return h(z)": "return z"},
)
exercise.idea(
    "activation_twice",
    "The activation is applied twice: to every product, and to their sum.",
    "In h(w · x) there is one h. Which number does it get?",
    {"products = w * x": "products = h(w * x)"},
)
exercise.idea(
    "weights_left_out",
    "The weights are missing: the inputs themselves are used.",
    "How does a neuron make one input count more than another?",
    {"products = w * x": "products = x"},
)
exercise.idea(
    "changes_its_inputs",
    "x is changed in place: the products are written into the caller's array.",
    "`*=` changes the array itself, and it belongs to the caller. Make a new one.",
    {"products = w * x": "x *= w\nproducts = x"},
    {"product = w[i] * x[i]": "x[i] *= w[i]\nproduct = x[i]"},
)
exercise.idea(
    "activation_left_out",
    "The activation is missing: h isn't applied to w · x.",
    "A linear model stops at w · x. What makes it a generalised linear model?",
    {"return h(z)": "return z"},
)
exercise.idea(
    "activation_of_its_own",
    "This uses the same activation whatever h is.",
    "h is an argument, like w and x: call it by that name.",
    {"return h(z)": "return 1 / (1 + np.exp(-z))"},
    {"return h(z)": "return np.tanh(z)"},
    {"return h(z)": "return np.maximum(z, 0)"},
    {"return h(z)": "return np.exp(z)"},
)
exercise.idea(
    "last_product_only",
    "Only the last product counts, as if each one overwrote the sum (`=` for `+=`).",
    "What does `z += …` do that `z = …` doesn't? And is z set to 0 before the loop or inside it?",
    {"z += product": "z = product"},
)
exercise.idea(
    "returned_inside_the_loop",
    "Only the first product counts, as with a `return` inside the loop.",
    "Where is your `return`: inside the loop or after it?",
    {"z += product": "z += product\nbreak"},
)
exercise.idea(
    "first_input_left_out",
    "The first input is left out: the sum starts from index 1 instead of 0.",
    "Counting starts from 0 in Python. Which i does your sum begin with?",
    {"range(len(w))": "range(1, len(w))"},
)
exercise.idea(
    "last_input_left_out",
    "The last input is left out: the sum ends one step too early.",
    "`range(n)` already ends before n: it runs from 0 to n − 1.",
    {"range(len(w))": "range(len(w) - 1)"},
)
exercise.idea(
    "first_weight_as_a_bias",
    "The first weight is added like a bias, without its input.",
    "Here every weight has an input: w_1 belongs to x_1. What is multiplied with w[0]?",
    {"z = 0.0": "z = w[0]", "range(len(w))": "range(1, len(w))"},
)
exercise.idea(
    "added_instead_of_multiplied",
    "Weights and inputs are added instead of multiplied.",
    "An input with weight 0 shouldn't count at all. Does it here?",
    {"products = w * x": "products = w + x"},
    {"product = w[i] * x[i]": "product = w[i] + x[i]"},
)
exercise.idea(
    "mean_of_the_products",
    "This is the mean of the products: their sum is divided by the number of inputs.",
    "Is there an average in w_1 x_1 + … + w_d x_d?",
    {"np.sum(products)": "np.mean(products)"},
)
exercise.idea(
    "an_array_of_one",
    "The output is wrapped: it is an array or a list with one entry instead of a number.",
    "A neuron's output is a number. Which of your steps turned it into a row or a column?",
    {"return h(z)": "return np.array([h(z)])"},
    {"return h(z)": "return np.array([[h(z)]])"},
)
exercise.idea(
    "cut_to_whole_numbers",
    "The results are put into an integer array, so everything after the decimal point is cut off.",
    "What is the `dtype` of the array you made for the results if x holds whole numbers?",
    {"products = w * x": "products = np.array(w * x, dtype=x.dtype)"},
    {"return h(z)": "return np.array(h(z)).astype(x.dtype)"},
)
