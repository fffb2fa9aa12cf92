"""Questions and known mistakes of `momentum_step`."""

import numpy as np

from course.exercises.engine import Exercise, Question
from course.exercises.sgd.samples import as_float32, random_net, whole_number_net
from course.nn import sgd as nn

exercise = Exercise(
    nn.momentum_step,
    points=2,
    minutes=12,
    difficulty=2,
    hints=(
        "Follow one number through the worked example: first find its new velocity, then move it. "
        "Which of the two needs the gradient, and which needs the number itself?",
        "There are three pairs of lists. Go through their halves in parallel (zip), and build new "
        "lists: two for the velocity first, then two for the net. Nothing is written into an "
        "argument.",
        "The new velocity is mu·v − lr·dA for the weights and mu·v − lr·db for the biases. The new "
        "net is A plus its new velocity, and b plus its own. Return a pair of pairs.",
    ),
)


@exercise.public
def public():
    yield Question(
        "one layer, from rest",
        dict(
            net=([np.array([[1.0, 2.0]])], [np.array([[0.0, -1.0]])]),
            velocity=([np.array([[0.0, 0.0]])], [np.array([[0.0, 0.0]])]),
            grads=([np.array([[10.0, -20.0]])], [np.array([[5.0, 30.0]])]),
            lr=0.1,
            mu=0.5,
        ),
    )
    yield Question(
        "one layer, already moving",
        dict(
            net=([np.array([[1.0, 2.0]])], [np.array([[0.0, -1.0]])]),
            velocity=([np.array([[-4.0, 8.0]])], [np.array([[2.0, -6.0]])]),
            grads=([np.array([[10.0, -20.0]])], [np.array([[5.0, 30.0]])]),
            lr=0.1,
            mu=0.25,
        ),
    )
    yield Question(
        "two layers of whole numbers",
        dict(
            net=(
                [np.array([[2], [-4]]), np.array([[3, 1]])],
                [np.array([[1]]), np.array([[0, 3]])],
            ),
            velocity=(
                [np.array([[1], [3]]), np.array([[-5, 7]])],
                [np.array([[9]]), np.array([[-1, 5]])],
            ),
            grads=(
                [np.array([[1], [-3]]), np.array([[2, -2]])],
                [np.array([[5]]), np.array([[-1, 4]])],
            ),
            lr=0.25,
            mu=0.5,
        ),
    )


@exercise.secret
def secret(rng):
    lr, mu = float(rng.uniform(0.1, 0.4)), float(rng.uniform(0.6, 0.9))

    def step(title, dims, lr=lr, mu=mu, draw=random_net, **how):
        net, velocity, grads = (draw(rng, *dims) for _ in range(3))
        return Question(title, dict(net=net, velocity=velocity, grads=grads, lr=lr, mu=mu), **how)

    yield step("layers of unequal width", (4, 2, 5, 3), weight=2)
    yield step("a single layer", (3, 2))
    yield step("nothing but whole numbers", (3, 2, 2), draw=whole_number_net)
    yield step(
        "float32",
        (2, 3, 1),
        draw=lambda rng, *dims: as_float32(random_net(rng, *dims)),
        weight=0.5,
    )
    yield step("called twice in a row", (2, 3), call="twice")
    yield step("no momentum", (2, 3), mu=0.0, weight=0.5)
    yield step("a learning rate of zero: it rolls on", (2, 2), lr=0.0, weight=0.5)


# Plain ways of writing it, and what is changed in them.


@exercise.writing
def lists_by_zip(net, velocity, grads, lr, mu):
    As, Bs = net
    vAs, vBs = velocity
    dAs, dBs = grads
    new_vAs = [mu * v - lr * dA for v, dA in zip(vAs, dAs)]
    new_vBs = [mu * v - lr * db for v, db in zip(vBs, dBs)]
    new_As = [A + v for A, v in zip(As, new_vAs)]
    new_Bs = [b + v for b, v in zip(Bs, new_vBs)]
    return (new_As, new_Bs), (new_vAs, new_vBs)


@exercise.writing
def layer_by_layer(net, velocity, grads, lr, mu):
    (As, Bs), (vAs, vBs), (dAs, dBs) = net, velocity, grads
    new_As, new_Bs, new_vAs, new_vBs = [], [], [], []
    for j in range(len(As)):
        vA = mu * vAs[j] - lr * dAs[j]
        vb = mu * vBs[j] - lr * dBs[j]
        new_vAs.append(vA)
        new_vBs.append(vb)
        new_As.append(As[j] + vA)
        new_Bs.append(Bs[j] + vb)
    return (new_As, new_Bs), (new_vAs, new_vBs)


# The same lines on both sides: beside another velocity, the net's move can't be told apart.
STEPS = {line: line for line in ("mu * v - lr * dA", "mu * v - lr * db")}

exercise.idea(
    "climbs",
    "Wrong sign: lr times the gradient is added to the velocity, so the loss grows.",
    "The gradient shows where the loss grows fastest. Which way should it push?",
    {"mu * v - lr * dA": "mu * v + lr * dA", "mu * v - lr * db": "mu * v + lr * db"},
)
exercise.idea(
    "moves_against_the_velocity",
    "Wrong sign in the net's move: the new velocity is subtracted.",
    "The minus is in the velocity already. What does the net do with the velocity?",
    {"A + v for": "A - v for", "b + v for": "b - v for"},
)
exercise.idea(
    "velocity_of_the_sum",
    "The velocity is a sum of gradients, mu·v + gradient, and the net is moved by −lr times it. "
    "Many libraries do that; here the velocity is the step itself.",
    "In the worked example the velocity is what the number moves by. Where does lr belong?",
    {
        "mu * v - lr * dA": "mu * v + dA",
        "mu * v - lr * db": "mu * v + db",
        "A + v for": "A - lr * v for",
        "b + v for": "b - lr * v for",
    },
)
exercise.idea(
    "velocity_uphill",
    "The velocity is mu·v + lr·gradient, and the net moves by minus that. Some books do so; here "
    "the velocity is the step itself, with its sign.",
    "In the worked example, is the velocity of a weight that shrinks above or below 0?",
    {
        "mu * v - lr * dA": "mu * v + lr * dA",
        "mu * v - lr * db": "mu * v + lr * db",
        "A + v for": "A - v for",
        "b + v for": "b - v for",
    },
    {
        "mu * vAs[j] - lr * dAs[j]": "mu * vAs[j] + lr * dAs[j]",
        "mu * vBs[j] - lr * dBs[j]": "mu * vBs[j] + lr * dBs[j]",
        "As[j] + vA": "As[j] - vA",
        "Bs[j] + vb": "Bs[j] - vb",
    },
)
exercise.idea(
    "velocity_taken_for_a_gradient",
    "The velocity is right, but the net moves by −lr times it, as if it were a gradient.",
    "In the worked example the velocity is −0.7. How far does the weight move?",
    {"A + v for": "A - lr * v for", "b + v for": "b - lr * v for"},
    {"As[j] + vA": "As[j] - lr * vA", "Bs[j] + vb": "Bs[j] - lr * vb"},
)
exercise.idea(
    "moves_by_the_old_velocity",
    "The net is moved by the old velocity, not the new one.",
    "First the gradient changes the velocity, then the net moves. Which list goes into the sum?",
    {"zip(As, new_vAs)": "zip(As, vAs)", "zip(Bs, new_vBs)": "zip(Bs, vBs)"},
)
exercise.idea(
    "plain_step",
    "The net takes a plain step, −lr times its gradient; the velocity doesn't move it.",
    "What moves the net: the gradient alone, or the velocity?",
    {
        "A + v for A, v in zip(As, new_vAs)": "A - lr * dA for A, dA in zip(As, dAs)",
        "b + v for b, v in zip(Bs, new_vBs)": "b - lr * db for b, db in zip(Bs, dBs)",
    },
)
exercise.idea(
    "looks_ahead",
    "The net moves by mu times the new velocity less lr times the gradient, as in Nesterov's "
    "method. Here it moves by the new velocity itself.",
    "In the worked example, how far does a weight move, and what is its new velocity?",
    {
        **STEPS,
        "A + v for A, v in zip(As, new_vAs)": (
            "A + mu * v - lr * dA for A, v, dA in zip(As, new_vAs, dAs)"
        ),
        "b + v for b, v in zip(Bs, new_vBs)": (
            "b + mu * v - lr * db for b, v, db in zip(Bs, new_vBs, dBs)"
        ),
    },
)
exercise.idea(
    "gradient_used_twice",
    "The net moves by the new velocity and by −lr times the gradient too, which the velocity "
    "already holds.",
    "In the worked example, how far does a weight move, and what is its new velocity?",
    {
        **STEPS,
        "A + v for A, v in zip(As, new_vAs)": (
            "A + v - lr * dA for A, v, dA in zip(As, new_vAs, dAs)"
        ),
        "b + v for b, v in zip(Bs, new_vBs)": (
            "b + v - lr * db for b, v, db in zip(Bs, new_vBs, dBs)"
        ),
    },
)
exercise.idea(
    "momentum_left_out",
    "mu is missing: all of the old velocity is kept.",
    "mu says how much of the velocity is kept, as friction does. Where do you use it?",
    {"mu * v - lr * dA": "v - lr * dA", "mu * v - lr * db": "v - lr * db"},
)
exercise.idea(
    "velocity_left_out",
    "The old velocity is missing, so this is a step without momentum.",
    "Which argument remembers the steps before this one?",
    {"mu * v - lr * dA": "-lr * dA", "mu * v - lr * db": "-lr * db"},
)
exercise.idea(
    "learning_rate_left_out",
    "The learning rate is missing: the whole gradient goes into the velocity.",
    "The gradient gives the direction. Which argument says how far to go?",
    {"mu * v - lr * dA": "mu * v - dA", "mu * v - lr * db": "mu * v - db"},
)
exercise.idea(
    "weighted_mean",
    "The gradient is weighted by 1 − mu too, which the worked example doesn't do.",
    "How much of the gradient goes into the velocity in the worked example: lr, or less?",
    {
        "mu * v - lr * dA": "mu * v - (1 - mu) * lr * dA",
        "mu * v - lr * db": "mu * v - (1 - mu) * lr * db",
    },
)
exercise.idea(
    "mu_times_everything",
    "mu multiplies the gradient's push too, not only the old velocity.",
    "Is the bracket in the right place? With mu = 0 a step should be as it was without momentum.",
    {"mu * v - lr * dA": "mu * (v - lr * dA)", "mu * v - lr * db": "mu * (v - lr * db)"},
)
exercise.idea(
    "lr_and_mu_swapped",
    "lr and mu are swapped: lr multiplies the velocity, and mu the gradient.",
    "Which of the two says what is kept, and which how hard the gradient pushes?",
    {"mu * v - lr * dA": "lr * v - mu * dA", "mu * v - lr * db": "lr * v - mu * db"},
)
exercise.idea(
    "biases_without_momentum",
    "The weights have momentum, the biases don't.",
    "The biases have velocities of their own. Where are they used?",
    {"mu * v - lr * db": "-lr * db"},
    {"mu * vBs[j] - lr * dBs[j]": "-lr * dBs[j]"},
)
exercise.idea(
    "biases_stay",
    "The biases are not updated, but they are parameters too.",
    "How many lists of arrays does a net have, and how many do you update?",
    {"b + v for b, v in zip(Bs, new_vBs)": "b for b in Bs"},
    {"Bs[j] + vb": "Bs[j]"},
)
exercise.idea(
    "velocity_is_not_kept",
    "The net is right, but the old velocity is returned with it.",
    "The next step needs the velocity of this one. Which pair do you return?",
    {"return (new_As, new_Bs), (new_vAs, new_vBs)": "return (new_As, new_Bs), velocity"},
)
exercise.idea(
    "net_alone",
    "Only the net is returned, but the next step needs its velocity too.",
    "Return two pairs: the net, and the velocity in the same form.",
    {"return (new_As, new_Bs), (new_vAs, new_vBs)": "return new_As, new_Bs"},
)
exercise.idea(
    "velocity_first",
    "The net and the velocity are returned in the wrong order.",
    "The net is first, then its velocity.",
    {"return (new_As, new_Bs), (new_vAs, new_vBs)": "return (new_vAs, new_vBs), (new_As, new_Bs)"},
)
exercise.idea(
    "four_lists",
    "The four lists are right, but not in pairs: the net is (As, Bs), the velocity (vAs, vBs).",
    "Look at the form of the arguments `net` and `velocity`. Return a pair of such pairs.",
    {"return (new_As, new_Bs), (new_vAs, new_vBs)": "return new_As, new_Bs, new_vAs, new_vBs"},
    {"return (new_As, new_Bs), (new_vAs, new_vBs)": "return new_As, new_Bs, (new_vAs, new_vBs)"},
    {"return (new_As, new_Bs), (new_vAs, new_vBs)": "return (new_As, new_Bs), new_vAs, new_vBs"},
)
exercise.idea(
    "updates_in_place",
    "The caller's own net or velocity is changed in place, but new ones are expected.",
    "`v *= mu` and `A += …` write into the caller's arrays. `mu * v` and `A + v` make new ones.",
    {
        "vA = mu * vAs[j] - lr * dAs[j]": "vA = vAs[j]; vA[:] = mu * vA - lr * dAs[j]",
        "vb = mu * vBs[j] - lr * dBs[j]": "vb = vBs[j]; vb[:] = mu * vb - lr * dBs[j]",
    },
    {
        "new_As.append(As[j] + vA)": "As[j][:] = As[j] + vA; new_As.append(As[j])",
        "new_Bs.append(Bs[j] + vb)": "Bs[j][:] = Bs[j] + vb; new_Bs.append(Bs[j])",
    },
    {
        "vA = mu * vAs[j] - lr * dAs[j]": "vA = vAs[j] = mu * vAs[j] - lr * dAs[j]",
        "vb = mu * vBs[j] - lr * dBs[j]": "vb = vBs[j] = mu * vBs[j] - lr * dBs[j]",
    },
    {
        "vA = mu * vAs[j] - lr * dAs[j]": "vA = vAs[j]; vA[:] = mu * vA - lr * dAs[j]",
        "vb = mu * vBs[j] - lr * dBs[j]": "vb = vBs[j]; vb[:] = mu * vb - lr * dBs[j]",
        "new_As.append(As[j] + vA)": "As[j][:] = As[j] + vA; new_As.append(As[j])",
        "new_Bs.append(Bs[j] + vb)": "Bs[j][:] = Bs[j] + vb; new_Bs.append(Bs[j])",
    },
    {
        "new_As, new_Bs, new_vAs, new_vBs = [], [], [], []": (
            "new_As, new_Bs, new_vAs, new_vBs = [], [], vAs, vBs"
        ),
        "new_vAs.append(vA)": "vAs[j] = vA",
        "new_vBs.append(vb)": "vBs[j] = vb",
    },
)
exercise.idea(
    "lists_taken_for_arrays",
    "A list can't be multiplied by a number: vAs and dAs are lists of arrays.",
    "Go through the layers, and take the step with one array at a time.",
    {
        "[mu * v - lr * dA for v, dA in zip(vAs, dAs)]": "mu * vAs - lr * dAs",
        "[mu * v - lr * db for v, db in zip(vBs, dBs)]": "mu * vBs - lr * dBs",
    },
)
