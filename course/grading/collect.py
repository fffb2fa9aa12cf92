"""The name by which nbgrader_config.py knows the collector."""

from course.grading.submission.collect import TrustedCollect

__all__ = ["TrustedCollect"]
