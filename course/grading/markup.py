"""The names by which nbgrader_config.py knows what makes the pages of notebooks, safely."""

from course.grading.feedback.arrangement import AnswersInBoxes, ForStudents
from course.grading.feedback.page import GetMarks
from course.grading.feedback.safe_html import highlight_code, markdown2html
from course.grading.feedback.safe_html import unchanged as as_it_is

__all__ = [
    "AnswersInBoxes",
    "ForStudents",
    "GetMarks",
    "as_it_is",
    "highlight_code",
    "markdown2html",
]
