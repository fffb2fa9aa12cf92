"""What the capstone's tiers ask for: how far designs of different thought come with the grader.

``python -m benchmarks.capstone`` puts each design to the grader's own question, trained and run
afresh for every seed, and renews docs/benchmarks/capstone.md.
"""

import time
from collections.abc import Callable
from typing import NamedTuple

import numpy as np

from benchmarks import page
from course.data.moved import moved
from course.exercises.sgd.design import TIERS
from course.exercises.sgd.design import exercise as design
from course.nn.backprop import IDENTITY, RELU, cross_entropy
from course.nn.sgd import train
from course.nn.symmetry import initialise

SEEDS = range(12)
METHOD = """\
Each design is trained on the 1297 digits, each moved by up to a pixel, and its net is run on 1000
images that it has not seen, just as the grader does it, with {seeds} seeds. In a notebook, `check`
asks the same in small: 1000 digits for training, and the net is run on 594 images of the other 297.
The course does not claim that these are the best of their kind: they are what a student who has
read the lesson would try. If a design reaches a tier under every seed, designs of its kind can
count on it."""


class Kind(NamedTuple):
    """A kind of design, and the designs of that kind."""

    says: str
    designs: dict[str, Callable]


def as_they_came(*dims: int, epochs: int, lr: float) -> Callable:
    """Train a net of these widths on the digits as they come."""
    return _trained(dims, np.full(epochs, lr), lambda X, rng: X)


def with_falling_steps(*dims: int, epochs: int, lr: float) -> Callable:
    """Train a net of these widths on the digits as they come, with steps that get shorter."""
    return _trained(dims, np.linspace(lr, lr / 50, epochs), lambda X, rng: X)


def moved_again(*dims: int, epochs: int, lr: float) -> Callable:
    """Train on digits that are moved again for each epoch, with steps that get shorter."""
    return _trained(dims, np.linspace(lr, lr / 50, epochs), moved)


def _trained(dims: tuple[int, ...], lrs: np.ndarray, seen: Callable) -> Callable:
    acts = [RELU] * (len(dims) - 2) + [IDENTITY]

    def one(X, y, rng):
        net, how = initialise(list(dims), rng), {"epochs": 1, "batch_size": 32, "rng": rng}
        for lr in lrs:
            net, _ = train(net, acts, seen(X, rng), y, cross_entropy, lr=lr, **how)
        return net, acts

    return one


LINEAR = Kind(
    "no hidden layer",
    {
        "64-10, 40 epochs": as_they_came(64, 10, epochs=40, lr=0.3),
        "64-10, 200 epochs": as_they_came(64, 10, epochs=200, lr=0.5),
        "64-10, 300 epochs, falling steps": with_falling_steps(64, 10, epochs=300, lr=0.5),
        "64-10, moved again": moved_again(64, 10, epochs=100, lr=0.3),
    },
)
SMALL = Kind(
    "a small hidden layer",
    {
        "64-16-10, 40 epochs": as_they_came(64, 16, 10, epochs=40, lr=0.2),
        "64-32-10, 40 epochs": as_they_came(64, 32, 10, epochs=40, lr=0.2),
    },
)
SENSIBLE = Kind(
    "a sensible hidden layer or two",
    {
        "64-64-10, 100 epochs": as_they_came(64, 64, 10, epochs=100, lr=0.2),
        "64-128-10, 100 epochs": as_they_came(64, 128, 10, epochs=100, lr=0.2),
        "64-64-64-10, 100 epochs": as_they_came(64, 64, 64, 10, epochs=100, lr=0.2),
    },
)
LARGE = Kind(
    "more of the same",
    {
        "64-256-128-10, 70 epochs": as_they_came(64, 256, 128, 10, epochs=70, lr=0.1),
        "64-512-256-10, falling steps": with_falling_steps(64, 512, 256, 10, epochs=60, lr=0.2),
    },
)
THOUGHTFUL = Kind(
    "told that a moved digit is the same digit",
    {
        "64-128-10, moved again": moved_again(64, 128, 10, epochs=200, lr=0.5),
        "64-256-10, moved again": moved_again(64, 256, 10, epochs=150, lr=0.5),
        "64-128-64-10, moved again": moved_again(64, 128, 64, 10, epochs=150, lr=0.3),
    },
)
KINDS = (LINEAR, SMALL, SENSIBLE, LARGE, THOUGHTFUL)


def share_read(one: Callable, seed: int) -> float:
    """Return the share of the grader's images that a design reads correctly."""
    [question] = design.secret_questions(np.random.default_rng(seed))
    return design.answer(question, one).answer["share right"]


def share_read_in_check(one: Callable, seed: int) -> float:
    """Return the share of the public question's images that a design reads correctly."""
    [question] = design.public_questions()
    question.args["rng"] = np.random.default_rng(seed)
    return design.answer(question, one).answer["share right"]


def row(kind: Kind, name: str) -> list[str]:
    """Measure one design; return its line of the table."""
    begin = time.perf_counter()
    shares = np.array([share_read(kind.designs[name], seed) for seed in SEEDS])
    seconds = (time.perf_counter() - begin) / len(SEEDS)
    checked = [share_read_in_check(kind.designs[name], seed) for seed in SEEDS]
    line = [
        f"{kind.says}: {name}",
        f"{shares.mean():.3f} ± {shares.std(ddof=1):.3f}",
        f"{shares.min():.3f} to {shares.max():.3f}",
        *(f"{np.sum(shares >= tier)}" for tier in TIERS),
        f"{min(checked):.3f} to {max(checked):.3f}",
        f"{seconds:.1f}",
    ]
    print(*line, sep="  ", flush=True)
    return line


def main() -> None:
    """Measure, print, and renew the page."""
    reached = [f"≥ {tier:.2f}" for tier in TIERS]
    head = ["design", "share read correctly", "worst to best", *reached, "in `check`", "s"]
    lines = [row(kind, name) for kind in KINDS for name in kind.designs]
    sections = [
        page.circumstances("python -m benchmarks capstone", ["numpy"]),
        METHOD.format(seeds=len(SEEDS)),
        page.table(head, lines),
        f"The columns headed ≥ count the seeds, of {len(SEEDS)}, under which a tier was reached.",
    ]
    print(page.write("capstone", "The capstone's tiers", sections))


if __name__ == "__main__":
    main()
