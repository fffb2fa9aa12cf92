"""The difference of an answer is the most telling one, and is found in every part of it."""

import numpy as np
import pytest

from course.exercises.engine.compare import difference
from course.exercises.engine.exercise import ATOL, RTOL, Question
from course.exercises.engine.places import named_place, names_returned
from course.exercises.units import exercise

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


A = np.array([[1.5, 2.25], [-3.125, 4.0625], [5.5, 7.75]])
B = np.array([[0.5, 1.375]])
RIGHT = (2.5, ([A, 3 * A[:2]], [B, 2 * B]))


def told(got, expected=RIGHT):
    found = difference(got, expected, RTOL, ATOL)
    return (found.kind, found.detail, found.where) if found else None


@pytest.mark.parametrize(
    ("got", "kind", "where"),
    [
        ((9.0, ([A, 3 * A[:2]], [B, B.ravel()])), "shape", (1, 1, 1)),
        ((9.0, ([A, A[:2].T], [B])), "length", (1, 1)),
        ((2.5, ([2 * A, 6 * A[:2]], [2 * B, 4 * B])), "factor", (1,)),
        ((2.5, ([2 * A, 6 * A[:2]], [B, 2 * B])), "factor", (1, 0)),
        ((2.5, ([A, 3 * A[:2]], [-B, -2 * B])), "sign", (1, 1)),
        ((2.5, ([A, 3 * A[:2].T], [B, 2 * B])), "transpose", (1, 0, 1)),
        ((2.5, ([np.round(A, 2), 3 * A[:2]], [B, 2 * B])), "rounded", (1, 0, 0)),
        ((2.5, ([np.trunc(A), np.trunc(3 * A[:2])], [B, 2 * B])), "cut", (1, 0)),
        ((2.5, ([np.clip(A, None, 4), 3 * A[:2]], [B, 2 * B])), "clipped", (1, 0, 0)),
        ((2.5, ([A * (A > 4), 3 * A[:2]], [B, 2 * B])), "unfilled", (1, 0, 0)),
        ((2.5, ([np.roll(A, 1, axis=0), 3 * A[:2]], [B, 2 * B])), "shifted", (1, 0, 0)),
        ((2.5, ([A[[1, 0, 2]], 3 * A[:2]], [B, 2 * B])), "swapped", (1, 0, 0)),
        ((2.5, ([A, 3 * A[:2]], [B[:, ::-1], 2 * B])), "swapped", (1, 1, 0)),
        ((2.5, ([A, 3 * A[:2]], [2 * B, B])), "swapped", (1, 1)),
        ((RIGHT[1], 2.5), "swapped", ()),
    ],
)
def test_form_comes_before_numbers_and_what_parts_share_before_a_part(got, kind, where):
    found = told(got)
    assert (found[0], found[2]) == (kind, where)


def test_lists_of_numbers_are_told_like_arrays():
    right = [1.25, 2.5, 3.75, 5.0]
    assert told([2.5, 5.0, 7.5, 10.0], right) == ("factor", "2", ())
    assert told([1.25, 2.5, 3.0, 3.0], right) == ("clipped", "large", ())
    assert told([0.0, 1.25, 2.5, 3.75], right)[:2] == ("shifted", "item is one place too late")
    assert told([1.25, 2.5, 9.0, 5.0], right) == ("value", "", (2,))


def test_reverse_order_is_told_only_of_an_answer_that_is_right_when_turned():
    assert told([8, 30, 13], [13, 30, 8])[0] == "swapped"
    assert told([1, 2, 3, 4], [4, 3, 2, 1])[0] == "reversed"
    assert told((8, 30, 8), (13, 30, 8)) == ("value", "", (0,))
    assert told(np.array([8.0, 30, 8]), np.array([13.0, 30, 8]))[0] == "one_entry"


def test_a_square_instead_of_a_column_is_told():
    assert told(np.ones((3, 3)), np.ones((3, 1)))[0] == "square_shape"


@pytest.mark.parametrize(
    ("got", "expected"), [(3.0, 3.4), (3.4, 3.41), (0.0, 0.2), ([0.0, 0.0], [0.2, 0.4])]
)
def test_one_number_is_seldom_called_rounded(got, expected):
    assert told(np.array(got), np.array(expected))[0] in ("value", "zero", "rounded")
    assert told(np.array(3.0), np.array(3.4))[0] == "value"


@pytest.mark.parametrize(
    ("name", "where", "call", "said"),
    [
        ("backprop", (1, 0, 2), "call", "dAs[2]"),
        ("backprop", (1,), "call", "(dAs, dBs)"),
        ("backprop", (0,), "call", "value"),
        ("backprop", (), "call", ""),
        ("train", (1, 2), "call", "history[2]"),
        ("backward_pass", ("x",), "deltas_in_graph", "delta of x"),
        ("backward_pass", ("first call", "x"), "deltas_in_graph_twice", "first call, delta of x"),
        ("squared_loss", (1, 1), "twice", "second call, gradient"),
        ("forward", (2,), "call", "[2]"),
    ],
)
def test_places_have_names(name, where, call, said):
    assert named_place(where, call, True, names_returned(exercise(name).reference)) == said


def test_a_propertys_keys_are_phrases():
    assert named_place(("shapes of As", 1), "call", False, "(As, Bs)") == "shapes of As[1]"


FRACTIONS = np.array([0.123, 4.56, -7.89])


@pytest.mark.parametrize("short", [np.float32, np.float16])
def test_what_an_answers_own_type_loses_is_told_and_not_forgiven(short):
    steps = 24 * np.finfo(short).eps
    coarse = ((1 + min(steps, 5e-4)) * FRACTIONS).astype(short)
    assert difference(FRACTIONS, FRACTIONS.astype(np.float32), RTOL, ATOL) is None
    found = difference(coarse, FRACTIONS, RTOL, ATOL)
    assert (found.kind, found.detail) == ("short", np.dtype(short).name)
    assert difference(1.5 * coarse, FRACTIONS, RTOL, ATOL).kind != "short"


def test_a_type_is_not_blamed_for_more_than_it_loses():
    off = (1.0005 * FRACTIONS).astype(np.float32)
    assert difference(off, FRACTIONS, RTOL, ATOL).kind != "short"


def test_a_short_type_is_blamed_for_nothing_beside_an_infinity_that_the_right_answer_has():
    expected = np.array([np.inf, 0.123, 4.56, -np.inf])
    found = difference(expected.astype(np.float32), expected, RTOL, ATOL)
    assert found is None or found.kind == "short"
    far_off = np.array([np.inf, 0.5, -3.0, -np.inf], dtype=np.float32)
    assert difference(far_off, expected, RTOL, ATOL).kind != "short"
    coarse = (expected * (1 + 24 * np.finfo(np.float32).eps)).astype(np.float32)
    assert difference(coarse, expected, RTOL, ATOL).kind == "short"
    lost = np.array([1.0, 0.123, 4.56, -np.inf], dtype=np.float32)
    assert difference(lost, expected, RTOL, ATOL).kind != "short"
    nothing_else = np.array([np.inf, np.inf])
    assert difference(-nothing_else.astype(np.float32), nothing_else, RTOL, ATOL).kind != "short"


def test_short_numbers_in_a_question_widen_its_tolerance():
    for args in ({"X": np.float32(FRACTIONS)}, {"net": ([FRACTIONS], [np.float32(FRACTIONS)])}):
        assert Question("short", args).tolerance > (RTOL, ATOL)
    assert Question("long", {"net": ([FRACTIONS], [FRACTIONS]), "n": 3}).tolerance == (RTOL, ATOL)
