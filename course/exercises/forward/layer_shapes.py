"""Questions and known mistakes of `layer_shapes`."""

from course.exercises.engine import Exercise, Question
from course.exercises.forward.samples import unequal_widths
from course.nn import forward as nn

exercise = Exercise(
    nn.layer_shapes,
    points=1,
    minutes=5,
    difficulty=1,
    hints=(
        "A layer sits between two neighbouring widths. How many neighbouring pairs does a list of "
        "four have?",
        "Walk through `dims`, and through `dims` without its first entry, side by side: each pair "
        "is (what comes in, what goes out).",
        "A pair gives you both shapes: the matrix has a row for each number that comes in and a "
        "column for each number that goes out. `zip` walks through two lists side by side.",
    ),
)


@exercise.public
def public():
    yield Question("the lecture's net", dict(dims=[5, 3, 3, 2]))
    yield Question("one layer", dict(dims=[4, 1]))
    yield Question("two layers of unequal widths", dict(dims=[2, 4, 3]))


@exercise.secret
def secret(rng):
    yield Question("unequal widths", dict(dims=unequal_widths(rng, 4)))
    yield Question("the smallest net", dict(dims=[int(rng.integers(2, 9)), 1]))
    yield Question("many layers", dict(dims=[int(d) for d in rng.integers(2, 40, size=9)]))
    yield Question(
        "a bottleneck of one unit", dict(dims=[int(rng.integers(4, 9)), 1, int(rng.integers(2, 9))])
    )


@exercise.writing
def by_index(dims):
    shapes = []
    for j in range(len(dims) - 1):
        d_in = dims[j]
        d_out = dims[j + 1]
        A = (d_in, d_out)
        b = (1, d_out)
        shapes.append((A, b))
    return shapes


exercise.idea(
    "one_neuron_a_row",
    "The weights' shapes are transposed: they have one neuron per row, as in the lecture's "
    "pictures.",
    "In this course, examples are rows and `X @ A` must work. So what does a row of A stand for?",
    {"A = (d_in, d_out)": "A = (d_out, d_in)"},
)
exercise.idea(
    "bias_as_wide_as_the_input",
    "Every layer has one bias per input.",
    "A bias belongs to a neuron. How many neurons does the layer have?",
    {"b = (1, d_out)": "b = (1, d_in)"},
)
exercise.idea(
    "flat_biases",
    "The biases are flat, but in this course they are a row: a matrix with one row.",
    "In lesson 2, `dense` added such a b to every row of a batch. What was its shape?",
    {"b = (1, d_out)": "b = (d_out,)"},
)
exercise.idea(
    "biases_in_a_column",
    "The biases are a column, as in the lecture's pictures, but in this course they are a row.",
    "A row of biases is added to every row of the batch. What is its shape?",
    {"b = (1, d_out)": "b = (d_out, 1)"},
)
exercise.idea(
    "width_for_shape",
    "The biases have only a width here: a number, not a shape.",
    "A shape is a tuple. How many rows and columns does b have?",
    {"b = (1, d_out)": "b = d_out"},
)
exercise.idea(
    "one_bias_for_all",
    "Every layer has a single bias.",
    "A bias belongs to a neuron. How many neurons does the layer have?",
    {"b = (1, d_out)": "b = (1, 1)"},
    {"b = (1, d_out)": "b = (1,)"},
    {"b = (1, d_out)": "b = 1"},
)
exercise.idea(
    "biases_left_out",
    "The biases are missing: these are the shapes of the weights only.",
    "Each layer has two shapes, those of A and of b. How do you keep them together?",
    {"shapes.append((A, b))": "shapes.append(A)"},
    {"shapes.append((A, b))": "shapes.append((A,))"},
)
exercise.idea(
    "layers_not_kept_apart",
    "All shapes are in one long list, but each layer's two shapes belong together in a pair.",
    "How many entries should the list for three layers have?",
    {"shapes.append((A, b))": "shapes += [A, b]"},
    {"shapes.append((A, b))": "shapes.append(A + b)"},
)
exercise.idea(
    "two_lists",
    "The shapes of all weights are in one list and those of all biases in another; expected is one "
    "list, with a pair for each layer.",
    "Which two shapes belong to the first layer? They make the first entry.",
    {"return shapes": "return [A for A, b in shapes], [b for A, b in shapes]"},
)
exercise.idea(
    "bias_first",
    "The two shapes of each pair are swapped: the biases' shape comes before the weights'.",
    "Compare one entry with the docstring's ((d_{j-1}, d_j), (1, d_j)).",
    {"shapes.append((A, b))": "shapes.append((b, A))"},
)
exercise.idea(
    "last_layer_missing",
    "The last layer is missing, as with a loop that ends one step too early.",
    "Four widths have three gaps between them. Where does your loop stop?",
    {"range(len(dims) - 1)": "range(len(dims) - 2)"},
)
exercise.idea(
    "first_layer_missing",
    "The first layer is missing, as with a loop that starts one step too late.",
    "Four widths have three gaps between them. Where does your loop start?",
    {"range(len(dims) - 1)": "range(1, len(dims) - 1)"},
)
exercise.idea(
    "first_layer_only",
    "Only the first layer is returned, as with a `return` inside the loop.",
    "How far is your `return` indented?",
    {"shapes.append((A, b))": "shapes.append((A, b))\nreturn shapes"},
    {"shapes.append((A, b))": "return A, b"},
)
exercise.idea(
    "last_layer_only",
    "Only the last layer is returned: each layer overwrites the one before.",
    "Each round of the loop makes one more entry. How do you add to a list?",
    {"shapes.append((A, b))": "shapes = [(A, b)]"},
    {"shapes.append((A, b))": "shapes = (A, b)"},
)
exercise.idea(
    "one_width_twice",
    "Both numbers of a weight matrix's shape are the same width: one of the two layers is missing.",
    "A_j joins two layers. Which widths do they have?",
    {"d_out = dims[j + 1]": "d_out = dims[j]"},
    {"d_in = dims[j]": "d_in = dims[j + 1]"},
)
exercise.idea(
    "one_layer_too_many",
    "Off by one: the loop goes one step too far, but there is one layer fewer than there are "
    "widths.",
    "In the last round, j + 1 must still be an index of `dims`. How large may j be?",
    {"range(len(dims) - 1)": "range(len(dims))"},
    {"range(len(dims) - 1)": "range(len(dims))", "dims[j + 1]": "(*dims, 1)[j + 1]"},
)
exercise.idea(
    "nothing_kept",
    "The list is empty: no layer is put into it.",
    "What does each round of your loop add to the list?",
    {"shapes.append((A, b))": "pass"},
)
