"""Questions and known mistakes of `parity_network`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.engine.properties.functions import parity_outputs
from course.nn import layers as nn

exercise = Exercise(
    nn.parity_network,
    points=3,
    minutes=20,
    difficulty=4,
    hints=(
        "Which direction did your XOR network look along? With k inputs there is one along which "
        "all rows with the same number of ones fall together. Draw the output you want against it.",
        "Against the number of ones s, the output is a zigzag: 0, 1, 0, 1, … Write its slopes "
        "between 0 and 1, 1 and 2, 2 and 3, and below each bend by how much the slope changes "
        "there. Each bend is one hidden neuron.",
        "The slopes are 1, −1, 1, −1, … up to s = k, so they change by 1 at s = 0 (before it, the "
        "slope was 0), by −2 at s = 1, by 2 at s = 2, and so on. A neuron relu(s − j) bends at "
        "s = j: what are its column of A, its entry of b and its entry of u?",
    ),
)


def _question(k: int, **more: float) -> Question:
    title = "one input" if k == 1 else f"{k} inputs"
    return Question(title, dict(k=k), judged_by=parity_outputs, rtol=0, atol=1e-6, **more)


@exercise.public
def public():
    for k in (1, 2, 3, 4):
        yield _question(k)


@exercise.secret
def secret(rng):
    yield _question(1, weight=0.2)
    yield _question(2, weight=0.5)
    for k in (3, 4, 5, 6):
        yield _question(k)


# A zigzag with a bend at every number of ones; the same in a loop; a peak for each odd number.


@exercise.writing
def zigzag(k):
    A = np.ones((k, k))
    b = -np.arange(k).reshape(1, k)
    u = np.array([1.0] + [2.0 * (-1) ** j for j in range(1, k)])
    c = 0.0
    return A, b, u, c


@exercise.writing
def in_a_loop(k):
    A = np.ones((k, k))
    b = np.zeros((1, k))
    u = np.ones(k)
    c = 0.0
    for j in range(1, k):
        b[0, j] = -j
        u[j] = 2.0 if j % 2 == 0 else -2.0
    return A, b, u, c


@exercise.writing
def peaks(k):
    b, u = [], []
    for odd in range(1, k + 1, 2):
        b += [1 - odd, -odd, -1 - odd]
        u += [1.0, -2.0, 1.0]
    c = 0.0
    return np.ones((k, len(u))), np.array([b]), np.array(u), c


BIASES = "b = -np.arange(k).reshape(1, k)"
WEIGHTS = "u = np.array([1.0] + [2.0 * (-1) ** j for j in range(1, k)])"
NETWORK = "return A, b, u, c"
WHOLE = exercise.writings[0].source.partition(":\n    ")[2].rstrip()


def _weights(first: float, then: str) -> dict[str, str]:
    return {WEIGHTS: f"u = np.array([{first}] + [{then} for j in range(1, k)])"}


exercise.idea(
    "slopes_instead_of_changes",
    "These weights are the zigzag's slopes, 1, −1, 1, −1, …, but a ReLU keeps climbing: its weight "
    "is by how much the slope changes where it bends.",
    "From slope 1 to slope −1: by how much does the slope change?",
    _weights(1.0, "1.0 * (-1) ** j"),
    {"u[j] = 2.0 if j % 2 == 0 else -2.0": "u[j] = 1.0 if j % 2 == 0 else -1.0"},
)
exercise.idea(
    "first_change_doubled",
    "The first weight is 2 like the others, but at s = 0 the slope changes from 0 to 1 only.",
    "What is the slope before the first bend, and after it?",
    _weights(2.0, "2.0 * (-1) ** j"),
    {"u = np.ones(k)": "u = 2 * np.ones(k)"},
)
exercise.idea(
    "xor_however_many_inputs",
    "The output falls from s = 1 on and never turns up again: with three ones it is below 0.",
    "Two bends are enough for two inputs. Where does the zigzag turn with three?",
    _weights(1.0, "-2.0 * (j == 1)"),
    {"u[j] = 2.0 if j % 2 == 0 else -2.0": "u[j] = -2.0 if j == 1 else 0.0"},
)
exercise.idea(
    "never_turned_up",
    "All neurons but the first pull the sum down, so after the first peak it falls ever faster.",
    "At s = 2 the zigzag turns up again. Which sign does that neuron's weight need?",
    _weights(1.0, "-2.0"),
    {"u[j] = 2.0 if j % 2 == 0 else -2.0": "u[j] = -2.0"},
)
exercise.idea(
    "signs_begin_wrong",
    "The signs in u alternate, but begin wrong: the second neuron pushes the sum up where it "
    "should fall.",
    "At s = 1 the zigzag has its first peak. Which sign does the change of slope have there?",
    _weights(1.0, "-2.0 * (-1) ** j"),
    {"j % 2 == 0": "j % 2 == 1"},
)
exercise.idea(
    "exactly_one",
    "This says 1 only if exactly one input is 1.",
    "Three ones are an odd number, too. What should the output be there?",
    _weights(1.0, "-2.0 * (j == 1) + 1.0 * (j == 2)"),
    {"range(1, k + 1, 2)": "range(1, 2)"},
)
exercise.idea(
    "any_input",
    "This is OR: it says 1 if any input is 1.",
    "What should the output be if two inputs are 1?",
    _weights(1.0, "-1.0 * (j == 1)"),
)
exercise.idea(
    "all_inputs",
    "This is AND: it says 1 only if all inputs are 1.",
    "What should the output be if a single input is 1?",
    {WEIGHTS: "u = np.array([0.0] * (k - 1) + [1.0])"},
)
exercise.idea(
    "counts_the_ones",
    "The output is the number of ones: no neuron bends between 0 and k.",
    "The sum climbs by 1 with every one. Which neuron turns it round at s = 1?",
    _weights(1.0, "0.0"),
    {WHOLE: "return np.eye(k), np.zeros((1, k)), np.ones(k), 0.0"},
)
exercise.idea(
    "upside_down",
    "This says 1 for an even number of ones: every output is the opposite of what it should be.",
    "1 minus your output would be right. What does that do to u and c?",
    {WEIGHTS: WEIGHTS.replace("np", "-np"), "c = 0.0": "c = 1.0"},
    {"np.array(u), c": "-np.array(u), 1.0"},
)
exercise.idea(
    "wrong_height",
    "The zigzag has the right shape, but its peaks aren't at 1.",
    "Which numbers have to be multiplied to change its height?",
    *({WEIGHTS: WEIGHTS.replace("np", f"{height} * np")} for height in (-1.0, 0.5, 2.0)),
)
exercise.idea(
    "wrong_output_bias",
    "Every output is too large or too small by the same amount.",
    "Which of the four parts is added to every output?",
    *({"c = 0.0": f"c = {c}"} for c in (1.0, -1.0, 0.5, -0.5)),
)
exercise.idea(
    "bends_one_too_late",
    "You get these outputs if the biases are off by one: the first bend is at s = 1, not at s = 0.",
    "How many ones have to be there before the first neuron wakes up?",
    {BIASES: "b = -np.arange(1, k + 1).reshape(1, k)"},
    {"b[0, j] = -j": "b[0, j] = -j - 1", "b = np.zeros((1, k))": "b = -np.ones((1, k))"},
)
exercise.idea(
    "bends_forgotten",
    "You get these outputs if all biases are 0: every neuron bends at s = 0.",
    "What makes a neuron wake up at s = 1, at s = 2, …?",
    {BIASES: "b = np.zeros((1, k))"},
)
exercise.idea(
    "bends_on_the_other_side",
    "You get these outputs if the biases have the wrong sign: with + for −, no neuron bends "
    "between 0 and k.",
    "A neuron wakes up when s + b is 0. Which b makes that happen at s = 2?",
    {BIASES: "b = np.arange(k).reshape(1, k)"},
    {"b[0, j] = -j": "b[0, j] = j"},
)
exercise.idea(
    "last_bend_missing",
    "The last bend seems to be missing: all outputs are right except the one where all inputs are "
    "1.",
    "The last bend is at s = k − 1. How many neurons does that make, counting the first at s = 0?",
    {
        "A = np.ones((k, k))": "A = np.ones((k, max(k - 1, 1)))",
        BIASES: "b = -np.arange(max(k - 1, 1)).reshape(1, -1)",
        WEIGHTS: WEIGHTS.replace("(1, k)", "(1, k - 1)"),
    },
    {"u[j] = 2.0 if j % 2 == 0 else -2.0": "u[j] = (2.0 if j % 2 == 0 else -2.0) * (j < k - 1)"},
)
exercise.idea(
    "half_everywhere",
    "This says ½ for every row: no linear function can do better, in least squares.",
    "Where does the function have to bend?",
    {WEIGHTS: "u = np.zeros(k)", "c = 0.0": "c = 0.5"},
)
exercise.idea(
    "silent_network",
    "This network says 0 for every row.",
    "Which hidden neurons are awake if one input is 1? If none are, or if u is 0, nothing gets "
    "through.",
    {WEIGHTS: "u = np.zeros(k)"},
)
exercise.idea(
    "always_two_inputs",
    "A has two rows however many inputs there are.",
    "Each input needs a weight to every neuron, so how many rows has A if there are k inputs?",
    *({WHOLE: f"return np.ones((2, {m})), np.zeros((1, {m})), np.ones({m}), 0.0"} for m in (2, 3)),
    {WHOLE: "return np.ones((2, k)), np.zeros((1, k)), np.ones(k), 0.0"},
    {WHOLE: "return np.ones((2, 2)), np.array([[0.0, -1.0]]), np.array([1.0, -2.0]), 0.0"},
)
exercise.idea(
    "biases_in_a_flat_array",
    "b is flat, (m,), instead of a row of biases, (1, m).",
    "How many pairs of brackets does a matrix with one row need?",
    {BIASES: "b = -np.arange(k)"},
    {"np.array([b])": "np.array(b)"},
)
exercise.idea(
    "output_weights_in_a_column",
    "u is a column, (m, 1), instead of a flat array, (m,).",
    "f(X) has one number for each row of X. What shape does a product with a column have?",
    {NETWORK: "return A, b, u.reshape(-1, 1), c"},
)
exercise.idea(
    "neurons_as_rows",
    "A has one neuron per row, (m, k), instead of one neuron per column, (k, m).",
    "An example is a row with k numbers here. On which side of it is A in X A?",
    {WHOLE: "return np.ones((k + 1, k)), np.zeros((1, k + 1)), np.ones(k + 1), 0.0"},
)
exercise.idea(
    "output_bias_left_out",
    "Only A, b and u are returned: the output's own bias c is missing.",
    "A network has a c even if it adds nothing. Which number is that?",
    {NETWORK: "return A, b, u"},
)
exercise.idea(
    "parts_in_another_order",
    "The parts are returned in another order than A, b, u, c.",
    "In which order does the docstring list the four parts?",
    {NETWORK: "return A, u, b, c"},
    {NETWORK: "return A, b, c, u"},
)
