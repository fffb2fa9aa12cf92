"""How much a submission may use: time, output, and how often it may fail to answer."""

from dataclasses import dataclass


@dataclass(frozen=True)
class SubmissionLimits:
    """All seconds are counted as in `deadlines`: work and sleep, not the wait for a processor.

    cell_seconds: for each cell, which is then interrupted.
    grace_seconds: how long an interrupted cell may take to stop before its process is killed.
    notebook_seconds: no further cell is started after this time.
    patience: a factor on each question's own seconds; more than 1 on a slow machine.
    asking_seconds: no further exercise is asked after this time.
    unanswered: how many questions of an exercise may go unanswered before the rest get
        half a second each.
    processor_seconds: all processes of a session together, those in the background included.
    memory_mib: all processes of a session together; memory that they share counts once.
    disk_mib: for the session's folder.
    lesson_cells: whether the lesson's demonstrations run and draw even if nothing needs them. They
        would take most of a submission's time.
    """

    cell_seconds: float = 30.0
    grace_seconds: float = 3.0
    notebook_seconds: float = 120.0
    patience: float = 1.0
    asking_seconds: float = 300.0
    unanswered: int = 2
    processor_seconds: float = 450.0
    memory_mib: int = 2048
    disk_mib: int = 256
    lesson_cells: bool = False

    def __post_init__(self) -> None:
        for name, value in vars(self).items():
            if type(value) is not bool and value <= 0:
                raise ValueError(f"{name}: expected a number above 0, got {value}")
