"""Moved digits: the ink goes where the distance says."""

import numpy as np
import pytest

from course.data import digits
from course.data.moved import moved


class Fixed(np.random.Generator):
    """A generator whose uniform draws are known: the same way for every image."""

    def __init__(self, sideways: float, upright: float):
        super().__init__(np.random.PCG64(0))
        self.distances = sideways, upright

    def uniform(self, low, high, size):
        return np.array([np.full(size[1], d) for d in self.distances])


def dot(row: int, column: int) -> np.ndarray:
    image = np.zeros((8, 8))
    image[row, column] = 1
    return image.reshape(1, 64)


def test_a_whole_pixel_to_the_right_moves_the_dot_one_column_on():
    assert np.array_equal(moved(dot(3, 4), Fixed(1, 0)), dot(3, 5))


def test_a_whole_pixel_down_moves_the_dot_one_row_on():
    assert np.array_equal(moved(dot(3, 4), Fixed(0, 1)), dot(4, 4))


def test_a_quarter_pixel_splits_the_ink_three_to_one():
    expected = 0.75 * dot(3, 4) + 0.25 * dot(3, 3)
    assert np.array_equal(moved(dot(3, 4), Fixed(-0.25, 0)), expected)


def test_what_leaves_the_picture_is_lost():
    assert not moved(dot(0, 4), Fixed(0, -1)).any()


def test_a_reach_of_zero_changes_nothing():
    X, _ = digits()
    assert np.array_equal(moved(X, np.random.default_rng(0), reach=0), X)


def test_images_stay_in_sixteenths_from_0_to_1_and_the_original_is_untouched():
    X, _ = digits()
    before = X.copy()
    Z = moved(X, np.random.default_rng(0))
    assert Z.shape == X.shape
    assert Z.min() >= 0
    assert Z.max() <= 1
    assert np.array_equal(16 * Z, np.rint(16 * Z))
    assert np.array_equal(X, before)
    assert (Z != X).any(axis=1).mean() > 0.99


@pytest.mark.parametrize("reach", [-0.1, 1.5, np.nan])
def test_a_reach_outside_0_to_1_is_refused(reach):
    with pytest.raises(ValueError, match="reach: expected"):
        moved(np.zeros((1, 64)), np.random.default_rng(0), reach=reach)
