"""Time on graphs grows as nodes plus edges do: from a thousand to a million edges."""

import sys
import time
from collections.abc import Callable
from typing import Any

import numpy as np

from benchmarks import page
from benchmarks.rounds import Times, in_turn, ratio, times_as_long
from course.figures.drawing.style import canvas, stroke, styled
from course.nn.chain_rule import Add, Mul, Node, Relu, backward_pass, forward_pass
from course.nn.forward import forward_dag, mlp_to_dag, topological_order

SIZES = [10**3, 10**4, 10**5, 10**6]
EDGES_TIMED = 3 * 10**6  # in all rounds of one size; at least FEWEST rounds, at most MOST
FEWEST, MOST = 3, 25
WIDTH = 10
DEEP_ENOUGH = 10**6  # for Python's recursion limit
SAME = 1e-6
PACKAGES = ("networkx", "micrograd")

SORT, FORWARD = "topological_order", "forward_dag"
BACKWARD, BOTH = "backward_pass", "forward_pass, backward_pass"
BUILD_AND_SORT, SORT_ONLY = "networkx: build, sort", "networkx: sort alone"
RECURSION, BUILD_AND_RECURSION = "micrograd: backward", "micrograd: build, backward"
BESIDE = [
    (BUILD_AND_SORT, SORT),
    (SORT_ONLY, SORT),
    (RECURSION, BACKWARD),
    (BUILD_AND_RECURSION, BOTH),
]
METHOD = """\
Every time is processor time in one thread, with the garbage collector switched off as in `timeit`.
On each graph all functions run in turn, and a figure is the median over the rounds. The power of
the number of edges with which time grows is the slope of the line through a function's points in
the plot."""

Contestants = dict[str, Callable[[], object]]


class Expression:
    """A scalar expression, all of whose nodes are kept in the order in which they were made."""

    def __init__(self, leaf: Callable, times: Callable, plus: Callable, relu: Callable):
        self.ways = {"leaf": leaf, "times": times, "plus": plus, "relu": relu}
        self.nodes: list[Any] = []

    def make(self, way: str, *inputs: Any) -> Any:
        """Make a node."""
        self.nodes.append(self.ways[way](*inputs))
        return self.nodes[-1]

    def total(self, terms: list[Any]) -> Any:
        """The sum of some nodes, from left to right."""
        result = terms[0]
        for term in terms[1:]:
            result = self.make("plus", result, term)
        return result

    def deep_net(self, edges: int) -> "Expression":
        """Become a net with about `edges` edges, and the sum of its outputs."""
        rng = np.random.default_rng(0)
        edges_a_layer = WIDTH * (2 * WIDTH + 2 * (WIDTH - 1) + 1)
        depth = round(edges / edges_a_layer)
        layer = [self.make("leaf", x) for x in rng.random(WIDTH).tolist()]
        for weights in rng.normal(0, np.sqrt(2 / WIDTH), (depth, WIDTH, WIDTH)).tolist():
            layer = [
                self.make(
                    "relu",
                    self.total(
                        [
                            self.make("times", self.make("leaf", w), x)
                            for w, x in zip(row, layer, strict=True)
                        ]
                    ),
                )
                for row in weights
            ]
        self.total(layer)
        return self


def our_net(edges: int) -> list[Node]:
    """A net of scalars as the course's nodes, after the forward pass."""
    expression = Expression(
        leaf=lambda x: Node(None, output=x),
        times=lambda u, v: Node(Mul, u, v),
        plus=lambda u, v: Node(Add, u, v),
        relu=lambda u: Node(Relu, u),
    )
    nodes = expression.deep_net(edges).nodes
    forward_pass(nodes)
    return nodes


def their_net(edges: int) -> list[Any]:
    """The same net as micrograd's values."""
    from micrograd.engine import Value

    return Expression(Value, Value.__mul__, Value.__add__, Value.relu).deep_net(edges).nodes


def their_backward(values: list[Any]) -> None:
    """micrograd's gradients, afresh."""
    for value in values:
        value.grad = 0.0
    values[-1].backward()


def random_graph(edges: int) -> dict[tuple[int, int], float]:
    """The weights of a graph with `edges` edges: two into each node but 0 and 1, with none."""
    rng = np.random.default_rng(0)
    heads = np.arange(2, edges // 2 + 2)
    one = rng.integers(0, heads)
    other = (one + rng.integers(1, heads)) % heads
    pairs = np.column_stack([np.concatenate([one, other]), np.tile(heads, 2)])
    rng.shuffle(pairs)
    weights = rng.standard_normal(len(pairs)).tolist()
    return dict(zip(map(tuple, pairs.tolist()), weights, strict=True))


def layered_graph(edges: int) -> dict[tuple[int, int], float]:
    """The weights of a net of many layers as a graph, in their order."""
    rng = np.random.default_rng(0)
    return mlp_to_dag(rng.standard_normal((edges // WIDTH**2, WIDTH, WIDTH)))


def on_graph(weights: dict[tuple[int, int], float], absent: list[str]) -> tuple[int, Contestants]:
    """The number of edges, and who sorts the graph or passes through it."""
    fed = {v for _, v in weights}
    inputs = {u: 1.0 for u, _ in weights if u not in fed}
    contestants = {
        SORT: lambda: topological_order(weights),
        FORWARD: lambda: forward_dag(weights, inputs, np.tanh),
    }
    if "networkx" not in absent:
        import networkx as nx

        graph = nx.DiGraph(weights.keys())
        contestants[BUILD_AND_SORT] = lambda: list(nx.topological_sort(nx.DiGraph(weights.keys())))
        contestants[SORT_ONLY] = lambda: list(nx.topological_sort(graph))
    return len(weights), contestants


def on_scalars(edges: int, absent: list[str]) -> tuple[int, Contestants]:
    """The number of edges, and who computes derivatives, once they have been seen to agree."""
    nodes = our_net(edges)
    contestants = {
        BACKWARD: lambda: backward_pass(nodes),
        BOTH: lambda: (forward_pass(nodes), backward_pass(nodes)),
    }
    if "micrograd" not in absent:
        values = their_net(edges)
        backward_pass(nodes)
        their_backward(values)
        ours, theirs = [v.delta for v in nodes], [v.grad for v in values]
        np.testing.assert_allclose(ours, theirs, rtol=SAME)
        contestants[RECURSION] = lambda: their_backward(values)
        contestants[BUILD_AND_RECURSION] = lambda: their_net(edges)[-1].backward()
    return sum(len(v.inputs) for v in nodes), contestants


GRAPHS = {
    "A layered net": lambda edges, absent: on_graph(layered_graph(edges), absent),
    "A random graph": lambda edges, absent: on_graph(random_graph(edges), absent),
    "A net of scalars": on_scalars,
}
EXPLAINED = {
    "A layered net": """\
`mlp_to_dag` with layers {width} wide, as many as the edges allow. networkx is given the same edges
and, for a second figure, its finished graph: putting a graph together from its edges is the larger
part of the work, and our time includes it in both figures.""",
    "A random graph": """\
Every node but the first two has edges from two earlier ones, and the edges come in random order.
Whatever is needed next is far in memory from what was needed last, so the larger the graph, the
more often the processor waits for memory. That is why the time per edge grows here, for networkx as
well as for us. The number of operations per edge is the same as above.""",
    "A net of scalars": """\
The scalar graph of a ReLU net {width} neurons wide, made of products, sums and ReLUs: the more
edges, the deeper the net. micrograd computes outputs while it builds the graph, so building it is
its forward pass. All its gradients are compared with ours before anything is timed. Its time
includes setting them to zero, which `backward_pass` does itself. It sorts by recursion: under
Python's usual limit of {limit} calls it fails on the graph of {fails:,} edges, so the limit was
raised for it.

micrograd is faster because its derivatives are closures made in advance, with the numbers they need
at hand. The course's node has only the name of its operation, which is asked for the derivative by
one argument at a time, as on the slide; and the arguments that a student passes are checked
first.""",
}


def measure(graph: str, edges: int, absent: list[str]) -> Times:
    """Seconds per edge, of all contestants in turn, on one graph with about `edges` edges."""
    really, contestants = GRAPHS[graph](edges, absent)
    in_turn(contestants, 1)
    rounds = min(MOST, max(FEWEST, EDGES_TIMED // edges))
    times = in_turn(contestants, rounds, time.process_time)
    return {name: seconds / really for name, seconds in times.items()}


def first_failure() -> int:
    """The first of the sizes whose graph is too deep for micrograd under the recursion limit."""
    for edges in SIZES:
        try:
            their_backward(their_net(edges))
        except RecursionError:
            return edges
    raise RuntimeError("no graph is too deep for micrograd")


def growth(results: dict[int, Times], name: str) -> float:
    """The power of the number of edges with which time grows: the slope in the plot."""
    seconds = [edges * np.median(times[name]) for edges, times in results.items()]
    return float(np.polyfit(np.log(list(results)), np.log(seconds), 1)[0])


def time_table(results: dict[int, Times]) -> str:
    """Time for an edge, for each function and size, and its growth."""
    sizes = [f"{edges:,} edges" for edges in results]
    return page.table(
        ["ns per edge", *sizes, "time grows with edges to the power"],
        [
            [
                name,
                *(f"{1e9 * np.median(times[name]):.0f}" for times in results.values()),
                f"{growth(results, name):.2f}",
            ]
            for name in results[SIZES[0]]
        ],
    )


def ratio_table(results: dict[int, Times]) -> str:
    """The peers' times over ours."""
    return page.table(
        ["time over ours", *(f"{edges:,} edges" for edges in results)],
        [
            [f"{peer} / {ours}", *(times_as_long(ratio(t, peer, ours)) for t in results.values())]
            for peer, ours in BESIDE
            if peer in results[SIZES[0]]
        ],
    )


@styled
def plot(by_graph: dict[str, dict[int, Times]]) -> str:
    """Time against the number of edges, both in powers of ten, a panel for each graph."""
    figure, axes = canvas(10, 4.2, columns=len(by_graph), sharex=True, sharey=True)
    for ax, (graph, results) in zip(axes[0], by_graph.items(), strict=True):
        for i, name in enumerate(results[SIZES[0]]):
            colour, dashes, marker = stroke(i)
            seconds = [edges * np.median(times[name]) for edges, times in results.items()]
            ax.plot(SIZES, seconds, marker, color=colour, linestyle=dashes, label=name)
        ax.set(title=graph, xscale="log", yscale="log", xlabel="edges")
        ax.grid()
        ax.legend(loc="upper left")
    axes[0, 0].set(ylabel="seconds", ylim=(None, 100))
    return page.write_plot("graphs", figure, "Time against edges: straight lines of slope one")


def main() -> None:
    """Measure, print, and renew the page if all peers are there."""
    absent = page.missing(PACKAGES)
    limit, fails = sys.getrecursionlimit(), None if "micrograd" in absent else first_failure()
    sys.setrecursionlimit(DEEP_ENOUGH)
    by_graph: dict[str, dict[int, Times]] = {}
    for graph in GRAPHS:
        results = by_graph[graph] = {edges: measure(graph, edges, absent) for edges in SIZES}
        print(graph, time_table(results), ratio_table(results), sep="\n\n", flush=True)
    if absent:
        return print(f"The page is unchanged: {', '.join(absent)} not installed (extra bench).")

    facts = {"width": WIDTH, "limit": limit, "fails": fails}
    sections = [
        page.circumstances("python -m benchmarks graphs", ["numpy", *PACKAGES]),
        METHOD,
        plot(by_graph),
    ]
    for graph, results in by_graph.items():
        sections += [f"## {graph}", EXPLAINED[graph].format(**facts)]
        sections += [time_table(results), ratio_table(results)]
    print(page.write("graphs", "Time on graphs", sections))


if __name__ == "__main__":
    main()
