"""Unusual right answers to unit 4: the chain rule and computation graphs."""

import cmath
import functools
import math
import warnings
from collections import defaultdict

import numpy as np

from tests.exercises.right import right


@right("numerical_derivative", "the slope as the mean of the slopes on both sides")
def mean_of_two_slopes(f, x, eps=1e-6):
    here = f(x)
    return ((f(x + eps) - here) / eps + (here - f(x - eps)) / eps) / 2


@right("numerical_derivative", "NumPy does both points at once; a 0-d array comes back")
def both_points_at_once(f, x, eps=1e-6):
    left, right_ = f(x + eps * np.array([-1.0, 1.0]))
    return np.array((right_ - left) / (2 * eps))


@right("numerical_derivative", "a larger usual step, an extra argument, and prints")
def larger_usual_step(f, x, eps=1e-5, verbose=True):
    if verbose:
        print(end="")
    return float((f(x + eps) - f(x - eps)) * 0.5 / eps)


@right("lecture_loss", "the standard library's log1p and a helper function")
def with_math(w, x, y):
    def square(z):
        return z * z

    return math.log1p(square(y - w * x))


@right("lecture_loss", "the square multiplied out")
def multiplied_out(w, x, y):
    w, x, y = float(w), float(x), float(y)
    return np.log(1 + (w * x) ** 2 - 2 * w * x * y + y * y)


@right("lecture_loss", "twice the logarithm of an absolute value, in long doubles")
def modulus_of_a_complex_number(w, x, y):
    return 2 * np.log(np.abs(1 + 1j * np.clongdouble(w * x - y)))


@right("lecture_loss_derivative", "complex numbers: 1/(1+z²) is an imaginary part")
def partial_fractions(w, x, y):
    z = float(w * x - y)
    return x * (1 / (z + 1j) + 1 / (z - 1j)).real


@right("lecture_loss_derivative", "both signs turned round")
def both_signs_turned(w, x, y):
    r = y - w * x
    return -x * 2 * r / (1 + r * r)


@right("lecture_loss_derivative", "a complex step in place of the chain rule")
def complex_step(w, x, y):
    h = 1e-30
    return cmath.log(1 + ((w + 1j * h) * x - y) ** 2).imag / h


@right("chain", "recursion from the outermost function")
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


@right("forward_pass", "an own stack in place of recursion, deepest inputs first")
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


@right("backward_pass", "each node collects from all that use it, found by search")
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


@right("backward_pass", "ready when all users have sent: an own order from counting edges")
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
