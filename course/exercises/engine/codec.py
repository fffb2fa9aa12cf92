"""Plain values: everything that may pass between a student's function and the grader.

Numbers, text, lists, tuples, dicts, sets, numeric arrays, random generators and the functions of
`stock` have a JSON form; anything else in an answer becomes an `Opaque` with its type's name.
No answer is ever unpickled, so reading one runs none of its sender's code.
"""

import base64
from collections import Counter, deque
from collections.abc import ItemsView, Iterable, Iterator, KeysView, ValuesView
from dataclasses import dataclass
from functools import cache
from math import prod
from typing import Any

import numpy as np
from numpy import asarray, ascontiguousarray  # names here: np's own can be replaced

from course.exercises.engine import stock

# Arrays up to this size are written as numbers, so that a frozen question can be read and diffed.
READABLE_SIZE = 64
NUMERIC_KINDS = "biuf"
DTYPES = {
    f"{kind}{bits}": np.dtype(f"{kind}{bits}")
    for kind, sizes in (
        ("int", (8, 16, 32, 64)),
        ("uint", (8, 16, 32, 64)),
        ("float", (16, 32, 64)),
    )
    for bits in sizes
} | {"bool": np.dtype(bool)}
AXES = 32
# Keys with equal hashes are compared in pairs. By chance there are a handful; a long list of them
# was made to keep the reader busy for hours.
EQUAL_HASHES = 50
# An answer may have this many numbers in arrays, which a net of 4 MB in float32 has; this many
# generators, which take far more memory than their text; and be nested so deeply.
MOST_NUMBERS, MOST_GENERATORS, MOST_LEVELS = 1_000_000, 100, 100
NATIVE = (type(None), bool, int, float, str)
MT19937_WORDS, PHILOX_WORDS = 624, 4
BIT_GENERATORS = ("PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64")


@dataclass(frozen=True)
class Opaque:
    """Stand for a value that is not plain: only the name of its type is known."""

    type_name: str


@dataclass(frozen=True)
class Stream:
    """An argument that a function gets as an iterator: it can be walked only once."""

    items: tuple

    def __iter__(self) -> Iterator:
        return iter(self.items)


def encode(value: Any) -> Any:
    """Return `value` as something `json.dumps` takes; the inverse of `decode`."""
    if type(value) in NATIVE:
        return value
    name = stock.name_of(value)
    if name is not None:
        return {"given": name}
    match value:
        case list() | range() | deque() | KeysView() | ValuesView() | ItemsView():
            return [encode(item) for item in value]
        case Stream(items):
            return {"stream": [encode(item) for item in items]}
        case tuple():
            return {"tuple": [encode(item) for item in value]}
        case dict():
            return {"dict": [[encode(key), encode(item)] for key, item in value.items()]}
        case set() | frozenset():
            return {"set": [encode(item) for item in value]}
        case np.random.Generator():
            return {"rng": _encode_state(value.bit_generator.state)}
        case Opaque(type_name):
            return {"opaque": type_name}
        case np.ma.MaskedArray():
            return {"opaque": "numpy.ma.MaskedArray"}
        case np.bool_() | np.integer() | np.float64():
            return value.item()
        case np.ndarray() | np.generic():
            return _encode_array(asarray(value))
        case bool() | int() | float() | str():
            return next(kind(value) for kind in (bool, int, float, str) if isinstance(value, kind))
    if hasattr(value, "__array__"):
        return _encode_array(asarray(value))
    return {"opaque": _type_name(value)}


def decode(coded: Any) -> Any:
    """Return the value that `encode` wrote down.

    Raises ValueError for JSON that `encode` could not have written.
    """
    if type(coded) in NATIVE:
        return coded
    if type(coded) is list:
        return [decode(item) for item in coded]
    if type(coded) is not dict:
        raise ValueError(f"plain value: expected JSON, got {type(coded).__name__}")
    if "dtype" in coded:
        return _decode_array(coded)
    if len(coded) != 1:
        raise ValueError(f"plain value: expected one tag, got {sorted(map(str, coded))[:5]}")
    [(tag, body)] = coded.items()
    match tag, body:
        case "tuple", list():
            return tuple(decode(item) for item in body)
        case "stream", list():
            return Stream(tuple(decode(item) for item in body))
        case "dict", list():
            return _decode_dict(body)
        case "set", list():
            return frozenset(as_keys(map(decode, body)))
        case "rng", dict():
            return _decode_rng(body)
        case "given", str():
            return stock.named(body)
        case "opaque", str():
            return Opaque(body[:200])
    raise ValueError(f"plain value: unknown tag {str(tag)[:50]!r}")


def check_size(coded: Any) -> None:
    """Raise ValueError if what `coded` stands for is too large to be decoded and judged.

    Arrays and generators take little space as text. The number of other items is limited where the
    text is received.
    """
    numbers = generators = depth = 0
    level = [coded]
    while level:
        depth, deeper = depth + 1, []
        for part in level:
            if type(part) is list:
                deeper += part
            elif type(part) is dict and "dtype" in part:
                numbers += _count(part.get("shape"))
            elif type(part) is dict:
                generators += "rng" in part
                deeper += part.values()
        if depth > MOST_LEVELS or numbers > MOST_NUMBERS or generators > MOST_GENERATORS:
            raise ValueError("plain value: too deep, or too many numbers or generators")
        level = deeper


def _count(shape: Any) -> int:
    counts = shape[: AXES + 1] if type(shape) is list else []
    return prod(abs(n) for n in counts if type(n) is int)


def _encode_array(array: np.ndarray) -> Any:
    if array.dtype == object:
        # A list of unequal arrays that NumPy was asked to hold: judged as a list.
        return [encode(item) for item in array] if array.ndim else {"opaque": "numpy object"}
    if array.dtype.kind not in NUMERIC_KINDS:
        return {"opaque": f"numpy array of {array.dtype}"}
    if array.dtype.itemsize > 8:
        array = array.astype(np.float64)
    head = {"dtype": _name(array.dtype), "shape": list(array.shape)}
    if array.size <= READABLE_SIZE:
        return {"array": array.tolist(), **head}
    packed = ascontiguousarray(array, dtype=array.dtype.newbyteorder("<"))
    return {"bytes": base64.b64encode(packed.tobytes()).decode("ascii"), **head}


@cache
def _name(dtype: np.dtype) -> str:
    # NumPy builds the name again on every access.
    return dtype.name


def _decode_array(coded: dict) -> np.ndarray:
    shape, dtype = coded.get("shape"), coded["dtype"]
    if type(shape) is not list or any(type(n) is not int or n < 0 for n in shape):
        raise ValueError("plain array: the shape must be a list of counts")
    if len(shape) > AXES:
        raise ValueError(f"plain array: expected at most {AXES} axes, got {len(shape)}")
    kind = DTYPES.get(dtype) if type(dtype) is str else None
    if kind is None:
        name = repr(dtype[:30]) if type(dtype) is str else f"a {type(dtype).__name__}"
        raise ValueError(f"plain array: {name} is no dtype of numbers")
    try:
        return _numbers(coded, kind).reshape(shape)
    except (TypeError, OverflowError) as error:
        raise ValueError(f"plain array: {str(error)[:100]}") from None


def _numbers(coded: dict, kind: np.dtype) -> np.ndarray:
    if type(coded.get("bytes")) is str:
        data = np.frombuffer(
            base64.b64decode(coded["bytes"], validate=True), kind.newbyteorder("<")
        )
        if kind.kind == "b" and (data.view(np.uint8) > 1).any():
            raise ValueError("plain array: a truth value that is neither True nor False")
        return data.astype(kind)
    if "array" not in coded:
        raise ValueError("plain array: no numbers")
    if np.array(coded["array"]).dtype.kind not in NUMERIC_KINDS:
        # NumPy would turn None and texts into numbers.
        raise ValueError("plain array: not only numbers")
    return np.array(coded["array"], dtype=kind)


def _decode_dict(pairs: list) -> dict:
    if any(type(pair) is not list or len(pair) != 2 for pair in pairs):
        raise ValueError("plain dict: expected a list of pairs")
    keys = list(as_keys(decode(key) for key, _ in pairs))
    return dict(zip(keys, [decode(item) for _, item in pairs], strict=True))


def as_keys(values: Iterable) -> Iterator:
    """Yield the values; ValueError if they can't be the keys of a dict, or only of a slow one."""
    seen, hashes = set(), Counter()
    for value in values:
        try:
            new = value not in seen
        except TypeError:
            raise ValueError(f"plain value: a {type(value).__name__} can't be a key") from None
        if new:
            seen.add(value)
            hashes[hash(value)] += 1
            if hashes[hash(value)] > EQUAL_HASHES:
                raise ValueError(f"plain value: more than {EQUAL_HASHES} keys with the same hash")
        yield value


def _encode_state(state: dict) -> dict:
    return {
        key: _encode_state(item) if isinstance(item, dict) else encode(item)
        for key, item in state.items()
    }


def _decode_state(state: dict) -> dict:
    return {
        key: _decode_state(item) if type(item) is dict and "dtype" not in item else decode(item)
        for key, item in state.items()
    }


def _decode_rng(state: dict) -> np.random.Generator:
    name = state.get("bit_generator")
    if name not in BIT_GENERATORS:
        raise ValueError(f"plain rng: unknown bit generator {str(name)[:30]!r}")
    bits = getattr(np.random, name)()
    try:
        _check_places(state)
        bits.state = _decode_state(state)
    except (TypeError, KeyError, AttributeError, OverflowError) as error:
        raise ValueError(f"plain rng: {error!r}") from None
    return np.random.Generator(bits)


def _check_places(state: dict) -> None:
    """Check the positions in a generator's state: NumPy accepts any number."""
    for place, end in (("pos", MT19937_WORDS), ("buffer_pos", PHILOX_WORDS)):
        for part in (state, state.get("state")):
            at = part.get(place, 0) if type(part) is dict else 0
            if type(at) is not int or not 0 <= at <= end:
                raise TypeError(f"{place}: expected 0 to {end}")


def _type_name(value: Any) -> str:
    kind = type(value)
    return (
        kind.__qualname__
        if kind.__module__ == "builtins"
        else f"{kind.__module__}.{kind.__qualname__}"
    )
