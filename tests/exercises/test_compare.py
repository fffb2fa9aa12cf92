"""Comparing any number with the right number gives a difference or none, never an error."""

import numpy as np
import pytest

from course.exercises.engine.compare import difference
from course.exercises.engine.exercise import ATOL, RTOL

BEYOND_FLOATS = 10**400


@pytest.mark.parametrize(
    ("got", "expected", "kind"),
    [
        (BEYOND_FLOATS, BEYOND_FLOATS, None),
        (BEYOND_FLOATS, 5, "value"),
        (5, BEYOND_FLOATS, "value"),
        (5.0, BEYOND_FLOATS, "value"),
        (BEYOND_FLOATS, BEYOND_FLOATS + 1, "value"),
        (1e-320, 5.0, "value"),
        (np.array([1e-320, 2e-320]), np.array([1.0, 2.0]), "factor"),
        (10.0, 5.0, "factor"),
        (5.0, 10.0, "factor"),
        (0.0, 5.0, "zero"),
        (7.5, 5.0, "value"),
    ],
)
def test_extreme_numbers_are_compared_like_others(got, expected, kind):
    found = difference(got, expected, RTOL, ATOL)
    assert (found and found.kind) == kind
