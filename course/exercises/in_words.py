"""Questions that are answered in words: how they and their answers' cells look in a notebook."""

HEADING = "### In your own words"
QUESTION_PREFIX = "written-"
ANSWER_STUB = "*Write your answer here: double-click this text.*"


def question(text: str) -> str:
    """Return the text of a question's cell."""
    return f"{HEADING}\n\n{text.strip()}"


def question_id(name: str) -> str:
    """Return the id of a question's cell, which is nbgrader's id of it, too."""
    return f"{QUESTION_PREFIX}{name}"


def answer_id(name: str) -> str:
    """Return the id of the cell for its answer."""
    return f"answer-{name}"
