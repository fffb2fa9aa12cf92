"""One notebook as it was read from a student's folder; the pure grader needs nothing else of it."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class SubmittedFile:
    """A notebook's file, or why there is none.

    name: the file's name as it should be ("01_neuron.ipynb").
    content: what the file holds; None if it is missing or could not be read.
    problem: why it could not be read, as a sentence; None if it could.
    oddities: what else was unusual about the submission, as sentences.
    """

    name: str
    content: bytes | None = field(default=None, repr=False)
    problem: str | None = None
    oddities: tuple[str, ...] = ()
