"""An activation is a function together with its derivative."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Activation:
    """An elementwise function ``f`` and its derivative ``df``, both functions of z.

    Call it for ``f(z)``; ask ``.derivative(z)`` for ``f'(z)``.
    """

    f: Callable[[np.ndarray], np.ndarray]
    df: Callable[[np.ndarray], np.ndarray]

    def __call__(self, z: np.ndarray) -> np.ndarray:
        return self.f(z)

    def derivative(self, z: np.ndarray) -> np.ndarray:
        return self.df(z)

    def __repr__(self) -> str:
        return f"Activation({getattr(self.f, '__name__', self.f)})"
