"""The code that runs in a student's process; the grader believes nothing that it sends.

The folder is staged as a whole. It imports only itself, the sandbox and the engine's asking side,
and before the fork `course.check`, `course.data` and `course.figures`, which notebooks use.
"""
