"""Unusual right answers to unit 4: the chain rule and computation graphs."""

import cmath
import functools
import graphlib
import itertools
import math
import warnings
from collections import defaultdict

import numpy as np

from course.exercises.right import right
from course.nn import forward


@right(
    "numerical_derivative",
    "the slope as the mean of the slopes on both sides",
    why="The mean of the slopes on both sides is the two-sided quotient.",
)
def mean_of_two_slopes(f, x, eps=1e-6):
    here = f(x)
    return ((f(x + eps) - here) / eps + (here - f(x - eps)) / eps) / 2


@right(
    "numerical_derivative",
    "NumPy does both points at once; a 0-d array comes back",
    why="f is asked once, for an array of two points.",
)
def both_points_at_once(f, x, eps=1e-6):
    left, right_ = f(x + eps * np.array([-1.0, 1.0]))
    return np.array((right_ - left) / (2 * eps))


@right("numerical_derivative", "a larger usual step, an extra argument, and prints")
def larger_usual_step(f, x, eps=1e-5, verbose=True):
    if verbose:
        print(end="")
    return float((f(x + eps) - f(x - eps)) * 0.5 / eps)


@right("numerical_derivative", "in steps, divided by the distance that rounding leaves of the two")
def in_textbook_steps(f, x, eps=1e-6):
    h = eps
    x0, x1 = float(x) - h, float(x) + h
    y0 = f(x0)
    y1 = f(x1)
    dy = y1 - y0
    dx = x1 - x0
    return dy / dx


@right("numerical_derivative", "a loop over the two sides, the sign as a factor")
def loop_over_both_sides(f, x, eps=1e-6):
    total = 0.0
    for sign in (1, -1):
        total += sign * float(f(x + sign * eps))
    return total / eps / 2


@right("lecture_loss", "the standard library's log1p and a helper function")
def with_math(w, x, y):
    def square(z):
        return z * z

    return math.log1p(square(y - w * x))


@right(
    "lecture_loss",
    "the square multiplied out",
    why="The square can be multiplied out, at the price of cancellation for large numbers.",
)
def multiplied_out(w, x, y):
    w, x, y = float(w), float(x), float(y)
    return np.log(1 + (w * x) ** 2 - 2 * w * x * y + y * y)


@right("lecture_loss", "twice the logarithm of an absolute value, in long doubles")
def modulus_of_a_complex_number(w, x, y):
    return 2 * np.log(np.abs(1 + 1j * np.clongdouble(w * x - y)))


@right(
    "lecture_loss",
    "functions inside the function, as on the slide",
    why="Three small functions inside one another show the chain.",
)
def composed_as_on_the_slide(w, x, y):
    def s_x(z):
        return x * z

    def r_y(z):
        return z - y

    def rho(z):
        return math.log(1 + z**2)

    return rho(r_y(s_x(w)))


@right("lecture_loss", "an array of one number inside, a Python float at the end")
def by_an_array(w, x, y):
    y_hat = np.array([w]) @ np.array([x])
    return float(np.log(1 + np.power(y - y_hat, 2)))


@right("lecture_loss_derivative", "complex numbers: 1/(1+z²) is an imaginary part")
def partial_fractions(w, x, y):
    z = float(w * x - y)
    return x * (1 / (z + 1j) + 1 / (z - 1j)).real


@right("lecture_loss_derivative", "both signs turned round")
def both_signs_turned(w, x, y):
    r = y - w * x
    return -x * 2 * r / (1 + r * r)


@right(
    "lecture_loss_derivative",
    "a complex step in place of the chain rule",
    why="A tiny imaginary step gives the derivative without any subtraction, so nothing cancels.",
)
def complex_step(w, x, y):
    h = 1e-30
    return cmath.log(1 + ((w + 1j * h) * x - y) ** 2).imag / h


@right(
    "lecture_loss_derivative",
    "the three derivatives as functions, multiplied by np.prod",
    why="The chain rule as it is said: one derivative per function, then their product.",
)
def three_derivatives(w, x, y):
    def d_rho(z):
        return 1 / (1 + z**2) * 2 * z

    factors = [d_rho(w * x - y), 1.0, float(x)]
    return np.prod(factors)


@right("lecture_loss_derivative", "the numerator's brackets multiplied out")
def numerator_multiplied_out(w, x, y):
    numerator = 2 * w * x**2 - 2 * x * y
    denominator = (w * x - y) ** 2 + 1
    return numerator / denominator


@right(
    "chain",
    "recursion from the outermost function",
    why="The derivative of a chain is the outer one, times the derivative of a shorter chain.",
)
def recursive(fs, dfs, x):
    if not len(fs):
        return x, 1
    value, derivative = recursive(fs[:-1], dfs[:-1], x)
    return fs[-1](value), dfs[-1](value) * derivative


@right("chain", "all values first, then the product from the outside in; a list")
def backwards(fs, dfs, x):
    values = [x]
    for f in fs:
        values.append(f(values[-1]))
    derivative = 1
    for i in reversed(range(len(dfs))):
        derivative *= float(dfs[i](values[i]))
    return [values[-1], derivative]


@right("chain", "functools.reduce over pairs; an array comes back")
def reduced(fs, dfs, x):
    pairs = zip(fs, dfs, strict=True)
    return np.array(
        functools.reduce(
            lambda so_far, pair: (pair[0](so_far[0]), so_far[1] * pair[1](so_far[0])),
            pairs,
            (np.float64(x), 1.0),
        )
    )


@right("chain", "by index, a dictionary of values, the derivative as a running product")
def values_by_place(fs, dfs, x):
    z = {0: x}
    derivative = 1
    for i, f in enumerate(fs, start=1):
        z[i] = f(z[i - 1])
        derivative = dfs[i - 1](z[i - 1]) * derivative
    return z[len(fs)], derivative


@right(
    "chain",
    "the values by itertools.accumulate, the slopes by math.prod",
    why="accumulate keeps every value on the way, and the slopes are asked for there.",
)
def by_accumulate(fs, dfs, x):
    values = list(itertools.accumulate(fs, lambda z, f: f(z), initial=x))
    return values[-1], math.prod(float(df(z)) for df, z in zip(dfs, values, strict=False))


@right("forward_pass", "by index, an op's inputs in a list that grows")
def by_index(nodes):
    for i in range(len(nodes)):
        node = nodes[i]
        if len(node.inputs) > 0:
            numbers = []
            for j in range(len(node.inputs)):
                numbers.append(node.inputs[j].output)
            nodes[i].output = node.op.value(*numbers)
    return nodes[-1].output


@right("forward_pass", "float32 outputs, with a warning")
def in_float32(nodes):
    warnings.warn("rounded to float32", stacklevel=1)
    for v in nodes:
        if v.op:
            v.output = np.float32(v.op.value(*map(lambda u: float(u.output), v.inputs)))
    return v.output


@right(
    "forward_pass",
    "an own stack in place of recursion, deepest inputs first",
    why="A stack of your own replaces recursion, so long graphs do no harm.",
)
def own_stack(nodes):
    done = {id(v) for v in nodes if v.op is None}
    stack = [*nodes]
    while stack:
        v = stack[-1]
        missing = [u for u in v.inputs if id(u) not in done]
        if id(v) in done:
            stack.pop()
        elif missing:
            stack += missing
        else:
            v.output = v.op.value(*[u.output for u in v.inputs])
            done.add(id(v))
    return nodes[len(nodes) - 1].output


@right("forward_pass", "all outputs forgotten first, then rounds until none is missing")
def rounds_until_none_is_missing(nodes):
    for v in nodes:
        if v.op is not None:
            v.output = None
    while any(v.output is None for v in nodes):
        for v in nodes:
            xs = [u.output for u in v.inputs]
            if v.output is None and None not in xs:
                v.output = v.op.value(*xs)
    return nodes[-1].output


@right(
    "forward_pass",
    "by the number of inputs",
    why="The number of inputs tells what kind of node it is.",
)
def by_the_number_of_inputs(nodes):
    for v in nodes:
        if len(v.inputs) == 1:
            v.output = v.op.value(v.inputs[0].output)
        elif len(v.inputs) == 2:
            left, right_ = v.inputs
            v.output = v.op.value(left.output, right_.output)
    return nodes[-1].output


@right(
    "backward_pass",
    "each node collects from all that use it, found by search",
    why="Each node collects from its users, instead of being sent to.",
)
def collected(nodes):
    users = defaultdict(list)
    for v in nodes:
        for i, u in enumerate(v.inputs):
            users[id(u)].append((v, i))
    m = nodes[-1]
    for u in nodes[::-1]:
        u.delta = 1 if u is m else 0
        for v, i in users[id(u)]:
            u.delta = u.delta + v.delta * v.op.deriv(i, *[w.output for w in v.inputs])


@right("backward_pass", "gradients in a dictionary, written to the nodes at the end")
def through_a_dictionary(nodes):
    gradients = {nodes[-1]: np.float64(1)}
    for v in nodes[::-1]:
        g = gradients.get(v, 0.0)
        for i in range(len(v.inputs)):
            share = g * v.op.deriv(i, *(u.output for u in v.inputs))
            gradients[v.inputs[i]] = gradients.get(v.inputs[i], 0) + share
    for v in nodes:
        v.delta = gradients.get(v, 0)


@right("backward_pass", "zeroed after the walk has passed, an extra attribute, long doubles")
def zeroed_by_whole_passes(nodes):
    for v in nodes:
        v.delta, v.visits = np.longdouble(0), 0
    nodes[-1].delta += 1
    for k in range(len(nodes) - 1, -1, -1):
        v = nodes[k]
        v.visits += 1
        if v.op is None:
            continue
        arguments = tuple(u.output for u in v.inputs)
        for i, u in enumerate(v.inputs):
            u.delta = u.delta + v.delta * v.op.deriv(i, *arguments)
    return None


@right(
    "backward_pass",
    "ready when all users have sent: an own order from counting edges",
    why="A node is ready once all its users have sent their share.",
)
def by_counting_users(nodes):
    waiting = dict.fromkeys(nodes, 0)
    for v in nodes:
        v.delta = 0.0
        for u in v.inputs:
            waiting[u] += 1
    nodes[-1].delta = 1.0
    ready = [v for v in nodes if waiting[v] == 0]
    while ready:
        v = ready.pop()
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta += v.delta * v.op.deriv(i, *xs)
            waiting[u] -= 1
            if waiting[u] == 0:
                ready.append(u)


@right("backward_pass", "every node searches the whole list for its users, in quadratic time")
def searched_by_each_node(nodes):
    for u in nodes:
        u.delta = 0
    nodes[-1].delta = 1
    for u in reversed(nodes[:-1]):
        for v in nodes:
            for i in range(len(v.inputs)):
                if v.inputs[i] is u:
                    xs = [w.output for w in v.inputs]
                    u.delta += v.delta * v.op.deriv(i, *xs)


@right("backward_pass", "the node's index looked up in the list, a list of sums")
def sums_in_a_list(nodes):
    place = {v: k for k, v in enumerate(nodes)}
    sums = [0.0] * (len(nodes) - 1) + [1.0]
    for k in range(len(nodes) - 1, 0, -1):
        v = nodes[k]
        for i, u in enumerate(v.inputs):
            sums[place[u]] += sums[k] * v.op.deriv(i, *(w.output for w in v.inputs))
    for v, total in zip(nodes, sums, strict=True):
        v.delta = total


@right("backward_pass", "runs the forward pass once more, then 0-d arrays as deltas")
def outputs_computed_again(nodes):
    by_index(nodes)
    for v in nodes:
        v.delta = np.zeros(())
    nodes[-1].delta = np.ones(())
    for v in reversed(nodes):
        for i, u in enumerate(v.inputs):
            slope = v.op.deriv(i, *[w.output for w in v.inputs])
            u.delta = np.add(u.delta, np.multiply(v.delta, slope))


@right(
    "graph_of",
    "the standard library's sorter, from a dict of inputs",
    why="A dict from each node to its inputs is a graph, and the standard library can sort it.",
)
def by_graphlib(loss):
    inputs, to_do = {}, [loss]
    while to_do:
        v = to_do.pop()
        if v not in inputs:
            inputs[v] = v.inputs
            to_do.extend(v.inputs)
    return list(graphlib.TopologicalSorter(inputs).static_order())


@right(
    "graph_of",
    "depth first with iterators on a stack; a tuple",
    why="A stack of half-read inputs does what a recursion would, to any depth.",
)
def iterators_on_a_stack(loss):
    order, met = [], {loss}
    stack = [(loss, iter(loss.inputs))]
    while stack:
        v, inputs = stack[-1]
        u = next((u for u in inputs if u not in met), None)
        if u is None:
            order.append(v)
            stack.pop()
        else:
            met.add(u)
            stack.append((u, iter(u.inputs)))
    return tuple(order)


@right("graph_of", "level by level, users counted from the loss backwards, then reversed")
def users_counted_down(loss):
    found = [loss]
    known = {loss}
    for v in found:
        new = [u for u in dict.fromkeys(v.inputs) if u not in known]
        known.update(new)
        found += new
    users = dict.fromkeys(found, 0)
    for v in found:
        for u in v.inputs:
            users[u] += 1
    order = [loss]
    for v in order:
        for u in v.inputs:
            users[u] -= 1
            if not users[u]:
                order.append(u)
    return order[::-1]


@right("graph_of", "sorted by depth; a generator")
def by_depth(loss):
    depth, stack = {}, [loss]
    while stack:
        v = stack[-1]
        missing = [u for u in v.inputs if u not in depth]
        if missing:
            stack.extend(missing)
        else:
            depth[v] = 1 + max((depth[u] for u in v.inputs), default=0)
            stack.pop()
    yield from sorted(depth, key=depth.get)


@right("graph_of", "ids instead of nodes, a set of edges, a queue")
def by_ids(loss):
    nodes = {id(loss): loss}
    edges, to_do = set(), [loss]
    while len(to_do) > 0:
        v = to_do[0]
        del to_do[0]
        for u in v.inputs:
            edges.add((id(u), id(v)))
            if id(u) not in nodes:
                nodes[id(u)] = u
                to_do.append(u)
    if len(edges) == 0:
        return [loss]
    return [nodes[key] for key in forward.topological_order(edges)]


@right("graph_of", "a list that is searched for every node")
def found_in_a_list(loss):
    found = [loss]
    i = 0
    while i < len(found):
        for u in found[i].inputs:
            if u not in found:
                found.append(u)
        i += 1
    if len(found) == 1:
        return found
    return forward.topological_order((u, v) for v in found for u in v.inputs)
