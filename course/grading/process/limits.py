"""How much a submission may use: time, output, and how often it may fail to answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SubmissionLimits:
    """Seconds are of the clock, which the trusted side watches.

    cell_seconds: for one cell; it is interrupted then.
    grace_seconds: for a cell that has been interrupted to stop by itself, before its process ends.
    notebook_seconds: after these no further cell is started.
    patience: what a question's own seconds are multiplied by; more than 1 on a slow machine.
    asking_seconds: after these no further exercise is asked.
    unanswered: so many questions of an exercise may end without an answer before the rest of that
        exercise's are no longer asked.
    memory_mib: all processes of a session together; what they share counts for each.
    disk_mib: for the folder it works in.
    lesson_cells: whether the lesson's own cells run and draw too where nothing asks for them. Most
        of a submission's time would go there.
    """

    cell_seconds: float = 30.0
    grace_seconds: float = 3.0
    notebook_seconds: float = 120.0
    patience: float = 1.0
    asking_seconds: float = 300.0
    unanswered: int = 2
    memory_mib: int = 2048
    disk_mib: int = 256
    lesson_cells: bool = False

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if type(value) is not bool and value <= 0:
                raise ValueError(f"{name}: expected a number above 0, got {value}")
