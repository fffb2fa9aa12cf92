"""Grade once more, with nothing beside it, what timed out only because the machine was busy."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import closing

from course.grading.parallel.pool import Done, Grader, Job

Runner = Callable[[Grader, Iterable[Job]], Iterator[Done]]


def run_undisturbed(run: Runner, grader: Grader, jobs: Iterable[Job]) -> Iterator[Done]:
    """Grade the jobs with `run`; at the end, grade each that was starved alone, and yield that."""
    starved = []
    with closing(run(grader, jobs)) as graded:
        for done in graded:
            if any(notebook.starved for notebook in done.graded.values()):
                starved.append(done.job)
            else:
                yield done
    for job in starved:
        with closing(run(grader, [job])) as graded:
            yield from graded
