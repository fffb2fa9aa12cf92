"""Shipped data is as documented, and the grader's digits are not among the students'."""

import doctest

import numpy as np
import pytest

import course.data.signals
from course.data import READ_IN_TRAINING, WINE_MEASUREMENTS, digit_reader, digits, wine
from course.data.signals import signals
from course.exercises import held_out
from course.nn.forward import predict
from course.nn.neuron import sigmoid


def test_digits_have_the_shapes_types_and_range_that_are_promised():
    X, y = digits()
    assert X.shape == (1297, 64)
    assert X.dtype == np.float64
    assert (X.min(), X.max()) == (0.0, 1.0)
    assert y.shape == (1297,)
    assert y.dtype == np.int64
    assert set(y) == set(range(10))


def test_held_out_digits_have_the_same_form():
    X, y = held_out.digits()
    assert X.shape == (500, 64)
    assert X.dtype == np.float64
    assert (X.min(), X.max()) == (0.0, 1.0)
    assert y.shape == (500,)
    assert y.dtype == np.int64


def test_no_held_out_digit_is_among_the_students_digits():
    students = {image.tobytes() for image in digits()[0]}
    assert not [i for i, image in enumerate(held_out.digits()[0]) if image.tobytes() in students]


def test_every_digit_has_the_same_share_in_both_parts():
    shares = [np.bincount(y, minlength=10) / y.size for y in (digits()[1], held_out.digits()[1])]
    np.testing.assert_allclose(*shares, atol=1 / 500)


def test_rows_of_digits_are_in_random_order():
    _, y = digits()
    first, last = np.bincount(y[:600], minlength=10), np.bincount(y[-600:], minlength=10)
    assert min(first.min(), last.min()) > 40
    assert np.mean(y[1:] == y[:-1]) < 0.15


def test_an_image_and_its_label_belong_together():
    """Most held-out digits have the label of the nearest student's digit."""
    X, y = digits()
    X_new, y_new = held_out.digits()
    squared_distance = (X**2).sum(axis=1) - 2 * X_new @ X.T
    assert np.mean(y[squared_distance.argmin(axis=1)] == y_new) > 0.97


def test_wine_is_a_regression_that_twelve_measurements_explain_in_part():
    X, y = wine()
    assert X.shape == (178, len(WINE_MEASUREMENTS)) == (178, 12)
    assert X.dtype == y.dtype == np.float64
    assert (y.min(), y.max()) == (1.28, 13.0)
    alcohol = X[:, WINE_MEASUREMENTS.index("alcohol")]
    proline = X[:, WINE_MEASUREMENTS.index("proline")]
    assert (alcohol.min(), alcohol.max()) == (11.03, 14.83)
    assert (proline.min(), proline.max()) == (278, 1680)
    design = np.column_stack([np.ones(len(X)), X])
    residual = y - design @ np.linalg.lstsq(design, y, rcond=None)[0]
    assert 0.6 < 1 - residual.var() / y.var() < 0.8


def test_signals_have_the_shapes_types_and_scale_that_are_promised():
    X, y = signals()
    assert X.shape == (5000, 40)
    assert X.dtype == np.float64
    assert y.shape == (5000,)
    assert y.dtype == np.int64
    np.testing.assert_allclose((X.mean(), X.std()), (0, 1), atol=0.001)
    for part in (y[:4000], y[4000:]):
        np.testing.assert_allclose(np.bincount(part, minlength=10) / part.size, 0.1, atol=0.012)


def test_a_signal_of_class_0_is_a_hump_and_one_of_class_6_a_valley():
    X, y = signals()
    X = X - X.mean(axis=1, keepdims=True)
    is_hump = X.max(axis=1) > -X.min(axis=1)
    assert is_hump[y == 0].mean() > 0.9
    assert is_hump[y == 6].mean() < 0.1


def test_the_example_in_a_docstring_runs():
    failed, attempted = doctest.testmod(course.data.signals)
    assert failed == 0 < attempted


def test_the_digit_reader_reads_digits_it_has_not_seen():
    X, y = digits()
    As, Bs = digit_reader()
    assert [A.shape for A in As] == [(64, 24), (24, 16), (16, 10)]
    assert [b.shape for b in Bs] == [(1, 24), (1, 16), (1, 10)]
    assert {part.dtype for part in (*As, *Bs)} == {np.dtype(np.float64)}
    answers = predict((As, Bs), X, sigmoid).argmax(axis=1)
    seen, unseen = np.split(answers == y, [READ_IN_TRAINING])
    assert seen.mean() == 1
    assert unseen.mean() > 0.97


def test_the_committed_script_trains_much_the_same_digit_reader():
    pytest.importorskip("sklearn")
    pytest.importorskip("mnist1d")
    from course.data import make

    X, y = digits()
    images = np.rint(X * make.FULL_INK)
    made = make.reader(images[:READ_IN_TRAINING], y[:READ_IN_TRAINING])
    net = [made[f"A_{j}"] for j in (1, 2, 3)], [made[f"b_{j}"] for j in (1, 2, 3)]
    ours, theirs = (predict(one, X, sigmoid).argmax(axis=1) for one in (net, digit_reader()))
    assert np.mean(ours == theirs) > 0.97


@pytest.mark.parametrize("load", [digits, signals, wine, held_out.digits])
def test_what_a_caller_changes_does_not_reach_the_next_caller(load):
    X, y = load()
    before = X.copy(), y.copy()
    X[:], y[:] = -1, -1
    for fresh, expected in zip(load(), before, strict=True):
        np.testing.assert_array_equal(fresh, expected)


def test_the_committed_script_makes_the_same_files():
    pytest.importorskip("sklearn")
    pytest.importorskip("mnist1d")
    from course.data import make

    for path, arrays in make.contents().items():
        with np.load(path) as stored:
            assert set(stored) == set(arrays)
            for name, array in arrays.items():
                assert stored[name].dtype == array.dtype
                np.testing.assert_array_equal(stored[name], array)
