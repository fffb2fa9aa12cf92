"""A figure that cannot be drawn names the argument at fault, what was expected, and what it got."""

import numpy as np
import pytest

import course.figures as figures
from course.nn.activation import Activation
from course.nn.backprop import TANH
from course.nn.chain_rule import forward_pass
from course.nn.graph import Add, Node
from tests.figures.gallery import (
    DAG,
    X,
    Y,
    backward,
    loss_graph,
    relu_net,
    say,
    small_net,
    two_number_loss,
)

NET = small_net(2, 3, 1)


def nothing(*_, **__):
    return None


def untouched():
    return loss_graph()


REFUSED = {
    "gradients of nan": (
        "what gradient returned",
        lambda: figures.dial_batches(lambda *_: [np.nan, 0.0], 9, {"here": (0, 0)}),
    ),
    "errors of nan": (
        "errors",
        lambda: figures.plot_step_error({"mine": lambda eps: np.nan}),
    ),
    "drag a choice": (
        "drag",
        lambda: figures.dial(nothing, w=(0, 1), h=["a", "b"], drag=("w", "h")),
    ),
    "beside nothing": ("pictures", lambda: figures.beside()),
    "beside a text": ("pictures", lambda: figures.beside("a picture")),
    "draw a number": ("graph", lambda: figures.draw(3)),
    "draw nothing": ("graph", lambda: figures.draw([])),
    "draw numbers": ("graph", lambda: figures.draw([1, 2])),
    "draw a circle": ("cycle", lambda: figures.draw([("a", "b"), ("b", "a")])),
    "draw words as weights": ("graph", lambda: figures.draw({("a", "b"): "heavy"})),
    "draw values of Nodes": ("values", lambda: figures.draw(loss_graph(), values={"w": 1})),
    "draw values in a list": ("values", lambda: figures.draw(DAG, values=[1, 2])),
    "draw_backward of nothing": (
        "backward_passes",
        lambda: figures.draw_backward(untouched, forward_pass, {}),
    ),
    "draw_backward without functions": (
        "assign",
        lambda: figures.draw_backward(untouched, forward_pass, {"assign": 3}),
    ),
    "plot_descent with one rate": ("lrs", lambda: figures.plot_descent(abs, abs, 0.1, start=1)),
    "plot_descent without steps": (
        "steps",
        lambda: figures.plot_descent(abs, abs, [0.1], start=1, steps=0),
    ),
    "film_passes before the passes": (
        "nodes",
        lambda: figures.film_passes([Node(None, name="x")]),
    ),
    "film_passes of edges": ("nodes", lambda: figures.film_passes(DAG)),
    "film_order with a stranger": ("order", lambda: figures.film_order(["x1", "z"], DAG)),
    "film_order with one twice": ("order", lambda: figures.film_order(["x1", "x1"], DAG)),
    "film_order without edges": ("edges", lambda: figures.film_order([], [])),
    "film_order of nothing": ("order", lambda: figures.film_order([], DAG)),
    "draw_net of one layer": ("net", lambda: figures.draw_net([3])),
    "draw_net of a text": ("net", lambda: figures.draw_net("5-3-3-2")),
    "draw_net with Hs too short": ("Hs", lambda: figures.draw_net(NET, [np.ones((1, 2))])),
    "draw_net with wrong widths": (
        r"Hs\[1\]",
        lambda: figures.draw_net(NET, [np.ones((1, 2)), np.ones((1, 9)), np.ones((1, 1))]),
    ),
    "draw_net with no such example": (
        "example",
        lambda: figures.draw_net([2, 1], [np.ones((1, 2)), np.ones((1, 1))], example=1),
    ),
    "draw_net with no such edge": ("mark", lambda: figures.draw_net([2, 1], mark=[(1, 9)])),
    "draw_net with too few names": ("layers", lambda: figures.draw_net([2, 1], layers=["in"])),
    "film_forward without values": ("Hs", lambda: figures.film_forward([2, 1], None)),
    "film_backward with a loss without gradient": (
        "what loss returned",
        lambda: backward(loss=lambda guess, Y: 1.0),
    ),
    "film_backward with a step of two": (
        "what step returned",
        lambda: backward(step=lambda *given: given[:2]),
    ),
    "film_backward of no such example": ("example", lambda: backward(example=5)),
    "film_backward with one activation": ("acts", lambda: backward(acts=[TANH])),
    "plot_depths of a layer that isn't there": (
        "layers",
        lambda: figures.plot_depths({1: [np.ones(3)] * 2}, layers=[2]),
    ),
    "plot_depths of no layer": (
        "layers",
        lambda: figures.plot_depths({1: [np.ones(3)] * 2}, layers=[]),
    ),
    "draw_twins of other widths": (
        "twin",
        lambda: figures.draw_twins(NET, small_net(2, 4, 1), (0, 0)),
    ),
    "draw_twins with one output": ("outputs", lambda: figures.draw_twins(NET, NET, (0,))),
    "draw_neuron with w and x apart": ("x", lambda: figures.draw_neuron([1, 2], [1, 2, 3])),
    "draw_neuron without inputs": ("d", lambda: figures.draw_neuron(d=0)),
    "draw_neuron with a hundred": ("at most", lambda: figures.draw_neuron(np.ones(100))),
    "draw_layer_passes with one name": (
        "gradients",
        lambda: figures.draw_layer_passes(["Z"], ["dZ"]),
    ),
    "draw_rows of a vector": ("W", lambda: figures.draw_rows([1.0, 2.0])),
    "draw_rows with too few names": ("names", lambda: figures.draw_rows([[1.0]], names=["a", "b"])),
    "draw_product of one": ("factors", lambda: figures.draw_product(("X", (2, 2)))),
    "draw_product of names": ("factors", lambda: figures.draw_product("X", "A")),
    "draw_product with a cube": (
        "factors",
        lambda: figures.draw_product(("X", (2, 2, 2)), ("A", (2, 2))),
    ),
    "draw_product with too few signs": (
        "operators",
        lambda: figures.draw_product(("X", (2, 2)), ("A", (2, 2)), operators="·="),
    ),
    "draw_conventions without neurons": ("d_out", lambda: figures.draw_conventions(5, 0)),
    "draw_ladder of numbers": ("shapes", lambda: figures.draw_ladder([5, 3])),
    "draw_ladder of nothing": ("shapes", lambda: figures.draw_ladder([])),
    "draw_ladder of an empty batch": (
        "n",
        lambda: figures.draw_ladder([((2, 1), (1, 1))], n=0),
    ),
    "draw_broadcast that does not fit": ("b", lambda: figures.draw_broadcast([1, 2], [1, 2, 3])),
    "draw_broadcast of a cube": ("axes", lambda: figures.draw_broadcast(np.ones((2, 2, 2)), 1)),
    "draw_broadcast of too much": (
        "100",
        lambda: figures.draw_broadcast(np.ones((20, 1)), np.ones(20)),
    ),
    "draw_progress without epochs": ("epochs", lambda: figures.draw_progress([], 0)),
    "plot_response of no function": (
        "neuron",
        lambda: figures.plot_response(3, [1.0, 2.0], np.tanh),
    ),
    "plot_response of products that nobody added up": (
        "what the function returned",
        lambda: figures.plot_response(lambda w, x, h: h(w * x), [1.0, 2.0], np.tanh),
    ),
    "plot_response in space": (
        "ws",
        lambda: figures.plot_response(lambda w, x, h: 0.0, [1.0, 2.0, 3.0], np.tanh),
    ),
    "plot_bias that says nothing": ("returned", lambda: figures.plot_bias(nothing)),
    "plot_bias with too many outputs": ("returned", lambda: figures.plot_bias(lambda P, b: P)),
    "plot_boundary of the wrong length": (
        "returned",
        lambda: figures.plot_boundary(lambda P: np.ones(3), X, Y),
    ),
    "plot_boundary in space": (
        "X",
        lambda: figures.plot_boundary(say, np.ones((4, 3)), np.ones(4)),
    ),
    "plot_boundary with half labels": (
        "y",
        lambda: figures.plot_boundary(say, np.ones((2, 2)), [0.5, 1]),
    ),
    "film_folds of three parts": ("network", lambda: figures.film_folds((1, 2, 3), np.abs)),
    "film_folds of unequal parts": (
        "b and u",
        lambda: figures.film_folds((np.ones((2, 3)), [1.0], [1, 1, 1], 0), np.abs),
    ),
    "dial of nothing": ("values", lambda: figures.dial(nothing)),
    "dial of no picture": ("Picture", lambda: figures.dial(nothing, w=(0, 1))),
    "dial upside down": ("w", lambda: figures.dial(nothing, w=(1, 0))),
    "dial of one choice": ("h", lambda: figures.dial(nothing, h=["relu"])),
    "dial that starts elsewhere": (
        "start",
        lambda: figures.dial(nothing, w=(0, 1), start={"b": 1}),
    ),
    "dial that drags what it hasn't": (
        "drag",
        lambda: figures.dial(nothing, w=(0, 1), drag=("w", "b")),
    ),
    "dial_bends without points": ("xs", lambda: figures.dial_bends(np.abs, 3.0, 4.0)),
    "dial_bends of unequal lengths": ("ys", lambda: figures.dial_bends(np.abs, [1, 2], [1])),
    "dial_neuron that says nothing": ("returned", lambda: figures.dial_neuron(nothing, np.tanh)),
    "dial_nudges of no functions": ("steps", lambda: figures.dial_nudges({}, w=(0, 1))),
    "dial_nudges of two numbers": (
        "argument",
        lambda: figures.dial_nudges({"z": np.abs}, w=(0, 1), x=(0, 1)),
    ),
    "dial_nudges that say nothing": (
        "returned",
        lambda: figures.dial_nudges({"z": nothing}, w=(0, 1)),
    ),
    "dial_reader of no square": ("image", lambda: figures.dial_reader(np.abs, np.ones(7))),
    "dial_reader that says nothing": (
        "returned",
        lambda: figures.dial_reader(nothing, np.eye(3)),
    ),
    "dial_batches nowhere": ("places", lambda: figures.dial_batches(nothing, 9, {})),
    "dial_valley that stays nowhere": ("returned", lambda: figures.dial_valley(nothing)),
    "dial_tents that say nothing": ("returned", lambda: figures.dial_tents(nothing)),
    "dial_scales of unequal depth": (
        "measure",
        lambda: figures.dial_scales(lambda s: ([np.ones(3)], [])),
    ),
    "dial_graph of no nodes": (
        "build",
        lambda: figures.dial_graph(nothing, nothing, nothing, w=(0, 1)),
    ),
    "plot_curves of nothing": ("curves", lambda: figures.plot_curves({})),
    "plot_curves of unequal lengths": (
        "ys",
        lambda: figures.plot_curves({"a": [1, 2, 3]}, [1, 2]),
    ),
    "plot_curves through half a point": (
        "points",
        lambda: figures.plot_curves({"a": [1, 2]}, points=([1], [1, 2])),
    ),
    "plot_curves of a function nowhere": ("x", lambda: figures.plot_curves({"a": np.sin})),
    "plot_curves with odd axes": ("log", lambda: figures.plot_curves({"a": [1, 2]}, log="z")),
    "plot_activation of no function": ("f", lambda: figures.plot_activation(3, name="f")),
    "plot_activation of nothing": ("f", lambda: figures.plot_activation({})),
    "plot_activation of one number": (
        "returned",
        lambda: figures.plot_activation(Activation(lambda z: 1.0, lambda z: z)),
    ),
    "plot_tangents without ends": (
        "reach",
        lambda: figures.plot_tangents(np.sin, np.cos, [0.0], reach=(1, 1)),
    ),
    "plot_tangents of a vector": (
        "returned",
        lambda: figures.plot_tangents(lambda t: np.ones(2), np.cos, [0.0]),
    ),
    "plot_step_error with step 0": (
        "steps",
        lambda: figures.plot_step_error({"a": np.sin}, [0.0, 1.0]),
    ),
    "plot_step_error of nothing": ("errors", lambda: figures.plot_step_error({})),
    "plot_landscape upside down": (
        "xs",
        lambda: figures.plot_landscape(two_number_loss, (1, -1), (0, 1)),
    ),
    "plot_landscape without a height": (
        "returned",
        lambda: figures.plot_landscape(lambda a, b: np.ones(2), (0, 1), (0, 1)),
    ),
    "plot_landscape of nan": (
        "finite",
        lambda: figures.plot_landscape(lambda a, b: np.nan, (0, 1), (0, 1)),
    ),
    "plot_landscape with a bad path": (
        "paths",
        lambda: figures.plot_landscape(two_number_loss, (0, 1), (0, 1), paths={"a": [1, 2]}),
    ),
    "plot_slice of unlike nets": (
        "nets",
        lambda: figures.plot_slice(lambda net: 0.0, [NET, NET, small_net(2, 4, 1)]),
    ),
    "plot_slice on a line": ("line", lambda: figures.plot_slice(lambda net: 0.0, [NET] * 3)),
    "plot_slice of two": ("nets", lambda: figures.plot_slice(lambda net: 0.0, [NET] * 2)),
    "plot_depths of nothing": ("outputs", lambda: figures.plot_depths({})),
    "plot_depths of unequal depth": (
        "outputs",
        lambda: figures.plot_depths({1: [np.ones(3)], 2: [np.ones(3)] * 2}),
    ),
    "plot_scales of a number": ("scales", lambda: figures.plot_scales({"a": 3.0})),
    "plot_rescaling of a flat net": (
        "net",
        lambda: figures.plot_rescaling(nothing, relu_net, small_net(2, 1), X),
    ),
    "plot_rescaling by zero": (
        "alphas",
        lambda: figures.plot_rescaling(lambda net, *_: net, relu_net, NET, X, alphas=[0.0]),
    ),
    "dial_rescaling of no such unit": (
        "unit",
        lambda: figures.dial_rescaling(nothing, relu_net, NET, X, unit=3),
    ),
    "plot_twin_weights of one net": ("runs", lambda: figures.plot_twin_weights({"a": [NET]})),
    "plot_twin_weights of no such layer": (
        "layer",
        lambda: figures.plot_twin_weights({"a": [NET, NET]}, layer=3),
    ),
    "plot_history of nothing": ("histories", lambda: figures.plot_history({})),
    "plot_history of a table": ("histories", lambda: figures.plot_history([[1, 2], [3, 4]])),
    "plot_bands of nothing": ("runs", lambda: figures.plot_bands({})),
    "plot_confusion of unequal lengths": ("y_hat", lambda: figures.plot_confusion([0, 1], [0])),
    "plot_confusion of scores": ("y", lambda: figures.plot_confusion([0.5, 1.5], [0, 1])),
    "plot_confusion with too few names": (
        "y",
        lambda: figures.plot_confusion([0, 2], [0, 1], names="ab"),
    ),
    "film_boundary of nothing": ("nets", lambda: figures.film_boundary([], say, X, Y)),
    "film_boundary with too few captions": (
        "captions",
        lambda: figures.film_boundary([NET, NET], say, X, Y, captions=["a"]),
    ),
    "plot_images that are no squares": ("images", lambda: figures.plot_images(np.ones((2, 63)))),
    "plot_images, a thousand": ("at most", lambda: figures.plot_images(np.ones((1000, 64)))),
    "plot_images with too few titles": (
        "titles",
        lambda: figures.plot_images(np.ones((2, 64)), ["a"]),
    ),
    "plot_mistakes of unequal lengths": (
        "y_hat",
        lambda: figures.plot_mistakes(np.ones((2, 64)), [1, 2], [1]),
    ),
    "plot_mistakes with odd scores": (
        "scores",
        lambda: figures.plot_mistakes(np.ones((2, 64)), [1, 2], [1, 3], scores=[1, 2]),
    ),
    "plot_two_groups of unequal lengths": (
        "is_first",
        lambda: figures.plot_two_groups([1.0, 2.0], [True]),
    ),
    "watch no function": (
        "train",
        lambda: figures.watch(3, NET, [], X, Y, nothing, epochs=1),
    ),
    "watch a train that returns nothing": (
        "train returned",
        lambda: figures.watch(nothing, NET, [], X, Y, nothing, epochs=1),
    ),
    "Film without frames": ("frames", lambda: figures.Film("alt", 9, 9, [], [])),
}


@pytest.mark.parametrize("case", REFUSED)
def test_it_is_refused_with_a_reason(case):
    argument, draw = REFUSED[case]
    with pytest.raises(ValueError, match=rf"{argument}.*|got") as caught:
        draw()
    assert argument.replace("\\", "") in str(caught.value)
    assert "expected" in str(caught.value) and "got" in str(caught.value)


def test_a_students_own_error_comes_through_untouched():
    def unwritten(*_):
        raise NotImplementedError("not yet")

    for draw in (
        lambda: figures.plot_bias(unwritten),
        lambda: figures.plot_activation(unwritten),
        lambda: figures.film_boundary([NET], unwritten, X, Y),
        lambda: figures.plot_landscape(unwritten, (0, 1), (0, 1)),
    ):
        with pytest.raises(NotImplementedError):
            draw()


def test_a_graph_may_be_given_by_its_last_node_alone():
    one, two = Node(None, output=1.0, name="one"), Node(None, output=2.0, name="two")
    assert "3 nodes" in figures.draw([Node(Add, one, two, name="sum")]).alt
