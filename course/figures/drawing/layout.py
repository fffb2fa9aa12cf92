"""Places for a graph's nodes: columns from left to right, so that edges run forward and straight.

Each node is one column after the last node it depends on. A long edge gets a place in every
column it passes, so that it runs between the nodes and not under them. Columns are put in the order
that makes edges cross least, and then shifted so that neighbours are level.
"""

import itertools
from collections.abc import Hashable, Sequence
from dataclasses import dataclass

import numpy as np

from course.nn.arguments import refuse

SWEEPS = 12
WAY = 10.0  # the height of a long edge's place in a column


@dataclass(frozen=True)
class Spot:
    """A place in a column: a node's, or the place where a long edge passes column ``turn``."""

    node: Hashable = None
    edge: int = -1
    turn: int = -1


Link = tuple[Spot, Spot]


@dataclass
class Layout:
    """Each node's centre and size, each edge's way points, and the size of the whole."""

    places: dict[Hashable, tuple[float, float]]
    ways: list[list[tuple[float, float]]]
    column: dict[Hashable, int]
    width: float
    height: float
    sizes: dict[Hashable, tuple[float, float]]


def arrange(
    nodes: Sequence[Hashable],
    edges: Sequence[tuple[Hashable, Hashable]],
    sizes: dict[Hashable, tuple[float, float]],
    *,
    gap: tuple[float, float],
    late_leaves: bool = False,
) -> Layout:
    """Find places for nodes of given (width, height).

    gap: the room between columns, and between neighbours in a column.  late_leaves: put a node
    without incoming edges right before the first node that needs it.
    Raises ValueError if the edges form a cycle.
    """
    column = depths(nodes, edges)
    if late_leaves:
        column |= _late(column, edges)
    stacks, links = _stacked(nodes, edges, column)
    stacks = _untangled(stacks, links)
    tall = {s: sizes[s.node][1] if s.edge < 0 else WAY for stack in stacks for s in stack}
    y = _levelled(stacks, links, tall, gap[1])
    low = min(y[s] - tall[s] / 2 for s in y)
    high = max(y[s] + tall[s] / 2 for s in y)
    wide = [max((sizes[s.node][0] for s in stack if s.edge < 0), default=0) for stack in stacks]
    left = np.concatenate([[0], np.cumsum(np.array(wide) + gap[0])])
    centre = [left[c] + wide[c] / 2 for c in range(len(stacks))]
    places = {v: (float(centre[column[v]]), float(y[Spot(node=v)] - low)) for v in nodes}
    ways = [
        [
            (float(x), float(y[Spot(edge=k, turn=turn)] - low))
            for turn in range(column[u] + 1, column[v])
            for x in (left[turn], left[turn] + wide[turn])
        ]
        for k, (u, v) in enumerate(edges)
    ]
    return Layout(places, ways, column, float(left[-1] - gap[0]), float(high - low), sizes)


def _late(
    column: dict[Hashable, int], edges: Sequence[tuple[Hashable, Hashable]]
) -> dict[Hashable, int]:
    """The columns of nodes without incoming edges, right before the first node that needs them."""
    fed = {v for _, v in edges}
    first: dict[Hashable, int] = {}
    for u, v in edges:
        if u not in fed:
            first[u] = min(first.get(u, column[v]), column[v])
    return {u: c - 1 for u, c in first.items()}


def _stacked(
    nodes: Sequence[Hashable],
    edges: Sequence[tuple[Hashable, Hashable]],
    column: dict[Hashable, int],
) -> tuple[list[list[Spot]], list[Link]]:
    """The columns, each from top to bottom, and the links between spots of neighbouring columns."""
    stacks: list[list[Spot]] = [[] for _ in range(max(column.values()) + 1)]
    for v in nodes:
        stacks[column[v]].append(Spot(node=v))
    links: list[Link] = []
    for k, (u, v) in enumerate(edges):
        before = Spot(node=u)
        for turn in range(column[u] + 1, column[v]):
            here = Spot(edge=k, turn=turn)
            stacks[turn].append(here)
            links.append((before, here))
            before = here
        links.append((before, Spot(node=v)))
    return stacks, links


def depths(
    nodes: Sequence[Hashable], edges: Sequence[tuple[Hashable, Hashable]]
) -> dict[Hashable, int]:
    """For each node the length of the longest path that ends in it."""
    depth = dict.fromkeys(nodes, 0)
    for _ in range(len(depth) + 1):
        pushed = [(v, depth[u] + 1) for u, v in edges if depth[v] <= depth[u]]
        if not pushed:
            return depth
        for v, deeper in pushed:
            depth[v] = max(depth[v], deeper)
    raise refuse("graph", "a graph without a cycle", "edges that go round in a circle")


def _untangled(stacks: list[list[Spot]], links: list[Link]) -> list[list[Spot]]:
    """The columns in an order in which few links cross."""
    best, fewest = stacks, crossings(stacks, links)
    now = [list(stack) for stack in stacks]
    backward = [(b, a) for a, b in links]
    for sweep in range(SWEEPS):
        if fewest == 0:
            break
        if sweep % 2 == 0:
            for c in range(1, len(now)):
                _sort(now[c], now[c - 1], backward)
        else:
            for c in range(len(now) - 2, -1, -1):
                _sort(now[c], now[c + 1], links)
        count = crossings(now, links)
        if count < fewest:
            best, fewest = [list(stack) for stack in now], count
    return best


def _sort(stack: list[Spot], neighbours: list[Spot], links: list[Link]) -> None:
    """Sort a column by the mean place of what each spot is linked to in a neighbouring column."""
    beside = {s: i for i, s in enumerate(neighbours)}
    ends: dict[Spot, list[int]] = {s: [] for s in stack}
    for near, far in links:
        if near in ends and far in beside:
            ends[near].append(beside[far])
    middle = {s: float(np.mean(ends[s])) if ends[s] else float(i) for i, s in enumerate(stack)}
    stack.sort(key=middle.__getitem__)


def crossings(stacks: list[list[Spot]], links: list[Link]) -> int:
    """The number of pairs of links that cross."""
    at = {s: (c, i) for c, stack in enumerate(stacks) for i, s in enumerate(stack)}
    total = 0
    for c in range(len(stacks)):
        ends = np.array([(at[a][1], at[b][1]) for a, b in links if at[a][0] == c])
        if len(ends):
            start, stop = (np.subtract.outer(side, side) for side in ends.T)
            total += int(np.sum(start * stop < 0)) // 2
    return total


def _levelled(
    stacks: list[list[Spot]],
    links: list[Link],
    tall: dict[Spot, float],
    gap: float,
) -> dict[Spot, float]:
    """Heights at which linked spots are as level as the gaps between neighbours allow."""
    y: dict[Spot, float] = {}
    for stack in stacks:
        heights = np.array([tall[s] + gap for s in stack])
        middles = np.cumsum(heights) - heights / 2 - heights.sum() / 2
        y |= zip(stack, map(float, middles), strict=True)
    linked: dict[Spot, list[Spot]] = {s: [] for s in y}
    for a, b in links:
        linked[a].append(b)
        linked[b].append(a)
    before = {s: [a for a, b in links if b == s] for s in y}
    for sweep in range(2 * SWEEPS + 1):
        last = sweep == 2 * SWEEPS
        for stack in stacks if sweep % 2 == 0 else stacks[::-1]:
            wish = []
            for s in stack:
                # In the last sweep each node follows its inputs, so that chains are straight.
                pulling = before[s] if last and before[s] else linked[s]
                # Long edges pull harder: a bend in them is what the eye stumbles over.
                pulls = [1.0 + 2.0 * (s.edge >= 0) * (other.edge >= 0) for other in pulling]
                heights = [y[other] for other in pulling]
                wish.append(float(np.average(heights, weights=pulls)) if pulling else y[s])
            need = [(tall[a] + tall[b]) / 2 + gap for a, b in itertools.pairwise(stack)]
            y |= zip(stack, _spread(wish, need), strict=True)
    return y


def _spread(wish: list[float], need: list[float]) -> list[float]:
    """The numbers nearest to ``wish`` in ascending order with at least ``need`` between them."""
    offset = np.concatenate([[0.0], np.cumsum(need)])
    blocks: list[tuple[float, int]] = []
    for w in np.array(wish) - offset:
        blocks.append((float(w), 1))
        while len(blocks) > 1 and blocks[-2][0] > blocks[-1][0]:
            (b, m), (a, n) = blocks.pop(), blocks.pop()
            blocks.append(((a * n + b * m) / (n + m), n + m))
    flat = np.repeat([mean for mean, _ in blocks], [n for _, n in blocks])
    return [float(v) for v in flat + offset]
