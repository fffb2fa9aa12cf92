"""The code that runs in a student's process; the grader believes nothing that it sends.

The folder is staged as a whole. It imports itself, `limits`, the sandbox, the engine's asking side,
and before the fork `course.check`, `course.data` and `course.figures`, which notebooks use.
"""
