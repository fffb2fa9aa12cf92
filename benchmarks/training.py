"""A training step of ``course.nn.sgd.train``, compared with its peers' and bare matrix products.

With one thread each, time is the processor's: what else runs on the machine does not count then.
With more threads, it is the clock's.
"""

import argparse
import os
import time
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from benchmarks import page
from benchmarks.peers import PACKAGES, PEERS, Course, Floor, Sklearn, Task, its_task, task
from benchmarks.rounds import Times, in_turn, ratio, times_as_long
from course.figures.drawing.style import canvas, stroke, styled

OURS, FLOOR = "course.nn", "bare products"
AGREE = {"float64": 1e-9, "float32": 1e-2}  # of the way that the weights went
THREADS = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "NPROC")


METHOD = """\
ReLU nets with softmax and cross entropy, trained by plain SGD. All contestants train the same net
from the same weights on the same batches, and are timed only after two epochs have brought them all
to the same weights. (With two classes, scikit-learn has a single output.) The time includes
shuffling, gathering the batches and adding up the losses, but not compilation. All run in turn in
one process, round after round, each with the same number of threads and processors: {threads}.
A figure is the median over the rounds; the time is {time}.

**Bare products** are the matrix products that a step needs, forward and backward, done by NumPy in
memory that is already allocated: nothing that uses NumPy can be faster. The figure for another tool
is its time divided by ours: above 1 we are faster, and figures below 1 are in bold.

There are two ways to be faster. **PyTorch's products** and **JAX's products** are the same ones
done by their own libraries, MKL and the one in JAX's compiler; NumPy's is OpenBLAS. Which library
suits a processor best is beyond the control of the program that calls it, and on large nets the
products take nearly all the time. On small nets nearly all the time goes into Python, a few calls
per layer; JAX compiles a step, or a whole epoch, into one call."""
AIMS = """\
The aims: on the two small nets, to be {faster:g} times as fast as {peers}; on the two
large ones, to take at most {near:g} times as long as the bare products.
{missed}"""
SMALL, LARGE = slice(2), slice(2, None)
FASTER, FASTER_THAN, NEAR = 3, ("PyTorch", "scikit-learn"), 1.25
TIMES = {True: "the processor's, so other programs do not count", False: "elapsed time"}


@dataclass
class Row:
    """A net, the size of its batches, and how long it is measured."""

    dims: list[int]
    batch_size: int
    batches: int  # in an epoch
    epochs: int  # in a turn
    rounds: int

    def __str__(self) -> str:
        return f"{'-'.join(map(str, self.dims))}, batches of {self.batch_size}"


ROWS = [
    Row([2, 16, 16, 2], 32, batches=100, epochs=3, rounds=31),
    Row([64, 64, 32, 10], 32, batches=100, epochs=2, rounds=31),
    Row([784, 256, 128, 10], 128, batches=24, epochs=4, rounds=25),
    Row([784, 1024, 1024, 10], 512, batches=8, epochs=2, rounds=9),
]


def allow(threads: int) -> None:
    """Give all contestants as many threads and processors; call it before peers are imported."""
    os.environ.update(dict.fromkeys(THREADS, str(threads)))
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, sorted(os.sched_getaffinity(0))[-threads:])
    threadpool_limits(threads)


def apart(trainer: object, task: Task) -> float:
    """How far a trainer's weights end from ours after two epochs, as a share of our way there."""
    ours = Course(task)
    for one in (ours, trainer):
        one.train(2, np.random.default_rng(1))
    start, end, other = (
        np.concatenate([p.ravel() for half in net for p in half])
        for net in (task.net, ours.net(), trainer.net())
    )
    return float(np.abs(other - end).max() / np.abs(end - start).max())


def measure(row: Row, dtype: str, peers: list[str], rounds: int, clock: Callable) -> Times:
    """Seconds per step, of all contestants in turn, once all are seen to learn the same."""
    todo = task(row.dims, row.batch_size, row.batches, dtype)
    trainers = {OURS: Course(todo), FLOOR: Floor(todo)} | {
        name: PEERS[name][1](todo) for name in peers
    }
    for name in peers:
        if isinstance(trainers[name], Floor):
            continue
        distance = apart(trainers[name], its_task(todo) if PEERS[name][1] is Sklearn else todo)
        if not distance < AGREE[dtype]:
            raise RuntimeError(f"{name} does not learn what we learn: {distance:.1e} apart")
    rng = np.random.default_rng(2)
    turns = {
        name: lambda trainer=trainer: trainer.train(row.epochs, rng)
        for name, trainer in trainers.items()
    }
    in_turn(turns, 1)
    times = in_turn(turns, rounds, clock)
    return {name: seconds / (row.epochs * row.batches) for name, seconds in times.items()}


def result_table(results: dict[str, Times], peers: list[str]) -> str:
    """Our microseconds, how near they are to the floor, and the peers' times over ours."""
    rows = [
        [
            row,
            f"{1e6 * np.median(times[OURS]):.0f}",
            f"{ratio(times, OURS, FLOOR):.2f}",
            *(times_as_long(ratio(times, name, OURS)) for name in peers),
        ]
        for row, times in results.items()
    ]
    return page.table(["net", "our µs", f"ours / {FLOOR}", *(f"{p} / ours" for p in peers)], rows)


def aims(by_dtype: dict[str, dict[str, Times]]) -> str:
    """Say which of the aims are missed, and by how much."""
    missed = []
    for dtype, results in by_dtype.items():
        rows = list(results.items())
        missed += [
            f"{peer} on {row} in {dtype} ({ratio(times, peer, OURS):.2f})"
            for row, times in rows[SMALL]
            for peer in FASTER_THAN
            if ratio(times, peer, OURS) < FASTER
        ]
        missed += [
            f"{FLOOR} on {row} in {dtype} ({ratio(times, OURS, FLOOR):.2f})"
            for row, times in rows[LARGE]
            if ratio(times, OURS, FLOOR) > NEAR
        ]
    return AIMS.format(
        faster=FASTER,
        peers=" and ".join(FASTER_THAN),
        near=NEAR,
        missed=f"Missed: {'; '.join(missed)}." if missed else "All are met.",
    )


@styled
def plot(by_dtype: dict[str, dict[str, Times]], peers: list[str]) -> str:
    """Every contestant's time over ours, with one panel per precision."""
    figure, axes = canvas(9, 3.8, columns=len(by_dtype), sharex=True, sharey=True)
    for ax, (dtype, results) in zip(axes[0], by_dtype.items(), strict=True):
        for i, name in enumerate([*peers, FLOOR]):
            colour, _, marker = stroke(i)
            factors = [ratio(times, name, OURS) for times in results.values()]
            ax.plot(factors, range(len(results)), marker, color=colour, label=name, markersize=8)
        ax.axvline(1, label=OURS)
        ax.set(title=dtype, xscale="log", xlabel=f"time for a step, over that of {OURS}")
        ax.set_xticks([0.25, 0.5, 1, 2, 4, 8], ["¼", "½", "1", "2", "4", "8"], minor=False)
        ax.set_xticks([], minor=True)
        ax.set_yticks(range(len(results)), [row.replace(", ", ",\n") for row in results])
        ax.grid(axis="x")
    axes[0, 0].invert_yaxis()
    figure.legend(*axes[0, 0].get_legend_handles_labels(), loc="outside lower center", ncols=4)
    return page.write_plot("training", figure, "Each tool's time for a step, divided by ours")


def main() -> None:
    """Measure, print, and renew the page if all peers are there."""
    options = argparse.ArgumentParser(prog="python -m benchmarks training", description=__doc__)
    options.add_argument("--threads", type=int, default=1, help="for each contestant")
    options.add_argument("--rounds", type=int, help="fewer or more than each net has by itself")
    chosen = options.parse_args()
    threads, clock = chosen.threads, time.process_time if chosen.threads == 1 else time.perf_counter
    allow(threads)
    absent = page.missing(PACKAGES)
    peers = [name for name, (package, _) in PEERS.items() if package not in absent]

    by_dtype = {}
    for dtype in AGREE:
        results = by_dtype[dtype] = {}
        for row in ROWS:
            results[str(row)] = measure(row, dtype, peers, chosen.rounds or row.rounds, clock)
            print(dtype, result_table({str(row): results[str(row)]}, peers), sep="\n", flush=True)
    if absent:
        return print(f"The page is unchanged: {', '.join(absent)} not installed (extra bench).")

    command = "python -m benchmarks training" + (f" --threads {threads}" if threads > 1 else "")
    sections = [
        page.circumstances(command, ["numpy", *PACKAGES]),
        METHOD.format(threads=threads, time=TIMES[threads == 1]),
        aims(by_dtype),
        plot(by_dtype, peers),
    ]
    for dtype, results in by_dtype.items():
        sections += [f"## {dtype}", result_table(results, peers)]
    print(page.write("training", "A training step", sections))


if __name__ == "__main__":
    main()
