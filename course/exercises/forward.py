"""Questions and known mistakes of unit 3: the multilayer net, and the net as a graph."""

from collections import Counter
from copy import deepcopy
from itertools import pairwise

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.exercises.engine.codec import Stream
from course.exercises.engine.properties.randomness import SPREAD_TOLERANCE
from course.nn import forward as nn


def _net(dims, rng):
    """A small net with numbers of one digit after the point, so that a student can follow them."""
    As = [np.round(rng.normal(size=shape), 1) for shape in pairwise(dims)]
    return As, [np.round(rng.normal(size=(1, d)), 1) for d in dims[1:]]


def _unequal(rng, count, low=2, high=7):
    """That many widths, all different."""
    return [int(d) for d in rng.permutation(np.arange(low, high))[:count]]


# ----------------------------------------------------------------------------------- layer_shapes

layer_shapes = Exercise(
    nn.layer_shapes,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "A layer sits between two neighbouring widths. How many neighbouring pairs has a list of "
        "four?",
        "Walk through dims and dims without its first entry side by side: each pair is "
        "(what comes in, what goes out).",
        "A pair tells you both shapes: the matrix has a row for each number that comes in and a "
        "column "
        "for each that goes out. zip walks two lists side by side.",
    ),
)


@layer_shapes.public
def _():
    yield Question("the lecture's net", dict(dims=[5, 3, 3, 2]))
    yield Question("one layer", dict(dims=[4, 1]))


@layer_shapes.secret
def _(rng):
    yield Question("unequal widths", dict(dims=_unequal(rng, 4)))
    yield Question("the smallest net", dict(dims=[int(rng.integers(2, 9)), 1]))
    yield Question("many layers", dict(dims=[int(d) for d in rng.integers(2, 40, size=9)]))
    yield Question("a neck of one unit", dict(dims=[6, 1, 5]))


@layer_shapes.mistake(
    "These weights have one neuron a row, as in the lecture's pictures.",
    "In this course examples are rows and X @ A must work: what do the rows of A stand for then?",
)
def one_neuron_a_row(dims):
    return [((d_out, d_in), (1, d_out)) for d_in, d_out in pairwise(dims)]


@layer_shapes.mistake(
    "Every layer has a bias for each of its inputs here.",
    "A bias belongs to a neuron. How many neurons has the layer?",
)
def bias_as_wide_as_the_input(dims):
    return [((d_in, d_out), (1, d_in)) for d_in, d_out in pairwise(dims)]


@layer_shapes.mistake(
    "The biases are flat here; the course writes them as a row, a matrix with one row.",
    "In lesson 2 dense added such a b to every row of a batch. Which shape had it?",
)
def flat_biases(dims):
    return [((d_in, d_out), (d_out,)) for d_in, d_out in pairwise(dims)]


@layer_shapes.mistake(
    "The last layer is missing.",
    "Four widths have three gaps between them. Where does your loop stop?",
)
def last_layer_missing(dims):
    return nn.layer_shapes(dims)[:-1]


# ------------------------------------------------------------------------------- count_parameters

count_parameters = Exercise(
    nn.count_parameters,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "Three separate sums: one over nodes, one over edges, one over biases. Draw 2-3-1 and "
        "count.",
        "Between layers of a and b nodes every node is joined to every node. "
        "Who has a bias: every node, or only nodes that compute something?",
        "Neurons: the sum of all of dims. Weights: the sum of the products of neighbours. "
        "Biases: one for each node that is not an input.",
    ),
)


@count_parameters.public
def _():
    yield Question("the lecture's net", dict(dims=[5, 3, 3, 2]))
    yield Question("one neuron with four inputs", dict(dims=[4, 1]))


@count_parameters.secret
def _(rng):
    yield Question("unequal widths", dict(dims=_unequal(rng, 4)))
    yield Question("a single layer", dict(dims=_unequal(rng, 2)))
    yield Question("many layers", dict(dims=[int(d) for d in rng.integers(2, 40, size=9)]))
    yield Question("wide layers", dict(dims=[784, int(rng.integers(100, 300)), 128, 10]))


@count_parameters.mistake(
    "This counts the biases among the weights.",
    "The lecture's |E| = 30 counts edges only. Is a bias an edge of the graph?",
)
def biases_among_the_weights(dims):
    neurons, weights, biases = nn.count_parameters(dims)
    return neurons, weights + biases, biases


@count_parameters.mistake(
    "This leaves the inputs out of the count of neurons.",
    "The lecture's table has m = 5 + 3 + 3 + 2. What is the 5?",
)
def inputs_not_counted(dims):
    neurons, weights, biases = nn.count_parameters(dims)
    return neurons - dims[0], weights, biases


@count_parameters.mistake(
    "This gives the inputs a bias too.",
    "An input node computes nothing: to what would its bias be added?",
)
def inputs_with_a_bias(dims):
    neurons, weights, _ = nn.count_parameters(dims)
    return neurons, weights, neurons


@count_parameters.mistake(
    "This counts one bias for each layer.",
    "b_j is a row, (1, d_j). How many numbers are in it?",
)
def one_bias_a_layer(dims):
    neurons, weights, _ = nn.count_parameters(dims)
    return neurons, weights, len(dims) - 1


@count_parameters.mistake(
    "This multiplies all the widths with one another.",
    "Edges run only between adjacent layers. Count them gap by gap: what do you do with the "
    "counts?",
)
def product_of_all_widths(dims):
    neurons, _, biases = nn.count_parameters(dims)
    return neurons, int(np.prod(np.array(dims, dtype=float))), biases


# ------------------------------------------------------------------------------------ rand_matrix

rand_matrix = Exercise(
    nn.rand_matrix,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "A Gaussian number with standard deviation s is s times one with standard deviation 1.",
        "Ask rng, not np.random, for standard normal numbers of the wanted shape. "
        "Then look at the formula: is it m or √m, and which of the two is m?",
        "rng.standard_normal((m, n)) has standard deviation 1. What should you divide it by?",
    ),
)


@rand_matrix.public
def _():
    yield Question(
        "a wide matrix",
        dict(m=4, n=600, rng=np.random.default_rng(1)),
        view="random_matrix",
        rtol=SPREAD_TOLERANCE,
    )
    yield Question(
        "a small matrix, and again",
        dict(m=3, n=2, rng=np.random.default_rng(2)),
        way="draws",
        view="source_of_draws",
    )


@rand_matrix.secret
def _(rng):
    for says, m, n in (
        ("a wide matrix", 9, 300),
        ("a tall matrix", 400, 6),
        ("a single row", 1, 2400),
        ("a square matrix", 49, 49),
    ):
        yield Question(
            says, dict(m=m, n=n, rng=_generator(rng)), view="random_matrix", rtol=SPREAD_TOLERANCE
        )
    yield Question(
        "drawn three times",
        dict(m=3, n=4, rng=_generator(rng)),
        way="draws",
        view="source_of_draws",
        weight=2,
    )


def _generator(rng):
    return np.random.default_rng(int(rng.integers(2**32)))


@rand_matrix.mistake(
    "This spread is 1/m: the formula's standard deviation was taken for a variance, or the root "
    "lost.",
    "Where the lecture's code divides, what exactly does it divide by?",
)
def variance_for_standard_deviation(m, n, rng):
    return rng.standard_normal((m, n)) / m


@rand_matrix.mistake(
    "This divides by √n, the number of columns (neurons), not by √m, the number of inputs.",
    "How many numbers does one neuron add up? Those are what must not grow too large together.",
)
def fan_out(m, n, rng):
    return rng.standard_normal((m, n)) / np.sqrt(n)


@rand_matrix.mistake(
    "These numbers are not scaled: their standard deviation is 1 whatever m is.",
    "Something in the lecture's line comes after the random numbers are drawn.",
)
def not_scaled(m, n, rng):
    return rng.standard_normal((m, n))


@rand_matrix.mistake(
    "These numbers are uniform between 0 and 1, so none of them is negative.",
    "Gaussian numbers have a bell around 0. Which method of rng draws those?",
)
def uniform_and_positive(m, n, rng):
    return rng.random((m, n)) / np.sqrt(m)


@rand_matrix.mistake(
    "This matrix is (n, m): rows and columns are swapped.",
    "m comes first, and it counts the rows.",
)
def rows_and_columns_swapped(m, n, rng):
    return rng.standard_normal((n, m)) / np.sqrt(m)


@rand_matrix.mistake(
    "This draws from NumPy's global generator, so rng has no say and no run can be repeated.",
    "The argument rng is the only source of randomness: which of your calls doesn't begin with it?",
)
def global_generator(m, n, rng):
    return np.random.standard_normal((m, n)) / np.sqrt(m)


@rand_matrix.mistake(
    "This makes a new generator with a fixed seed, so that every call gives the same numbers.",
    "The caller hands you a generator that moves on with every draw. Use that one.",
)
def seed_fixed_inside(m, n, rng):
    return np.random.default_rng(0).standard_normal((m, n)) / np.sqrt(m)


# -------------------------------------------------------------------------------------------- MLP

MLP = Exercise(
    nn.MLP,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "Two empty lists, one loop over the layers, and one matrix into each list every time "
        "round.",
        "Layer by layer: which shape have A and b? You have a function that draws a matrix of any "
        "shape, and the lecture uses it for both.",
        "The bias row of a layer with d units is rand_matrix(1, d, rng). "
        "Every call with the same rng draws new numbers, which is what you want.",
    ),
)

NARROW_WIDE_NARROW = [2, 18, 2]


@MLP.public
def _():
    yield Question(
        "the lecture's net",
        dict(dims=[5, 3, 3, 2], rng=np.random.default_rng(3)),
        view="layers_of_net",
    )
    yield Question(
        "70 nets, to see the spread of their numbers",
        dict(dims=NARROW_WIDE_NARROW, rng=np.random.default_rng(4)),
        way="many_draws",
        view="spread_of_nets",
        rtol=SPREAD_TOLERANCE,
    )
    yield Question(
        "a small net, and again",
        dict(dims=[2, 1, 2], rng=np.random.default_rng(5)),
        way="draws",
        view="source_of_draws",
    )


@MLP.secret
def _(rng):
    yield Question(
        "unequal widths", dict(dims=_unequal(rng, 5), rng=_generator(rng)), view="layers_of_net"
    )
    yield Question(
        "equal widths", dict(dims=[3, 3, 3, 3], rng=_generator(rng)), view="layers_of_net"
    )
    yield Question("a single layer", dict(dims=[4, 1], rng=_generator(rng)), view="layers_of_net")
    yield Question(
        "the spread of the numbers, over many nets",
        dict(dims=NARROW_WIDE_NARROW, rng=_generator(rng)),
        way="many_draws",
        view="spread_of_nets",
        rtol=SPREAD_TOLERANCE,
        weight=3,
    )
    yield Question(
        "drawn three times",
        dict(dims=[3, 2, 1], rng=_generator(rng)),
        way="draws",
        view="source_of_draws",
    )


@MLP.mistake(
    "The biases are all zero. That is a good choice, and lesson 6 will make it; "
    "the lecture's MLP draws them.",
    "Read the lecture's line for Bs once more.",
)
def biases_zero(dims, rng):
    As, Bs = nn.MLP(dims, rng)
    return As, [np.zeros_like(b) for b in Bs]


@MLP.mistake(
    "The biases are as small as the layer's weights; those of the lecture have standard deviation "
    "1.",
    "How many rows has a bias row? What does rand_matrix divide by then?",
)
def biases_as_small_as_weights(dims, rng):
    As, Bs = nn.MLP(dims, rng)
    return As, [b / np.sqrt(len(A)) for A, b in zip(As, Bs, strict=True)]


@MLP.mistake(
    "The weights are not scaled by their number of rows.",
    "rand_matrix does the scaling. Is it rand_matrix that draws your weights?",
)
def weights_not_scaled(dims, rng):
    As, Bs = nn.MLP(dims, rng)
    return [A * np.sqrt(len(A)) for A in As], Bs


@MLP.mistake(
    "All layers have the same draw: their generators start in the same state.",
    "One generator, handed from layer to layer, never repeats itself. Who makes a new one here?",
)
def same_draw_for_every_layer(dims, rng):
    As = [nn.rand_matrix(*A, deepcopy(rng)) for A, _ in nn.layer_shapes(dims)]
    Bs = [nn.rand_matrix(*b, deepcopy(rng)) for _, b in nn.layer_shapes(dims)]
    rng.random()
    return As, Bs


@MLP.mistake(
    "All layers are one and the same matrix, repeated.",
    "[A] * 3 doesn't draw three times. And what if the widths differ?",
)
def one_matrix_repeated(dims, rng):
    layers = len(dims) - 1
    A, b = nn.layer_shapes(dims)[0]
    return [nn.rand_matrix(*A, rng)] * layers, [nn.rand_matrix(*b, rng)] * layers


@MLP.mistake(
    "These weights have one neuron a row, as in the lecture's pictures.",
    "predict multiplies X @ A with examples as rows. Which shape must A have for that?",
)
def one_neuron_a_row_in_MLP(dims, rng):
    return nn.MLP(dims[::-1], rng)[0][::-1], nn.MLP(dims, rng)[1]


@MLP.mistake(
    "The biases are flat here; the course writes them as a row, a matrix with one row.",
    "What is the shape of rand_matrix(1, d, rng)?",
)
def flat_bias_rows(dims, rng):
    As, Bs = nn.MLP(dims, rng)
    return As, [b[0] for b in Bs]


@MLP.mistake(
    "This draws from NumPy's global generator, so rng has no say and no run can be repeated.",
    "The argument rng is the only source of randomness. Does it reach every matrix?",
)
def global_generator_in_MLP(dims, rng):
    As = [np.random.standard_normal(A) / np.sqrt(A[0]) for A, _ in nn.layer_shapes(dims)]
    return As, [np.random.standard_normal(b) for _, b in nn.layer_shapes(dims)]


@MLP.mistake(
    "Every net is the same: a generator with a fixed seed is made inside.",
    "Whoever calls MLP decides about the randomness by handing you rng.",
)
def seed_fixed_in_MLP(dims, rng):
    return nn.MLP(dims, np.random.default_rng(0))


# ---------------------------------------------------------------------------------------- predict

predict = Exercise(
    nn.predict,
    points=3,
    minutes=15,
    difficulty=2,
    hints=(
        "One variable holds the layer you have reached. It begins as X, and every step replaces "
        "it.",
        "A step is what dense does: multiply by the layer's matrix, add its bias row, then apply "
        "act. "
        "The result is what the next step starts from.",
        "Go through As and Bs together and let dense (lesson 2) turn the layer you have into the "
        "next "
        "one. Return after the loop, not inside it.",
    ),
)

TWO_LAYERS = (
    [np.array([[1.0, 0.0, 2.0], [0.0, -1.0, 1.0]]), np.array([[1.0], [2.0], [-1.0]])],
    [np.array([[0.0, 1.0, -1.0]]), np.array([[2.0]])],
)
SQUARE_NET = (
    [np.array([[1.0, 2.0], [0.0, -1.0]]), np.array([[0.0, 1.0], [1.0, 3.0]])],
    [np.array([[1.0, -2.0]]), np.array([[-1.0, 2.0]])],
)
TWO_EXAMPLES = np.array([[1.0, 2.0], [3.0, -1.0]])


@predict.public
def _():
    yield Question(
        "two layers, 2-3-1", dict(net=TWO_LAYERS, X=TWO_EXAMPLES, act=stock.shifted_square)
    )
    yield Question("equal widths, 2-2-2", dict(net=SQUARE_NET, X=TWO_EXAMPLES, act=stock.leaky))
    yield Question(
        "a batch of one", dict(net=TWO_LAYERS, X=np.array([[0.5, 0.0]]), act=stock.leaky)
    )
    yield Question(
        "one neuron behind another, 1-1-1",
        dict(
            net=([np.array([[2.0]]), np.array([[-1.0]])], [np.array([[1.0]]), np.array([[3.0]])]),
            X=np.array([[0.0], [1.0], [-2.0]]),
            act=stock.shifted_square,
        ),
    )


@predict.secret
def _(rng):
    dims = _unequal(rng, 5)
    net = _net(dims, rng)
    X = rng.normal(size=(4, dims[0]))
    yield Question("four layers of unequal widths", dict(net=net, X=X, act=stock.sin), weight=2)
    yield Question("a batch of one", dict(net=net, X=X[:1], act=stock.cos))
    yield Question("asked twice", dict(net=net, X=X[:2], act=stock.leaky), way="twice")
    single = _net([3, 2], rng)
    yield Question(
        "a single layer", dict(net=single, X=rng.normal(size=(5, 3)), act=stock.shifted_square)
    )
    yield Question(
        "equal widths, and as many examples as units",
        dict(net=_net([3, 3, 3], rng), X=rng.normal(size=(3, 3)), act=stock.shifted_square),
    )
    yield Question(
        "one neuron behind another",
        dict(net=_net([1, 1, 1], rng), X=rng.normal(size=(3, 1)), act=stock.shifted_square),
        weight=0.5,
    )
    yield Question(
        "integers",
        dict(
            net=(
                [rng.integers(1, 4, size=(2, 3)), rng.integers(1, 4, size=(3, 2))],
                _row_of_ones(),
            ),
            X=rng.integers(1, 3, size=(4, 2)),
            act=stock.sin,
        ),
    )
    yield Question(
        "float32",
        dict(
            net=tuple([part.astype(np.float32) for part in half] for half in _net([4, 3, 2], rng)),
            X=rng.normal(size=(3, 4)).astype(np.float32),
            act=stock.tanh,
        ),
    )


def _row_of_ones():
    return [np.ones((1, 3), dtype=int), np.ones((1, 2), dtype=int)]


@predict.mistake(
    "The last layer has no activation here.",
    "The lecture's loop makes no exception for the output layer.",
)
def output_without_activation(net, X, act):
    *hidden, last = zip(*net, strict=True)
    H = X
    for A, b in hidden:
        H = act(H @ A + b)
    return H @ last[0] + last[1]


@predict.mistake(
    "The activation is applied only once, after the last layer.",
    "Without an activation in between, two layers are no more than one. Where does act stand?",
)
def activation_at_the_end_only(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = H @ A + b
    return act(H)


@predict.mistake(
    "The bias is added after the activation.",
    "A bias shifts what the activation sees. Which comes first, + b or act?",
)
def bias_after_the_activation(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act(H @ A) + b
    return H


@predict.mistake(
    "The bias is added before the product with the weights.",
    "There is a bias for each neuron of the new layer, not of the old one. When are there that "
    "many columns?",
)
def bias_before_the_product(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act((H + b) @ A)
    return H


@predict.mistake(
    "The bias was turned into a column, so each example got its own bias instead of each neuron.",
    "b has one row and a column for each neuron. What does NumPy do with it when it is added as "
    "it is?",
)
def bias_along_the_batch(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act(H @ A + b.T)
    return H


@predict.mistake(
    "The biases are not used.",
    "net has two lists. What happens to the second one in your loop?",
)
def biases_left_out(net, X, act):
    H = X
    for A in net[0]:
        H = act(H @ A)
    return H


@predict.mistake(
    "The matrices are transposed before the product, as if they came from the lecture's pictures.",
    "A is (d_in, d_out) already. Write the shapes of H and A side by side: which lengths must "
    "meet?",
)
def weights_transposed(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act(H @ A.T + b)
    return H


@predict.mistake(
    "This is what you get from A @ H, the order of the lecture's pictures, where an example is a "
    "column.",
    "Here an example is a row of X. On which side does A have to stand so that the shapes meet?",
)
def product_in_the_order_of_columns(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act(A @ H + b)
    return H


@predict.mistake(
    "This is what you get from a loop over net itself: its first round takes two matrices, its "
    "second two rows of biases.",
    "net holds two lists, not a list of layers. How do you walk along both at the same time?",
)
def loop_over_the_two_lists(net, X, act):
    H = X
    for A, b in net:
        H = act(H @ A + b)
    return H


@predict.mistake(
    "This is the output of the first layer: the loop ends after one round.",
    "Look at how far your return is indented.",
)
def first_layer_only(net, X, act):
    return act(X @ net[0][0] + net[1][0])


@predict.mistake(
    "Every layer reads X again, not the layer before it.",
    "What should be multiplied by the second matrix? Follow one number through your loop.",
)
def every_layer_reads_X(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H = act(X @ A + b)
    return H


@predict.mistake(
    "This works for nets of three layers, like the lecture's, and for no others.",
    "Which number in your code should be asked of net?",
)
def three_layers_by_heart(net, X, act):
    H = X
    for j in range(3):
        H = act(H @ net[0][j] + net[1][j])
    return H


@predict.mistake(
    "The result is right, but X is overwritten with it: whoever called you has lost the data.",
    "H = X gives the same array a second name. Which of your lines writes into it?",
)
def X_overwritten(net, X, act):
    H = X
    for A, b in zip(*net, strict=True):
        H_next = act(H @ A + b)
        if H_next.shape == H.shape:
            H[:] = H_next
        else:
            H = H_next
    return H


# ---------------------------------------------------------------------------------------- forward

forward = Exercise(
    nn.forward,
    points=4,
    minutes=15,
    difficulty=2,
    hints=(
        "It is predict with a memory: a list that begins with the input and grows by one array a "
        "layer.",
        "Each layer has three things of its own: A, b and act. Go through the three lists "
        "together. "
        "The last entry of your list is what the next layer reads.",
        "Begin with a list that holds X. In each round dense makes the next array from the last "
        "one in "
        "the list. Append it, and write into no array that is already there.",
    ),
)


@forward.public
def _():
    yield Question(
        "2-3-1, two activations",
        dict(net=TWO_LAYERS, X=TWO_EXAMPLES, acts=[stock.shifted_square, stock.leaky]),
    )
    yield Question(
        "equal widths, 2-2-2",
        dict(net=SQUARE_NET, X=TWO_EXAMPLES, acts=[stock.leaky, stock.shifted_square]),
    )


@forward.secret
def _(rng):
    dims = _unequal(rng, 4)
    net = _net(dims, rng)
    X = rng.normal(size=(5, dims[0]))
    acts = [stock.sin, stock.leaky, stock.cos]
    yield Question("three layers, each its own activation", dict(net=net, X=X, acts=acts), weight=2)
    yield Question("a batch of one", dict(net=net, X=X[:1], acts=acts[::-1]))
    yield Question("asked twice", dict(net=net, X=X[:2], acts=acts), way="twice")
    yield Question(
        "a single layer",
        dict(net=_net([2, 4], rng), X=rng.normal(size=(3, 2)), acts=[stock.shifted_square]),
    )
    yield Question(
        "equal widths, and as many examples as units",
        dict(
            net=_net([3, 3, 3, 3], rng),
            X=rng.normal(size=(3, 3)),
            acts=[stock.cos, stock.double, stock.shifted_square],
        ),
        weight=2,
    )
    yield Question(
        "integers",
        dict(
            net=(
                [rng.integers(1, 4, size=(2, 3)), rng.integers(1, 4, size=(3, 2))],
                _row_of_ones(),
            ),
            X=rng.integers(1, 3, size=(4, 2)),
            acts=[stock.cos, stock.sin],
        ),
    )


@forward.mistake(
    "The input is missing: the list begins with H_1.",
    "Back-propagation will need what every layer read, the first one too. What does layer 1 read?",
)
def H_0_missing(net, X, acts):
    return nn.forward(net, X, acts)[1:]


@forward.mistake(
    "The list holds the sums before the activations, not the layers' outputs.",
    "H_j comes after act_j. Which of your two variables did you append?",
)
def sums_kept_for_outputs(net, X, acts):
    H, Hs = X, [X]
    for A, b, act in zip(*net, acts, strict=True):
        Hs.append(H @ A + b)
        H = act(Hs[-1])
    return Hs


@forward.mistake(
    "The first activation is used for every layer.",
    "acts has one function for each layer. Which index moves with the layer?",
)
def first_activation_everywhere(net, X, acts):
    return nn.forward(net, X, [acts[0]] * len(acts))


@forward.mistake(
    "The last layer has no activation here.",
    "A layer without activation would be asked for by an identity in acts. Use all of acts.",
)
def last_layer_without_activation(net, X, acts):
    return nn.forward(net, X, [*acts[:-1], stock.identity])


@forward.mistake(
    "An array already in the list was written over by a later layer: H_j must stay as it was.",
    "H[:] = … and out=… write into an array that the list still holds. Make a new one for each "
    "layer.",
)
def kept_array_edited(net, X, acts):
    H = np.array(X, dtype=float)
    Hs = [H]
    for A, b, act in zip(*net, acts, strict=True):
        H_next = act(H @ A + b)
        if H_next.shape == H.shape:
            H[:] = H_next
        else:
            H = H_next
        Hs.append(H)
    return Hs


@forward.mistake(
    "Only the output came back, not the list of all layers.",
    "predict forgets the layers in between; forward is the function that keeps them.",
)
def output_only(net, X, acts):
    return nn.forward(net, X, acts)[-1]


@forward.mistake(
    "The bias is added after the activation.",
    "A bias shifts what the activation sees. Which comes first, + b or act?",
)
def bias_added_to_the_output(net, X, acts):
    Hs = [X]
    for A, b, act in zip(*net, acts, strict=True):
        Hs.append(act(Hs[-1] @ A) + b)
    return Hs


@forward.mistake(
    "An activation is applied to the input as well.",
    "H_0 is X as it came: the input nodes compute nothing.",
)
def activation_on_the_input(net, X, acts):
    return [acts[0](X), *nn.forward(net, acts[0](X), acts)[1:]]


@forward.mistake(
    "Every layer reads X again, not the layer before it.",
    "What should be multiplied by the second matrix? It is already in your list.",
)
def all_layers_read_X(net, X, acts):
    return [X, *(act(X @ A + b) for A, b, act in zip(*net, acts, strict=True))]


# ----------------------------------------------------------------------------------- masked_dense

masked_dense = Exercise(
    nn.masked_dense,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "A missing edge adds nothing to the sum. Which weight adds nothing?",
        "Make a matrix that has A's entry where mask is True and another number elsewhere, "
        "without writing into A. The rest is the dense layer of lesson 2.",
        "np.where chooses between two values, entry by entry, and makes a new array. The mask is "
        "about "
        "edges, so it touches neither b nor the output.",
    ),
)

MASK = np.array([[True, False], [False, True], [True, False]])


@masked_dense.public
def _():
    yield Question(
        "three inputs, two neurons",
        dict(
            X=np.array([[1.0, 2.0, 3.0], [0.0, -1.0, 1.0]]),
            A=np.array([[1.0, 5.0], [7.0, 2.0], [-1.0, 9.0]]),
            b=np.array([[1.0, -2.0]]),
            mask=MASK,
            h=stock.double,
        ),
    )
    yield Question(
        "a neuron without incoming edges",
        dict(
            X=TWO_EXAMPLES,
            A=np.array([[3.0, 4.0], [5.0, 6.0]]),
            b=np.array([[1.0, -2.0]]),
            mask=np.array([[True, False], [True, False]]),
            h=stock.shifted_square,
        ),
    )


@masked_dense.secret
def _(rng):
    X, A, b = rng.normal(size=(5, 4)), rng.normal(size=(4, 3)), rng.normal(size=(1, 3))
    mask = rng.permutation(np.arange(12) < 6).reshape(4, 3)
    yield Question("half of the edges", dict(X=X, A=A, b=b, mask=mask, h=stock.sin), weight=2)
    yield Question(
        "every edge", dict(X=X, A=A, b=b, mask=np.ones_like(mask), h=stock.shifted_square)
    )
    yield Question("no edge at all", dict(X=X, A=A, b=b, mask=np.zeros_like(mask), h=stock.cos))
    yield Question(
        "an input that no neuron reads, in a batch of one",
        dict(X=X[:1], A=A, b=b, mask=np.arange(4)[:, None] != np.array([2, 2, 2]), h=stock.leaky),
    )
    triangle = np.tri(3, k=-1, dtype=bool)
    yield Question(
        "a square layer whose neurons see only later inputs",
        dict(X=X[:3, :3], A=A[:3], b=b, mask=triangle, h=stock.double),
    )
    yield Question(
        "large weights where there is no edge",
        dict(X=X, A=np.where(mask, A, 1e6), b=b, mask=mask, h=stock.leaky),
    )


@masked_dense.mistake(
    "The mask is not used.",
    "Which weights may count? Compare A with and without the others.",
)
def mask_ignored(X, A, b, mask, h):
    return h(X @ A + b)


@masked_dense.mistake(
    "The mask is turned round: the weights where it is False count, and the others don't.",
    "True means that there is an edge.",
)
def mask_inverted(X, A, b, mask, h):
    return h(X @ np.where(mask, 0, A) + b)


@masked_dense.mistake(
    "The right output, but A was changed: the weights under the mask are gone for the caller.",
    "A[~mask] = 0 writes into the caller's array. Work on a new one.",
)
def weights_overwritten(X, A, b, mask, h):
    A[~mask] = 0
    return h(X @ A + b)


@masked_dense.mistake(
    "A neuron without incoming edges gives 0 here, or loses its bias.",
    "What is an empty sum? What is left of h(sum + b) then?",
)
def neuron_without_edges_silenced(X, A, b, mask, h):
    return h(X @ np.where(mask, A, 0) + b) * mask.any(axis=0)


@masked_dense.mistake(
    "A missing edge was made to silence its whole input, for all neurons.",
    "The mask has an entry for each pair of input and neuron. Where does it belong, at X or at A?",
)
def input_silenced_for_all(X, A, b, mask, h):
    return h((X * mask.all(axis=1)) @ A + b)


# ------------------------------------------------------------------------------ topological_order

topological_order = Exercise(
    nn.topological_order,
    points=4,
    minutes=25,
    difficulty=4,
    hints=(
        "Which nodes could come first? When one of them is done, what changes for the others?",
        "Count for every node the edges into it that are still open. A node with none is ready. "
        "When you list a node, one edge into each of its successors is closed. Go through the "
        "edges "
        "once, at the start, and remember what you need: edges may be a stream that ends.",
        "Keep a list of ready nodes; take one, put it into the order, lower its successors' "
        "counts, "
        "and add those that reach 0. If nodes are left when no one is ready, they wait for each "
        "other: "
        "a cycle. A set of edges takes care of repeated ones.",
    ),
)


def _asked_for_order(says, edges, **more):
    return Question(says, dict(edges=edges), way="drained", view="order_of_nodes", **more)


@topological_order.public
def _():
    yield _asked_for_order(
        "a short way and a long way", [("c", "a"), ("d", "a"), ("b", "c"), ("d", "b")]
    )
    yield _asked_for_order(
        "two starts, an edge given twice, from an iterator",
        Stream(((4, 1), (3, 1), (4, 2), (3, 1))),
    )
    yield _asked_for_order("a cycle behind a start", [(1, 2), (2, 3), (3, 2)], weight=0.5)
    yield _asked_for_order("nothing but a cycle", [(1, 2), (2, 3), (3, 1)], weight=0.5)


@topological_order.secret
def _(rng):
    a, b, c, d, e, f, g = (int(node) for node in rng.permutation(50)[:7])
    yield _asked_for_order(
        "edges in an unlucky order", [(d, e), (a, e), (c, d), (b, c), (a, b)], weight=2
    )
    yield _asked_for_order(
        "several parts that don't touch", [(c, a), (b, a), (e, d), (g, f), (g, e)]
    )
    yield _asked_for_order(
        "nodes of different kinds, which can't be compared",
        [("x", 0), (None, "x"), ((a, b), None), (2.5, 0), ((a, b), "")],
    )
    yield _asked_for_order(
        "edges from an iterator, to be walked once", Stream(((b, c), (a, b), (c, d)))
    )
    yield _asked_for_order("edges given twice", [(b, c), (a, b), (b, c), (a, b), (b, c), (a, c)])
    yield Question(
        "a chain of 8,000 nodes, its edges given from the middle outwards",
        dict(length=8_000),
        way="on_a_chain",
        view="order_of_nodes",
        typical=True,
    )
    ladder = [edge for k in range(30) for edge in _diamond(3 * k)]
    yield _asked_for_order("thirty diamonds in a row, so a thousand million ways", ladder)
    yield _asked_for_order("a cycle without a beginning", [(a, b), (b, c), (c, a)], weight=0.5)
    yield _asked_for_order(
        "a cycle apart from the rest", [(a, b), (c, d), (d, e), (e, c)], weight=0.5
    )
    yield _asked_for_order("an edge from a node to itself", [(a, b), (b, b), (b, c)], weight=0.5)


def _diamond(top):
    """A node, two after it, and the next diamond's first node."""
    return [(top + 2, top + 3), (top + 1, top + 3), (top, top + 2), (top, top + 1)]


def _successors(edges):
    after = {node: [] for edge in edges for node in edge}
    for u, v in edges:
        after[u].append(v)
    return after


def _ready_one_by_one(edges, as_often_as_given=False):
    """The nodes that come to be ready, in order; those of a cycle never do."""
    after = _successors(edges if as_often_as_given else dict.fromkeys(edges))
    waiting_for = Counter(v for heads in after.values() for v in heads)
    order = [v for v in after if not waiting_for[v]]
    for u in order:
        for v in dict.fromkeys(after[u]):
            waiting_for[v] -= 1
            if not waiting_for[v]:
                order.append(v)
    return order


def _starts(edges):
    heads = {v for _, v in edges}
    return list(dict.fromkeys(u for u, _ in edges if u not in heads))


@topological_order.mistake(
    "These are the nodes in the order in which the edges mention them.",
    "Nobody promised that edges come in a useful order. What makes a node ready?",
)
def order_of_mention(edges):
    edges = list(edges)
    nn.topological_order(edges)
    return list(dict.fromkeys(node for edge in edges for node in edge))


@topological_order.mistake(
    "These are the nodes sorted by their names or numbers.",
    "A node's name says nothing about the edges. Besides, not all nodes can be compared.",
)
def sorted_by_name(edges):
    return sorted(nn.topological_order(edges))


@topological_order.mistake(
    "A node is listed when it is first reached, although a longer way to it is still open.",
    "In a → b → c and a → c: when may c be listed? One edge into it is not enough.",
)
def listed_when_first_reached(edges):
    edges = list(edges)
    nn.topological_order(edges)
    after, reached = _successors(edges), dict.fromkeys(_starts(edges))
    order = list(reached)
    for u in order:
        order.extend(v for v in dict.fromkeys(after[u]) if v not in reached)
        reached.update(dict.fromkeys(after[u]))
    return order


@topological_order.mistake(
    "Only what can be reached from one starting node is listed.",
    "A graph may have several nodes without incoming edges, and parts that don't touch.",
)
def first_start_only(edges):
    edges = list(edges)
    order, after = nn.topological_order(edges), _successors(edges)
    reached = set(_starts(edges)[:1])
    for u in order:
        if u in reached:
            reached.update(after[u])
    return [u for u in order if u in reached]


@topological_order.mistake(
    "Every edge points backwards: the order is turned round.",
    "A search that lists a node after everything behind it lists the last node first.",
)
def turned_round(edges):
    return nn.topological_order(edges)[::-1]


@topological_order.mistake(
    "Every edge points backwards, and a cycle goes unnoticed.",
    "A search that lists a node after everything behind it lists the last node first. And when it "
    "comes upon a node that it hasn't finished, what has it found?",
)
def turned_round_and_cycle_unnoticed(edges):
    return _ready_one_by_one(list(edges))[::-1]


@topological_order.mistake(
    "Nodes without outgoing edges are missing.",
    "A dictionary from node to successors has only those nodes as keys that have some. Who is "
    "left out?",
)
def ends_missing(edges):
    edges = list(edges)
    tails = {u for u, _ in edges}
    return [u for u in nn.topological_order(edges) if u in tails]


@topological_order.mistake(
    "A node is listed once for every edge into it.",
    "How often is a node reached, and how often may it be listed? Something has to remember.",
)
def listed_again_for_every_edge(edges):
    edges = list(edges)
    into = Counter(v for _, v in dict.fromkeys(edges))
    return [v for v in nn.topological_order(edges) for _ in range(max(1, into[v]))]


@topological_order.mistake(
    "An edge given twice was counted twice, but taken off only once, so its end never got ready.",
    "Let both sides of your account see each edge equally often.",
)
def repeated_edge_counted_twice(edges):
    edges = list(edges)
    order = _ready_one_by_one(edges, as_often_as_given=True)
    if len(order) < len(_successors(edges)):
        raise ValueError("a cycle")
    return order


@topological_order.mistake(
    "A cycle goes unnoticed: an order came back although there is none.",
    "When no node is ready and some are left, what do you know about those?",
)
def cycle_unnoticed(edges):
    return _ready_one_by_one(list(edges))


@topological_order.mistake(
    "A cycle is noticed only if there is no node to start from.",
    "A cycle may lie behind or beside nodes that are perfectly ready. Count at the end.",
)
def cycle_sought_only_at_the_start(edges):
    edges = list(edges)
    if not _starts(edges):
        raise ValueError("a cycle")
    return cycle_unnoticed(edges)


@topological_order.mistake(
    "An edge from a node to itself was passed over; it is a cycle, the shortest one.",
    "Can a node come before itself?",
)
def loop_at_a_node_passed_over(edges):
    return nn.topological_order([(u, v) for u, v in edges if u != v])


@topological_order.mistake(
    "The edges were walked twice. An iterator is empty the second time.",
    "Turn edges into a list first, or collect all you need in one walk.",
)
def edges_walked_twice(edges):
    nodes = list(dict.fromkeys(node for edge in edges for node in edge))
    later = list(edges)
    return nn.topological_order(later) if later else nodes


@topological_order.mistake(
    "This function calls itself once for every node along the way, and Python allows about a "
    "thousand.",
    "Keep the nodes still to be done in a list of your own instead of in unfinished calls.",
)
def calls_itself_along_the_chain(edges):
    edges = list(edges)
    if len(edges) > 5000:
        raise RecursionError("maximum recursion depth exceeded")
    return nn.topological_order(edges)


@topological_order.mistake(
    "Every way through the graph is walked anew, and there are exponentially many.",
    "When you come to a node a second time, is there anything left to do behind it?",
)
def every_way_walked_anew(edges):
    edges = list(edges)
    if 100 < len(edges) < 5000:
        raise TimeoutError
    return nn.topological_order(edges)


# ------------------------------------------------------------------------------------ forward_dag

forward_dag = Exercise(
    nn.forward_dag,
    points=5,
    minutes=25,
    difficulty=4,
    hints=(
        "The formula needs h[u] before h[v]. You have just written the function that arranges "
        "that.",
        "Collect for every node its incoming edges with their weights. Then go through a "
        "topological "
        "order of the edges: an input node keeps its value, every other one gets h of its sum.",
        "Start from a copy of inputs. For v in the order: if v has incoming edges, "
        "result[v] is h of the sum of w · result[u] over them. Before that, compare the nodes "
        "without "
        "incoming edges with the keys of inputs, both ways.",
    ),
)


def _asked_for_outputs(says, weights, inputs, h, **more):
    arguments = dict(weights=weights, inputs=inputs, h=h)
    return Question(says, arguments, view="outputs_of_dag", **more)


@forward_dag.public
def _():
    yield _asked_for_outputs(
        "three inputs, one of them alone, and an edge of weight 0",
        {("x", "u"): 2.0, ("z", "u"): -1.0, ("u", "v"): 0.0},
        {"x": 3.0, "y": 5.0, "z": 1.0},
        stock.shifted_square,
    )
    yield _asked_for_outputs(
        "a diamond with arms of unequal length",
        {("b", "d"): 1.0, ("a", "d"): 3.0, ("c", "b"): -2.0, ("a", "c"): 1.0},
        {"a": 2.0},
        stock.leaky,
    )
    yield _asked_for_outputs(
        "an input without a value",
        {("x", "u"): 2.0, ("z", "u"): -1.0},
        {"x": 3.0},
        stock.shifted_square,
        weight=0.5,
    )
    yield _asked_for_outputs(
        "a value for a node with incoming edges",
        {("x", "u"): 2.0, ("u", "v"): -1.0},
        {"x": 3.0, "u": 1.0},
        stock.shifted_square,
        weight=0.5,
    )


@forward_dag.secret
def _(rng):
    w = [float(number) for number in np.round(rng.uniform(0.5, 1.5, size=8), 2)]
    x, y = (float(number) for number in np.round(rng.uniform(0.5, 1.0, size=2), 2))
    yield _asked_for_outputs(
        "one neuron with three inputs",
        {("a", "v"): w[0], ("b", "v"): -w[1], ("c", "v"): w[2]},
        {"a": x, "b": y, "c": 0.25},
        stock.cos,
    )
    yield _asked_for_outputs(
        "a diamond, and edges in an unlucky order",
        {(4, 5): w[0], (1, 5): w[1], (3, 4): w[2], (2, 3): w[3], (1, 2): w[4], (1, 3): w[5]},
        {1: x},
        stock.shifted_square,
        weight=2,
    )
    yield _asked_for_outputs(
        "nodes of different kinds, which can't be compared",
        {("u", None): w[0], (0, None): w[1], ((1, 2), "u"): w[2], (None, ""): w[3]},
        {0: x, (1, 2): y},
        stock.cos,
    )
    yield _asked_for_outputs(
        "edges of weight 0",
        {("a", "b"): 0.0, ("b", "c"): w[0], ("a", "c"): 0.0, ("c", "d"): 0.0},
        {"a": x},
        stock.cos,
    )
    yield _asked_for_outputs(
        "an input that no edge leaves",
        {("a", "b"): w[0]},
        {"alone": y, "a": x},
        stock.cos,
    )
    ladder = [edge for k in range(30) for edge in _diamond(3 * k)]
    yield _asked_for_outputs(
        "thirty diamonds in a row, so a thousand million ways",
        {edge: w[i % 8] for i, edge in enumerate(ladder)},
        {0: x},
        stock.cos,
    )
    yield _asked_for_outputs(
        "an input node without a value",
        {("a", "c"): w[0], ("b", "c"): w[1], ("c", "d"): w[2]},
        {"a": x},
        stock.cos,
        weight=0.5,
    )
    yield _asked_for_outputs(
        "a value for a node with incoming edges",
        {("a", "b"): w[0], ("b", "c"): w[1]},
        {"a": x, "b": y},
        stock.cos,
        weight=0.5,
    )
    yield _asked_for_outputs(
        "a cycle",
        {("a", "b"): w[0], ("b", "c"): w[1], ("c", "b"): w[2]},
        {"a": x},
        stock.cos,
        weight=0.5,
    )


def _without_its_checks(weights, inputs, h):
    """The right outputs, but a missing value is 0 and a value too much replaces the sum."""
    output, incoming = dict(inputs), {}
    for (u, v), w in weights.items():
        incoming.setdefault(v, []).append((u, w))
    for v in nn.topological_order(weights):
        if v not in output:
            output[v] = h(sum(w * output[u] for u, w in incoming[v])) if v in incoming else 0.0
    return output


@forward_dag.mistake(
    "The nodes were computed in the order in which the edges came, so some read inputs not yet "
    "there.",
    "Which node must be ready before which? You have a function that answers that.",
)
def order_of_the_edges(weights, inputs, h):
    nn.forward_dag(weights, inputs, h)
    output = dict(inputs)
    for v in dict.fromkeys(v for _, v in weights):
        incoming = [(u, w) for (u, head), w in weights.items() if head == v]
        output[v] = h(sum(w * output.get(u, 0.0) for u, w in incoming))
    return output


@forward_dag.mistake(
    "The activation is applied to the inputs as well.",
    "h[v_j] = x_j for an input node: it keeps its value.",
)
def activation_on_inputs(weights, inputs, h):
    return nn.forward_dag(weights, {v: h(value) for v, value in inputs.items()}, h)


@forward_dag.mistake(
    "The activation is applied to every term, and then they are added.",
    "In the formula, what stands inside σ( )?",
)
def activation_of_each_term(weights, inputs, h):
    nn.forward_dag(weights, inputs, h)
    output = dict(inputs)
    for v in nn.topological_order(weights):
        if v not in inputs:
            output[v] = sum(h(w * output[u]) for (u, head), w in weights.items() if head == v)
    return output


@forward_dag.mistake(
    "Only one of the incoming edges counts: each later one overwrites the sum instead of adding "
    "to it.",
    "A node with three incoming edges adds three terms. Is it = or += where it should add?",
)
def last_edge_only(weights, inputs, h):
    nn.forward_dag(weights, inputs, h)
    output = dict(inputs)
    for v in nn.topological_order(weights):
        if v not in inputs:
            u, w = [(u, w) for (u, head), w in weights.items() if head == v][-1]
            output[v] = h(w * output[u])
    return output


@forward_dag.mistake(
    "There is no activation: these are the sums.",
    "What does the formula do to the sum?",
)
def no_activation(weights, inputs, h):
    return nn.forward_dag(weights, inputs, stock.identity)


@forward_dag.mistake(
    "An edge of weight 0 was taken for no edge.",
    "Whether an edge exists and how much it weighs are two questions. `if w:` asks which of them?",
)
def zero_weight_is_no_edge(weights, inputs, h):
    return nn.forward_dag({edge: w for edge, w in weights.items() if w}, inputs, h)


@forward_dag.mistake(
    "An input that no edge leaves is missing from the result.",
    "All nodes are asked for. Some of them may stand in inputs only.",
)
def lonely_input_lost(weights, inputs, h):
    nodes = {node for edge in weights for node in edge}
    return {v: x for v, x in nn.forward_dag(weights, inputs, h).items() if v in nodes}


@forward_dag.mistake(
    "The input nodes are missing from the result.",
    "Input nodes are nodes too: their h[v] is their value.",
)
def inputs_left_out(weights, inputs, h):
    return {v: x for v, x in nn.forward_dag(weights, inputs, h).items() if v not in inputs}


@forward_dag.mistake(
    "The result was written into the caller's inputs.",
    "Start from a copy: dict(inputs).",
)
def written_into_inputs(weights, inputs, h):
    output = nn.forward_dag(weights, inputs, h)
    inputs.update(output)
    return output


@forward_dag.mistake(
    "An input node without a value is quietly given one.",
    "Which nodes have no incoming edge? Every one of them needs a value; say so where it has none.",
)
def missing_value_made_up(weights, inputs, h):
    if set(inputs) & {v for _, v in weights}:
        raise ValueError("a value too much")
    return _without_its_checks(weights, inputs, h)


@forward_dag.mistake(
    "A value given for a node with incoming edges is quietly accepted.",
    "Such a node is computed, so its value can't also be given. Look at the keys of inputs before "
    "you start.",
)
def value_too_much_accepted(weights, inputs, h):
    if {u for u, _ in weights} - {v for _, v in weights} - set(inputs):
        raise ValueError("a value is missing")
    return _without_its_checks(weights, inputs, h)


@forward_dag.mistake(
    "Neither a missing value nor one too much is noticed.",
    "Compare the keys of inputs with the nodes that have no incoming edge: they must be the same.",
)
def values_not_compared(weights, inputs, h):
    return _without_its_checks(weights, inputs, h)


@forward_dag.mistake(
    "Every way through the graph is computed anew, and there are exponentially many.",
    "A node's output is needed by all its successors. How often must it be computed?",
)
def every_way_computed_anew(weights, inputs, h):
    if len(weights) > 100:
        raise TimeoutError
    return nn.forward_dag(weights, inputs, h)


# ------------------------------------------------------------------------------------- mlp_to_dag

mlp_to_dag = Exercise(
    nn.mlp_to_dag,
    points=3,
    minutes=15,
    difficulty=3,
    hints=(
        "Number the nodes of 2-3-1 on paper, from 1. Which numbers has the middle layer? "
        "Which entry of A_1 belongs to the edge 2 → 4?",
        "Keep one number: how many nodes come before the layer you are reading from. "
        "Row i of A (from 0) belongs to the i-th node after those; where do the columns' nodes "
        "begin?",
        "With `before` nodes in earlier layers and A of shape (d_in, d_out), entry A[i, k] "
        "belongs to "
        "the edge from before + 1 + i to before + d_in + 1 + k. Then before grows by d_in.",
    ),
)


@mlp_to_dag.public
def _():
    yield Question("one layer, 2-3", dict(As=[np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])]))
    yield Question(
        "two layers, 2-3-1",
        dict(As=[np.array([[1.0, 0.0, 3.0], [4.0, 5.0, 6.0]]), np.array([[7.0], [0.0], [9.0]])]),
    )


@mlp_to_dag.secret
def _(rng):
    yield Question("three layers of unequal widths", dict(As=_net(_unequal(rng, 4), rng)[0]))
    yield Question("narrow, wide, narrow", dict(As=_net([1, 5, 1], rng)[0]))
    yield Question(
        "weights of zero", dict(As=[np.round(rng.normal(size=(2, 3)), 1) * [[0, 1, 0]], _zeros()])
    )
    yield Question("equal widths", dict(As=_net([3, 3, 3], rng)[0]))
    yield Question("a single layer", dict(As=[rng.integers(1, 9, size=(3, 2))]))


def _zeros():
    return np.zeros((3, 2))


def _edges_of(As, place):
    """All entries, each at the edge that `place(before, d_in, i, k)` gives for it."""
    weights, before = {}, 0
    for A in As:
        for i, k in np.ndindex(A.shape):
            weights[place(before, len(A), i, k)] = A[i, k]
        before += len(A)
    return weights


@mlp_to_dag.mistake(
    "The nodes are numbered from 0.",
    "In the lecture the first node is v_1. Which number has it here?",
)
def numbered_from_zero(As):
    return {(a - 1, b - 1): w for (a, b), w in nn.mlp_to_dag(As).items()}


@mlp_to_dag.mistake(
    "The nodes are numbered from 2, as when both the start and the loop count from 1.",
    "The inputs are the nodes 1 … d_0. From which node does your first edge come?",
)
def numbered_from_two(As):
    return {(a + 1, b + 1): w for (a, b), w in nn.mlp_to_dag(As).items()}


@mlp_to_dag.mistake(
    "Edges of weight 0 are missing.",
    "An MLP has an edge for every pair of nodes in adjacent layers, whatever it weighs.",
)
def zero_weights_missing(As):
    return {edge: w for edge, w in nn.mlp_to_dag(As).items() if w}


@mlp_to_dag.mistake(
    "The edges point backwards, from a layer to the one before it.",
    "Which of the two layers is u in u → v?",
)
def edges_turned_round(As):
    return {(b, a): w for (a, b), w in nn.mlp_to_dag(As).items()}


@mlp_to_dag.mistake(
    "Rows and columns of A have changed places, as if it had one neuron a row.",
    "A_j is (d_{j-1}, d_j): what does a row stand for, a node that is read or one that reads?",
)
def one_neuron_a_row_in_A(As):
    weights, before = {}, 1
    for A in As:
        for k, i in np.ndindex(A.shape):
            weights[before + i, before + A.shape[1] + k] = A[k, i]
        before += A.shape[1]
    return weights


@mlp_to_dag.mistake(
    "Every layer's numbering begins at 1 again, so different edges share a key and overwrite each "
    "other.",
    "How many nodes come before the layer's first one?",
)
def numbering_begins_anew(As):
    return _edges_of(As, lambda before, d_in, i, k: (1 + i, 1 + d_in + k))


@mlp_to_dag.mistake(
    "The numbers of a layer's nodes were moved on by the width of the layer that is read into, "
    "not of the one that is read from.",
    "How many nodes lie between the first node of one layer and the first of the next?",
)
def moved_on_by_the_wrong_width(As):
    weights, before = {}, 1
    for A in As:
        for i, k in np.ndindex(A.shape):
            weights[before + i, before + A.shape[0] + k] = A[i, k]
        before += A.shape[1]
    return weights
