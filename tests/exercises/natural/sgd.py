"""Wrong answers of unit 7 as people write them."""

from textwrap import dedent

from tests.exercises.natural.entry import Entry, with_imports

IMPORTS = """\
import math
import random

import numpy as np

from course.nn.backprop import backprop
from course.nn.forward import forward
from course.nn.sgd import average_gradients, minibatches, sgd_step

"""
NATURAL: list[Entry] = []


def wrong(exercise: str, name: str, source: str, *ideas: str, says: str = "") -> None:
    """Add a wrong answer; `ideas` that may be named: "one", or "one+another" for two at once."""
    sets = tuple(tuple(one.split("+")) for one in ideas)
    NATURAL.append(Entry(name, exercise, IMPORTS + dedent(source), sets, says))


# A step downhill.

wrong(
    "sgd_step",
    "adds the gradient",
    """
    def sgd_step(net, grads, lr):
        As, Bs = net
        dAs, dBs = grads
        for j in range(len(As)):
            As = As[:j] + [As[j] + lr * dAs[j]] + As[j + 1:]
            Bs = Bs[:j] + [Bs[j] + lr * dBs[j]] + Bs[j + 1:]
        return As, Bs
    """,
    "climbs",
)
wrong(
    "sgd_step",
    "forgets lr, with np.subtract",
    """
    def sgd_step(net, grads, lr):
        return [[np.subtract(p, g) for p, g in zip(*both)] for both in zip(net, grads)]
    """,
    "learning_rate_left_out",
)
wrong(
    "sgd_step",
    "`-=` in a loop over the lists",
    """
    def sgd_step(net, grads, lr):
        As, Bs = net
        dAs, dBs = grads
        for A, dA in zip(As, dAs):
            A -= lr * dA
        for b, db in zip(Bs, dBs):
            b -= lr * db
        return As, Bs
    """,
    "updates_in_place",
)
wrong(
    "sgd_step",
    "`As[i] = …` in the caller's lists",
    """
    def sgd_step(net, grads, lr):
        As, Bs = net
        dAs, dBs = grads
        for i in range(len(As)):
            As[i] = As[i] - lr * dAs[i]
            Bs[i] = Bs[i] - lr * dBs[i]
        return (As, Bs)
    """,
    "updates_in_place",
)
wrong(
    "sgd_step",
    "a shallow copy of the pair, then `-=`",
    """
    def sgd_step(net, grads, lr):
        new = (list(net[0]), list(net[1]))
        for part, slope in zip(new, grads):
            for i in range(len(part)):
                part[i] -= lr * slope[i]
        return new
    """,
    "updates_in_place",
)
wrong(
    "sgd_step",
    "the loop's variable gets the new array",
    """
    def sgd_step(net, grads, lr):
        As, Bs = net
        for A, dA in zip(As, grads[0]):
            A = A - lr * dA
        for b, db in zip(Bs, grads[1]):
            b = b - lr * db
        return As, Bs
    """,
    "rebinding_leaves_the_net_unchanged",
)
wrong(
    "sgd_step",
    "weights only",
    """
    def sgd_step(net, grads, lr):
        As, Bs = net
        dAs, _ = grads
        return [A - lr * dA for A, dA in zip(As, dAs)], Bs
    """,
    "biases_stay",
)
wrong(
    "sgd_step",
    "copied the line and forgot to change one name",
    """
    def sgd_step(net, grads, lr):
        (As, Bs), (dAs, dBs) = net, grads
        new_As = [A - lr * dA for A, dA in zip(As, dAs)]
        new_Bs = [b - lr * db for b, db in zip(Bs, dAs)]
        return new_As, new_Bs
    """,
    "weights_gradient_for_the_biases",
)
wrong(
    "sgd_step",
    "one list of all arrays",
    """
    def sgd_step(net, grads, lr):
        result = []
        for params, gs in zip(net, grads):
            for p, g in zip(params, gs):
                result.append(p - lr * g)
        return result
    """,
    "one_flat_list",
)
wrong(
    "sgd_step",
    "a pair for each layer",
    """
    def sgd_step(net, grads, lr):
        new_net = []
        for A, b, dA, db in zip(net[0], net[1], grads[0], grads[1]):
            new_net.append((A - lr * dA, b - lr * db))
        return new_net
    """,
    "a_pair_for_each_layer",
)
wrong(
    "sgd_step",
    "return inside the loop",
    """
    def sgd_step(net, grads, lr):
        As, Bs, newA, newb = net[0], net[1], [], []
        for i in range(len(As)):
            newA.append(As[i] - lr * grads[0][i])
            newb.append(Bs[i] - lr * grads[1][i])
            return newA, newb
    """,
    "first_layer_only",
)
wrong(
    "sgd_step",
    "the last layer left out",
    """
    def sgd_step(net, grads, lr):
        As, Bs = [], []
        for i in range(len(net[0]) - 1):
            As.append(net[0][i] - lr * grads[0][i])
            Bs.append(net[1][i] - lr * grads[1][i])
        return As, Bs
    """,
    "last_layer_left_out",
)
wrong(
    "sgd_step",
    "the step instead of the net",
    """
    def sgd_step(net, grads, lr):
        return [-lr * dA for dA in grads[0]], [-lr * db for db in grads[1]]
    """,
    "the_step_alone",
)
wrong(
    "sgd_step",
    "lists times a number",
    """
    def sgd_step(net, grads, lr):
        As, Bs = net
        dAs, dBs = grads
        return As - lr * dAs, Bs - lr * dBs
    """,
    "lists_taken_for_arrays",
)
wrong(
    "sgd_step",
    "the net as one array",
    """
    def sgd_step(net, grads, lr):
        return np.array(net) - lr * np.array(grads)
    """,
    "a_net_as_one_array",
)
wrong(
    "sgd_step",
    "climbs, and forgets the biases",
    """
    def sgd_step(net, grads, lr):
        As, Bs = net
        new = [A + lr * dA for A, dA in zip(As, grads[0])]
        return new, Bs
    """,
    "biases_stay+weights_climb",
)
wrong(
    "sgd_step",
    "no lr for the biases",
    """
    def sgd_step(net, grads, lr):
        As = [A - lr * dA for A, dA in zip(net[0], grads[0])]
        Bs = [b - db for b, db in zip(net[1], grads[1])]
        return As, Bs
    """,
    "learning_rate_left_out_for_the_biases",
)
wrong(
    "sgd_step",
    "gradient averaged over the layers",
    """
    def sgd_step(net, grads, lr):
        L = len(net[0])
        As = [A - lr / L * dA for A, dA in zip(net[0], grads[0])]
        Bs = [b - lr / L * db for b, db in zip(net[1], grads[1])]
        return As, Bs
    """,
)
wrong(
    "sgd_step",
    "weight decay",
    """
    def sgd_step(net, grads, lr):
        As = [(1 - lr * 0.01) * A - lr * dA for A, dA in zip(net[0], grads[0])]
        Bs = [b - lr * db for b, db in zip(net[1], grads[1])]
        return As, Bs
    """,
)
wrong(
    "sgd_step",
    "a copy of whole numbers, changed in place",
    """
    def sgd_step(net, grads, lr):
        As, Bs = [A.copy() for A in net[0]], [b.copy() for b in net[1]]
        for j in range(len(As)):
            As[j] -= lr * grads[0][j]
            Bs[j] -= lr * grads[1][j]
        return As, Bs
    """,
    says="whole numbers",
)

# A step with momentum.

wrong(
    "momentum_step",
    "as the libraries write it",
    """
    def momentum_step(net, velocity, grads, lr, mu):
        As, Bs = net
        vA = [mu * v + g for v, g in zip(velocity[0], grads[0])]
        vB = [mu * v + g for v, g in zip(velocity[1], grads[1])]
        As = [A - lr * v for A, v in zip(As, vA)]
        Bs = [b - lr * v for b, v in zip(Bs, vB)]
        return (As, Bs), (vA, vB)
    """,
    "velocity_of_the_sum",
)
wrong(
    "momentum_step",
    "a running mean, as Adam does",
    """
    def momentum_step(net, velocity, grads, lr, mu):
        new_v, new = [], []
        for part, v, g in zip(net, velocity, grads):
            w = [mu * a - (1 - mu) * lr * b for a, b in zip(v, g)]
            new_v.append(w)
            new.append([p + a for p, a in zip(part, w)])
        return tuple(new), tuple(new_v)
    """,
    "weighted_mean",
)
wrong(
    "momentum_step",
    "+= on the velocity that was handed in",
    """
    def momentum_step(net, velocity, grads, lr, mu):
        (As, Bs), (vAs, vBs), (dAs, dBs) = net, velocity, grads
        for j in range(len(As)):
            vAs[j] = mu * vAs[j] - lr * dAs[j]
            vBs[j] = mu * vBs[j] - lr * dBs[j]
        new = ([A + v for A, v in zip(As, vAs)], [b + v for b, v in zip(Bs, vBs)])
        return new, (vAs, vBs)
    """,
    "updates_in_place",
)
wrong(
    "momentum_step",
    "returns the velocity it got",
    """
    def momentum_step(net, velocity, grads, lr, mu):
        As, Bs = net
        v = [[mu * a - lr * g for a, g in zip(velocity[k], grads[k])] for k in (0, 1)]
        As = [As[j] + v[0][j] for j in range(len(As))]
        Bs = [Bs[j] + v[1][j] for j in range(len(Bs))]
        return (As, Bs), velocity
    """,
    "velocity_is_not_kept",
)
wrong(
    "momentum_step",
    "lr on the wrong one",
    """
    def momentum_step(net, velocity, grads, lr, mu):
        vA = [lr * v - mu * g for v, g in zip(velocity[0], grads[0])]
        vB = [lr * v - mu * g for v, g in zip(velocity[1], grads[1])]
        As = [A + v for A, v in zip(net[0], vA)]
        Bs = [B + v for B, v in zip(net[1], vB)]
        return (As, Bs), (vA, vB)
    """,
    "lr_and_mu_swapped",
)
wrong(
    "momentum_step",
    "sgd_step with the velocity as its gradient",
    """
    def momentum_step(net, velocity, grads, lr, mu):
        vA = [mu * v - lr * g for v, g in zip(velocity[0], grads[0])]
        vB = [mu * v - lr * g for v, g in zip(velocity[1], grads[1])]
        return sgd_step(net, (vA, vB), 1), (vA, vB)
    """,
    "moves_against_the_velocity",
)
wrong(
    "momentum_step",
    "the net moves first",
    """
    def momentum_step(net, velocity, grads, lr, mu):
        As = [A + v for A, v in zip(net[0], velocity[0])]
        Bs = [b + v for b, v in zip(net[1], velocity[1])]
        vA = [mu * v - lr * g for v, g in zip(velocity[0], grads[0])]
        vB = [mu * v - lr * g for v, g in zip(velocity[1], grads[1])]
        return (As, Bs), (vA, vB)
    """,
    "moves_by_the_old_velocity",
)
wrong(
    "momentum_step",
    "plus the gradient",
    """
    def momentum_step(net, velocity, grads, lr, mu):
        vA = [mu * v + lr * g for v, g in zip(velocity[0], grads[0])]
        vB = [mu * v + lr * g for v, g in zip(velocity[1], grads[1])]
        As = [A + v for A, v in zip(net[0], vA)]
        Bs = [B + v for B, v in zip(net[1], vB)]
        return (As, Bs), (vA, vB)
    """,
    "climbs",
)
wrong(
    "momentum_step",
    "a plain step for the biases",
    """
    def momentum_step(net, velocity, grads, lr, mu):
        vA = [mu * v - lr * g for v, g in zip(velocity[0], grads[0])]
        vB = [-lr * g for g in grads[1]]
        As = [A + v for A, v in zip(net[0], vA)]
        Bs = [B + v for B, v in zip(net[1], vB)]
        return (As, Bs), (vA, vB)
    """,
    "biases_without_momentum",
)
wrong(
    "momentum_step",
    "looks ahead as Nesterov's does",
    """
    def momentum_step(net, velocity, grads, lr, mu):
        vA = [mu * v - lr * g for v, g in zip(velocity[0], grads[0])]
        vB = [mu * v - lr * g for v, g in zip(velocity[1], grads[1])]
        As = [A + mu * v - lr * g for A, v, g in zip(net[0], vA, grads[0])]
        Bs = [B + mu * v - lr * g for B, v, g in zip(net[1], vB, grads[1])]
        return (As, Bs), (vA, vB)
    """,
    "looks_ahead",
)

# Averages.

wrong(
    "average_gradients",
    "sums",
    """
    def average_gradients(grads):
        dAs, dBs = [0] * len(grads[0][0]), [0] * len(grads[0][1])
        for g in grads:
            for j in range(len(dAs)):
                dAs[j] = dAs[j] + g[0][j]
                dBs[j] = dBs[j] + g[1][j]
        return dAs, dBs
    """,
    "summed_not_averaged",
)
wrong(
    "average_gradients",
    "np.mean of the whole nest",
    """
    def average_gradients(grads):
        return np.mean(grads, axis=0)
    """,
    "the_nest_as_one_array",
)
wrong(
    "average_gradients",
    "np.mean without an axis",
    """
    def average_gradients(grads):
        layers = len(grads[0][0])
        dAs = [np.mean([g[0][j] for g in grads]) for j in range(layers)]
        dBs = [np.mean([g[1][j] for g in grads]) for j in range(layers)]
        return dAs, dBs
    """,
    "averaged_over_the_entries",
)
wrong(
    "average_gradients",
    "`+=` into the first gradient",
    """
    def average_gradients(grads):
        dAs, dBs = grads[0]
        for gA, gB in grads[1:]:
            for j in range(len(dAs)):
                dAs[j] += gA[j]
                dBs[j] += gB[j]
        return [dA / len(grads) for dA in dAs], [db / len(grads) for db in dBs]
    """,
    "summed_into_the_first_gradient",
)
wrong(
    "average_gradients",
    "lists copied, arrays not",
    """
    def average_gradients(grads):
        total_A = list(grads[0][0])
        total_b = list(grads[0][1])
        for g in grads[1:]:
            for j in range(len(total_A)):
                total_A[j] += g[0][j]
                total_b[j] += g[1][j]
        n = len(grads)
        return [A / n for A in total_A], [b / n for b in total_b]
    """,
    "summed_into_the_first_gradient",
)
wrong(
    "average_gradients",
    "divides by the layers",
    """
    def average_gradients(grads):
        L = len(grads[0][0])
        dAs = [sum(g[0][j] for g in grads) / L for j in range(L)]
        dBs = [sum(g[1][j] for g in grads) / L for j in range(L)]
        return dAs, dBs
    """,
    "divided_by_the_number_of_layers",
)
wrong(
    "average_gradients",
    "`=` for `+=`",
    """
    def average_gradients(grads):
        n = len(grads)
        for dAs, dBs in grads:
            mean_A = [dA / n for dA in dAs]
            mean_b = [db / n for db in dBs]
        return mean_A, mean_b
    """,
    "share_of_the_last_gradient",
)
wrong(
    "average_gradients",
    "return in the loop",
    """
    def average_gradients(grads):
        dAs = [np.zeros_like(dA) for dA in grads[0][0]]
        dBs = [np.zeros_like(db) for db in grads[0][1]]
        for g in grads:
            dAs = [a + dA / len(grads) for a, dA in zip(dAs, g[0])]
            dBs = [b + db / len(grads) for b, db in zip(dBs, g[1])]
            return dAs, dBs
    """,
    "share_of_the_first_gradient",
)
wrong(
    "average_gradients",
    "running mean of two",
    """
    def average_gradients(grads):
        dAs, dBs = grads[0]
        for gA, gB in grads[1:]:
            dAs = [(a + b) / 2 for a, b in zip(dAs, gA)]
            dBs = [(a + b) / 2 for a, b in zip(dBs, gB)]
        return dAs, dBs
    """,
    "halved_again_and_again",
)
wrong(
    "average_gradients",
    "biases of the last only",
    """
    def average_gradients(grads):
        n, L = len(grads), len(grads[0][0])
        dAs = [np.mean([g[0][j] for g in grads], axis=0) for j in range(L)]
        for g in grads:
            dBs = g[1]
        return dAs, dBs
    """,
    "biases_not_averaged",
)
wrong(
    "average_gradients",
    "biases summed",
    """
    def average_gradients(grads):
        n, L = len(grads), len(grads[0][0])
        dAs = [sum(g[0][j] for g in grads) / n for j in range(L)]
        dBs = [sum(g[1][j] for g in grads) for j in range(L)]
        return dAs, dBs
    """,
    "biases_summed",
)
wrong(
    "average_gradients",
    "biases first",
    """
    def average_gradients(grads):
        n = len(grads)
        dAs = [sum(same) / n for same in zip(*[g[0] for g in grads])]
        dBs = [sum(same) / n for same in zip(*[g[1] for g in grads])]
        return dBs, dAs
    """,
    "biases_first",
)
wrong(
    "average_gradients",
    "a pair for each layer",
    """
    def average_gradients(grads):
        n = len(grads)
        result = []
        for j in range(len(grads[0][0])):
            result.append((sum(g[0][j] for g in grads) / n, sum(g[1][j] for g in grads) / n))
        return result
    """,
    "a_pair_for_each_layer",
)
wrong(
    "average_gradients",
    "one flat list",
    """
    def average_gradients(grads):
        flat = [dAs + dBs for dAs, dBs in grads]
        return [np.mean(np.array(same), axis=0) for same in zip(*flat)]
    """,
    "one_flat_list",
)
wrong(
    "average_gradients",
    "divides by n - 1",
    """
    def average_gradients(grads):
        n = len(grads)
        dAs = [sum(same) / max(n - 1, 1) for same in zip(*[g[0] for g in grads])]
        dBs = [sum(same) / max(n - 1, 1) for same in zip(*[g[1] for g in grads])]
        return dAs, dBs
    """,
    "divided_by_one_less",
)
wrong(
    "average_gradients",
    "the first example forgotten",
    """
    def average_gradients(grads):
        n, L = len(grads), len(grads[0][0])
        dAs = [np.zeros(g.shape) for g in grads[0][0]]
        dBs = [np.zeros(g.shape) for g in grads[0][1]]
        for i in range(1, n):
            for j in range(L):
                dAs[j] += grads[i][0][j]
                dBs[j] += grads[i][1][j]
        return [d / n for d in dAs], [d / n for d in dBs]
    """,
    "first_gradient_forgotten",
)
wrong(
    "average_gradients",
    "sums, and biases first",
    """
    def average_gradients(grads):
        dAs = [sum(same) for same in zip(*[g[0] for g in grads])]
        dBs = [sum(same) for same in zip(*[g[1] for g in grads])]
        return dBs, dAs
    """,
    "biases_first+summed_not_averaged",
)
wrong(
    "average_gradients",
    "the median",
    """
    def average_gradients(grads):
        L = len(grads[0][0])
        dAs = [np.median([g[0][j] for g in grads], axis=0) for j in range(L)]
        dBs = [np.median([g[1][j] for g in grads], axis=0) for j in range(L)]
        return dAs, dBs
    """,
)
wrong(
    "average_gradients",
    "the first layer only",
    """
    def average_gradients(grads):
        n = len(grads)
        dA = sum(g[0][0] for g in grads) / n
        db = sum(g[1][0] for g in grads) / n
        return [dA], [db]
    """,
    "first_layer_only",
)

# Shares of right answers.

wrong(
    "accuracy",
    "argmax over axis 0",
    """
    def accuracy(net, acts, X, y):
        out = forward(net, X, acts)[-1]
        return np.mean(np.argmax(out, axis=0) == y)
    """,
    "largest_along_the_wrong_axis",
)
wrong(
    "accuracy",
    "max for argmax",
    """
    def accuracy(net, acts, X, y):
        out = forward(net, X, acts)[-1]
        return np.mean(out.max(axis=1) == y)
    """,
    "largest_output_compared",
)
wrong(
    "accuracy",
    "index 0 for -1",
    """
    def accuracy(net, acts, X, y):
        out = forward(net, X, acts)[0]
        return (out.argmax(axis=1) == y).mean()
    """,
    "inputs_vote",
)
wrong(
    "accuracy",
    "index 1",
    """
    def accuracy(net, acts, X, y):
        return np.mean(np.argmax(forward(net, X, acts)[1], axis=1) == y)
    """,
    "first_layer_votes",
)
wrong(
    "accuracy",
    "argmax of what forward returns",
    """
    def accuracy(net, acts, X, y):
        pred = forward(net, X, acts).argmax(axis=1)
        return np.mean(pred == y)
    """,
    "outputs_of_all_layers",
)
wrong(
    "accuracy",
    "np.argmax of the list of layers",
    """
    def accuracy(net, acts, X, y):
        pred = np.argmax(forward(net, X, acts), axis=1)
        return np.mean(pred == y)
    """,
    "outputs_of_all_layers",
)
wrong(
    "accuracy",
    "counts",
    """
    def accuracy(net, acts, X, y):
        H = X
        for A, b, act in zip(net[0], net[1], acts):
            H = act(H @ A + b)
        correct = 0
        for i in range(len(y)):
            if np.argmax(H[i]) == y[i]:
                correct += 1
        return correct
    """,
    "count_of_right_ones",
)
wrong(
    "accuracy",
    "per cent",
    """
    def accuracy(net, acts, X, y):
        pred = np.argmax(forward(net, X, acts)[-1], axis=1)
        return 100 * np.sum(pred == y) / len(y)
    """,
    "in_per_cent",
)
wrong(
    "accuracy",
    "per cent of errors",
    """
    def accuracy(net, acts, X, y):
        pred = np.argmax(forward(net, X, acts)[-1], axis=1)
        return 100 * np.sum(pred != y) / len(y)
    """,
    "in_per_cent+share_of_wrong_ones",
)
wrong(
    "accuracy",
    "number of errors",
    """
    def accuracy(net, acts, X, y):
        pred = np.argmax(forward(net, X, acts)[-1], axis=1)
        return np.count_nonzero(pred != y)
    """,
    "count_of_right_ones+share_of_wrong_ones",
)
wrong(
    "accuracy",
    "the error rate",
    """
    def accuracy(net, acts, X, y):
        pred = np.argmax(forward(net, X, acts)[-1], axis=1)
        return np.mean(pred != y)
    """,
    "share_of_wrong_ones",
)
wrong(
    "accuracy",
    "outputs rounded",
    """
    def accuracy(net, acts, X, y):
        pred = np.round(forward(net, X, acts)[-1])
        return np.mean(pred == y.reshape(-1, 1))
    """,
    "outputs_rounded",
)
wrong(
    "accuracy",
    "keepdims, then ==",
    """
    def accuracy(net, acts, X, y):
        pred = np.argmax(forward(net, X, acts)[-1], axis=1, keepdims=True)
        return np.mean(pred == y)
    """,
    "all_pairs_compared",
)
wrong(
    "accuracy",
    "y made a column",
    """
    def accuracy(net, acts, X, y):
        pred = np.argmax(forward(net, X, acts)[-1], axis=1)
        return float((pred == y.reshape(-1, 1)).mean())
    """,
    "all_pairs_compared",
)
wrong(
    "accuracy",
    "argmax without an axis",
    """
    def accuracy(net, acts, X, y):
        pred = np.argmax(forward(net, X, acts)[-1])
        return np.mean(pred == y)
    """,
    "one_vote_for_all",
)
wrong(
    "accuracy",
    "labels taken as one-hot",
    """
    def accuracy(net, acts, X, y):
        pred = np.argmax(forward(net, X, acts)[-1], axis=1)
        return np.mean(pred == np.argmax(y, axis=1))
    """,
    "labels_taken_for_one_hot_rows",
)
wrong(
    "accuracy",
    "all() for mean()",
    """
    def accuracy(net, acts, X, y):
        pred = np.argmax(forward(net, X, acts)[-1], axis=1)
        return float(np.all(pred == y))
    """,
    "all_or_nothing",
)
wrong(
    "accuracy",
    "integer division",
    """
    def accuracy(net, acts, X, y):
        pred = np.argmax(forward(net, X, acts)[-1], axis=1)
        return sum(pred == y) // len(y)
    """,
    "all_or_nothing",
)
wrong(
    "accuracy",
    "classes counted from 1",
    """
    def accuracy(net, acts, X, y):
        pred = np.argmax(forward(net, X, acts)[-1], axis=1) + 1
        return np.mean(pred == y)
    """,
    "classes_counted_from_one",
)
wrong(
    "accuracy",
    "no activations in a forward pass of its own",
    """
    def accuracy(net, acts, X, y):
        H = X
        for A, b in zip(*net):
            H = H @ A + b
        return np.mean(np.argmax(H, axis=1) == y)
    """,
    "activations_left_out",
)
wrong(
    "accuracy",
    "no biases in a forward pass of its own",
    """
    def accuracy(net, acts, X, y):
        H = X
        for A, act in zip(net[0], acts):
            H = act(H @ A)
        return np.mean(np.argmax(H, axis=1) == y)
    """,
    "biases_left_out",
)
wrong(
    "accuracy",
    "divides by the classes",
    """
    def accuracy(net, acts, X, y):
        out = forward(net, X, acts)[-1]
        return np.sum(np.argmax(out, axis=1) == y) / out.shape[1]
    """,
    "divided_by_the_classes",
)
wrong(
    "accuracy",
    "argmin",
    """
    def accuracy(net, acts, X, y):
        return np.mean(np.argmin(forward(net, X, acts)[-1], axis=1) == y)
    """,
    "smallest_output_votes",
)
wrong(
    "accuracy",
    "return in the loop",
    """
    def accuracy(net, acts, X, y):
        out, right = forward(net, X, acts)[-1], 0
        for row, label in zip(out, y):
            if np.argmax(row) == label:
                right += 1
            return right / len(y)
    """,
    "first_example_only",
)

# Dealing out the deck.

wrong(
    "minibatches",
    "no shuffle",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        idx = list(range(n))
        return [idx[i:i + batch_size] for i in range(0, n, batch_size)]
    """,
    "nothing_is_shuffled",
)
wrong(
    "minibatches",
    "the shuffled copy thrown away",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        idx = np.arange(n)
        rng.permutation(idx)
        for i in range(0, n, batch_size):
            yield idx[i:i + batch_size]
    """,
    "nothing_is_shuffled",
)
wrong(
    "minibatches",
    "shuffles the batches",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        batches = [np.arange(s, min(s + batch_size, n)) for s in range(0, n, batch_size)]
        order = rng.permutation(len(batches))
        return [batches[k] for k in order]
    """,
    "only_the_batches_are_shuffled",
)
wrong(
    "minibatches",
    "floor division",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        perm = rng.permutation(n)
        out = []
        for k in range(n // batch_size):
            out.append(perm[k * batch_size:(k + 1) * batch_size])
        return out
    """,
    "last_batch_is_dropped",
)
wrong(
    "minibatches",
    "the popular course's loop, without its remainder",
    """
    def minibatches(n, batch_size, rng):
        permutation = list(rng.permutation(n))
        num_complete = math.floor(n / batch_size)
        mini_batches = []
        for k in range(0, num_complete):
            mini_batches.append(permutation[k * batch_size : (k + 1) * batch_size])
        return mini_batches
    """,
    "batch_sizes_below_one_not_refused+last_batch_is_dropped",
)
wrong(
    "minibatches",
    "the popular course's loop, with its remainder",
    """
    def minibatches(n, batch_size, rng):
        permutation = list(rng.permutation(n))
        num_complete = math.floor(n / batch_size)
        mini_batches = []
        for k in range(0, num_complete):
            mini_batches.append(permutation[k * batch_size : (k + 1) * batch_size])
        if n % batch_size != 0:
            mini_batches.append(permutation[num_complete * batch_size : n])
        return mini_batches
    """,
    says="a batch size of",
)
wrong(
    "minibatches",
    "one batch more than fits",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        perm = rng.permutation(n)
        return [perm[k * batch_size:(k + 1) * batch_size] for k in range(n // batch_size + 1)]
    """,
    "empty_batch_at_the_end",
)
wrong(
    "minibatches",
    "rng.choice for each batch",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        for _ in range(math.ceil(n / batch_size)):
            yield rng.choice(n, size=min(batch_size, n), replace=False)
    """,
    "drawn_afresh_for_each_batch",
)
wrong(
    "minibatches",
    "a new permutation for each batch",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        batches = []
        for start in range(0, n, batch_size):
            batches.append(rng.permutation(n)[start:start + batch_size])
        return batches
    """,
    "drawn_afresh_for_each_batch",
)
wrong(
    "minibatches",
    "random integers",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        return [rng.integers(0, n, batch_size) for _ in range(0, n, batch_size)]
    """,
    "drawn_afresh_for_each_batch",
)
wrong(
    "minibatches",
    "np.array_split into enough pieces",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        perm = rng.permutation(n)
        return np.array_split(perm, -(-n // batch_size))
    """,
    "batches_of_equal_length",
)
wrong(
    "minibatches",
    "np.array_split into batch_size pieces",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        return np.array_split(rng.permutation(n), batch_size)
    """,
    "batch_size_taken_for_the_number_of_batches",
)
wrong(
    "minibatches",
    "reshape",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        return rng.permutation(n).reshape(-1, batch_size)
    """,
    "batches_in_a_matrix",
)
wrong(
    "minibatches",
    "np.random",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        idx = np.arange(n)
        np.random.shuffle(idx)
        return [idx[i:i + batch_size] for i in range(0, n, batch_size)]
    """,
    "global_source_of_randomness",
)
wrong(
    "minibatches",
    "random.sample",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        idx = random.sample(range(n), n)
        return [idx[i:i + batch_size] for i in range(0, n, batch_size)]
    """,
    "global_source_of_randomness",
)
wrong(
    "minibatches",
    "a seed of its own",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        rng = np.random.default_rng(42)
        idx = rng.permutation(n)
        return [idx[i:i + batch_size] for i in range(0, n, batch_size)]
    """,
    "own_seed_inside",
)
wrong(
    "minibatches",
    "shuffle gives None",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        idx = rng.shuffle(np.arange(n))
        return [idx[i:i + batch_size] for i in range(0, n, batch_size)]
    """,
    "shuffle_returns_nothing",
)
wrong(
    "minibatches",
    "no check",
    """
    def minibatches(n, batch_size, rng):
        idx = rng.permutation(n)
        return [idx[i:i + batch_size] for i in range(0, n, batch_size)]
    """,
    "negative_batch_size_accepted",
)
wrong(
    "minibatches",
    "no check, and no shuffle",
    """
    def minibatches(n, batch_size, rng):
        batches = []
        for i in range(0, n, batch_size):
            batches.append(np.arange(i, min(i + batch_size, n)))
        return batches
    """,
    "negative_batch_size_accepted+nothing_is_shuffled",
)
wrong(
    "minibatches",
    "no check, and the last batch dropped",
    """
    def minibatches(n, batch_size, rng):
        perm = rng.permutation(n)
        for start in range(0, n - batch_size + 1, batch_size):
            yield perm[start:start + batch_size]
    """,
    "last_batch_is_dropped+negative_batch_size_accepted",
)
wrong(
    "minibatches",
    "a while loop that yields",
    """
    def minibatches(n, batch_size, rng):
        perm = rng.permutation(n)
        i = 0
        while i < n:
            yield perm[i:i + batch_size]
            i += batch_size
    """,
    "endless_batches",
)
wrong(
    "minibatches",
    "only a negative size refused",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 0:
            raise ValueError("negative")
        perm = rng.permutation(n)
        k = math.ceil(n / batch_size)
        return [perm[i * batch_size:(i + 1) * batch_size] for i in range(k)]
    """,
    "zero_accepted",
)
wrong(
    "minibatches",
    "assert",
    """
    def minibatches(n, batch_size, rng):
        assert batch_size >= 1
        perm = rng.permutation(n)
        return [perm[i:i + batch_size] for i in range(0, n, batch_size)]
    """,
    "refused_by_assert",
)
wrong(
    "minibatches",
    "an assert that refuses large batches too",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size")
        assert batch_size <= n
        perm = rng.permutation(n)
        return [perm[i:i + batch_size] for i in range(0, n, batch_size)]
    """,
    says="batch size",
)
wrong(
    "minibatches",
    "return in the loop",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        perm = rng.permutation(n)
        batches = []
        for start in range(0, n, batch_size):
            batches.append(perm[start:start + batch_size])
            return batches
    """,
    "first_batch_only",
)
wrong(
    "minibatches",
    "extend for append",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        perm = rng.permutation(n)
        batches = []
        for start in range(0, n, batch_size):
            batches.extend(perm[start:start + batch_size])
        return batches
    """,
    "not_cut_into_batches",
)
wrong(
    "minibatches",
    "a step of one",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        perm = rng.permutation(n)
        for start in range(n - batch_size + 1):
            yield perm[start:start + batch_size]
    """,
    "overlapping_batches",
)
wrong(
    "minibatches",
    "one short",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        perm = rng.permutation(n)
        return [perm[i:i + batch_size - 1] for i in range(0, n, batch_size)]
    """,
    "one_index_short",
)
wrong(
    "minibatches",
    "from 1 to n",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        perm = rng.permutation(np.arange(1, n + 1))
        return [perm[i:i + batch_size] for i in range(0, n, batch_size)]
    """,
    "counted_from_one",
)
wrong(
    "minibatches",
    "filled up from the beginning",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        perm = rng.permutation(n)
        perm = np.concatenate([perm, perm])
        return [perm[i:i + batch_size] for i in range(0, n, batch_size)]
    """,
    "short_batch_filled_up",
)
wrong(
    "minibatches",
    "one buffer for all",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        perm = rng.permutation(n)
        buffer = np.zeros(batch_size, dtype=int)
        for i in range(0, n, batch_size):
            m = min(batch_size, n - i)
            buffer[:m] = perm[i:i + m]
            yield buffer[:m]
    """,
    "one_array_for_all_batches",
)
wrong(
    "minibatches",
    "n - 1 in the range",
    """
    def minibatches(n, batch_size, rng):
        if batch_size < 1:
            raise ValueError("batch_size must be at least 1")
        perm = rng.permutation(n)
        return [perm[i:i + batch_size] for i in range(0, n - 1, batch_size)]
    """,
    "single_example_at_the_end_is_dropped",
)

# The loop.

wrong(
    "train",
    "mean of the batches' losses",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            losses = []
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                losses.append(value)
            history.append(np.mean(losses))
        return net, history
    """,
    "mean_of_unequal_batch_means",
)
wrong(
    "train",
    "append in the inner loop",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                history.append(value)
        return net, history
    """,
    "a_number_for_every_batch",
)
wrong(
    "train",
    "the last batch's loss",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
            history.append(value)
        return net, history
    """,
    "history_of_the_last_batch",
)
wrong(
    "train",
    "the loss of all at the end of the epoch",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            for idx in minibatches(len(X), batch_size, rng):
                _, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
            value, _ = loss(forward(net, X, acts)[-1], Y)
            history.append(value)
        return net, history
    """,
    "history_at_the_end_of_the_epoch",
)
wrong(
    "train",
    "steps from the start",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        start = net
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(start, grads, lr)
                total += value * len(idx)
            history.append(total / len(X))
        return net, history
    """,
    "steps_from_the_first_net",
)
wrong(
    "train",
    "new for net",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                new = sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / len(X))
        return new, history
    """,
    "steps_from_the_first_net",
)
wrong(
    "train",
    "result not kept",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / len(X))
        return net, history
    """,
    "steps_are_not_kept",
)
wrong(
    "train",
    "batches made once",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        batches = list(minibatches(len(X), batch_size, rng))
        for _ in range(epochs):
            total = 0
            for idx in batches:
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / len(X))
        return net, history
    """,
    "shuffled_once_for_all_epochs",
)
wrong(
    "train",
    "a generator made once",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        batches = (b for b in minibatches(len(X), batch_size, rng))
        for _ in range(epochs):
            total = 0
            for idx in batches:
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / len(X))
        return net, history
    """,
    "batches_used_up",
)
wrong(
    "train",
    "shuffles the data once, then slices",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        n = len(X)
        p = rng.permutation(n)
        X, Y = X[p], Y[p]
        history = []
        for _ in range(epochs):
            total = 0
            for i in range(0, n, batch_size):
                xb, yb = X[i:i + batch_size], Y[i:i + batch_size]
                value, grads = backprop(net, acts, xb, yb, loss)
                net = sgd_step(net, grads, lr)
                total += value * len(xb)
            history.append(total / n)
        return net, history
    """,
    "shuffled_once_for_all_epochs",
)
wrong(
    "train",
    "slices without a shuffle",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        n = len(X)
        history = []
        for _ in range(epochs):
            total = 0
            for i in range(0, n, batch_size):
                xb, yb = X[i:i + batch_size], Y[i:i + batch_size]
                value, grads = backprop(net, acts, xb, yb, loss)
                net = sgd_step(net, grads, lr)
                total += value * len(xb)
            history.append(total / n)
        return net, history
    """,
    "trains_without_shuffling",
)
wrong(
    "train",
    "slices without a shuffle, and a mean of means",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        n = len(X)
        history = []
        for _ in range(epochs):
            losses = []
            for i in range(0, n, batch_size):
                value, grads = backprop(net, acts, X[i:i + batch_size], Y[i:i + batch_size], loss)
                net = sgd_step(net, grads, lr)
                losses.append(value)
            history.append(sum(losses) / len(losses))
        return net, history
    """,
    "mean_of_unequal_batch_means+trains_without_shuffling",
)
wrong(
    "train",
    "X and Y shuffled apart",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        n = len(X)
        history = []
        for _ in range(epochs):
            total = 0
            Xs, Ys = X[rng.permutation(n)], Y[rng.permutation(n)]
            for i in range(0, n, batch_size):
                value, grads = backprop(net, acts, Xs[i:i + batch_size], Ys[i:i + batch_size], loss)
                net = sgd_step(net, grads, lr)
                total += value * len(Xs[i:i + batch_size])
            history.append(total / n)
        return net, history
    """,
    "x_and_y_shuffled_apart",
)
wrong(
    "train",
    "rng.shuffle of X alone",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            rng.shuffle(X)
            total = 0
            for i in range(0, len(X), batch_size):
                xb, yb = X[i:i + batch_size], Y[i:i + batch_size]
                value, grads = backprop(net, acts, xb, yb, loss)
                net = sgd_step(net, grads, lr)
                total += value * len(xb)
            history.append(total / len(X))
        return net, history
    """,
    "x_shuffled_without_y",
)
wrong(
    "train",
    "floor division",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        n = len(X)
        history = []
        for _ in range(epochs):
            perm = rng.permutation(n)
            total = 0
            for k in range(n // batch_size):
                idx = perm[k * batch_size:(k + 1) * batch_size]
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / n)
        return net, history
    """,
    "drops_the_short_batch",
)
wrong(
    "train",
    "rng.choice for each batch",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        n = len(X)
        history = []
        for _ in range(epochs):
            total = 0
            for _ in range(0, n, batch_size):
                idx = rng.choice(n, batch_size)
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / n)
        return net, history
    """,
    "draws_each_batch_anew",
)
wrong(
    "train",
    "gradient divided by the batch size again",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, (dAs, dBs) = backprop(net, acts, X[idx], Y[idx], loss)
                dAs = [dA / len(idx) for dA in dAs]
                dBs = [db / len(idx) for db in dBs]
                net = sgd_step(net, (dAs, dBs), lr)
                total += value * len(idx)
            history.append(total / len(X))
        return net, history
    """,
    "gradient_divided_twice",
)
wrong(
    "train",
    "backprop of single examples, summed",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                sum_A = [np.zeros_like(A) for A in net[0]]
                sum_b = [np.zeros_like(b) for b in net[1]]
                for i in idx:
                    value, (dAs, dBs) = backprop(net, acts, X[i:i + 1], Y[i:i + 1], loss)
                    sum_A = [s + d for s, d in zip(sum_A, dAs)]
                    sum_b = [s + d for s, d in zip(sum_b, dBs)]
                    total += value
                net = sgd_step(net, (sum_A, sum_b), lr)
            history.append(total / len(X))
        return net, history
    """,
    "gradient_summed_over_the_batch",
)
wrong(
    "train",
    "a step for every example",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                for i in idx:
                    value, grads = backprop(net, acts, X[i:i + 1], Y[i:i + 1], loss)
                    net = sgd_step(net, grads, lr)
                    total += value
            history.append(total / len(X))
        return net, history
    """,
    "a_step_for_every_example",
)
wrong(
    "train",
    "adds in place",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        As, Bs = net
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, (dAs, dBs) = backprop((As, Bs), acts, X[idx], Y[idx], loss)
                for j in range(len(As)):
                    As[j] -= lr * dAs[j]
                    Bs[j] -= lr * dBs[j]
                total += value * len(idx)
            history.append(total / len(X))
        return (As, Bs), history
    """,
    "trains_the_callers_net",
)
wrong(
    "train",
    "no history",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        for _ in range(epochs):
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
        return net
    """,
    "the_net_alone",
)
wrong(
    "train",
    "history first",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / len(X))
        return history, net
    """,
    "history_before_the_net",
)
wrong(
    "train",
    "three things",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        (As, Bs), history = net, []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop((As, Bs), acts, X[idx], Y[idx], loss)
                As, Bs = sgd_step((As, Bs), grads, lr)
                total += value * len(idx)
            history.append(total / len(X))
        return As, Bs, history
    """,
    "weights_biases_and_history",
)
wrong(
    "train",
    "return one level too deep",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / len(X))
            return net, history
    """,
    "one_epoch_only",
)
wrong(
    "train",
    "Y whole",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y, loss)
                net = sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / len(X))
        return net, history
    """,
    "targets_not_cut",
)
wrong(
    "train",
    "batches not used",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X, Y, loss)
                net = sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / len(X))
        return net, history
    """,
    "all_examples_in_every_step",
)
wrong(
    "train",
    "one step per epoch",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            value, grads = backprop(net, acts, X, Y, loss)
            net = sgd_step(net, grads, lr)
            history.append(value)
        return net, history
    """,
    "one_batch_of_all_examples",
)
wrong(
    "train",
    "total never reset",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history, total = [], 0
        for _ in range(epochs):
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / len(X))
        return net, history
    """,
    "total_not_reset",
)
wrong(
    "train",
    "sum of the values over n",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                total += value
            history.append(total / len(X))
        return net, history
    """,
    "batch_means_divided_by_n",
)
wrong(
    "train",
    "weighs with batch_size",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                total += value * batch_size
            history.append(total / len(X))
        return net, history
    """,
    "short_batch_counted_as_full",
)
wrong(
    "train",
    "loss after the step",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                _, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                value, _ = loss(forward(net, X[idx], acts)[-1], Y[idx])
                total += value * len(idx)
            history.append(total / len(X))
        return net, history
    """,
    "history_after_the_step",
)
wrong(
    "train",
    "plus for minus, and a mean of means",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for _ in range(epochs):
            losses = []
            for idx in minibatches(len(X), batch_size, rng):
                value, (dAs, dBs) = backprop(net, acts, X[idx], Y[idx], loss)
                As = [A + lr * dA for A, dA in zip(net[0], dAs)]
                Bs = [b + lr * db for b, db in zip(net[1], dBs)]
                net = (As, Bs)
                losses.append(value)
            history.append(np.mean(losses))
        return net, history
    """,
    "climbs_in_training+mean_of_unequal_batch_means",
)
wrong(
    "train",
    "own generator",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        rng = np.random.default_rng(0)
        history = []
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / len(X))
        return net, history
    """,
    "trains_from_its_own_seed",
)
wrong(
    "train",
    "np.random",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        n = len(X)
        history = []
        for _ in range(epochs):
            perm = np.random.permutation(n)
            total = 0
            for i in range(0, n, batch_size):
                idx = perm[i:i + batch_size]
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr)
                total += value * len(idx)
            history.append(total / n)
        return net, history
    """,
    "trains_on_global_randomness",
)
wrong(
    "train",
    "momentum",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history, vA, vb = [], [0] * len(net[0]), [0] * len(net[1])
        for _ in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, (dAs, dBs) = backprop(net, acts, X[idx], Y[idx], loss)
                vA = [0.9 * v - lr * d for v, d in zip(vA, dAs)]
                vb = [0.9 * v - lr * d for v, d in zip(vb, dBs)]
                net = [A + v for A, v in zip(net[0], vA)], [b + v for b, v in zip(net[1], vb)]
                total += value * len(idx)
            history.append(total / len(X))
        return net, history
    """,
)
wrong(
    "train",
    "the learning rate falls",
    """
    def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
        history = []
        for epoch in range(epochs):
            total = 0
            for idx in minibatches(len(X), batch_size, rng):
                value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                net = sgd_step(net, grads, lr / (1 + epoch))
                total += value * len(idx)
            history.append(total / len(X))
        return net, history
    """,
)

# Slips of the first weeks, and a few for which no name is honest.

NATURAL += [
    Entry(
        "minibatches: constant",
        "minibatches",
        with_imports("""
        def minibatches(n, batch_size, rng):
            return n // batch_size
        """),
        (),
    ),
    Entry(
        "minibatches: no last",
        "minibatches",
        with_imports("""
        def minibatches(n, batch_size, rng):
            perm = rng.permutation(n)
            return [perm[i * batch_size:(i + 1) * batch_size] for i in range(n // batch_size)]
        """),
        (
            (
                "batch_sizes_below_one_not_refused",
                "last_batch_is_dropped",
            ),
        ),
    ),
    Entry(
        "minibatches: sorted slices shuffled",
        "minibatches",
        with_imports("""
        def minibatches(n, batch_size, rng):
            if batch_size < 1: raise ValueError
            idx = np.arange(n)
            batches = [idx[i:i+batch_size] for i in range(0, n, batch_size)]
            rng.shuffle(batches)
            return batches
        """),
        (("only_the_batches_are_shuffled",),),
    ),
    Entry(
        "minibatches: choice and number of batches",
        "minibatches",
        with_imports("""
        def minibatches(n, batch_size, rng):
            if batch_size < 1: raise ValueError
            return [rng.choice(n, batch_size) for _ in range(math.ceil(n / batch_size))]
        """),
        (("drawn_afresh_for_each_batch",),),
    ),
    Entry(
        "minibatches: step confusion",
        "minibatches",
        with_imports("""
        def minibatches(n, batch_size, rng):
            if batch_size < 1: raise ValueError("batch_size")
            p = rng.permutation(n)
            for i in range(0, n, batch_size):
                yield p[i:batch_size]
        """),
        (),
    ),
    Entry(
        "average_gradients: sums",
        "average_gradients",
        with_imports("""
        def average_gradients(grads):
            dAs = [sum(g[0][j] for g in grads) for j in range(len(grads[0][0]))]
            dBs = [sum(g[1][j] for g in grads) for j in range(len(grads[0][1]))]
            return dAs, dBs
        """),
        (("summed_not_averaged",),),
    ),
    Entry(
        "average_gradients: np.mean of all",
        "average_gradients",
        with_imports("""
        def average_gradients(grads):
            return np.mean(grads, axis=0)
        """),
        (("the_nest_as_one_array",),),
    ),
    Entry(
        "average_gradients: divided by layers",
        "average_gradients",
        with_imports("""
        def average_gradients(grads):
            n = len(grads[0][0])
            dAs = [sum(g[0][j] for g in grads) / n for j in range(len(grads[0][0]))]
            dBs = [sum(g[1][j] for g in grads) / n for j in range(len(grads[0][1]))]
            return dAs, dBs
        """),
        (("divided_by_the_number_of_layers",),),
    ),
    Entry(
        "sgd_step: plus on biases",
        "sgd_step",
        with_imports("""
        def sgd_step(net, grads, lr):
            As, Bs = net
            dAs, dBs = grads
            return [A - lr * dA for A, dA in zip(As, dAs)], [b + lr * db for b, db in zip(Bs, dBs)]
        """),
        (("biases_climb",),),
    ),
    Entry(
        "sgd_step: forgets lr",
        "sgd_step",
        with_imports("""
        def sgd_step(net, grads, lr):
            As = [A - dA for A, dA in zip(net[0], grads[0])]
            Bs = [b - lr * db for b, db in zip(net[1], grads[1])]
            return As, Bs
        """),
        (),
    ),
    Entry(
        "sgd_step: gradients scaled by lr/n",
        "sgd_step",
        with_imports("""
        def sgd_step(net, grads, lr):
            As, Bs = [], []
            for j in range(len(net[0])):
                As.append(net[0][j] - lr * grads[0][j] / len(net[0]))
                Bs.append(net[1][j] - lr * grads[1][j] / len(net[0]))
            return As, Bs
        """),
        (),
    ),
    Entry(
        "accuracy: argmax axis 0",
        "accuracy",
        with_imports("""
        def accuracy(net, acts, X, y):
            H = X
            for A, b, act in zip(net[0], net[1], acts):
                H = act(H @ A + b)
            return np.mean(np.argmax(H, axis=0) == y)
        """),
        (("largest_along_the_wrong_axis",),),
    ),
    Entry(
        "accuracy: count not share",
        "accuracy",
        with_imports("""
        def accuracy(net, acts, X, y):
            H = X
            for A, b, act in zip(net[0], net[1], acts):
                H = act(H @ A + b)
            return np.sum(np.argmax(H, axis=1) == y)
        """),
        (("count_of_right_ones",),),
    ),
    Entry(
        "accuracy: error rate in percent",
        "accuracy",
        with_imports("""
        def accuracy(net, acts, X, y):
            H = X
            for A, b, act in zip(net[0], net[1], acts):
                H = act(H @ A + b)
            return 100 * np.mean(np.argmax(H, axis=1) != y)
        """),
        (
            (
                "in_per_cent",
                "share_of_wrong_ones",
            ),
        ),
    ),
    Entry(
        "accuracy: round",
        "accuracy",
        with_imports("""
        def accuracy(net, acts, X, y):
            H = X
            for A, b, act in zip(net[0], net[1], acts):
                H = act(H @ A + b)
            return np.mean(np.round(H.max(axis=1)) == y)
        """),
        (),
    ),
    Entry(
        "train: loss after, mean over batches",
        "train",
        with_imports("""
        from course.nn.backprop import backprop
        from course.nn.sgd import average_gradients, minibatches, sgd_step
        def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
            history = []
            for e in range(epochs):
                losses = []
                for idx in minibatches(len(X), batch_size, rng):
                    value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                    net = sgd_step(net, grads, lr)
                    losses.append(value)
                history.append(np.mean(losses))
            return net, history
        """),
        (("mean_of_unequal_batch_means",),),
    ),
    Entry(
        "train: one perm, sum",
        "train",
        with_imports("""
        from course.nn.backprop import backprop
        from course.nn.sgd import average_gradients, minibatches, sgd_step
        def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
            history = []
            batches = list(minibatches(len(X), batch_size, rng))
            for e in range(epochs):
                total = 0
                for idx in batches:
                    value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                    total += value * len(idx)
                    net = sgd_step(net, grads, lr)
                history.append(total / len(X))
            return net, history
        """),
        (("shuffled_once_for_all_epochs",),),
    ),
    Entry(
        "train: Y not indexed",
        "train",
        with_imports("""
        from course.nn.backprop import backprop
        from course.nn.sgd import average_gradients, minibatches, sgd_step
        def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
            history = []
            for e in range(epochs):
                total = 0
                for idx in minibatches(len(X), batch_size, rng):
                    value, grads = backprop(net, acts, X[idx], Y[:batch_size], loss)
                    total += value * len(idx)
                    net = sgd_step(net, grads, lr)
                history.append(total / len(X))
            return net, history
        """),
        (),
    ),
    Entry(
        "train: never updates and total",
        "train",
        with_imports("""
        from course.nn.backprop import backprop
        from course.nn.sgd import average_gradients, minibatches, sgd_step
        def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
            history = []
            for e in range(epochs):
                total = 0
                for idx in minibatches(len(X), batch_size, rng):
                    value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                    sgd_step(net, grads, lr)
                    total += value
                history.append(total)
            return net, history
        """),
        (
            (
                "steps_are_not_kept",
                "sums_of_batch_means",
            ),
        ),
    ),
    Entry(
        "train: net zeros grads accumulates",
        "train",
        with_imports("""
        from course.nn.backprop import backprop
        from course.nn.sgd import average_gradients, minibatches, sgd_step
        def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
            history = []
            for e in range(epochs):
                grads_all = []
                total = 0
                for idx in minibatches(len(X), batch_size, rng):
                    value, grads = backprop(net, acts, X[idx], Y[idx], loss)
                    grads_all.append(grads)
                    total += value * len(idx)
                net = sgd_step(net, average_gradients(grads_all), lr)
                history.append(total / len(X))
            return net, history
        """),
        (),
    ),
]
NATURAL += [
    Entry(
        "momentum_step: net and velocity both in place",
        "momentum_step",
        with_imports("""
        def momentum_step(net, velocity, grads, lr, mu):
            for P, V, G in zip(net, velocity, grads):
                for i in range(len(P)):
                    V[i] *= mu
                    V[i] -= lr * G[i]
                    P[i] += V[i]
            return net, velocity
        """),
        (("updates_in_place",),),
    ),
    Entry(
        "momentum_step: Nesterov's step",
        "momentum_step",
        with_imports("""
        def momentum_step(net, velocity, grads, lr, mu):
            v = tuple([mu * a - lr * g for a, g in zip(V, G)] for V, G in zip(velocity, grads))
            new = tuple(
                [p + mu * a - lr * g for p, a, g in zip(P, V, G)] for P, V, G in zip(net, v, grads)
            )
            return new, v
        """),
        (("looks_ahead",),),
    ),
    Entry(
        "accuracy: per cent of the classes",
        "accuracy",
        with_imports("""
        from course.nn.forward import forward
        def accuracy(net, acts, X, y):
            out = forward(net, X, acts)[-1]
            hits = (out.argmax(1) == y).sum()
            return 100 * hits / out.shape[1]
        """),
        (
            (
                "in_per_cent",
                "divided_by_the_classes",
            ),
        ),
    ),
    Entry(
        "momentum_step: moved by velocity and gradient",
        "momentum_step",
        with_imports("""
        def momentum_step(net, velocity, grads, lr, mu):
            v = tuple([mu * a - lr * g for a, g in zip(V, G)] for V, G in zip(velocity, grads))
            new = tuple(
                [p + a - lr * g for p, a, g in zip(P, V, G)] for P, V, G in zip(net, v, grads)
            )
            return new, v
        """),
        (("gradient_used_twice",),),
    ),
    Entry(
        "minibatches: shuffled within each batch",
        "minibatches",
        with_imports("""
        def minibatches(n, batch_size, rng):
            if n < 1 or batch_size < 1:
                raise ValueError
            starts = range(0, n, batch_size)
            return [rng.permutation(np.arange(k, min(k + batch_size, n))) for k in starts]
        """),
        (("only_the_batches_are_shuffled",),),
    ),
    Entry(
        "train: Y cut by position",
        "train",
        with_imports("""
        from course.nn.backprop import backprop
        from course.nn.sgd import minibatches, sgd_step
        def train(net, acts, X, Y, loss, *, epochs, batch_size, lr, rng):
            history = []
            net = [A.copy() for A in net[0]], [b.copy() for b in net[1]]
            for e in range(epochs):
                total = 0.0
                for batch in minibatches(len(X), batch_size, rng):
                    value, grads = backprop(net, acts, X[batch], Y[:len(batch)], loss)
                    net = sgd_step(net, grads, lr)
                    total += value * len(batch)
                history.append(total / len(X))
            return net, history
        """),
        (("x_and_y_shuffled_apart",),),
    ),
    Entry(
        "accuracy: argmin, and a count",
        "accuracy",
        with_imports("""
        from course.nn.forward import forward
        def accuracy(net, acts, X, y):
            return int((np.argmin(forward(net, X, acts)[-1], axis=1) == y).sum())
        """),
        (
            (
                "smallest_output_votes",
                "count_of_right_ones",
            ),
        ),
    ),
    Entry(
        "accuracy: the last output against a half",
        "accuracy",
        with_imports("""
        from course.nn.forward import forward
        def accuracy(net, acts, X, y):
            out = forward(net, X, acts)[-1]
            return np.mean((out[:, -1] > 0.5).astype(int) == y)
        """),
        (("outputs_cut_at_a_half",),),
    ),
]
