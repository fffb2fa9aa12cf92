"""The names by which nbgrader_config.py knows the course's own steps of nbgrader's exchange."""

from course.grading.feedback.release import ReleaseFeedback
from course.grading.submission.collect import TrustedCollect

__all__ = ["ReleaseFeedback", "TrustedCollect"]
