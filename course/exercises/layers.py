"""Questions and known mistakes of unit 2: many neurons, two layers, and whole batches."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import layers as nn

# ------------------------------------------------------------------------------------------ layer

layer = Exercise(
    nn.layer,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "All m neurons read the same x. First get all m numbers w_i · x, then let the activations "
        "work on them, each on its own.",
        "A matrix times a vector is a dot product for each row of the matrix. For the activations "
        "there are two cases; callable(hs) tells them apart.",
        "One function takes the whole vector z at once. A sequence has to be walked together with "
        "z: the first function with the first number, the second with the second.",
    ),
)


@layer.public
def _():
    yield Question(
        "three neurons, two inputs, one activation for all",
        dict(W=np.array([[1, 0], [0, 2], [1, -4]]), x=np.array([3, 1]), hs=stock.leaky),
    )
    yield Question(
        "two neurons with an activation each",
        dict(
            W=np.array([[1.0, 2.0, 0.0], [-1.0, 0.0, 1.0]]),
            x=np.array([2.0, 1.0, 5.0]),
            hs=[stock.double, stock.square],
        ),
    )
    yield Question(
        "a single neuron, its activation in a list of one",
        dict(
            W=np.array([[1.0, -1.0, 2.0]]),
            x=np.array([1.0, 2.0, 3.0]),
            hs=[stock.shifted_square],
        ),
    )


@layer.secret
def _(rng):
    yield Question(
        "more neurons than inputs",
        dict(W=rng.normal(size=(5, 3)), x=rng.normal(size=3), hs=stock.shifted_square),
    )
    yield Question(
        "more inputs than neurons, an activation each",
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
        "the same activation named for every neuron",
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
        "whole numbers and activations that make fractions of them",
        dict(
            W=rng.integers(-3, 4, size=(3, 2)),
            x=rng.permutation([1, 2]),
            hs=[stock.cos, stock.tanh, stock.exp],
        ),
        weight=1.5,
    )


def _each(hs, m):
    return [hs] * m if callable(hs) else hs


@layer.mistake(
    "This is what you get when the weights are transposed: it takes a neuron to be a column of W.",
    "W is (m, d) and x is (d,). Which product has m numbers?",
)
def neurons_as_columns(W, x, hs):
    z = x @ W
    return np.array([h(z_i) for h, z_i in zip(_each(hs, len(z)), z, strict=True)])


@layer.mistake(
    "This is what you get when the first activation is used for all neurons.",
    "Activations need not be identical: neuron i has h_i. What is hs[1] for?",
)
def first_activation_for_all(W, x, hs):
    h = hs if callable(hs) else hs[0]
    return h(W @ x)


@layer.mistake(
    "This is what you get when every activation is applied to every neuron.",
    "m neurons, m outputs. Which of the numbers in z belongs to h_i?",
)
def every_activation_on_every_neuron(W, x, hs):
    z = W @ x
    return hs(z) if callable(hs) else np.array([h(z) for h in hs])


@layer.mistake(
    "This is what you get when the activations work one after another, each on what the last one "
    "left.",
    "The neurons stand side by side and don't see each other. What does neuron 1 hand to h_1?",
)
def activations_one_after_another(W, x, hs):
    z = W @ x
    for h in [hs] if callable(hs) else hs:
        z = h(z)
    return z


@layer.mistake(
    "This is what you get when hs is taken for one function although it is a sequence.",
    "hs may be one function or m of them. How can you tell which one came?",
)
def sequence_not_expected(W, x, hs):
    return hs(W @ x)


@layer.mistake(
    "This is what you get when hs is taken for a sequence although it is one function.",
    "hs may be one function or m of them. How can you tell which one came?",
)
def one_function_not_expected(W, x, hs):
    return np.array([h(w @ x) for h, w in zip(hs, W, strict=True)])


@layer.mistake(
    "This is what you get when the one function is put into a list of one: only the first neuron "
    "finds an activation there, and zip stops.",
    "How many functions does the walk along the neurons need?",
)
def only_the_first_neuron(W, x, hs):
    return np.array([h(w @ x) for h, w in zip([hs] if callable(hs) else hs, W, strict=False)])


@layer.mistake(
    "This is what you get when the products are not added up, so that every neuron has d outputs.",
    "W * x multiplies entry by entry. What is still missing to make w_i · x of row i?",
)
def products_not_summed(W, x, hs):
    return np.array([h(w * x) for h, w in zip(_each(hs, len(W)), W, strict=True)])


@layer.mistake(
    "This is what you get when the activation is applied to the inputs, before the weights.",
    "In h_i(w_i · x), what has to be finished before h_i can start?",
)
def activation_of_the_inputs(W, x, hs):
    return np.array([w @ h(x) for h, w in zip(_each(hs, len(W)), W, strict=True)])


@layer.mistake(
    "This is W x alone: the activations are left out.",
    "What do you have in hs, and where does it enter?",
)
def activations_left_out(W, x, hs):
    return W @ x


@layer.mistake(
    "This is what you get when the results are put into an array of whole numbers: everything "
    "after the decimal point is cut off.",
    "What is the dtype of the array you made for the results, when W and x hold whole numbers?",
)
def cut_to_whole_numbers(W, x, hs):
    outputs = np.zeros_like(W @ x)
    for i, h in enumerate(_each(hs, len(W))):
        outputs[i] = h(W[i] @ x)
    return outputs


@layer.mistake(
    "This is the first neuron's output alone, as a number: the loop returned too early.",
    "Where does your return stand: inside the loop, or after it?",
)
def returned_inside_the_loop(W, x, hs):
    return _each(hs, len(W))[0](W[0] @ x)


# -------------------------------------------------------------------------------------- two_layer

two_layer = Exercise(
    nn.two_layer,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "Two stages: the hidden layer turns x into m numbers, the output neuron turns those m "
        "numbers into one.",
        "The first stage is the layer you have just written, with one activation for all. The "
        "second is a dot product with u, and nothing after it.",
        "Call layer with W, x and h, and take the dot product of u with what it returns.",
    ),
)


@two_layer.public
def _():
    yield Question(
        "two hidden neurons, three inputs",
        dict(
            u=np.array([2.0, -1.0]),
            W=np.array([[1.0, 0.0, 2.0], [0.0, 1.0, 1.0]]),
            x=np.array([1.0, 0.0, 1.0]),
            h=stock.square,
        ),
    )
    yield Question(
        "three hidden neurons, two inputs",
        dict(
            u=np.array([1.0, 0.5, -2.0]),
            W=np.array([[1.0, 1.0], [2.0, 0.0], [0.0, -1.0]]),
            x=np.array([2.0, 1.0]),
            h=stock.shifted_square,
        ),
    )
    yield Question(
        "one hidden neuron",
        dict(u=np.array([3.0]), W=np.array([[1.0, -2.0]]), x=np.array([4.0, 1.0]), h=stock.square),
    )


@two_layer.secret
def _(rng):
    yield Question("more hidden neurons than inputs", _two_layers(rng, 5, 3, stock.sin))
    yield Question("more inputs than hidden neurons", _two_layers(rng, 2, 4, stock.shifted_square))
    yield Question("as many hidden neurons as inputs", _two_layers(rng, 3, 3, stock.sin))
    yield Question("a single hidden neuron", _two_layers(rng, 1, 3, stock.exp), weight=0.5)
    yield Question("a single input", _two_layers(rng, 3, 1, stock.shifted_square), weight=0.5)
    yield Question(
        "whole numbers",
        dict(
            u=rng.permutation([-1, 2, 3]),
            W=rng.integers(-2, 3, size=(3, 2)),
            x=rng.permutation([1, 2]),
            h=stock.cos,
        ),
    )


def _two_layers(rng, m, d, h):
    return dict(u=rng.uniform(0.5, 2, m), W=rng.normal(size=(m, d)), x=rng.normal(size=d), h=h)


@two_layer.mistake(
    "This is what you get when the activation is applied to the output too.",
    "In f(x) = u · h(x), is there an activation left of u?",
)
def activation_on_the_output_too(u, W, x, h):
    return h(u @ h(W @ x))


@two_layer.mistake(
    "This is what you get when the activation comes after the output neuron instead of in the "
    "hidden layer.",
    "Walk from x to f(x): which comes first, h or u?",
)
def activation_on_the_output_only(u, W, x, h):
    return h(u @ (W @ x))


@two_layer.mistake(
    "This is u · (W x): without its activation the hidden layer does nothing that one neuron "
    "could not do.",
    "The hidden layer is h(W x). Which part of it is missing?",
)
def activation_left_out(u, W, x, h):
    return u @ (W @ x)


@two_layer.mistake(
    "This is what you get when the activation is applied to the inputs, before the hidden weights.",
    "A hidden neuron is h(w · x). What has to be finished before h can start?",
)
def activation_before_the_hidden_weights(u, W, x, h):
    return u @ (W @ h(x))


@two_layer.mistake(
    "This is what you get when the hidden weights are transposed.",
    "W has one neuron a row, (m, d), and x is (d,). Which product has m numbers?",
)
def hidden_weights_transposed(u, W, x, h):
    return u @ h(x @ W)


@two_layer.mistake(
    "This is what you get when the last products are not added up.",
    "f(x) is one number. How many numbers does u * h hold, and how many does u · h?",
)
def output_not_summed(u, W, x, h):
    return u * h(W @ x)


@two_layer.mistake(
    "These are the hidden neurons' outputs: the output neuron is left out.",
    "f(x) is one number. Which weights make one number of the m that you have?",
)
def output_neuron_left_out(u, W, x, h):
    return h(W @ x)


@two_layer.mistake(
    "This is the plain sum of the hidden neurons: the output neuron's weights are left out.",
    "How does the output neuron say that one hidden neuron matters more to it than another?",
)
def output_weights_left_out(u, W, x, h):
    return h(W @ x).sum()


@two_layer.mistake(
    "The number is right, but it comes wrapped in an array with one entry.",
    "f(x) is a number. Which step of yours made a row or a column out of a vector?",
)
def an_array_of_one(u, W, x, h):
    return np.reshape(u, (1, -1)) @ h(W @ x)


# ----------------------------------------------------------------------------------- from_lecture

from_lecture = Exercise(
    nn.from_lecture,
    points=2,
    minutes=8,
    difficulty=2,
    hints=(
        "Transpose the whole equation h = A x + b. What happens to a product under transposition?",
        "(A x + b)ᵀ = xᵀ Aᵀ + bᵀ: read off what stands on the right of xᵀ, and what is added.",
        "A has an attribute that is its transpose. For b that is not enough: an array with one "
        "axis is its own transpose, so it needs a second axis, of length 1, in front.",
    ),
)


@from_lecture.public
def _():
    yield Question(
        "two neurons, three inputs",
        dict(A=np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]), b=np.array([7.0, 8.0])),
    )
    yield Question("one neuron, two inputs", dict(A=np.array([[2.0, -1.0]]), b=np.array([3.0])))
    yield Question(
        "two neurons, two inputs, where nothing warns you",
        dict(A=np.array([[1, 2], [3, 4]]), b=np.array([5, 6])),
    )


@from_lecture.secret
def _(rng):
    for says, d_out, d_in, weight in (
        ("more neurons than inputs", 4, 2, 1),
        ("more inputs than neurons", 3, 5, 1),
        ("as many neurons as inputs", 3, 3, 1),
        ("a single neuron", 1, 4, 0.5),
        ("a single input", 3, 1, 0.5),
    ):
        layer_of_columns = dict(A=rng.normal(size=(d_out, d_in)), b=rng.normal(size=d_out))
        yield Question(says, layer_of_columns, weight=weight)
    yield Question(
        "whole numbers",
        dict(A=rng.permutation([-2, -1, 0, 1, 2, 3]).reshape(2, 3), b=rng.permutation([4, -5])),
        weight=0.5,
    )


@from_lecture.mistake(
    "This is what you get from reshape: the shape is right, but the weights have been dealt out "
    "to other neurons.",
    "Transposing mirrors a matrix at its diagonal. What does reshape do to the order of the "
    "numbers?",
)
def reshaped_instead_of_transposed(A, b):
    return A.reshape(A.shape[::-1]), b.reshape(1, -1)


@from_lecture.mistake(
    "The weights are right, but the biases are still flat, (d_out,), and not a row, (1, d_out).",
    "What is b.T, if b has a single axis? And how many axes has an array of shape (1, d_out)?",
)
def biases_left_flat(A, b):
    return A.T, b.T


@from_lecture.mistake(
    "The weights are right, but the biases stand in a column, (d_out, 1), and not in a row.",
    "To which rows will b be added? Then how should it lie?",
)
def biases_as_a_column(A, b):
    return A.T, b.reshape(-1, 1)


@from_lecture.mistake(
    "The biases are right, but the weights are as they came, with one neuron a row.",
    "In xᵀ Aᵀ + bᵀ, which matrix stands on the right of the example?",
)
def weights_left_as_they_came(A, b):
    return A.copy(), b.reshape(1, -1)


@from_lecture.mistake(
    "This is what you get when nothing is converted: weights and biases are as they came.",
    "Compare the shapes that came with those that the row convention wants.",
)
def nothing_converted(A, b):
    return A, b


@from_lecture.mistake(
    "Both parts are right, but the biases come first.",
    "In which order does the docstring name the two results?",
)
def biases_first(A, b):
    return b.reshape(1, -1), A.T


# ------------------------------------------------------------------------------------------ dense

dense = Exercise(
    nn.dense,
    points=3,
    minutes=10,
    difficulty=2,
    hints=(
        "Write down the shapes first: (n, d_in) and (d_in, d_out) have to make (n, d_out), and "
        "the row of biases has to land on every one of the n rows.",
        "X and A already fit as they stand, in this order. And (n, d_out) + (1, d_out) is just "
        "the case that broadcasting was made for.",
        "First the product, then the biases, then the activation, which takes the whole matrix "
        "at once. No loop, no transpose, no reshape.",
    ),
)


@dense.public
def _():
    yield Question(
        "three examples, two inputs, one neuron",
        dict(
            X=np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 1.0]]),
            A=np.array([[1.0], [-2.0]]),
            b=np.array([[3.0]]),
            h=stock.double,
        ),
    )
    yield Question(
        "one example, three inputs, two neurons",
        dict(
            X=np.array([[1.0, 2.0, -1.0]]),
            A=np.array([[1.0, 0.0], [0.0, 1.0], [2.0, -1.0]]),
            b=np.array([[0.0, 1.0]]),
            h=stock.square,
        ),
    )
    yield Question(
        "two of everything, where a wrong order or a wrong axis raises no error",
        dict(
            X=np.array([[1.0, 2.0], [0.0, 1.0]]),
            A=np.array([[1.0, 0.0], [3.0, 1.0]]),
            b=np.array([[10.0, 20.0]]),
            h=stock.double,
        ),
    )


@dense.secret
def _(rng):
    yield Question(
        "more examples than inputs, more inputs than neurons",
        _batch(rng, 5, 3, 2, stock.shifted_square),
    )
    yield Question("more neurons than inputs", _batch(rng, 2, 3, 5, stock.sin))
    yield Question("as many examples as neurons", _batch(rng, 3, 2, 3, stock.shifted_square))
    yield Question("as many inputs as neurons", _batch(rng, 2, 3, 3, stock.sin))
    yield Question("three of everything", _batch(rng, 3, 3, 3, stock.shifted_square))
    yield Question("a batch of one", _batch(rng, 1, 4, 2, stock.sin))
    yield Question("a layer of one neuron", _batch(rng, 4, 3, 1, stock.shifted_square), weight=1.5)
    yield Question("a single input", _batch(rng, 3, 1, 2, stock.exp), weight=0.5)
    yield Question(
        "whole numbers",
        dict(
            X=rng.integers(-2, 3, size=(4, 2)),
            A=rng.integers(-2, 3, size=(2, 3)),
            b=rng.permutation([[1, 2, 4]], axis=1),
            h=stock.cos,
        ),
        weight=0.5,
    )


def _batch(rng, n, d_in, d_out, h):
    return dict(
        X=rng.normal(size=(n, d_in)),
        A=rng.normal(size=(d_in, d_out)),
        b=rng.permutation([1.1, -1.4, 0.7, -0.6, 2.0][:d_out]).reshape(1, d_out),
        h=h,
    )


@dense.mistake(
    "This is what you get when the biases are added after the activation.",
    "Where does b stand in h(X A + b): inside the parentheses or outside?",
)
def bias_after_the_activation(X, A, b, h):
    return h(X @ A) + b


@dense.mistake(
    "This is what you get when the biases are added to the inputs, before the product.",
    "There is one bias for each neuron, not for each input. To what is it added?",
)
def bias_before_the_product(X, A, b, h):
    return h((X + b) @ A)


@dense.mistake(
    "This is what you get without the biases.",
    "What does each neuron give for an example of all zeros?",
)
def bias_left_out(X, A, b, h):
    return h(X @ A)


@dense.mistake(
    "This is what you get when the biases run down the batch: example i got bias i, where neuron "
    "i should have got it.",
    "In X A + b, which axis of X A counts neurons? Along which axis does b lie when it comes?",
)
def bias_down_the_batch(X, A, b, h):
    return h(X @ A + b.T)


@dense.mistake(
    "This is what you get when all neurons share the first neuron's bias.",
    "b holds one number for each neuron. Do they all arrive?",
)
def one_bias_for_all(X, A, b, h):
    return h(X @ A + b[0, 0])


@dense.mistake(
    "This is what you get when the weights are transposed.",
    "Here a neuron is a column of A. What are the shapes of X and A, and do they need help to fit?",
)
def weights_transposed(X, A, b, h):
    return h(X @ A.T + b)


@dense.mistake(
    "This is what you get from A @ X, the order of the lecture's pictures, where an example is a "
    "column.",
    "Here an example is a row of X. On which side does A have to stand so that the shapes fit?",
)
def product_in_the_order_of_columns(X, A, b, h):
    return h(A @ X + b)


@dense.mistake(
    "The numbers are right, but the result is transposed: an example has become a column.",
    "Rows in, rows out: what is the first axis of X, and what is the first axis of your answer?",
)
def examples_came_out_as_columns(X, A, b, h):
    return h(A.T @ X.T + b.T)


@dense.mistake(
    "This is what you get when X A loses an axis before the biases are added: for one neuron, "
    "(n,) and (1, 1) make (1, n), and every example ends up in one row.",
    "Write down the shape of each thing before the plus. Which step dropped an axis?",
)
def axis_lost_before_the_bias(X, A, b, h):
    return h(np.squeeze(X @ A) + b)


@dense.mistake(
    "This is X A + b alone: the activation is left out.",
    "A layer of neurons without h is only a matrix. Where does h come in?",
)
def activation_left_out_of_dense(X, A, b, h):
    return X @ A + b


@dense.mistake(
    "This is what you get when the activation is applied to the inputs, before the product.",
    "In h(X A + b), what has to be finished before h can start?",
)
def activation_of_the_examples(X, A, b, h):
    return h(X) @ A + b


# ------------------------------------------------------------------------------------ xor_network

xor_network = Exercise(
    nn.xor_network,
    points=3,
    minutes=20,
    difficulty=4,
    hints=(
        "XOR only depends on how many of the two inputs are 1. Draw the wanted output against "
        "s = x_1 + x_2: at 0, at 1 and at 2. What shape is it?",
        "A tent: up from 0 to 1, down from 1 to 2. One ReLU neuron can climb from s = 0 on; a "
        "second one can stay silent until s = 1 and then pull the sum down. Its bias says when it "
        "wakes up.",
        "relu(s) has slope 1 for ever. From s = 1 on the total slope has to be −1: with what "
        "weight does relu(s − 1) have to be added? Now translate: s is a column of W, the −1 is an "
        "entry of b, the weights of the two neurons are u.",
    ),
)


@xor_network.public
def _():
    yield Question(
        "the shapes, and the outputs at the four corners",
        {},
        view="xor_outputs",
        rtol=0,
        atol=1e-6,
    )


@xor_network.secret
def _(rng):
    yield Question("the outputs at the four corners", {}, view="xor_outputs", rtol=0, atol=1e-6)
    yield Question(
        "asked twice in a row",
        {},
        way="twice",
        view="xor_outputs_twice",
        rtol=0,
        atol=1e-6,
        weight=0.5,
    )


@xor_network.mistake(
    "This is OR: it says 1 also where both inputs are 1.",
    "Three corners are right. At (1, 1) the second neuron has to pull the sum down, and further "
    "than it does now.",
)
def or_network():
    return np.ones((2, 2)), np.array([[0.0, -1.0]]), np.array([1.0, -1.0]), 0.0


@xor_network.mistake(
    "This is AND: it says 1 only where both inputs are 1.",
    "XOR wants 1 where exactly one input is 1. Which of your neurons sees that case?",
)
def and_network():
    return np.ones((2, 1)), np.array([[-1.0]]), np.array([1.0]), 0.0


@xor_network.mistake(
    "This is XOR turned upside down (XNOR): every answer is the opposite of the right one.",
    "1 minus your output would be right. What does that do to u and c?",
)
def upside_down():
    return np.ones((2, 2)), np.array([[0.0, -1.0]]), np.array([-1.0, 2.0]), 1.0


@xor_network.mistake(
    "This is what you get when the hidden biases are all 0: both neurons bend at the same place, "
    "and two corners pull the sum below 0.",
    "A tent has its top at x_1 + x_2 = 1. Which number makes a neuron wake up only there?",
)
def hidden_biases_forgotten():
    return np.ones((2, 2)), np.zeros((1, 2)), np.array([1.0, -2.0]), 0.0


@xor_network.mistake(
    "This is what you get when the second bias is +1: relu(s + 1) is awake at all four corners.",
    "A neuron wakes up where s + b is 0. Which b makes that happen at s = 1?",
)
def bias_with_the_wrong_sign():
    return np.ones((2, 2)), np.array([[0.0, 1.0]]), np.array([1.0, -2.0]), 0.0


@xor_network.mistake(
    "This is x_1 + x_2: no neuron bends between the corners, so the network is still linear there.",
    "A ReLU that never switches off is the identity. What would make one silent at some corners?",
)
def only_adds_the_inputs():
    return np.eye(2), np.zeros((1, 2)), np.ones(2), 0.0


@xor_network.mistake(
    "This says ½ at every corner: the best a linear function can do for XOR in least squares.",
    "No straight line helps here. Where does the function have to bend?",
)
def half_everywhere():
    return np.zeros((2, 2)), np.zeros((1, 2)), np.zeros(2), 0.5


@xor_network.mistake(
    "This network says 0 everywhere.",
    "Which hidden neurons are awake at (0, 1)? If none is, or if u is 0, nothing can get through.",
)
def silent_network():
    return np.zeros((2, 2)), np.zeros((1, 2)), np.zeros(2), 0.0


@xor_network.mistake(
    "The numbers may be right, but b is flat, (m,), and a row of biases, (1, m), was asked for.",
    "How many pairs of brackets make a matrix with one row?",
)
def biases_in_a_flat_array():
    return np.ones((2, 2)), np.array([0.0, -1.0]), np.array([1.0, -2.0]), 0.0


@xor_network.mistake(
    "The numbers may be right, but u is a column, (m, 1), and a flat array, (m,), was asked for.",
    "f(X) has one number for each row of X. What shape does a product with a column have?",
)
def output_weights_in_a_column():
    return np.ones((2, 2)), np.array([[0.0, -1.0]]), np.array([[1.0], [-2.0]]), 0.0


@xor_network.mistake(
    "The weights came with one neuron a row, (m, 2), and one neuron a column, (2, m), was asked "
    "for.",
    "An example is a row here, with two numbers. On which side of it does W stand in X W?",
)
def neurons_as_rows():
    W = np.array([[1.0, 1.0], [1.0, 1.0], [0.0, 1.0]])
    return W, np.array([[0.0, -1.0, 0.0]]), np.array([1.0, -2.0, 0.0]), 0.0


@xor_network.mistake(
    "Only W, b and u came: the output's own bias c is missing.",
    "A network has a c even where it adds nothing. Which number is that?",
)
def output_bias_left_out():
    return np.ones((2, 2)), np.array([[0.0, -1.0]]), np.array([1.0, -2.0])
