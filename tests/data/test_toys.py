"""The toy problems have the geometry that their docstrings promise."""

import numpy as np
import pytest

from course.data.toys import SPIRAL_TURNS, moons, spirals, xor_points

generators = pytest.mark.parametrize("make", [moons, spirals])


def test_xor_is_one_where_the_coordinates_differ():
    X, y = xor_points()
    assert X.shape == (4, 2)
    assert {tuple(x): label for x, label in zip(X, y, strict=True)} == {
        (0, 0): 0,
        (0, 1): 1,
        (1, 0): 1,
        (1, 1): 0,
    }
    assert (X.dtype, y.dtype) == (np.float64, np.int64)


@generators
@pytest.mark.parametrize("n", [1, 2, 7, 100, np.int64(5)])
def test_classes_are_halves_to_one_point(make, n):
    X, y = make(n, np.random.default_rng(0))
    assert X.shape == (n, 2)
    assert y.shape == (n,)
    assert (X.dtype, y.dtype) == (np.float64, np.int64)
    assert 0 <= np.sum(y == 0) - np.sum(y == 1) <= 1


@generators
def test_equal_generators_give_equal_points_and_others_do_not(make):
    X, y = make(50, np.random.default_rng(3))
    X_again, y_again = make(50, np.random.default_rng(3))
    np.testing.assert_array_equal(X, X_again)
    np.testing.assert_array_equal(y, y_again)
    assert not np.array_equal(X, make(50, np.random.default_rng(4))[0])


@generators
def test_points_come_in_random_order(make):
    _, y = make(1000, np.random.default_rng(1))
    assert 0.4 < y[:500].mean() < 0.6
    assert 0.4 < np.mean(y[1:] == y[:-1]) < 0.6


@generators
def test_noise_has_the_standard_deviation_that_was_asked_for(make):
    X, y = make(20_000, np.random.default_rng(2), noise=0.3)
    clean, y_clean = make(20_000, np.random.default_rng(2), noise=0)
    np.testing.assert_array_equal(y, y_clean)
    np.testing.assert_allclose((X - clean).std(axis=0), 0.3, rtol=0.03)
    np.testing.assert_allclose((X - clean).mean(axis=0), 0, atol=0.02)


def test_moons_without_noise_are_two_half_circles():
    X, y = moons(200, np.random.default_rng(0), noise=0)
    upper, lower = X[y == 0], X[y == 1] - [1.0, 0.5]
    np.testing.assert_allclose(np.linalg.norm(upper, axis=1), 1)
    np.testing.assert_allclose(np.linalg.norm(lower, axis=1), 1)
    assert upper[:, 1].min() >= 0
    assert lower[:, 1].max() <= 0
    assert upper[:, 0].min() < -0.95
    assert upper[:, 0].max() > 0.95


def test_spirals_without_noise_lie_on_two_arms_half_a_turn_apart():
    X, y = spirals(400, np.random.default_rng(0), noise=0)
    radius = np.linalg.norm(X, axis=1)
    angle = 2 * np.pi * SPIRAL_TURNS * radius
    arm = radius[:, None] * np.column_stack([np.cos(angle), np.sin(angle)])
    np.testing.assert_allclose(X[y == 0], arm[y == 0], atol=1e-12)
    np.testing.assert_allclose(X[y == 1], -arm[y == 1], atol=1e-12)
    assert radius.max() <= 1
    assert 0.45 < np.mean(radius**2) < 0.55


@generators
def test_no_line_separates_the_classes(make):
    X, y = make(400, np.random.default_rng(5))
    design = np.column_stack([np.ones(len(X)), X])
    weights = np.linalg.lstsq(design, 2.0 * y - 1, rcond=None)[0]
    assert np.mean((design @ weights > 0) == y) < 0.93


@generators
@pytest.mark.parametrize("n", [0, -3, 2.5, "many", None])
def test_a_wrong_number_of_points_is_refused_by_name(make, n):
    with pytest.raises(ValueError, match=r"^n must be an integer of at least 1.*got"):
        make(n, np.random.default_rng(0))


@generators
@pytest.mark.parametrize("noise", [-0.1, np.nan, np.inf])
def test_a_wrong_noise_is_refused_by_name(make, noise):
    with pytest.raises(ValueError, match=r"^noise must be a standard deviation.*got"):
        make(10, np.random.default_rng(0), noise=noise)
