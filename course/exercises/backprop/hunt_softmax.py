"""The suspects of `hunt_softmax`, and what careless examples have in common."""

import numpy as np

from course.exercises.backprop import softmax
from course.exercises.engine import Hunt, forms
from course.nn import backprop as nn

exercise = Hunt(
    nn.hunt_softmax,
    points=2,
    minutes=10,
    difficulty=3,
    hints=(
        "Begin with one example and run `check`: it says what the example catches. Then ask of "
        "each suspect still at large: on which matrix would I see the difference?",
        "Three suspects differ from a right softmax only if there are numbers so large that e^z "
        "overflows, or so far apart that it vanishes: within a row, or between two rows.",
        "A suspect that mixes up rows needs at least two rows, and they have to differ. One "
        "suspect goes wrong only where Z holds whole numbers, without a decimal point.",
    ),
    hunted=softmax.exercise,
    wanted={
        "not_shifted": "takes the exponentials of Z as it is, and shifts nothing",
        "shifted_by_the_largest_of_all": "subtracts the largest entry of the whole matrix",
        "shifted_by_the_smallest": "subtracts each row's smallest entry, not the largest",
        "shifted_by_the_columns": "subtracts each column's largest entry",
        "down_the_columns": "divides by the sums of the columns",
        "over_the_whole_matrix": "divides by the sum of the whole matrix",
        "row_numbers_lie_flat": "keeps the rows' sums or maxima in a flat array, (n,)",
        "divided_by_the_mean": "divides by the mean of each row's exponentials",
        "shifts_the_callers_logits": "shifts Z in place",
        "cut_to_integers": "writes the probabilities into an array of the same type as Z",
    },
    forms={"Z": forms.matrix(6, 6)},
)


@exercise.habit(
    "Each of your examples has a single row.",
    "Which suspects mix up what belongs to one row and what belongs to all?",
    when=lambda Z: len(Z) == 1,
    hides=("shifted_by_the_largest_of_all", "over_the_whole_matrix", "row_numbers_lie_flat"),
)
def every_example_has_one_row():
    return [{"Z": [[1000.0, 0.0, -1000.0]]}, {"Z": [[1, 2, 4]]}]


@exercise.habit(
    "Your values are too tame: no exponential of them overflows or vanishes.",
    "e^z is infinite from about z = 710 on. Who is afraid of that, and where: anywhere, within a "
    "row, between rows?",
    when=lambda Z: np.ptp(Z) < 700 and np.max(Z) < 700,
    hides=("not_shifted", "shifted_by_the_largest_of_all", "shifted_by_the_smallest"),
)
def values_too_tame_to_overflow():
    return [{"Z": [[1.0, 2.0, 4.0], [0.0, -3.0, 1.0]]}, {"Z": [[1, 2], [3, 5]]}]


@exercise.habit(
    "Each of your matrices holds floating-point numbers.",
    "What happens if you write 0.73 into an array of whole numbers?",
    when=lambda Z: Z.dtype.kind == "f",
    hides=("cut_to_integers",),
)
def no_whole_numbers():
    return [{"Z": [[0.0, 1000.0], [-2000.0, -2001.0], [0.0, 1.0]]}]


@exercise.habit(
    "All rows of each of your matrices are the same.",
    "If all rows are equal, what is the largest entry of all, compared with a row's?",
    when=lambda Z: len(Z) > 1 and bool((Z[0] == Z).all()),
    hides=("shifted_by_the_largest_of_all",),
)
def all_rows_the_same():
    return [{"Z": [[0, 1000], [0, 1000]]}, {"Z": [[1.0, 2.0, 4.0], [1.0, 2.0, 4.0]]}]
