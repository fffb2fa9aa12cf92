"""One example of every public figure, as a lesson would draw it with the student's functions."""

from collections.abc import Callable
from functools import cache

import numpy as np

import course.figures as figures
from course.data.toys import moons
from course.nn.backprop import (
    IDENTITY,
    RELU,
    SIGMOID,
    TANH,
    backprop,
    layer_backward,
    logistic_loss,
    squared_loss,
)
from course.nn.chain_rule import (
    backward_pass,
    forward_pass,
    lecture_loss,
    lecture_loss_derivative,
    numerical_derivative,
)
from course.nn.forward import (
    MLP,
    count_parameters,
    forward,
    forward_dag,
    layer_shapes,
    topological_order,
)
from course.nn.graph import Log1p, Mul, Node, Scale, Square, Sub
from course.nn.layers import dense, xor_network
from course.nn.neuron import neuron, relu, tanh
from course.nn.sgd import train
from course.nn.symmetry import permute_hidden, rescale_hidden

GALLERY: dict[str, Callable] = {}

DAG = {
    ("x1", "a"): 1.0,
    ("x2", "a"): -1.0,
    ("a", "b"): 2.0,
    ("x1", "b"): -1.0,
    ("b", "y"): 1.0,
    ("a", "y"): -1.0,
    ("x2", "y"): 3.0,
}
X, Y = moons(60, np.random.default_rng(0))
ACTS = [TANH, IDENTITY]


def example(draw: Callable) -> Callable:
    """Put an example into the gallery under the name of the figure that it draws."""
    GALLERY[draw.__name__] = draw
    return draw


@cache
def figure(name: str) -> object:
    """Return a figure that is drawn once for all tests of a process."""
    return GALLERY[name]()


@cache
def all_forms(name: str) -> dict[str, str]:
    """Return a figure in all the forms that a notebook may show."""
    return figure(name)._repr_mimebundle_()


def loss_graph(w: float = 2.0, x: float = 3.0, y: float = 5.0) -> list[Node]:
    """The lecture's graph of log(1 + (w x − y)²)."""
    leaves = [Node(None, output=v, name=n) for v, n in ((w, "w"), (x, "x"), (y, "y"))]
    s = Node(Mul, leaves[0], leaves[1], name="s")
    r = Node(Sub, s, leaves[2], name="r")
    q = Node(Square, r, name="q")
    return [*leaves, s, r, q, Node(Log1p, q, name="l")]


def diamond() -> list[Node]:
    """x feeds a and b, which both feed c."""
    x = Node(None, output=3.0, name="x")
    a, b = Node(Scale(2), x, name="a"), Node(Square, x, name="b")
    return [x, a, b, Node(Mul, a, b, name="c")]


def passed(nodes: list[Node]) -> list[Node]:
    """The nodes after both passes."""
    forward_pass(nodes)
    backward_pass(nodes)
    return nodes


def assigning(nodes: list[Node]) -> None:
    """The slide's backward pass, which is wrong if paths meet."""
    nodes[-1].delta = 1.0
    for v in reversed(nodes):
        for i, u in enumerate(v.inputs):
            u.delta = v.delta * v.op.deriv(i, *(a.output for a in v.inputs))


def small_net(*dims: int) -> tuple:
    """A net of these widths."""
    return MLP(list(dims), np.random.default_rng(3))


def say(net: tuple, points: np.ndarray) -> np.ndarray:
    """The output of a net with tanh and identity."""
    return forward(net, points, ACTS)[-1]


def trained(net: tuple, epochs: int = 6) -> list[tuple]:
    """The nets during training."""
    nets = [net]
    settings = {"batch_size": 20, "lr": 0.3, "rng": np.random.default_rng(1)}
    figures.watch(
        train, net, ACTS, X, Y, logistic_loss, epochs=epochs, each=nets.append, **settings
    )
    return nets


def backward(acts=ACTS, loss=squared_loss, step=layer_backward, **options) -> figures.Film:
    """The film of a batch of 5 going through a small net and back."""
    batch, targets = np.random.default_rng(4).normal(size=(2, 5, 2))
    net = small_net(2, 3, 2)
    return figures.film_backward(net, acts, batch, targets, loss, step, **options)


def two_number_loss(w: float, u: float) -> float:
    """The loss of u tanh(w) as tanh(2)."""
    return 0.5 * (u * np.tanh(w) - np.tanh(2)) ** 2


def net_loss(net: tuple) -> float:
    """The loss on the moons."""
    return logistic_loss(say(net, X), Y)[0]


@example
def beside():
    return figures.beside(figures.draw(DAG), figures.draw_net([5, 3, 3, 2]), title="Two nets")


@example
def dial():
    def draw(w: float, h: str) -> figures.Picture:
        chart = figures.Chart(x=(-3, 3), y=(-1, 1), xlabel="z", title="one neuron")
        z = np.linspace(-3, 3, 61)
        chart.curve(z, {"tanh": np.tanh, "sin": np.sin}[h](w * z))
        return chart.picture("The output of a neuron with one input, as a curve.", f"w = {w:.2f}")

    return figures.dial(draw, w=(-2, 2), h=["tanh", "sin"], start={"w": 1.0})


@example
def dial_batches():
    places = {"far off": (-1.0, 1.0), "at the bottom": (1.0, 0.0)}
    t = X[:, 0] - X[:, 1]

    def gradient(place, batch):
        error = place[0] * X[batch, 0] + place[1] - t[batch]
        return [np.mean(error * X[batch, 0]), np.mean(error)]

    return figures.dial_batches(gradient, len(X), places)


@example
def dial_bends():
    return figures.dial_bends(relu, [0, 1, 2, 3], [0, 2, 1, 3])


@example
def dial_graph():
    return figures.dial_graph(
        lambda w: loss_graph(w), forward_pass, backward_pass, w=(0, 4), start={"w": 2}
    )


@example
def dial_neuron():
    return figures.dial_neuron(neuron, np.tanh, bias=True)


@example
def dial_nudges():
    steps = {"z = 3w − 5": lambda w: 3 * w - 5, "ℓ": lambda z: lecture_loss(z, 1.0, 0.0)}
    return figures.dial_nudges(steps, w=(1, 2.5), start={"w": 2})


@example
def dial_reader():
    net = small_net(16, 5, 3)
    return figures.dial_reader(lambda P: forward(net, P, [tanh] * 2)[-1], np.eye(4))


@example
def dial_rescaling():
    return figures.dial_rescaling(rescale_hidden, relu_net, small_net(2, 3, 1), X)


@example
def dial_scales():
    rng = np.random.default_rng(0)
    net = [rng.normal(size=(9, 9)) / 3 for _ in range(6)], [np.zeros((1, 9))] * 6
    batch = rng.normal(size=(50, 9))

    def measure(scale):
        scaled = [scale * A for A in net[0]], net[1]
        _, (dAs, _) = backprop(scaled, [TANH] * 6, batch, np.zeros((50, 9)), squared_loss)
        return forward(scaled, batch, [TANH] * 6)[1:], dAs

    return figures.dial_scales(measure)


@example
def dial_tents():
    return figures.dial_tents(lambda x: 2 * relu(x) - 4 * relu(x - 0.5))


@example
def dial_valley():
    return figures.dial_valley(lambda place, v, slope, lr, mu: (place - lr * slope, -lr * slope))


@example
def draw():
    return figures.draw(passed(loss_graph()), title="log(1 + (w x − y)²)")


@example
def draw_backward():
    ways = {"assign": assigning, "accumulate": backward_pass}
    return figures.draw_backward(diamond, forward_pass, ways)


@example
def draw_broadcast():
    return figures.draw_broadcast([[0], [10], [20]], [1, 2, 3])


@example
def draw_conventions():
    return figures.draw_conventions()


@example
def draw_ladder():
    assert count_parameters([5, 3, 3, 2]) == (13, 30, 8)
    return figures.draw_ladder(layer_shapes([5, 3, 3, 2]), n=4)


@example
def draw_layer_passes():
    return figures.draw_layer_passes()


@example
def draw_net():
    net, batch = small_net(5, 3, 3, 2), np.arange(15.0).reshape(3, 5) / 10
    return figures.draw_net(net, forward(net, batch, [tanh] * 3), example=1)


@example
def draw_neuron():
    w, x = [2.0, -1.0, 0.5], [1.0, 3.0, 6.0]
    return figures.draw_neuron(w, x, neuron(np.array(w), np.array(x), np.square), h="z²")


@example
def draw_product():
    return figures.draw_product(("X", (4, 5)), ("A", (5, 3)), ("b", (1, 3)), ("Z", (4, 3)))


@example
def draw_progress():
    return figures.draw_progress([1.0, 0.5, 0.4], 10)


@example
def draw_rows():
    return figures.draw_rows([[1.0, -1.0], [0.0, 2.0], [1.0, 1.0]])


@example
def draw_twins():
    net = small_net(2, 3, 1)
    twin = permute_hidden(net, 1, [2, 0, 1])
    return figures.draw_twins(net, twin, [say(n, np.array([[1.0, 2.0]])) for n in (net, twin)])


@example
def film_backward():
    return backward()


@example
def film_boundary():
    return figures.film_boundary(trained(small_net(2, 4, 1)), say, X, Y)


@example
def film_forward():
    net = small_net(5, 3, 3, 2)
    return figures.film_forward(net, forward(net, np.ones((2, 5)), [tanh] * 3))


@example
def film_order():
    return figures.film_order(topological_order(DAG), DAG)


@example
def film_passes():
    return figures.film_passes(passed(loss_graph()))


@example
def film_folds():
    return figures.film_folds(xor_network, relu)


@example
def plot_activation():
    return figures.plot_activation({"sigmoid": SIGMOID, "tanh": TANH, "relu": RELU})


@example
def plot_bands():
    runs = {f"batch {b}": np.linspace(1, 0.1, 8) + np.eye(3, 8) / b for b in (1, 10)}
    return figures.plot_bands(runs)


@example
def plot_bias():
    return figures.plot_bias(lambda P, b: dense(P, [[1.0], [0.5]], [[b]], tanh))


@example
def plot_boundary():
    return figures.plot_boundary(lambda P: say(small_net(2, 4, 1), P), X, Y)


@example
def plot_confusion():
    return figures.plot_confusion(np.arange(30) % 5, np.arange(30) % 6 % 5)


@example
def plot_curves():
    return figures.plot_curves({"relu": relu, "tanh": tanh}, np.linspace(-4, 4, 50), xlabel="z")


@example
def plot_depths():
    rng = np.random.default_rng(0)
    nets = {s: ([s * rng.normal(size=(9, 9))] * 4, [np.zeros((1, 9))] * 4) for s in (0.1, 1, 9)}
    batch = rng.normal(size=(50, 9))
    outputs = {s: forward(n, batch, [tanh] * 4) for s, n in nets.items()}
    return figures.plot_depths(outputs, layers=(0, 1, 2, 4))


@example
def plot_descent():
    return figures.plot_descent(lambda w: w**2 / 2, lambda w: w, [0.1, 1, 2.1], start=4.0)


@example
def plot_history():
    return figures.plot_history({"training": [1, 0.5, 0.3], "held out": [1, 0.6, 0.5]})


@example
def plot_images():
    return figures.plot_images(np.linspace(-1, 1, 6 * 16).reshape(6, 16), "abcdef", signed=True)


@example
def plot_landscape():
    way = np.column_stack([np.linspace(-3, 2, 9), np.linspace(2, 1, 9)])
    return figures.plot_landscape(
        two_number_loss, (-4, 4), (-3, 3), marks={"minimum": (2, 1)}, paths={"batch 1": way}
    )


@example
def plot_mistakes():
    pictures = np.linspace(0, 1, 5 * 64).reshape(5, 64)
    return figures.plot_mistakes(pictures, [1, 2, 3, 4, 5], [1, 2, 8, 4, 6])


@example
def plot_rescaling():
    return figures.plot_rescaling(rescale_hidden, relu_net, small_net(2, 3, 1), X)


@example
def plot_response():
    return figures.plot_response(neuron, [[1.0, 0.5], [3.0, 1.5]], np.tanh)


@example
def plot_scales():
    return figures.plot_scales({"0.5": [1, 0.5, 0.25], "2": [1, 2, 4]})


@example
def plot_slice():
    net = small_net(2, 3, 1)
    twins = [net, permute_hidden(net, 1, [1, 2, 0]), permute_hidden(net, 1, [2, 0, 1])]
    return figures.plot_slice(net_loss, twins, side=21)


@example
def plot_step_error():
    def error(eps):
        return abs(numerical_derivative(np.sin, 1.0, eps) - np.cos(1.0))

    return figures.plot_step_error({"central": error})


@example
def plot_tangents():
    return figures.plot_tangents(
        lambda w: lecture_loss(w, 3.0, 5.0), lambda w: lecture_loss_derivative(w, 3.0, 5.0), [1, 2]
    )


@example
def plot_twin_weights():
    constant = ([np.full((2, 3), 0.5), np.full((3, 1), 0.5)], [np.zeros((1, 3)), np.zeros((1, 1))])
    runs = {"constant": trained(constant), "random": trained(small_net(2, 3, 1))}
    return figures.plot_twin_weights(runs)


@example
def plot_two_groups():
    z = np.linspace(-2, 2, 40)
    return figures.plot_two_groups(z, z > 0.3, names=("zeros", "others"))


def relu_net(net: tuple, points: np.ndarray) -> np.ndarray:
    """The output of a net with ReLU and identity."""
    return forward(net, points, [RELU, IDENTITY])[-1]


def dag_values() -> dict:
    """The function that the sparse net computes."""
    return forward_dag(DAG, {"x1": 3.0, "x2": 1.0}, relu)
