"""Figures show the student's own functions, and say so if they are wrong."""

import re

import numpy as np
import pytest

import course.figures as figures
from course.figures import progress
from course.figures.drawing.style import DELTA, VALUE
from course.figures.signals import flaw
from course.nn.backprop import IDENTITY, TANH, layer_backward, logistic_loss
from course.nn.chain_rule import backward_pass, forward_pass
from course.nn.graph import Mul, Node
from course.nn.layers import dense
from course.nn.neuron import neuron, relu, sigmoid, tanh
from course.nn.sgd import train
from tests.figures.gallery import (
    DAG,
    X,
    Y,
    assigning,
    backward,
    dag_values,
    diamond,
    loss_graph,
    passed,
    relu_net,
    say,
    small_net,
    trained,
    two_number_loss,
)


def texts(picture):
    return re.findall(r">([^<>]+)</text>", picture.svg)


def test_values_and_deltas_stand_in_the_boxes_once_they_are_there():
    nodes = loss_graph()
    assert "= 6" not in texts(figures.draw(nodes))
    forward_pass(nodes)
    assert {"= 6", "= 0.693"} <= set(texts(figures.draw(nodes)))
    assert not any("δ" in words for words in texts(figures.draw(nodes)))
    backward_pass(nodes)
    assert {"δ 3", "δ −1", "×−1"} <= set(texts(figures.draw(nodes)))


def test_a_node_feeding_another_twice_has_two_edges():
    x = Node(None, output=3.0, name="x")
    picture = figures.draw(passed([x, Node(Mul, x, x, name="s")]))
    assert picture.svg.count("<polygon") == 2 and texts(picture).count("×3") == 2


def test_a_weighted_graph_shows_its_weights_and_values():
    picture = figures.draw(DAG, values=dag_values())
    assert {"−1", "3", "= 2", "= 1"} <= set(texts(picture))
    assert "stroke-dasharray" in picture.svg


def test_assign_and_accumulate_disagree_where_paths_meet():
    ways = {"assign": assigning, "accumulate": backward_pass}
    picture = figures.draw_backward(diamond, forward_pass, ways)
    assert picture.alt.startswith("They disagree on x.")
    assert {"δ 18", "δ 54"} <= set(texts(picture))
    same = figures.draw_backward(loss_graph, forward_pass, ways)
    assert same.alt.startswith("They agree on every delta.")


def test_a_wrong_topological_order_is_shown_to_be_wrong():
    right = figures.film_order(["x1", "x2", "a", "b", "y"], DAG)
    assert "Every edge points to the right" in right.alt and len(right) == 5
    wrong = figures.film_order(["a", "x1", "x2", "b"], DAG)
    assert "x1 → a points backwards" in wrong.alt and "y missing" in wrong.alt


def test_the_film_of_the_passes_ends_with_the_whole_drawing():
    film = figures.film_passes(passed(loss_graph()))
    assert film.captions[0] == "given: w = 2, x = 3, y = 5"
    assert film.captions[-1] == "backward: w has δ 3, x has δ 2"
    assert {"= 6", "δ 3"} <= set(texts(film[len(film) - 1]))
    assert "= 6" not in texts(film[0]) and "δ 3" not in texts(film[len(film) - 2])
    only_forward = loss_graph()
    forward_pass(only_forward)
    assert not any("backward" in c for c in figures.film_passes(only_forward).captions)


def test_deltas_flow_back_and_values_forward():
    film = figures.film_passes(passed(loss_graph()))
    for k, colour, way in ((1, VALUE, 1), (len(film) - 1, DELTA, -1)):
        heads = re.findall(rf'<polygon points="([^"]+)" fill="{colour}"', film[k].svg)
        assert heads
        for head in heads:
            tip, wing = (float(point.split(",")[0]) for point in head.split()[:2])
            assert way * (tip - wing) > 0


def test_a_small_net_shows_its_weights_and_biases():
    net = ([np.array([[1.5, -2.0]]), np.array([[3.0], [0.25]])], [np.array([[0.0, -1]]), np.eye(1)])
    picture = figures.draw_net(net)
    assert {"1.5", "−2", "3", "0.25", "+0", "−1", "+1", "x₁"} <= set(texts(picture))
    assert "the weights [1.5, −2] and the biases +0, −1" in picture.alt


def test_each_path_may_have_a_map_of_its_own():
    ways = {"batch 1": [(0, 0), (1, 1)], "batch 9": [(0, 0), (0.5, 0.5)]}
    maps = [
        figures.plot_landscape(lambda a, b: a * b, (-1, 2), (-1, 2), paths=ways, panels=panels)
        for panels in (False, True)
    ]
    assert maps[0].width < maps[1].width and maps[0].alt == maps[1].alt
    assert "batch 9 goes in 1 step from (0, 0) to (0.5, 0.5)" in maps[0].alt


def test_a_wrong_derivative_misses_the_measured_slope():
    assert "misses" not in figures.plot_activation(tanh, lambda z: 1 - tanh(z) ** 2).alt
    assert "misses" in figures.plot_activation(tanh, lambda z: 1 - z**2).alt
    assert "misses" in figures.plot_activation(sigmoid, lambda z: z * (1 - z)).alt


def test_a_neuron_with_weights_and_inputs_shows_their_sum():
    picture = figures.draw_neuron([2, -1, 0.5], [1, 3, 6], 4, h="z²", title="by hand")
    assert {"z = 2", "ŷ = 4", "by hand"} <= set(texts(picture))
    assert "added up to one number z = 2" in picture.alt and picture.alt.startswith("by hand.")


def test_tangents_have_the_slopes_of_the_function_itself():
    picture = figures.plot_activation({"relu": relu, "tanh": tanh}, tangents=(-2, 1))
    assert "Slopes of relu: 0 at −2 and 1 at 1." in picture.alt
    assert "Slopes of tanh: 0.071 at −2 and 0.42 at 1." in picture.alt


def test_curves_may_have_a_panel_each_and_are_still_described_by_name():
    panels = figures.plot_curves({"one": [0, 1], "two": [1, 0]}, panels=True, xlabel="input")
    together = figures.plot_curves({"one": [0, 1], "two": [1, 0]}, xlabel="input")
    assert panels.svg.count('id="axes_') == 2 and together.svg.count('id="axes_') == 1
    assert "two goes from 1 at 0 to 0 at 1" in panels.alt


def test_panels_go_on_in_a_second_line_and_what_they_show_is_said():
    seven = {f"signal {k}": [0, k] for k in range(7)}
    picture = figures.plot_curves(seven, panels=True, xlabel="place", says="Each rises.")
    assert picture.svg.count('id="axes_') == 7
    assert picture.alt.endswith("signal 6 goes from 0 at 0 to 6 at 1, lowest 0. Each rises.")


def test_points_that_curves_are_to_go_through_are_told():
    picture = figures.plot_curves({"relu": relu}, np.arange(3.0), points=([0, 1], [0, 1]))
    assert picture.alt.endswith("Rings mark what is wanted: (0, 0) and (1, 1).")


def test_a_ladder_with_a_missing_rung_says_where():
    fine = figures.draw_ladder([((5, 3), (1, 3)), ((3, 2), (1, 2))], n=4)
    assert "not fit" not in fine.alt and "(4, 2)" in fine.alt
    broken = figures.draw_ladder([((5, 3), (1, 3)), ((4, 2), (2, 1))], n=4)
    assert "A_2 has 4 rows, but 3 columns come down" in broken.alt and "b_2" in broken.alt


def test_twins_with_different_outputs_are_called_different():
    net = small_net(2, 3, 1)
    assert "are the same" in figures.draw_twins(net, net, (1.0, 1.0)).alt
    assert "are different" in figures.draw_twins(net, net, (1.0, 1.1)).alt


def test_a_permuted_neuron_keeps_its_letter():
    (A, B), (b, c) = small_net(2, 3, 1)
    order = [2, 0, 1]
    twin = ([A[:, order], B[order]], [b[:, order], c])
    picture = figures.draw_twins(([A, B], [b, c]), twin, (0.0, 0.0))
    assert [t for t in texts(picture) if t in "ABC"] == ["A", "B", "C", "C", "A", "B"]
    stranger = ([A[:, order] + 1, B], [b, c])
    assert "?" in texts(figures.draw_twins(([A, B], [b, c]), stranger, (0.0, 0.0)))


def test_a_rescaling_that_moves_the_output_is_told():
    def rescale(net, j, unit, alpha):
        (A, B), Bs = [list(part) for part in net]
        A, B, first = A.copy(), B.copy(), Bs[0].copy()
        A[:, unit], first[0, unit], B[unit] = (
            A[:, unit] * alpha,
            first[0, unit] * alpha,
            B[unit] / alpha,
        )
        return [A, B], [first, Bs[1]]

    def forgets_the_bias(net, j, unit, alpha):
        return rescale(net, j, unit, alpha)[0], net[1]

    net = small_net(2, 3, 1)
    assert "stay the same" in figures.plot_rescaling(rescale, relu_net, net, X).alt
    assert "move by up to" in figures.plot_rescaling(forgets_the_bias, relu_net, net, X).alt
    kept = figures.dial_rescaling(rescale, relu_net, net, X, alphas=[0.5, 1, 2])
    lost = figures.dial_rescaling(forgets_the_bias, relu_net, net, X, alphas=[0.5, 1, 2])
    assert kept.picture.caption.startswith("alpha = 1:")
    assert "the output stays" in kept.drawn([2]).caption
    assert "the output moves by" in lost.drawn([2]).caption


def test_twins_from_constant_weights_are_counted():
    flat = ([np.full((2, 3), 0.5), np.full((3, 1), 0.5)], [np.zeros((1, 3)), np.zeros((1, 1))])
    alt = figures.plot_twin_weights(
        {"constant": trained(flat), "random": trained(small_net(2, 3, 1))}
    ).alt
    assert "constant: 3 neurons, 1 different" in alt and "random: 3 neurons, 3 different" in alt


def test_a_neuron_is_described_by_what_it_says_and_not_by_what_it_should():
    right = figures.plot_response(neuron, [3.0, 1.5], np.tanh)
    assert "0 at the origin, 0.998 one step along w, 0 one step across it" in right.alt
    wrong = figures.plot_response(lambda w, x, h: h(x[0] * x[1]), [3.0, 1.5], np.tanh)
    assert "0.38 one step along w, −0.38 one step across it" in wrong.alt


def test_a_bias_that_moves_nothing_is_told():
    def boundary(X, bias):
        return dense(X, [[1.0], [0.5]], [[bias]], tanh)

    moved, stays = figures.plot_bias(boundary), figures.plot_bias(lambda X, b: boundary(X, 0.0))
    assert moved.alt.endswith("for b = −2 at 2; for b = 0 at 0; for b = 2 at −2.")
    assert stays.alt.endswith("for b = −2 at 0; for b = 0 at 0; for b = 2 at 0.")


def test_a_boundary_says_how_many_points_lie_right():
    assert "100%" in figures.plot_boundary(lambda P: P[:, 0], [[-1.0, 0], [1, 1]], [0, 1]).alt
    assert "0%" in figures.plot_boundary(lambda P: -P[:, 0], [[-1.0, 0], [1, 1]], [0, 1]).alt
    three = figures.plot_boundary(
        lambda P: np.hstack([P, 0 * P[:, :1]]), [[2.0, 1], [1, 2]], [0, 1]
    )
    assert "100%" in three.alt
    lamps = figures.plot_boundary(
        lambda P: P[:, 0], [[-1.0, 0], [1, 1]], [0, 1], labels=["off", "on"]
    )
    assert "1 with off and 1 with on" in lamps.alt


def test_the_boundarys_film_has_at_most_forty_frames_and_the_last_net_in_it():
    nets = trained(small_net(2, 4, 1), epochs=60)
    film = figures.film_boundary(nets, say, X, Y)
    assert len(film) == 40 and film.captions[-1].startswith("net 61 of 61:")


def test_the_film_of_backpropagation_shows_each_gradient_as_it_comes():
    film = backward(example=1)
    shown = [set(texts(film[k])) for k in range(len(film))]
    assert "dH_2 (5, 2)" not in shown[2] and "dH_2 (5, 2)" in shown[3]
    assert {"dA_2 (3, 2)", "db_2 (1, 2)", "dH_1 (5, 3)"} <= shown[4] - shown[3]
    assert {"dA_1 (2, 3)", "db_1 (1, 3)", "dH_0 (5, 2)"} <= shown[5] - shown[4]
    assert not any("✗" in words for words in shown[-1]) and "Each gradient" in film.alt


def test_the_film_of_backpropagation_marks_a_gradient_of_a_wrong_shape():
    def flat(dH, H_in, A, Z, act):
        dH_in, dA, db = layer_backward(dH, H_in, A, Z, act)
        return dH_in, dA, db.sum(axis=0)

    film = backward(step=flat)
    assert {"db_2 (2,) ✗", "db_1 (3,) ✗"} <= set(texts(film[len(film) - 1]))
    assert "db_2 is (2,), but b_2 is (1, 2)" in film.alt and "✗" in film.captions[-1]


def test_the_film_of_backpropagation_ends_where_nothing_right_can_be_handed_on():
    def turned(dH, H_in, A, Z, act):
        dH_in, dA, db = layer_backward(dH, H_in, A, Z, act)
        return dH_in.T, dA, db

    film = backward(step=turned)
    assert len(film) == len(backward()) - 1
    assert "dH_1 is (3, 5), but H_1 is (5, 3)" in film.captions[-1]


def test_a_length_has_one_colour_in_all_products_that_name_the_same_lengths():
    same = {"lengths": (5, 2, 3)}
    products = [
        figures.draw_product(("X", (5, 2)), ("A", (2, 3)), ("Z", (5, 3)), **same),
        figures.draw_product(("A", (3, 2)), ("X", (2, 5)), ("Z", (3, 5)), **same),
    ]
    hues = [dict(re.findall(r'fill="(#\w+)" font-weight="bold">(\d)<', p.svg)) for p in products]
    assert len(hues[0]) == 3 and hues[0] == hues[1]


def test_histograms_of_some_layers_are_those_of_these_layers():
    Hs = [np.full((4, 3), float(j)) + np.eye(4, 3) for j in range(5)]
    some, all_ = figures.plot_depths({1: Hs}, layers=(0, 3)), figures.plot_depths({1: Hs})
    assert "H_0 and H_3" in some.alt and "H_0, H_1, H_2, H_3 and H_4" in all_.alt
    assert some.width < all_.width


def test_long_names_do_not_push_a_map_out_of_its_figure():
    def map_width(name):
        paths = {f"{name} {k}": [(0, k), (1, k)] for k in range(4)}
        picture = figures.plot_landscape(two_number_loss, (-4, 4), (-3, 3), paths=paths)
        left, right = re.search(r'"axes_1[^M]*M ([\d.]+) [^L]*L ([\d.]+)', picture.svg).groups()
        return float(right) - float(left)

    assert map_width("the quite long name of a way") > 0.9 * map_width("w")


def test_a_constant_net_is_no_reason_to_fail():
    figures.plot_boundary(lambda P: np.zeros(len(P)), X, Y)._repr_html_()
    figures.film_boundary([0, 1], lambda net, P: np.zeros((len(P), 3)), X, Y)._repr_html_()
    figures.plot_bias(lambda P, b: np.zeros(len(P)))._repr_html_()
    figures.plot_landscape(lambda a, b: 1.0, (0, 1), (0, 1))._repr_html_()


def test_numbers_that_ran_away_are_drawn_as_far_as_they_go():
    blown = {8: [np.ones((4, 3)), np.full((4, 3), np.inf)], 1: [np.ones((4, 3)), np.eye(4, 3)]}
    assert "nan" in figures.plot_depths(blown).alt
    figures.plot_depths(blown)._repr_html_()
    figures.plot_history([1.0, np.nan, np.inf, 2.0])._repr_html_()
    figures.draw_progress([1.0, np.nan, np.inf], 9)._repr_html_()
    figures.draw_net([2, 1], [np.array([[np.nan, 1e300]]), np.array([[-np.inf]])])._repr_html_()


@pytest.mark.parametrize(("scale", "word"), [(0.01, "faded"), (30.0, "stuck")])
def test_histograms_name_what_went_wrong_with_the_signal(scale, word):
    rng = np.random.default_rng(0)
    Hs = [rng.normal(size=(200, 9))]
    Hs.append(np.tanh(scale * Hs[0]))
    html = figures.plot_depths({scale: Hs})._repr_html_()
    assert html != figures.plot_depths({scale: [Hs[0], np.tanh(Hs[0])]})._repr_html_()
    assert flaw(Hs[1], 1, 0) == word and flaw(np.tanh(Hs[0]), 1, 0) == ""


def test_mistakes_come_with_the_surest_first():
    pictures = np.zeros((4, 16))
    scores = np.array([[1.0, 0.9], [3.0, 0.0], [0.0, 1.0], [0.4, 0.6]])
    alt = figures.plot_mistakes(pictures, [1, 1, 1, 0], [0, 0, 1, 1], scores=scores).alt
    assert "3 of 4 wrong" in alt and alt.endswith("1 → 0, 0 → 1, 1 → 0.")
    assert "0 of 4 wrong" in figures.plot_mistakes(pictures, [1] * 4, [1] * 4).alt


def test_figures_leave_what_they_are_given_as_it_was():
    net, points = small_net(2, 3, 1), X.copy()
    before = [part.copy() for half in net for part in half]
    figures.draw_net(net)
    figures.draw_twins(net, net, (0, 0))
    figures.plot_boundary(lambda P: say(net, P), points, Y)
    nodes = passed(loss_graph())
    kept = [(v.output, v.delta) for v in nodes]
    figures.film_passes(nodes)
    assert all(np.array_equal(a, b) for a, b in zip(before, [*net[0], *net[1]], strict=True))
    assert np.array_equal(points, X) and kept == [(v.output, v.delta) for v in nodes]


def settings():
    return {"batch_size": 7, "lr": 0.2, "rng": np.random.default_rng(5)}


def test_watching_trains_as_train_does_and_says_nothing_outside_a_notebook(capsys):
    net, acts = small_net(2, 4, 1), [TANH, IDENTITY]
    alone, alone_history = train(net, acts, X, Y, logistic_loss, epochs=5, **settings())
    nets: list = []
    watched, history = figures.watch(
        train, net, acts, X, Y, logistic_loss, epochs=5, each=nets.append, **settings()
    )
    np.testing.assert_allclose(history, alone_history, rtol=1e-12)
    for a, b in zip(alone[0] + alone[1], watched[0] + watched[1], strict=True):
        np.testing.assert_allclose(a, b, rtol=1e-12)
    assert len(nets) == 5
    assert capsys.readouterr() == ("", "")


def test_in_a_notebook_the_curve_grows_to_the_last_epoch(monkeypatch):
    shown = []

    class Screen:
        def update(self, picture):
            shown.append(picture.alt)

    monkeypatch.setattr(progress, "_screen", Screen)
    monkeypatch.setattr(progress, "SECONDS_BETWEEN", 0)
    net = small_net(2, 4, 1)
    figures.watch(train, net, [TANH, IDENTITY], X, Y, logistic_loss, epochs=4, **settings())
    assert [alt.split(",")[0] for alt in shown] == [
        *(f"Training: {k} of 4 epochs done" for k in (1, 2, 3, 4)),
        "Training: 4 of 4 epochs done",
    ]


def test_whoever_interrupts_training_keeps_the_net(monkeypatch, capsys):
    class Screen:
        def update(self, picture):
            pass

    def impatient(*args, **kwargs):
        if len(nets) == 3:
            raise KeyboardInterrupt
        return train(*args, **kwargs)

    nets: list = []
    monkeypatch.setattr(progress, "_screen", Screen)
    given = (small_net(2, 4, 1), [TANH, IDENTITY], X, Y, logistic_loss)
    net, history = figures.watch(impatient, *given, epochs=9, each=nets.append, **settings())
    assert net is nets[-1] and len(history) == 3
    assert capsys.readouterr().out == "Stopped after 3 epochs; the net so far is kept.\n"


def test_a_picture_can_be_saved_as_a_file(tmp_path):
    picture, film = figures.draw(DAG), figures.film_passes(passed(loss_graph()))
    picture.save(tmp_path / "graph.svg")
    film.save(tmp_path / "passes.html")
    assert (tmp_path / "graph.svg").read_text(encoding="utf-8").startswith("<svg")
    assert "film-frame" in (tmp_path / "passes.html").read_text(encoding="utf-8")
