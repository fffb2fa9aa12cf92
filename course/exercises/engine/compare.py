"""Compare an answer with the expected one, and name the most telling difference.

The rules are the contract's "What an answer may look like": a list of numbers is an array, a tuple
is a list, a 0-d array is a number; otherwise type, exact shape,
finiteness, then |a - b| <= atol + rtol |b|. A `Difference` says what is wrong without giving away
the right numbers, so it may be shown for secret questions too. A wrong shape is told before a wrong
number, and what all parts of an answer have in common before what one of them has.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course.exercises.engine.codec import Opaque

# How well answers agree if their numbers, or those they are computed from, are short.
SHORT_RTOL, SHORT_ATOL = 1e-3, 1e-5
# How many roundings of a short type an error may amount to and still be the type's fault.
LOST_STEPS = 32
FACTOR_DIGITS = 4
MOST_DECIMALS = 5
# What an array consists of along each of its axes, by the number of its axes.
LINES = {1: ("entry",), 2: ("row", "column")}
# Differences of form, told before those of numbers.
FORM = {"type", "length", "keys", "shape", "transposed_shape", "square_shape"}
# Differences that all parts of an answer may have in common.
COMMON = {"sign", "factor", "zero", "transpose", "rounded", "cut", "short"}
SHORT = {np.dtype(np.float32), np.dtype(np.float16)}


@dataclass(frozen=True)
class Difference:
    """One difference: its kind, a detail for the sentence, and where in the answer it is.

    where: the keys and indices that lead to the part in which it is.
    """

    kind: str
    detail: str = ""
    where: tuple[Hashable, ...] = ()

    def inside(self, place: Hashable) -> "Difference":
        return replace(self, where=(place, *self.where))


@dataclass(frozen=True)
class _Rules:
    """How two answers are compared.

    rtol, atol: numbers a, b agree when |a - b| <= atol + rtol |b|.
    briefly: whether it is enough to know the kind of the first difference, without the pattern of
        wrong numbers, which takes most of the time.
    """

    rtol: float
    atol: float
    briefly: bool = False


def difference(
    got: Any, expected: Any, rtol: float, atol: float, briefly: bool = False
) -> Difference | None:
    """Return the most telling difference of `got` from `expected`, or None if they are equal.

    briefly: return the first one, as "value" if it is in the numbers.
    """
    return _difference(got, expected, _Rules(rtol, atol, briefly))


def _difference(got: Any, expected: Any, rules: _Rules) -> Difference | None:
    if isinstance(got, Opaque):
        if isinstance(expected, Opaque) and got == expected:
            return None
        return Difference("type", f"expected {kind_of(expected)}, got {kind_of(got)}")
    match expected:
        case None | bool() | str() | np.bool_():
            return _exact(got, expected)
        case Mapping():
            return _mapping(got, expected, rules)
        case list() | tuple():
            return _sequence(got, expected, rules)
        case np.ndarray() if expected.ndim:
            return _array(got, expected, rules)
        case int() | float() | np.number() | np.ndarray():
            return _number(got, expected, rules)
        case _:
            return _exact(got, expected)


def kind_of(value: Any) -> str:
    """Say in words what kind of value it is: "an array of shape (2, 3)"."""
    match value:
        case None:
            return "None"
        case Opaque(type_name):
            return f"an object of type {type_name}"
        case bool() | np.bool_():
            return "True or False"
        case int() | float() | np.number():
            return "a number"
        case np.ndarray():
            return f"an array of shape {value.shape}" if value.ndim else "a number"
        case str():
            return "a string"
        case list() | tuple():
            return f"a {type(value).__name__} of length {len(value)}"
        case Mapping():
            return f"a dict of length {len(value)}"
    return f"a {type(value).__name__}"


def _exact(got: Any, expected: Any) -> Difference | None:
    if isinstance(got, np.ndarray) and got.ndim == 0:
        got = got.item()
    if isinstance(got, np.ndarray | list | tuple | Mapping) or type(got) is not type(expected):
        return Difference("type", f"expected {kind_of(expected)}, got {kind_of(got)}")
    if isinstance(expected, bool):
        return None if got is expected else Difference("truth", f"{expected}, got {got}")
    return None if got == expected else Difference("value")


def _mapping(got: Any, expected: Mapping, rules: _Rules) -> Difference | None:
    if not isinstance(got, Mapping):
        return Difference("type", f"expected {kind_of(expected)}, got {kind_of(got)}")
    missing = [key for key in expected if key not in got]
    extra = [key for key in got if key not in expected]
    if missing or extra:
        parts = [f"missing: {_some(missing)}"] * bool(missing) + [
            f"not expected: {_some(extra)}"
        ] * bool(extra)
        return Difference("keys", "; ".join(parts))
    if rules.briefly:
        return _first(_difference(got[key], item, rules) for key, item in expected.items())
    found = {key: _difference(got[key], item, rules) for key, item in expected.items()}
    # A part is None if it couldn't be computed from another part: tell what is wrong there.
    given = {key: one for key, one in found.items() if got[key] is not None}
    return _most_telling(given) or _most_telling(found)


def _first(found: Iterable[Difference | None]) -> Difference | None:
    return next((one for one in found if one), None)


def _most_telling(found: Mapping[Hashable, Difference | None]) -> Difference | None:
    """Return the difference to tell of, given those of an answer's parts."""
    wrong = {place: one for place, one in found.items() if one}
    if not wrong:
        return None
    kinds = {(one.kind, one.detail) for one in wrong.values()}
    first = next(iter(wrong.values()))
    if len(wrong) == len(found) > 1 and len(kinds) == 1 and first.kind in COMMON:
        return replace(first, where=())
    return next(
        (one.inside(place) for place, one in wrong.items() if one.kind in FORM),
        first.inside(next(iter(wrong))),
    )


def _sequence(got: Any, expected: Any, rules: _Rules) -> Difference | None:
    if isinstance(got, np.ndarray) and got.ndim:
        got = list(got)
    if not isinstance(got, list | tuple):
        return Difference("type", f"expected {kind_of(expected)}, got {kind_of(got)}")
    if len(got) != len(expected):
        return Difference("length", f"expected {len(expected)}, got {len(got)}")

    if rules.briefly and _are_numbers(got) and _are_numbers(expected):
        return _numbers(np.array(got, dtype=float), np.array(expected, dtype=float), rules)
    if rules.briefly:
        return _first(_difference(g, e, rules) for g, e in zip(got, expected, strict=True))

    def alike(i: int, j: int) -> bool:
        return _difference(got[i], expected[j], replace(rules, briefly=True)) is None

    found = {i: _difference(got[i], item, rules) for i, item in enumerate(expected)}
    wrong = [i for i, one in found.items() if one]
    if not wrong:
        return None
    if moved := _moved(len(expected), wrong, alike):
        return moved
    if _are_numbers(got) and _are_numbers(expected):
        array = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
        if (whole := _numbers(*array, rules)) and whole.kind in COMMON | {"clipped"}:
            return whole
    return _most_telling(found)


def _are_numbers(items: Sequence) -> bool:
    return all(type(item) is float or isinstance(item, np.floating) for item in items)


def _moved(
    count: int, wrong: Sequence[int], alike: Callable[[int, int], bool], what: str = "item"
) -> Difference | None:
    """Return the difference if all items are right, but not in their places.

    alike: whether item i of the answer is item j of the expected one.
    """
    if len(wrong) == 2 and alike(wrong[0], wrong[1]) and alike(wrong[1], wrong[0]):
        several = "entries" if what == "entry" else f"{what}s"
        return Difference("swapped", f"{several} {wrong[0]} and {wrong[1]}")
    if count > 2 and all(alike(i, count - 1 - i) for i in range(count)):
        return Difference("reversed")
    if count > 2 and all(alike(i, i - 1) for i in range(1, count)):
        return Difference("shifted", f"{what} is one place too late")
    if count > 2 and all(alike(i, i + 1) for i in range(count - 1)):
        return Difference("shifted", f"{what} is one place too early")
    return None


def _number(got: Any, expected: Any, rules: _Rules) -> Difference | None:
    if isinstance(expected, int) and isinstance(got, int | float):
        # Counts are exact, however large: Python compares integers exactly.
        return None if got == expected else _factor(got, expected) or Difference("value")
    array = _as_numbers(got)
    if array is None or isinstance(got, list | tuple):
        return Difference("type", f"expected a number, got {kind_of(got)}")
    if array.shape != ():
        return Difference("shape", f"expected a single number, got an array of shape {array.shape}")
    return _numbers(array, np.asarray(expected), rules)


def _array(got: Any, expected: np.ndarray, rules: _Rules) -> Difference | None:
    array = _as_numbers(got)
    if array is None:
        return Difference("type", f"expected {kind_of(expected)}, got {kind_of(got)}")
    if array.shape != expected.shape:
        return _shape(array, expected)
    return _numbers(array, expected, rules)


def _as_numbers(got: Any) -> np.ndarray | None:
    """Return `got` as a numeric array, or None if it is not one."""
    if not isinstance(got, np.ndarray | np.number | bool | int | float | list | tuple):
        return None
    try:
        array = np.asarray(got)
    except (ValueError, OverflowError):
        return None
    return array if array.dtype.kind in "biuf" else None


def _shape(array: np.ndarray, expected: np.ndarray) -> Difference:
    detail = f"expected {expected.shape}, got {array.shape if array.ndim else 'a number'}"
    if array.ndim > 1 and array.shape == expected.shape[::-1]:
        return Difference("transposed_shape", detail)
    n = len(expected)
    if expected.shape == (n, 1) and array.shape == (n, n) and n > 1:
        return Difference("square_shape", detail)
    return Difference("shape", detail)


def _numbers(array: np.ndarray, expected: np.ndarray, rules: _Rules) -> Difference | None:
    rtol, atol = rules.rtol, rules.atol
    got = array.astype(np.float64)
    expected = expected.astype(np.float64)
    with np.errstate(all="ignore"):
        close = np.abs(got - expected) <= atol + rtol * np.abs(expected)
        # No number is close to infinity, although a tolerance that grows with it would allow any.
        same = (got == expected) | (close & np.isfinite(expected))
        # A right answer contains no nan, but two wrong ones may have it in the same place.
        same |= np.isnan(got) & np.isnan(expected)
        if same.all():
            return None
        if not np.isfinite(got[~same]).all() and np.isfinite(expected).all():
            return Difference("nan" if np.isnan(got).any() else "inf")
        if rules.briefly:
            return Difference("value")
        if array.dtype in SHORT and _rounded_by(array.dtype, got, expected):
            return Difference("short", str(array.dtype))
        return _pattern(got, expected, same, rtol, atol)


def _rounded_by(short: np.dtype, got: np.ndarray, expected: np.ndarray) -> bool:
    """Whether what was lost is no more than a few steps of calculation in `short` lose."""
    finite = np.isfinite(expected)  # what isn't is the same in a short type, and has no digits
    if not (finite.any() and np.array_equal(got[~finite], expected[~finite], equal_nan=True)):
        return False
    got, expected = got[finite], expected[finite]
    lost = min(SHORT_RTOL, LOST_STEPS * float(np.finfo(short).eps))
    return _alike(got, expected, lost, lost * float(np.abs(expected).max()))


def _alike(one: np.ndarray, other: np.ndarray, rtol: float, atol: float) -> bool:
    return bool((np.abs(one - other) <= atol + rtol * np.abs(other)).all())


def _pattern(
    got: np.ndarray, expected: np.ndarray, same: np.ndarray, rtol: float, atol: float
) -> Difference:
    def alike(one: np.ndarray, other: np.ndarray) -> bool:
        return _alike(one, other, rtol, atol)

    if alike(got, -expected):
        return Difference("sign")
    square = expected.ndim == 2 and expected.shape[0] == expected.shape[1] > 1
    if square and alike(got, expected.T):
        return Difference("transpose")
    if (expected.size > 1 or expected.any()) and (factor := _factor(got, expected)):
        return factor
    for axis, what in enumerate(LINES.get(expected.ndim, ())):
        mine, theirs, right = (np.moveaxis(array, axis, 0) for array in (got, expected, same))
        wrong = [i for i, line in enumerate(right) if not line.all()]
        if moved := _moved(
            len(theirs), wrong, lambda i, j, a=mine, b=theirs: alike(a[i], b[j]), what
        ):
            return moved
    return (
        _coarse(got, expected)
        or _clipped(got, expected, same)
        or _unfilled(got, expected, same)
        or _place(expected, same)
    )


def _coarse(got: np.ndarray, expected: np.ndarray) -> Difference | None:
    """Return the difference if the answer is rounded, or lost all its decimals."""
    fractions = np.sum(expected % 1 != 0)
    if fractions > 1 and np.array_equal(got, np.trunc(expected)):
        return Difference("cut")
    for decimals in range(MOST_DECIMALS + 1):
        if fractions > (decimals < 2) and np.array_equal(got, np.round(expected, decimals)):
            return Difference("rounded", f"{decimals} decimal places" if decimals else "integers")
    return None


def _clipped(got: np.ndarray, expected: np.ndarray, same: np.ndarray) -> Difference | None:
    """Return the difference if all numbers beyond some limit became that limit."""
    limits = np.unique(got[~same])
    if len(limits) != 1 or len(np.unique(expected[~same])) < 2 or not same.any():
        return None
    # No negative number is a large one: what is 0 instead of positive was left out.
    if limits > 0 and (expected[~same] > limits).all() and (got[same] <= limits).all():
        return Difference("clipped", "large")
    if limits <= 0 and (expected[~same] < limits).all() and (got[same] >= limits).all():
        return Difference("clipped", "small")
    return None


def _unfilled(got: np.ndarray, expected: np.ndarray, same: np.ndarray) -> Difference | None:
    """Return the difference if some entries are right, and all the wrong ones are 0."""
    if (~same).sum() > 1 and not got[~same].any() and got[same].any():
        return Difference("unfilled")
    return None


def _factor(got: Any, expected: Any) -> Difference | None:
    try:
        got, expected = np.asarray(got, dtype=float), np.asarray(expected, dtype=float)
    except OverflowError:  # a count larger than any float
        return None
    counts = np.abs(expected) > 1e-6 * np.abs(expected).max(initial=0)
    if not counts.any() or (got[~counts] != 0).any():
        return None
    ratios = got[counts] / expected[counts]
    factor = ratios.flat[0]
    if not np.isfinite(factor) or not np.allclose(ratios, factor, rtol=1e-5, atol=0):
        return None
    if factor == 0:
        return Difference("zero")
    # One number is always some multiple of another, so only a telling factor is mentioned.
    telling = any(1.5 < f < 64.5 and abs(f - round(f)) < 1e-5 for f in (factor, 1 / factor))
    if counts.sum() < 2 and not telling:
        return None
    return Difference("factor", f"{factor:.{FACTOR_DIGITS}g}")


def _place(expected: np.ndarray, same: np.ndarray) -> Difference:
    wrong = np.argwhere(~same)
    if expected.ndim == 0:
        return Difference("value")
    if len(wrong) == 1 and expected.size > 1:
        return Difference("one_entry", str(tuple(int(i) for i in wrong[0])))
    if expected.ndim == 2 and expected.shape[0] > 1 and len(set(wrong[:, 0])) == 1:
        return Difference("one_row", str(int(wrong[0, 0])))
    if expected.ndim == 2 and expected.shape[1] > 1 and len(set(wrong[:, 1])) == 1:
        return Difference("one_column", str(int(wrong[0, 1])))
    return Difference("numbers", f"{len(wrong)} of {expected.size}")


def _some(items: list) -> str:
    shown = ", ".join(repr(item)[:40] for item in items[:4])
    return shown + (", …" if len(items) > 4 else "")
