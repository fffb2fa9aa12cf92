"""Questions and known mistakes of unit 4: the chain rule and computation graphs."""

import math

import numpy as np

from course.exercises.engine import Exercise, Question, graph_text, stock
from course.nn import chain_rule as nn

# --------------------------------------------------------------------------- numerical_derivative

numerical_derivative = Exercise(
    nn.numerical_derivative,
    points=2,
    minutes=10,
    difficulty=1,
    hints=(
        "A derivative is the slope of a line through two points of the graph of f that lie close "
        "together. Which two, if neither side of x is to be preferred?",
        "The two points are at x + eps and x − eps. The slope is the rise over the run.",
        "The rise is the difference of the two values of f; the run is as long as the way from "
        "x − eps to x + eps. Mind the brackets around the run when you divide.",
    ),
)


@numerical_derivative.public
def _():
    yield Question("z³ at 2, a step of 1", dict(f=stock.cube, x=2, eps=1))
    yield Question("z² at its lowest point, the usual step", dict(f=stock.square, x=0.0))
    yield Question("sin at 0, the usual step", dict(f=stock.sin, x=0.0))


@numerical_derivative.secret
def _(rng):
    x = float(rng.uniform(0.5, 2))
    yield Question("a cube, a wide step", dict(f=stock.cube, x=x, eps=0.5))
    yield Question("a negative x", dict(f=stock.cube, x=-x, eps=0.25))
    yield Question("exp, the usual step", dict(f=stock.exp, x=float(rng.normal())))
    yield Question("a cube close to 0, the usual step", dict(f=stock.cube, x=0.001))
    yield Question("a kink", dict(f=stock.leaky, x=0.0, eps=float(rng.uniform(0.1, 1))))
    x = int(rng.integers(2, 6))
    yield Question("an integer x, a step of less than 1", dict(f=stock.square, x=x, eps=0.5))
    yield Question("a step chosen by the caller", dict(f=stock.sin, x=1.0, eps=1.5))


@numerical_derivative.mistake(
    "This is the slope from x to x + eps, the one-sided difference.",
    "It looks to one side only, so the bend of the curve spoils it. What would be symmetric about "
    "x?",
)
def one_sided(f, x, eps=1e-6):
    return (f(x + eps) - f(x)) / eps


@numerical_derivative.mistake(
    "This is the slope from x − eps to x, the one-sided difference backwards.",
    "It looks to one side only, so the bend of the curve spoils it. What would be symmetric about "
    "x?",
)
def one_sided_backwards(f, x, eps=1e-6):
    return (f(x) - f(x - eps)) / eps


@numerical_derivative.mistake(
    "This is the difference over both sides, divided by eps: twice the slope.",
    "How far is it from x − eps to x + eps?",
)
def run_counted_once(f, x, eps=1e-6):
    return (f(x + eps) - f(x - eps)) / eps


@numerical_derivative.mistake(
    "This is what you get from `… / 2 * eps`: halved, then multiplied by eps.",
    "Python works from left to right through / and *. Where do brackets belong?",
)
def brackets_lost(f, x, eps=1e-6):
    return (f(x + eps) - f(x - eps)) / 2 * eps


@numerical_derivative.mistake(
    "Your step does not depend on the argument eps.",
    "The caller may choose the step. Is there a 1e-6 written out in your function?",
)
def step_fixed(f, x, eps=1e-6):
    return nn.numerical_derivative(f, x)


@numerical_derivative.mistake(
    "The slope has the wrong sign: the value on the left minus the value on the right.",
    "When f grows, which of the two values is the larger one?",
)
def left_minus_right(f, x, eps=1e-6):
    return -nn.numerical_derivative(f, x, eps)


@numerical_derivative.mistake(
    "For an integer x the step is cut down to a whole number, since it is taken in x's own type.",
    "An integer array can't hold 3.5. What type must x have before it is moved by eps?",
)
def step_cut_to_an_integer(f, x, eps=1e-6):
    kind = np.asarray(x).dtype
    left, right = np.array(x - eps).astype(kind), np.array(x + eps).astype(kind)
    return (f(right) - f(left)) / (2 * eps)


# ----------------------------------------------------------------------------------- lecture_loss

lecture_loss = Exercise(
    nn.lecture_loss,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "Go from the inside out: first the prediction, then how far it is from the target.",
        "Three steps: the prediction ŷ from w and x, the residual z from ŷ and y, the loss from z.",
        "The loss of a residual z is ρ(z) = log(1 + z²), with the natural logarithm. "
        "NumPy has it, and for log(1 + something) even under a name of its own.",
    ),
)


@lecture_loss.public
def _():
    yield Question("a residual of 1", dict(w=2.0, x=3.0, y=5.0))
    yield Question("a perfect prediction", dict(w=2.0, x=3.0, y=6.0))
    yield Question("a residual of −2", dict(w=-1.0, x=2.0, y=0.0))


@lecture_loss.secret
def _(rng):
    w, x, y = (float(v) for v in rng.normal(size=3))
    yield Question("any three numbers", dict(w=w, x=x, y=y))
    yield Question("a prediction that is too large", dict(w=1 + abs(w), x=1 + abs(x), y=-abs(y)))
    yield Question("a target far away", dict(w=w, x=x, y=1000.0 + y))
    w, x, y = (int(v) for v in rng.integers(-4, 5, size=3))
    yield Question("integers", dict(w=w, x=x, y=w * x + 3))
    w, x, y = (np.float32(v) for v in (1.5, 2.0, int(rng.integers(-3, 3))))
    yield Question("float32", dict(w=w, x=x, y=y))
    yield Question("a perfect prediction of 0", dict(w=0.0, x=1.0, y=0.0))


@lecture_loss.mistake(
    "This is the logarithm of the squared residual alone: the 1 is missing.",
    "What should the loss of a perfect prediction be, and what is the logarithm of 0?",
)
def one_left_out(w, x, y):
    with np.errstate(divide="ignore"):
        return np.log(np.square(1.0 * w * x - y))


@lecture_loss.mistake(
    "This is log(1 + z)² where log(1 + z²) is asked: the square is around the logarithm.",
    "What exactly is squared in ρ(z) = log(1 + z²)?",
)
def square_outside_the_log(w, x, y):
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.square(np.log(1 + (1.0 * w * x - y)))


@lecture_loss.mistake(
    "This is log((1 + z)²) where log(1 + z²) is asked: the 1 is squared along with z.",
    "Add the 1 to the squared residual. Where do the brackets belong?",
)
def one_inside_the_square(w, x, y):
    with np.errstate(divide="ignore"):
        return np.log(np.square(1 + (1.0 * w * x - y)))


@lecture_loss.mistake(
    "This is the loss without the square: log(1 + z).",
    "A residual of −2 is as bad as one of 2. What makes it so in the lecture's loss?",
)
def square_lost(w, x, y):
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.log(1 + (1.0 * w * x - y))


@lecture_loss.mistake(
    "This is the logarithm to base 10.",
    "In this course, as in NumPy, log is the natural logarithm.",
)
def log_to_base_10(w, x, y):
    return np.log10(1 + np.square(1.0 * w * x - y))


@lecture_loss.mistake(
    "This is (ŷ − y)² without the logarithm around it.",
    "The lecture's loss grows slowly far out. Compare ρ(1000) with 1000².",
)
def logarithm_lost(w, x, y):
    return np.square(1.0 * w * x - y)


# ------------------------------------------------------------------------ lecture_loss_derivative

lecture_loss_derivative = Exercise(
    nn.lecture_loss_derivative,
    points=2,
    minutes=10,
    difficulty=2,
    hints=(
        "The loss is three functions, one after the other. The chain rule gives its derivative "
        "three factors, one for each of them.",
        "Work out ρ'(z) for ρ(z) = log(1 + z²) on paper: the derivative of the logarithm times the "
        "derivative of what is inside it. The other two functions are straight lines.",
        "The factors are ρ' at the residual w x − y, then the slope of z ↦ z − y, then the slope "
        "of z ↦ x z. Numerical differentiation of your lecture_loss tells you whether you have "
        "them all.",
    ),
)


@lecture_loss_derivative.public
def _():
    yield Question("a residual of 1", dict(w=2.0, x=3.0, y=5.0))
    yield Question("a perfect prediction", dict(w=2.0, x=3.0, y=6.0))
    yield Question("a residual of −2", dict(w=1.0, x=-3.0, y=-1.0))


@lecture_loss_derivative.secret
def _(rng):
    w, x, y = (float(v) for v in rng.uniform(0.5, 3, size=3))
    yield Question("positive numbers", dict(w=w, x=x, y=y), weight=2)
    yield Question("a negative input", dict(w=w, x=-x, y=y), weight=2)
    yield Question("an input of 0", dict(w=w, x=0.0, y=y))
    yield Question("a weight of 0", dict(w=0.0, x=x, y=y))
    yield Question("a target far away", dict(w=w, x=x, y=-1000.0))
    w, x = (int(v) for v in rng.integers(1, 5, size=2))
    yield Question("integers", dict(w=w, x=x, y=w * x - 2))


@lecture_loss_derivative.mistake(
    "This is the derivative by the prediction ŷ: the innermost factor is missing.",
    "If w moves by a little, how much does w x move?",
)
def inner_factor_lost(w, x, y):
    r = w * x - y
    return 2 * r / (1 + r**2)


@lecture_loss_derivative.mistake(
    "This is 1/(1 + z²) · x: the derivative of what stands inside the logarithm is lost.",
    "log(1 + z²) is itself a composition. What is the derivative of 1 + z²?",
)
def inside_of_the_log_not_derived(w, x, y):
    return x / (1 + (w * x - y) ** 2)


@lecture_loss_derivative.mistake(
    "This is half the derivative: the 2 of 2z is lost.",
    "What is the derivative of z²?",
)
def two_lost(w, x, y):
    return nn.lecture_loss_derivative(w, x, y) / 2


@lecture_loss_derivative.mistake(
    "This is the derivative with the wrong sign, as it comes from y − ŷ in place of ŷ − y.",
    "For the loss itself the order does not matter. Does it for the slope? If ŷ is too large, "
    "should a larger ŷ raise or lower the loss?",
)
def residual_turned_around(w, x, y):
    return -nn.lecture_loss_derivative(w, x, y)


@lecture_loss_derivative.mistake(
    "The outer derivative ρ' is taken at w, where w goes in, and not at the residual.",
    "ρ never sees w. Which number does it get?",
)
def outer_derivative_at_w(w, x, y):
    return 2 * w / (1 + w**2) * x


@lecture_loss_derivative.mistake(
    "The outer derivative ρ' is taken at the prediction w x, and not at the residual w x − y.",
    "Which function stands between the prediction and ρ?",
)
def outer_derivative_at_the_prediction(w, x, y):
    return 2 * w * x / (1 + (w * x) ** 2) * x


@lecture_loss_derivative.mistake(
    "This is the derivative by the input x: the last factor is w.",
    "Which of w, x, y moves, and which stay fixed?",
)
def by_the_input(w, x, y):
    r = w * x - y
    return 2 * r / (1 + r**2) * w


@lecture_loss_derivative.mistake(
    "The three factors of the chain rule are added here.",
    "If one gear turns 2 times as fast as the one before, and that one 3 times as fast as the "
    "first: is it 5 times as fast?",
)
def factors_added(w, x, y):
    r = w * x - y
    return 2 * r / (1 + r**2) + 1 + x


@lecture_loss_derivative.mistake(
    "This is the derivative of (w x − y)²: the logarithm's share, 1/(1 + z²), is missing.",
    "The logarithm is the outermost function. What does the chain rule make of it?",
)
def logarithm_not_derived(w, x, y):
    return 2 * (w * x - y) * x


# ------------------------------------------------------------------------------------------ chain

chain = Exercise(
    nn.chain,
    points=3,
    minutes=15,
    difficulty=2,
    hints=(
        "You need two numbers while you go from the innermost function outwards: the value so far, "
        "and the derivative so far.",
        "Each derivative is asked for at the number that its own function receives, so before that "
        "function is applied, not after.",
        "Start with the value x and with the derivative of doing nothing at all. At each function "
        "first multiply the derivative by its slope at the current value, then move the value on.",
    ),
)


@chain.public
def _():
    yield Question("one function", dict(fs=[stock.cube], dfs=[stock.three_squares], x=2.0))
    yield Question(
        "double, then cube",
        dict(fs=[stock.double, stock.cube], dfs=[stock.twos, stock.three_squares], x=1.0),
    )
    yield Question(
        "square, double, cube",
        dict(
            fs=[stock.square, stock.double, stock.cube],
            dfs=[stock.double, stock.twos, stock.three_squares],
            x=-1.0,
        ),
    )


@chain.secret
def _(rng):
    x = float(rng.uniform(0.3, 0.8))
    yield Question(
        "three different functions",
        dict(
            fs=[stock.sin, stock.exp, stock.cube],
            dfs=[stock.cos, stock.exp, stock.three_squares],
            x=x,
        ),
        weight=2,
    )
    yield Question(
        "the same function several times",
        dict(fs=[stock.sin] * 4, dfs=[stock.cos] * 4, x=1 + x),
    )
    yield Question(
        "a function, another, and the first again",
        dict(
            fs=[stock.square, stock.sin, stock.square],
            dfs=[stock.double, stock.cos, stock.double],
            x=-x,
        ),
    )
    yield Question(
        "one function alone", dict(fs=[stock.exp], dfs=[stock.exp], x=float(rng.normal()))
    )
    yield Question(
        "an integer x",
        dict(fs=[stock.double, stock.square], dfs=[stock.twos, stock.double], x=3),
    )
    yield Question(
        "a slope of 0 on the way",
        dict(
            fs=[stock.square, stock.exp, stock.double],
            dfs=[stock.double, stock.exp, stock.twos],
            x=0.0,
        ),
    )
    yield Question("no function at all", dict(fs=[], dfs=[], x=x), weight=0.5)


@chain.mistake(
    "The functions are applied in the wrong order: the last of the list first.",
    "fs begins with the innermost function, the one that sees x. f_2 ∘ f_1 means: f_1 goes first.",
)
def outermost_first(fs, dfs, x):
    return nn.chain(fs[::-1], dfs[::-1], x)


@chain.mistake(
    "Every derivative is taken at x.",
    "Only the innermost function sees x. Which number does the second function see?",
)
def every_derivative_at_x(fs, dfs, x):
    value, _ = nn.chain(fs, dfs, x)
    return value, math.prod(df(x) for df in dfs)


@chain.mistake(
    "Each derivative is taken at its own function's output, one step too late.",
    "f' is the slope of f where f is evaluated. Is that before or after applying f?",
)
def derivative_after_the_step(fs, dfs, x):
    value, derivative = 1.0 * x, 1.0
    for f, df in zip(fs, dfs, strict=True):
        value = f(value)
        derivative = derivative * df(value)
    return value, derivative


@chain.mistake(
    "The slopes are added.",
    "Two stretches by 3 and by 2, one after the other: how long does an inch become?",
)
def slopes_added(fs, dfs, x):
    value, derivative = 1.0 * x, 0.0
    for f, df in zip(fs, dfs, strict=True):
        derivative = derivative + df(value)
        value = f(value)
    return value, derivative


@chain.mistake(
    "This is the slope of the last function alone: what came before it is lost.",
    "Is the derivative so far kept when the next function comes, or replaced?",
)
def last_slope_only(fs, dfs, x):
    value, derivative = 1.0 * x, 1.0
    for f, df in zip(fs, dfs, strict=True):
        value, derivative = f(value), df(value)
    return value, derivative


@chain.mistake(
    "The functions come from one end of the list and their derivatives from the other.",
    "dfs[i] is the derivative of fs[i]. Where you turn one list round, what becomes of the other?",
)
def derivatives_of_other_functions(fs, dfs, x):
    return nn.chain(fs, dfs[::-1], x)


@chain.mistake(
    "Only the derivative is returned.",
    "Two numbers are asked for, the value first.",
)
def value_not_returned(fs, dfs, x):
    return nn.chain(fs, dfs, x)[1]


@chain.mistake(
    "The two answers are exchanged: the derivative comes first.",
    "Look once more at what the function is to return, and in which order.",
)
def derivative_first(fs, dfs, x):
    return nn.chain(fs, dfs, x)[::-1]


# ----------------------------------------------------------------------------- graphs to ask about

LEAVES = ("w = 2", "x = 3", "y = 5")
LOSS = ("s = Mul(w, x)", "r = Sub(s, y)", "q = Square(r)", "l = Log1p(q)")
DIAMOND = ("x = 3", "a = Scale(2)(x)", "b = Square(x)", "c = Mul(a, b)")
NEAR_AND_FAR = ("x = 3", "a = Neg(x)", "b = Square(a)", "c = Mul(a, b)")
DEAD_END = ("x = 3", "y = 4", "dead_end = Mul(x, y)", "a = Square(x)")
TWICE_INTO_ONE = ("x = 3", "a = Mul(x, x)", "b = Scale(2)(a)")
PATH = ("x = 3", "a = Scale(2)(x)", "b = Square(a)", "c = Neg(b)")
# IPython stops at 3000 nested calls, plain Python at 1000: no recursion gets to the end of this.
LONG = 4000
RUNGS = 60
MANY_PATHS = 10**6


def ladder(x: float, left: float, right: float) -> list[str]:
    """Return RUNGS diamonds in a row: 2 to the power of RUNGS paths lead from end to end."""
    lines = [f"n0 = {x}"]
    for i in range(RUNGS):
        lines += [
            f"a{i} = Scale({left})(n{i})",
            f"b{i} = Scale({right})(n{i})",
            f"n{i + 1} = Add(a{i}, b{i})",
        ]
    return lines


def tangle(rng: np.random.Generator) -> list[str]:
    """Return a random graph of three leaves and eight operations that all lead to the last node."""
    lines = [f"n{i} = {decimal(rng)}" for i in range(3)]
    for i, op in enumerate(("Sub", "Mul", "Add", "Mul", "Sub"), start=3):
        # The third node back is among the inputs, so that none is left out; the other is drawn.
        back = rng.choice([j for j in range(i) if j != i - 3])
        lines.append(f"n{i} = {op}(n{i - 3}, n{back})")
    return [*lines, "n8 = Tanh(n6)", "n9 = Mul(n8, n5)", "n10 = Sub(n9, n7)"]


def decimal(rng: np.random.Generator) -> float:
    """Draw a number with three decimals, away from 0 and from 1."""
    return round(float(rng.choice([-1, 1]) * rng.uniform(0.3, 0.9)), 3)


def computed(lines) -> list[str]:
    """Return the lines with every node's output at its end, as after a forward pass."""
    nodes = graph_text.build(lines)
    nn.forward_pass(nodes)
    return graph_text.with_outputs(lines, nodes)


def paths_to_the_last(nodes) -> int:
    """Return how many paths lead to the last node: the steps of whoever walks each of them."""
    count = dict.fromkeys(nodes, 0)
    count[nodes[-1]] = 1
    for v in reversed(nodes):
        for u in v.inputs:
            count[u] += count[v]
    return sum(count.values())


# ----------------------------------------------------------------------------------- forward_pass

forward_pass = Exercise(
    nn.forward_pass,
    points=3,
    minutes=15,
    difficulty=2,
    hints=(
        "The order of the nodes is such that whatever a node needs is there when its turn comes. "
        "So one walk through the list is enough.",
        "A leaf has no op and already has its output. Every other node asks its op for a value, at "
        "the outputs of its inputs, in their order.",
        "op.value takes as many numbers as the node has inputs. A * in a call spreads a list into "
        "separate arguments. After the walk, nodes[-1] is the last node.",
    ),
)


@forward_pass.public
def _():
    yield Question("the lecture's loss", dict(nodes=[*LEAVES, *LOSS]), way="outputs_in_graph")
    yield Question("a diamond", dict(nodes=list(DIAMOND)), way="outputs_in_graph")
    yield Question("what is returned", dict(nodes=list(DIAMOND)), way="value_of_graph")
    yield Question(
        "a second pass, after the leaf got another value",
        dict(nodes=list(PATH), then={"x": 1}),
        way="outputs_in_graph_again",
    )


@forward_pass.secret
def _(rng):
    lines = tangle(rng)
    yield Question(
        "a larger graph, drawn at random",
        dict(nodes=lines),
        way="outputs_in_graph",
        weight=2,
    )
    yield Question("what is returned", dict(nodes=lines), way="value_of_graph")
    yield Question(
        "a node that goes into the next one twice",
        dict(nodes=[f"x = {decimal(rng)}", "a = Mul(x, x)", "b = Sub(a, a)", "c = Exp(b)"]),
        way="outputs_in_graph",
    )
    yield Question(
        "other values in the leaves, a second pass",
        dict(nodes=lines, then={"n0": decimal(rng), "n2": decimal(rng)}),
        way="outputs_in_graph_again",
        weight=2,
    )
    yield Question("a leaf alone", dict(nodes=[f"x = {decimal(rng)}"]), way="value_of_graph")
    yield Question(
        "a path of thousands of nodes",
        dict(nodes=["x = 0.8", f"a = Scale(0.9995)^{LONG}(x)"]),
        way="value_of_graph",
        typical=True,
    )
    yield Question(
        "sixty diamonds in a row",
        dict(nodes=ladder(decimal(rng), 0.5, 0.6)),
        way="value_of_graph",
    )


@forward_pass.mistake(
    "The outputs are right, but nothing is returned.",
    "Whoever calls the function wants the last node's output back.",
)
def returns_nothing(nodes):
    nn.forward_pass(nodes)


@forward_pass.mistake(
    "The outputs of all nodes are returned.",
    "The graph computes one number. Which node holds it?",
)
def returns_every_output(nodes):
    nn.forward_pass(nodes)
    return [v.output for v in nodes]


@forward_pass.mistake(
    "The function returns inside its loop, so it ends after the first node.",
    "How far is the return indented? It should come when all nodes are done.",
)
def returns_inside_the_loop(nodes):
    for v in nodes:
        if v.op is not None:
            v.output = v.op.value(*(u.output for u in v.inputs))
        return v.output


@forward_pass.mistake(
    "A node that has an output already is not computed again, so a second pass with other values "
    "in the leaves leaves the old outputs standing.",
    "What tells a leaf from the other nodes for good: that it has an output, or that it has no op?",
)
def keeps_old_outputs(nodes):
    for v in nodes:
        if v.output is None:
            v.output = v.op.value(*(u.output for u in v.inputs))
    return nodes[-1].output


@forward_pass.mistake(
    "Every place of an operation gets the output of its first input.",
    "In w x and in s − y two different nodes are put together. Does each reach op.value, in its "
    "place?",
)
def first_input_everywhere(nodes):
    for v in nodes:
        if v.op is not None:
            v.output = v.op.value(*(v.inputs[0].output for _ in v.inputs))
    return nodes[-1].output


@forward_pass.mistake(
    "A node is computed anew for every edge that leaves it, so the work doubles with each diamond.",
    "The list is in topological order. Can one walk through it replace the recursion?",
)
def computes_shared_nodes_again(nodes):
    if paths_to_the_last(nodes) > MANY_PATHS:
        raise TimeoutError

    def compute(v):
        if v.op is not None:
            v.output = v.op.value(*[compute(u) for u in v.inputs])
        return v.output

    for v in nodes[:-1] if len(nodes) < LONG else ():
        compute(v)
    return compute(nodes[-1])


@forward_pass.mistake(
    "The function calls itself for a node's inputs, and on a long path Python stops it: too many "
    "calls within calls.",
    "The list is in topological order. Can one walk through it replace the recursion?",
)
def calls_itself_too_deeply(nodes):
    done = set()

    def compute(v):
        if v.op is not None and v not in done:
            v.output = v.op.value(*[compute(u) for u in v.inputs])
            done.add(v)
        return v.output

    for v in reversed(nodes):
        compute(v)
    return nodes[-1].output


# ---------------------------------------------------------------------------------- backward_pass

backward_pass = Exercise(
    nn.backward_pass,
    points=6,
    minutes=30,
    difficulty=4,
    hints=(
        "A node's delta is complete when every node that uses it has sent its share. In which "
        "order must the list be walked so that this is always so?",
        "Think of a node as sending to each of its inputs: its own delta times its op's partial "
        "derivative by that input. What should an input do with the second message that it gets?",
        "Before the first call every delta is None, and None += … is a TypeError. So first set "
        "every delta to 0 and the last one to 1. Then walk backwards, and for every "
        "place i in v.inputs add the message to what is there. The partial derivatives are taken "
        "at the outputs of v's inputs.",
    ),
)


@backward_pass.public
def _():
    yield Question("a path", dict(nodes=computed(PATH)), way="deltas_in_graph")
    yield Question("a diamond", dict(nodes=computed(DIAMOND)), way="deltas_in_graph")
    yield Question(
        "a node used by a near one and by a far one",
        dict(nodes=computed(NEAR_AND_FAR)),
        way="deltas_in_graph",
    )
    yield Question("x times x", dict(nodes=computed(TWICE_INTO_ONE)), way="deltas_in_graph")
    yield Question("nodes that lead nowhere", dict(nodes=computed(DEAD_END)), way="deltas_in_graph")
    yield Question(
        "two calls on the same graph", dict(nodes=computed(PATH)), way="deltas_in_graph_twice"
    )


@backward_pass.secret
def _(rng):
    lines = computed(tangle(rng))
    yield Question(
        "a larger graph, drawn at random",
        dict(nodes=lines),
        way="deltas_in_graph",
        weight=2,
    )
    w, x, y = (decimal(rng) for _ in range(3))
    leaves = [f"w = {w}", f"x = {x}", f"y = {y}"]
    yield Question(
        "a loss with several leaves",
        dict(nodes=computed([*leaves, *LOSS])),
        way="deltas_in_graph",
    )
    yield Question(
        "a node used by a near one and by a far one",
        dict(
            nodes=computed(
                [
                    f"x = {x}",
                    "a = Tanh(x)",
                    "b = Exp(a)",
                    "c = Sigmoid(b)",
                    "d = Mul(a, c)",
                ]
            )
        ),
        way="deltas_in_graph",
        weight=2,
    )
    yield Question(
        "a node that goes into the next one twice",
        dict(nodes=computed([f"x = {x}", "a = Exp(x)", "b = Mul(a, a)", "c = Tanh(b)"])),
        way="deltas_in_graph",
    )
    yield Question(
        "a node minus itself",
        dict(nodes=computed([f"x = {x}", "a = Square(x)", "b = Sub(a, a)"])),
        way="deltas_in_graph",
    )
    yield Question(
        "nodes that lead nowhere",
        dict(
            nodes=computed(
                [
                    f"x = {x}",
                    f"unused = {y}",
                    "a = Square(x)",
                    "lost = Tanh(x)",
                    "end = Mul(lost, unused)",
                    "b = Scale(-3)(a)",
                ]
            )
        ),
        way="deltas_in_graph",
    )
    yield Question("two calls in a row", dict(nodes=lines), way="deltas_in_graph_twice", weight=2)
    yield Question("a leaf alone", dict(nodes=[f"x = {w}"]), way="deltas_in_graph", weight=0.5)
    yield Question(
        "a path of thousands of nodes",
        dict(nodes=["x = 0.8", f"a = Relu^{LONG}(x) = 0.8", "b = Scale(-0.6)(a) = -0.48"]),
        way="first_delta_in_graph",
        typical=True,
    )
    yield Question(
        "sixty diamonds in a row",
        dict(nodes=computed(ladder(x, 0.5, 0.6))),
        way="first_delta_in_graph",
    )
    yield Question(
        "what is returned", dict(nodes=computed(DIAMOND)), way="value_of_graph", weight=0.5
    )
    yield Question(
        "the list of nodes, afterwards",
        dict(nodes=computed(DIAMOND)),
        way="list_of_graph",
        weight=0.5,
    )


def walk_back(nodes, send) -> None:
    """Zero the deltas and walk backwards; `send(u, i, v, share)` gives u its share from v."""
    for v in nodes:
        v.delta = 0.0
    nodes[-1].delta = 1.0
    for v in reversed(nodes):
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            send(u, i, v, v.op.deriv(i, *xs))


@backward_pass.mistake(
    "This is what the slide says, u.delta = …: each edge overwrites what the edge before it "
    "brought.",
    "On a path that is right. In the diamond two edges leave x, and a change of x acts through "
    "both. What should become of the first share when the second one comes?",
)
def delta_assigned(nodes):
    def send(u, i, v, slope):
        u.delta = v.delta * slope

    walk_back(nodes, send)


@backward_pass.mistake(
    "This is the slide word for word, u.delta = …: each edge overwrites what the edge before it "
    "brought, and a node that leads nowhere gets no delta at all.",
    "In the diamond two edges leave x, and a change of x acts through both. What should become of "
    "the first share when the second one comes? And with which delta does every node start?",
)
def delta_assigned_and_never_zeroed(nodes):
    nodes[-1].delta = 1.0
    for v in reversed(nodes):
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta = v.delta * v.op.deriv(i, *xs)


@backward_pass.mistake(
    "A node that feeds another one twice, as in x · x, is counted once.",
    "x · x has two edges from x, one for each factor. Do you go through the inputs, or through the "
    "different nodes among them?",
)
def twice_into_one_counted_once(nodes):
    def send(u, i, v, slope):
        if v.inputs.index(u) == i:
            u.delta += v.delta * slope

    walk_back(nodes, send)


@backward_pass.mistake(
    "A node that feeds another one twice gets the partial derivative of its first place both "
    "times.",
    "In a − a the first a has slope 1. Has the second? Looking a node up among the inputs finds "
    "its first place only.",
)
def first_place_both_times(nodes):
    def send(u, i, v, slope):
        xs = [w.output for w in v.inputs]
        u.delta += v.delta * v.op.deriv(v.inputs.index(u), *xs)

    walk_back(nodes, send)


@backward_pass.mistake(
    "Every input is sent the partial derivative by input 0.",
    "a − b falls when b grows. Which argument of op.deriv says by which input to differentiate?",
)
def always_by_input_0(nodes):
    def send(u, i, v, slope):
        u.delta += v.delta * v.op.deriv(0, *[w.output for w in v.inputs])

    walk_back(nodes, send)


@backward_pass.mistake(
    "The deltas of the call before are still there, and the new ones are added to them.",
    "Call it twice and compare. Where must every sum begin?",
)
def deltas_never_zeroed(nodes):
    for v in nodes:
        v.delta = 0.0 if v.delta is None else v.delta
    nodes[-1].delta = 1.0
    for v in reversed(nodes):
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta += v.delta * v.op.deriv(i, *xs)


@backward_pass.mistake(
    "Only the leaves' deltas are set back to 0 before a new pass.",
    "The nodes in between are sums, too. What do they hold when the second call begins?",
)
def only_leaves_zeroed(nodes):
    for v in nodes:
        v.delta = 0.0 if v.delta is None or v.op is None else v.delta
    nodes[-1].delta = 1.0
    for v in reversed(nodes):
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta += v.delta * v.op.deriv(i, *xs)


@backward_pass.mistake(
    "The nodes are walked in forward order, so the first ones send their deltas before they have "
    "any.",
    "Where is the one delta that is known from the start? The walk has to begin there.",
)
def walked_forwards(nodes):
    for v in nodes:
        v.delta = 0.0
    nodes[-1].delta = 1.0
    for v in nodes:
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta += v.delta * v.op.deriv(i, *xs)


@backward_pass.mistake(
    "The last node's delta stays 0, so every other one is 0 as well.",
    "What is the derivative of the last output by itself?",
)
def last_delta_0(nodes):
    for v in nodes:
        v.delta = 0.0


@backward_pass.mistake(
    "The walk starts with the last node's output as its delta.",
    "delta is a derivative. What is the derivative of the last output by itself?",
)
def last_delta_is_its_output(nodes):
    nn.backward_pass(nodes)
    for v in nodes:
        v.delta *= nodes[-1].output


@backward_pass.mistake(
    "Every node that nobody uses starts with delta 1, and not the last one alone.",
    "The deltas are derivatives of the last node's output. How much does that change when a node "
    "changes that leads nowhere?",
)
def every_end_gets_1(nodes):
    used = {u for v in nodes for u in v.inputs}
    for v in nodes:
        v.delta = 0.0 if v in used else 1.0
    for v in reversed(nodes):
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta += v.delta * v.op.deriv(i, *xs)


@backward_pass.mistake(
    "Nodes from which no path leads to the last one are left without a delta.",
    "Their delta is a number, too: how much does the last output change when they do?",
)
def unreached_left_without_a_delta(nodes):
    nn.backward_pass(nodes)
    reached = {nodes[-1]}
    for v in reversed(nodes):
        if v in reached:
            reached.update(v.inputs)
        else:
            v.delta = None


@backward_pass.mistake(
    "The partial derivatives are taken at the node's own output and not at its inputs.",
    "The slope of z² at z = 6 is 12. Where does op.deriv find the 6: after the operation or "
    "before?",
)
def partials_at_the_output(nodes):
    def send(u, i, v, slope):
        u.delta += v.delta * v.op.deriv(i, *[v.output for _ in v.inputs])

    walk_back(nodes, send)


@backward_pass.mistake(
    "Along an edge the delta and the slope are added.",
    "Slopes that follow one another multiply; only what comes over different edges is added.",
)
def slope_added_along_an_edge(nodes):
    def send(u, i, v, slope):
        u.delta += v.delta + slope

    walk_back(nodes, send)


@backward_pass.mistake(
    "A node passes its delta on when it is first reached, before all that use it have sent their "
    "share.",
    "A near and a far node may both use the same one. Which order makes sure that the far one has "
    "spoken, too? You were given such an order.",
)
def passed_on_too_early(nodes):
    for v in nodes:
        v.delta = 0.0
    nodes[-1].delta = 1.0
    queue, seen = [nodes[-1]], {nodes[-1]}
    for v in queue:
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            u.delta += v.delta * v.op.deriv(i, *xs)
            if u not in seen:
                seen.add(u)
                queue.append(u)


@backward_pass.mistake(
    "Every path is walked on its own, and sixty diamonds in a row have 2⁶⁰ paths.",
    "Where two paths meet, their shares can be added up before going on. Which order of the nodes "
    "makes that possible?",
)
def every_path_walked(nodes):
    if paths_to_the_last(nodes) > MANY_PATHS:
        raise TimeoutError
    for v in nodes:
        v.delta = 0.0

    def send(v, delta):
        v.delta += delta
        xs = [u.output for u in v.inputs]
        for i, u in enumerate(v.inputs):
            send(u, delta * v.op.deriv(i, *xs))

    send(nodes[-1], 1.0)


@backward_pass.mistake(
    "The function calls itself from node to node, and on a long path Python stops it: too many "
    "calls within calls.",
    "The list is in topological order. Can one walk through it replace the recursion?",
)
def calls_itself_node_by_node(nodes):
    users = {u: [] for u in nodes}
    for v in nodes:
        for i, u in enumerate(v.inputs):
            users[u].append((i, v))
        v.delta = None
    nodes[-1].delta = 1.0

    def delta(u):
        if u.delta is None:
            u.delta = sum(
                delta(v) * v.op.deriv(i, *[w.output for w in v.inputs]) for i, v in users[u]
            )
        return u.delta

    for u in nodes:
        delta(u)


@backward_pass.mistake(
    "The deltas are returned; this function is to return nothing.",
    "Its work stands in the nodes. A function that changes its arguments says so by returning "
    "None.",
)
def returns_the_deltas(nodes):
    nn.backward_pass(nodes)
    return [v.delta for v in nodes]


@backward_pass.mistake(
    "The caller's list is left turned round.",
    "There is a way to walk a list backwards that leaves it as it is.",
)
def list_left_reversed(nodes):
    nn.backward_pass(nodes)
    nodes.reverse()
