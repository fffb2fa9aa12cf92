"""Questions and known mistakes of `layer`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import layers as nn

exercise = Exercise(
    nn.layer,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "All m neurons read the same x. First compute all m numbers w_i · x, then apply the "
        "activations, each to its own number.",
        "A matrix times a vector is a dot product for each row of the matrix. For the activations "
        "there are two cases, and `callable(hs)` tells them apart.",
        "A single function takes the whole vector z at once. Walk along a sequence together with "
        "z: the first function gets the first number, the second function the second number.",
    ),
)


@exercise.public
def public():
    yield Question(
        "three neurons, two inputs, one activation for all",
        dict(
            W=np.array([[1.0, 0.0], [0.0, 2.0], [1.0, -4.0]]),
            x=np.array([3.0, 1.0]),
            hs=stock.shifted_square,
        ),
    )
    yield Question(
        "two neurons, each with its own activation",
        dict(
            W=np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]]),
            x=np.array([2.0, 1.0, 5.0]),
            hs=[stock.double, stock.square],
        ),
    )
    yield Question(
        "a single neuron, with its activation in a list of one",
        dict(
            W=np.array([[1.0, -1.0, 2.0]]),
            x=np.array([1.0, 2.0, 3.0]),
            hs=[stock.shifted_square],
        ),
    )
    yield Question(
        "two neurons, two inputs, with the activations in a tuple",
        dict(
            W=np.array([[1.0, 2.0], [4.0, -1.0]]),
            x=np.array([2.0, 1.0]),
            hs=(stock.double, stock.shifted_square),
        ),
    )
    yield Question(
        "whole numbers, and an activation that makes fractions of them",
        dict(
            W=np.array([[1, -2], [3, 1], [0, -3]]),
            x=np.array([1, 2]),
            hs=[stock.leaky, stock.double, stock.leaky],
        ),
    )


@exercise.secret
def secret(rng):
    yield Question(
        "more neurons than inputs",
        dict(W=rng.normal(size=(5, 3)), x=rng.normal(size=3), hs=stock.shifted_square),
    )
    yield Question(
        "more inputs than neurons, each neuron with its own activation",
        dict(W=rng.normal(size=(2, 4)), x=rng.normal(size=4), hs=[stock.double, stock.square]),
        weight=1.5,
    )
    yield Question(
        "as many neurons as inputs, activations in a tuple",
        dict(
            W=rng.normal(size=(3, 3)),
            x=rng.normal(size=3),
            hs=(stock.shifted_square, stock.double, stock.sin),
        ),
        weight=1.5,
    )
    yield Question(
        "the same activation listed for every neuron",
        dict(
            W=rng.normal(size=(3, 2)),
            x=rng.uniform(0.5, 1, 2),
            hs=[stock.shifted_square] * 3,
        ),
        weight=0.5,
    )
    yield Question(
        "a single neuron",
        dict(W=rng.normal(size=(1, 4)), x=rng.normal(size=4), hs=stock.sin),
        weight=0.5,
    )
    yield Question(
        "a single input",
        dict(W=rng.normal(size=(4, 1)), x=rng.uniform(0.2, 0.8, 1), hs=stock.exp),
        weight=0.5,
    )
    yield Question(
        "whole numbers and activations that turn them into fractions",
        dict(
            W=rng.integers(-3, 4, size=(3, 2)),
            x=rng.permutation([1, 2]),
            hs=[stock.cos, stock.tanh, stock.exp],
        ),
        weight=1.5,
    )


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def all_at_once(W, x, hs):
    z = W @ x
    if callable(hs):
        return hs(z)
    return np.array([h(z_i) for h, z_i in zip(hs, z, strict=False)])


@exercise.writing
def side_by_side(W, x, hs):
    functions = [hs] * len(W) if callable(hs) else hs
    return np.array([h(w @ x) for h, w in zip(functions, W, strict=False)])


@exercise.writing
def loop(W, x, hs):
    functions = [hs for _ in W] if callable(hs) else hs
    out = []
    for i in range(len(W)):
        z = 0.0
        for j in range(len(x)):
            z += W[i, j] * x[j]
        y = functions[i](z)
        out.append(y)
    return np.array(out)


@exercise.writing
def with_a_case_for_sequences(W, x, hs):
    if isinstance(hs, (list, tuple)):
        return np.array([hs[i](np.dot(W[i], x)) for i in range(W.shape[0])])
    return hs(np.dot(W, x))


Z, EACH = "z = W @ x", "[h(z_i) for h, z_i in zip(hs, z, strict=False)]"


@exercise.mistake(
    "The array for the results has a place for each input, not for each neuron.",
    "x has d numbers, W has m rows. How many numbers should come out?",
)
def results_as_many_as_inputs(W, x, hs):
    out = np.zeros_like(x)
    for i in range(len(W)):
        h = hs if callable(hs) else hs[i]
        out[i] = h(W[i] @ x)
    return out


@exercise.mistake(
    "If hs is a sequence, z is overwritten in the loop by the first neuron's output, a number.",
    "The next neuron needs the old z. Where could you collect the outputs?",
)
def z_overwritten_in_the_loop(W, x, hs):
    z = W @ x
    if callable(hs):
        return hs(z)
    for i in range(len(hs)):
        z = hs[i](z[i])
    return z


@exercise.mistake(
    "If hs is a sequence, this is written for exactly two neurons.",
    "W has m rows, whatever m is. Can you write code that doesn't say how many?",
)
def two_neurons_only(W, x, hs):
    z = W @ x
    return hs(z) if callable(hs) else [hs[0](z[0]), hs[1](z[1])]


exercise.idea(
    "neurons_as_columns",
    "The weights are transposed: neurons are read from the columns of W.",
    "W is (m, d) and x is (d,). Which product has m numbers?",
    {Z: "z = x @ W"},
    {Z: "z = np.dot(x, W)"},
)
exercise.idea(
    "products_not_summed",
    "The products are not added up, so every neuron has d outputs.",
    "`W * x` multiplies entry by entry. What is still missing to get w_i · x from row i?",
    {Z: "z = W * x"},
    {EACH: "[h(w * x) for h, w in zip(hs, W, strict=False)]"},
    {"h(w @ x)": "h(w * x)"},
)
exercise.idea(
    "summed_down_the_columns",
    "The sums run down the columns of W (axis 0) instead of along its rows.",
    "A neuron's weights are a row. Along which axis do you move if you stay within one row?",
    {Z: "z = np.sum(W * x, axis=0)"},
)
exercise.idea(
    "summed_over_everything",
    "The products of all neurons are added up into a single number.",
    "Every neuron has a sum of its own. What does np.sum do without an axis?",
    {Z: "z = np.sum(W * x)"},
)
exercise.idea(
    "last_product_only",
    "Only each neuron's last product counts, as if it overwrote the sum (`=` for `+=`).",
    "What does `z += …` do that `z = …` doesn't?",
    {"z += W[i, j] * x[j]": "z = W[i, j] * x[j]"},
)
exercise.idea(
    "sum_never_reset",
    "The sum isn't set back to 0 for the next neuron, so each one adds to the one before it.",
    "Each neuron begins a sum of its own. In which of the two loops does it begin?",
    {"out = []": "out, z = [], 0.0", "z = 0.0": "pass"},
)
exercise.idea(
    "activation_before_the_sum",
    "The activation is applied to every product, before the sum.",
    "In h_i(w_i · x), what has to be finished before h_i can start?",
    {"h(w @ x)": "np.sum(h(w * x))"},
)
exercise.idea(
    "activation_of_the_inputs",
    "The activation is applied to the inputs, before the weights.",
    "In h_i(w_i · x), what has to be finished before h_i can start?",
    {"h(w @ x)": "w @ h(x)"},
)
exercise.idea(
    "activations_left_out",
    "The activations are missing: no h_i is applied to w_i · x.",
    "What is in hs, and where do you use it?",
    {f"if callable(hs):\n        return hs(z)\n    return np.array({EACH})": "return z"},
    {"h(w @ x)": "w @ x"},
    {"y = functions[i](z)": "y = z"},
)
exercise.idea(
    "activation_of_its_own",
    "This uses the same activation whatever is in hs.",
    "hs is an argument, like W and x: its functions have to be called.",
    {"h(w @ x)": "np.tanh(w @ x)"},
    {"h(w @ x)": "max(0.0, w @ x)"},
    {"h(w @ x)": "1 / (1 + np.exp(-(w @ x)))"},
)
exercise.idea(
    "sequence_not_expected",
    "hs is treated as one function although it is a sequence.",
    "hs may be one function or m of them. How can you tell which it is?",
    {"isinstance(hs, (list, tuple))": "False"},
)
exercise.idea(
    "tuple_not_expected",
    "This works if hs is a list, but not if it is a tuple.",
    "`callable(hs)` asks whether hs is one function, so whatever else it is must be a sequence.",
    {"isinstance(hs, (list, tuple))": "isinstance(hs, list)"},
)
exercise.idea(
    "one_function_not_expected",
    "hs is treated as a sequence although it is one function.",
    "hs may be one function or m of them. How can you tell which it is?",
    {"isinstance(hs, (list, tuple))": "True"},
    {
        "isinstance(hs, (list, tuple))": "True",
        "hs[i](np.dot(W[i], x)) for i in range(W.shape[0])": "h(w @ x) for h, w in zip(hs, W)",
    },
    {"isinstance(hs, (list, tuple))": "True", "range(W.shape[0])": "range(len(hs))"},
)
exercise.idea(
    "sequence_ignored",
    "No activation is applied if hs is a sequence.",
    "If hs isn't one function, it holds m of them. Which of them gets which number?",
    {f"np.array({EACH})": "z"},
)
exercise.idea(
    "first_activation_for_all",
    "The first activation is used for all neurons.",
    "Activations need not be identical: neuron i has its own h_i. What is `hs[1]` for?",
    {f"np.array({EACH})": "hs[0](z)"},
    {"if callable(hs) else hs": "if callable(hs) else [hs[0]] * len(W)"},
)
exercise.idea(
    "last_activation_for_all",
    "The last activation is used for all neurons.",
    "Activations need not be identical: neuron i has its own h_i. What becomes of the others?",
    {f"np.array({EACH})": "hs[-1](z)"},
    {"if callable(hs) else hs": "if callable(hs) else [hs[-1]] * len(W)"},
)
exercise.idea(
    "every_activation_on_every_neuron",
    "Every activation is applied to every neuron.",
    "There are m neurons and m outputs. Which of the numbers in z belongs to h_i?",
    {EACH: "[h(z) for h in hs]"},
    {EACH: "[h(z_i) for h in hs for z_i in z]"},
    {EACH: "[[h(z_i) for h in hs] for z_i in z]"},
)
exercise.idea(
    "activations_one_after_another",
    "The activations are applied one after another, each to the result of the one before it.",
    "The neurons work side by side and don't see each other. What does neuron 1 pass to h_1?",
    {f"return np.array({EACH})": "for h in hs:\n    z = h(z)\nreturn z"},
)
exercise.idea(
    "only_the_first_neuron",
    "The one function is put into a list of one, so only the first neuron finds an activation "
    "there.",
    "How many functions do you need to walk along all the neurons?",
    {"[hs] * len(W)": "[hs]"},
)
exercise.idea(
    "as_many_functions_as_inputs",
    "The one function is repeated once for each input, not once for each neuron.",
    "x has d numbers, W has m rows. Which of the two counts the neurons?",
    {"[hs] * len(W)": "[hs] * len(x)"},
)
exercise.idea(
    "steps_over_the_inputs",
    "The loop takes as many steps as there are inputs (`len(x)`), not as many as there are "
    "neurons.",
    "x has d numbers, W has m rows. Which of the two counts the neurons?",
    {"range(len(W))": "range(len(x))"},
)
exercise.idea(
    "returned_inside_the_loop",
    "This is only the first neuron's output, a single number, as with a `return` inside the loop.",
    "A layer has m outputs. And if you have a loop: is your `return` inside it or after it?",
    {"out.append(y)": "return y"},
)
exercise.idea(
    "list_returned_inside_the_loop",
    "The array holds only the first neuron's output, as with a `return` inside the loop.",
    "Where is your `return`: inside the loop or after it?",
    {"out.append(y)": "out.append(y)\nbreak"},
)
exercise.idea(
    "last_neuron_left_out",
    "The last neuron is missing: the loop ends one step too early.",
    "`range(n)` already ends before n: it runs from 0 to n − 1.",
    {"range(len(W))": "range(len(W) - 1)"},
    {"range(W.shape[0])": "range(W.shape[0] - 1)"},
)
exercise.idea(
    "activations_in_reverse",
    "The activations are taken in reverse order: the last one goes to the first neuron.",
    "Neuron i has its own h_i. Which function belongs to the first row of W?",
    {EACH: EACH.replace("zip(hs,", "zip(hs[::-1],")},
    {"functions[i](z)": "functions[-1 - i](z)"},
    {"hs[i](np": "hs[-1 - i](np"},
)
exercise.idea(
    "last_neuron_only",
    "This is only the last neuron's output, a single number, as if it overwrote all the others.",
    "In every step of the loop the output is overwritten. Where could you collect the outputs?",
    {"zip(functions, W, strict=False)])": "zip(functions, W, strict=False)])[-1]"},
)
exercise.idea(
    "outputs_added_up",
    "The neurons' outputs are added up into a single number.",
    "A layer has m outputs, one for each neuron. Is their sum asked for?",
    {"return np.array(out)": "return sum(out)"},
    {f"np.array({EACH})": f"sum({EACH})"},
)
exercise.idea(
    "column_of_outputs",
    "The outputs form a column, (m, 1), instead of a flat array, (m,).",
    "One number per neuron needs only one axis. Which step gave your result a second axis?",
    {"return hs(z)": "return hs(z)[:, None]", f"np.array({EACH})": f"np.array({EACH})[:, None]"},
    {"out.append(y)": "out.append([y])"},
)
exercise.idea(
    "cut_to_whole_numbers",
    "The results are put into an integer array, so everything after the decimal point is cut off.",
    "What is the `dtype` of the array you made for the results if W and x hold whole numbers?",
    {EACH: f"{EACH}, dtype=z.dtype"},
    {"np.array(out)": "np.array(out, dtype=x.dtype)"},
)
