"""Wrong answers to unit 6 as people write them."""

from tests.exercises.natural.entry import Entry


def _entry(name: str, exercise: str, source: str, *ideas: str, says: str = "") -> Entry:
    """ideas: each is a set of ideas that may be named, written with a plus sign."""
    return Entry(name, exercise, source, tuple(tuple(idea.split("+")) for idea in ideas), says)


PERMUTE = [
    (
        "only A_j and b_j, in lists of their own",
        """
def permute_hidden(net, j, perm):
    As, Bs = list(net[0]), list(net[1])
    As[j-1] = As[j-1][:, perm]
    Bs[j-1] = Bs[j-1][:, perm]
    return As, Bs
""",
        "outgoing_not_permuted",
    ),
    (
        "biases forgotten, np.take",
        """
import numpy as np
def permute_hidden(net, j, perm):
    As, Bs = net
    A_new = [a.copy() for a in As]
    A_new[j-1] = np.take(As[j-1], perm, axis=1)
    A_new[j] = np.take(As[j], perm, axis=0)
    return A_new, Bs
""",
        "bias_not_permuted",
    ),
    (
        "only the columns of A_j",
        """
def permute_hidden(net, j, perm):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    As[j - 1] = As[j - 1][:, perm]
    return As, Bs
""",
        "outgoing_not_permuted+bias_not_permuted",
    ),
    (
        "new places filled the wrong way round",
        """
import numpy as np
def permute_hidden(net, j, perm):
    As = [A.copy() for A in net[0]]
    Bs = [b.copy() for b in net[1]]
    for i, p in enumerate(perm):
        As[j-1][:, p] = net[0][j-1][:, i]
        Bs[j-1][:, p] = net[1][j-1][:, i]
        As[j][p, :] = net[0][j][i, :]
    return As, Bs
""",
        "read_the_other_way",
    ),
    (
        "permutation matrix the wrong way round",
        """
import numpy as np
def permute_hidden(net, j, perm):
    As, Bs = [list(x) for x in net]
    P = np.eye(len(perm))[perm]
    As[j-1] = As[j-1] @ P
    Bs[j-1] = Bs[j-1] @ P
    As[j] = P.T @ As[j]
    return As, Bs
""",
        "read_the_other_way",
    ),
    (
        "the same permutation matrix on both sides",
        """
import numpy as np
def permute_hidden(net, j, perm):
    As, Bs = [list(x) for x in net]
    P = np.eye(len(perm))[:, perm]
    As[j-1] = As[j-1] @ P
    Bs[j-1] = Bs[j-1] @ P
    As[j] = P @ As[j]
    return As, Bs
""",
        "inverse_on_the_outgoing_side",
    ),
    (
        "j as it stands",
        """
import copy
def permute_hidden(net, j, perm):
    As, Bs = copy.deepcopy(net[0]), copy.deepcopy(net[1])
    As[j] = As[j][:, perm]
    Bs[j] = Bs[j][:, perm]
    As[j+1] = As[j+1][perm, :]
    return As, Bs
""",
        "next_layer_instead",
    ),
    (
        "the bias of layer j + 1",
        """
def permute_hidden(net, j, perm):
    As, Bs = list(net[0]), list(net[1])
    As[j-1] = As[j-1][:, perm]
    As[j] = As[j][perm, :]
    Bs[j] = Bs[j][:, perm]
    return As, Bs
""",
        "next_bias",
    ),
    (
        "one neuron per row, as in the pictures",
        """
def permute_hidden(net, j, perm):
    As, Bs = list(net[0]), list(net[1])
    As[j-1] = As[j-1][perm, :]
    Bs[j-1] = Bs[j-1][:, perm]
    As[j] = As[j][:, perm]
    return As, Bs
""",
        "rows_instead_of_columns+columns_on_the_outgoing_side",
    ),
    (
        "columns on both sides",
        """
def permute_hidden(net, j, perm):
    As, Bs = list(net[0]), list(net[1])
    As[j-1] = As[j-1][:, perm]
    Bs[j-1] = Bs[j-1][:, perm]
    As[j] = As[j][:, perm]
    return As, Bs
""",
        "columns_on_the_outgoing_side",
    ),
    (
        "the bias row as if it were flat",
        """
import copy
def permute_hidden(net, j, perm):
    As, Bs = copy.deepcopy(net)
    As[j-1] = As[j-1][:, perm]
    Bs[j-1] = Bs[j-1][perm]
    As[j] = As[j][perm]
    return As, Bs
""",
        "bias_row_taken_for_flat",
    ),
    (
        "the bias comes back flat",
        """
import copy
def permute_hidden(net, j, perm):
    As, Bs = copy.deepcopy(net)
    As[j-1] = As[j-1][:, perm]
    Bs[j-1] = Bs[j-1].flatten()[perm]
    As[j] = As[j][perm]
    return As, Bs
""",
        "bias_flattened",
    ),
    (
        "in place",
        """
def permute_hidden(net, j, perm):
    As, Bs = net
    As[j-1][:] = As[j-1][:, perm]
    Bs[j-1][:] = Bs[j-1][:, perm]
    As[j][:] = As[j][perm]
    return As, Bs
""",
        "callers_net_reordered",
    ),
    (
        "in the caller's lists, biases forgotten",
        """
def permute_hidden(net, j, perm):
    As, Bs = net
    As[j-1] = As[j-1][:, perm]
    As[j] = As[j][perm, :]
    return (As, Bs)
""",
        "bias_not_permuted+callers_net_reordered",
    ),
    (
        "a loop that reads what it has written",
        """
def permute_hidden(net, j, perm):
    As = [a.copy() for a in net[0]]
    Bs = [b.copy() for b in net[1]]
    for new in range(len(perm)):
        old = perm[new]
        As[j-1][:, new] = As[j-1][:, old]
        Bs[j-1][0, new] = Bs[j-1][0, old]
        As[j][new, :] = As[j][old, :]
    return As, Bs
""",
        "overwritten_while_reading",
    ),
    (
        "only A_{j+1}",
        """
def permute_hidden(net, j, perm):
    As, Bs = net
    new = [A[perm] if i == j else A for i, A in enumerate(As)]
    return new, Bs
""",
        "incoming_not_permuted",
    ),
]

NATURAL = [
    _entry(name, exercise, source, *ideas)
    for exercise, several in {
        "permute_hidden": PERMUTE,
    }.items()
    for name, source, *ideas in several
]
