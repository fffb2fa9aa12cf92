"""A drawn graph is readable: nodes keep their distance, edges run forward, labels stand free."""

import itertools
import re
import time

import numpy as np
import pytest

import course.figures as figures
from course.figures.drawing.edges import routes
from course.figures.drawing.layout import crossings, depths
from course.figures.drawing.pen import text_width
from course.figures.graph_painter import lay_out, read_graph
from course.nn.graph import Add, Log1p, Mul, Node, Square, Tanh
from tests.figures.gallery import DAG, diamond, loss_graph, passed


def random_dag(nodes, edges, seed):
    rng = np.random.default_rng(seed)
    pairs = {tuple(sorted(rng.choice(nodes, 2, replace=False))) for _ in range(edges)}
    return {(f"v{u}", f"v{v}"): float(rng.normal()) for u, v in sorted(pairs)}


def random_nodes(count, seed):
    rng = np.random.default_rng(seed)
    nodes = [Node(None, output=float(v), name=f"x{i}") for i, v in enumerate(rng.normal(size=4))]
    while len(nodes) < count:
        op = (Add, Mul, Square, Tanh, Log1p)[rng.integers(4)]
        inputs = [nodes[-1 - rng.integers(min(6, len(nodes)))] for _ in op.partials]
        nodes.append(Node(op, *inputs, name=f"v{len(nodes)}"))
    return passed(nodes)


GRAPHS = {
    "the lecture's": passed(loss_graph()),
    "a diamond": passed(diamond()),
    "the sparse net": DAG,
    **{f"{n} nodes, {m} edges": random_dag(n, m, n) for n, m in ((8, 12), (20, 30), (60, 90))},
    **{f"a computation of {n}": random_nodes(n, n) for n in (10, 25, 60)},
}

every_graph = pytest.mark.parametrize("name", GRAPHS)


def laid_out(name):
    g = read_graph(GRAPHS[name])
    return g, lay_out(g)


def box(layout, v):
    (x, y), (w, h) = layout.places[v], layout.sizes[v]
    return x - w / 2, y - h / 2, x + w / 2, y + h / 2


@every_graph
def test_boxes_do_not_touch(name):
    g, layout = laid_out(name)
    for a, b in itertools.combinations(g.boxes, 2):
        p, q = box(layout, a), box(layout, b)
        assert p[2] < q[0] or q[2] < p[0] or p[3] < q[1] or q[3] < p[1]


@every_graph
def test_every_edge_runs_from_left_to_right_and_under_no_box(name):
    g, layout = laid_out(name)
    for (u, v), path in zip(g.edges, routes(g.edges, layout), strict=True):
        assert layout.column[u] < layout.column[v]
        assert np.all(np.diff(path[:, 0]) >= -1e-6)
        for w in g.boxes:
            if w not in (u, v):
                x0, y0, x1, y1 = box(layout, w)
                x, y = path.T
                assert not np.any((x > x0 + 1) & (x < x1 - 1) & (y > y0 + 1) & (y < y1 - 1))


@every_graph
def test_everything_lies_inside_the_drawing(name):
    picture = figures.draw(GRAPHS[name])
    numbers = re.findall(r'points="([^"]+)"', picture.svg)
    points = np.array([p.split(",") for line in numbers for p in line.split()], dtype=float)
    assert points.min() > -8 and points[:, 0].max() < picture.width
    assert points[:, 1].max() < picture.height


@pytest.mark.parametrize("name", ["the lecture's", "a diamond", "the sparse net"])
def test_labels_stand_free(name):
    picture = figures.draw(GRAPHS[name])
    words = re.findall(
        r'<text x="([\d.-]+)" y="([\d.-]+)" font-size="([\d.]+)"[^>]*>([^<]+)<', picture.svg
    )
    boxes = [
        (float(x) - text_width(t, float(s)) / 2, float(y), float(x) + text_width(t, float(s)) / 2)
        for x, y, s, t in words
    ]
    for (a0, y, a1), (b0, z, b1) in itertools.combinations(boxes, 2):
        assert a1 <= b0 or b1 <= a0 or abs(y - z) >= 10


def test_a_graph_of_sixty_nodes_is_drawn_at_once():
    figures.draw(GRAPHS["a computation of 60"])
    start = time.process_time()
    figures.draw(GRAPHS["a computation of 60"])
    assert time.process_time() - start < 1.5


def test_a_node_comes_after_all_it_depends_on():
    assert depths("abcd", [("a", "b"), ("b", "c"), ("a", "c"), ("c", "d")]) == dict(
        zip("abcd", range(4), strict=True)
    )


def test_a_circle_is_refused_however_long():
    ring = [(i, (i + 1) % 50) for i in range(50)]
    with pytest.raises(ValueError, match="cycle"):
        depths(range(50), ring)


def test_columns_are_ordered_so_that_edges_need_not_cross():
    g, layout = laid_out("the lecture's")
    links = [(u, v) for u, v in g.edges if layout.column[v] - layout.column[u] == 1]
    assert len(links) == len(g.edges)
    columns = [[] for _ in range(max(layout.column.values()) + 1)]
    for v in sorted(g.boxes, key=lambda v: layout.places[v][1]):
        columns[layout.column[v]].append(v)
    assert crossings(columns, links) == 0


def test_a_chain_is_straight():
    g, layout = laid_out("the lecture's")
    r, q, loss = list(g.boxes)[-3:]
    assert layout.places[r][1] == layout.places[q][1] == layout.places[loss][1]
