"""An activation is a function together with its derivative."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Activation:
    """An elementwise function and its derivative.

    Args:
        f: the function of z.
        df: its derivative, a function of z as well (not of f(z)).

    Call it for f(z); .derivative(z) gives f'(z).

    Example:
        >>> square = Activation(np.square, lambda z: 2 * z)
        >>> z = np.array([1.0, 3.0])
        >>> square(z)
        array([1., 9.])
        >>> square.derivative(z)
        array([2., 6.])
    """

    f: Callable[[np.ndarray], np.ndarray]
    df: Callable[[np.ndarray], np.ndarray]

    def __call__(self, z: np.ndarray) -> np.ndarray:
        return self.f(z)

    def derivative(self, z: np.ndarray) -> np.ndarray:
        """Return f'(z).

        Args:
            z: pre-activations, an array of any shape or a scalar.

        Returns:
            An array of z's shape.

        Example:
            >>> from course.nn.activation import Activation
            >>> square = Activation(np.square, lambda z: 2 * z)
            >>> square.derivative(np.array([1.0, 3.0]))
            array([2., 6.])
        """
        return self.df(z)

    def __repr__(self) -> str:
        return f"Activation({getattr(self.f, '__name__', self.f)})"
