"""A unit's notebook without its prose but for written questions, read from the lesson's text.

`course check` restores against it. A student's install has the lessons but not the released
notebooks, and nothing to build them with.
"""

import hashlib
import re
from functools import cache
from importlib.resources import files
from typing import Any

from course.exercises.in_words import ANSWER_STUB, answer_id, question, question_id
from course.grading.notebook.cells import COURSE, new_cell, visible
from course.grading.notebook.lesson import STUB

PART = re.compile(
    r"^```\{code-cell\}.*\n(?P<options>---\n(?:.*\n)*?---\n|(?::.*\n)*)(?P<code>(?:.*\n)*?)```$"
    r"|^:::\{exercise\} (?P<name>\w+)$"
    r"|^:::\{written\} (?P<written>\w+)\n:points:.*\n+(?P<question>(?:.*\n)*?):::$",
    re.MULTILINE,
)
# What the options of an instructor's own cell say to nbgrader.
OWN_ID = re.compile(r"\bgrade_id[\"']?: *[\"']?([^\s\"',}]+)")
OWN_FLAG = re.compile(r"\b(grade|solution|locked)[\"']?: *true\b")
SOLUTION = re.compile(r"^( *)### BEGIN SOLUTION\n(?:.*\n)*?.*### END SOLUTION$", re.MULTILINE)


@cache
def outline(unit: str) -> dict[str, Any]:
    """Return the unit's released notebook as far as its code and questions go, with empty stubs."""
    text = files("course").joinpath("lessons", f"{unit}.md").read_text(encoding="utf-8")
    cells = [cell for part in PART.finditer(text) for cell in _cells(part)]
    return {"nbformat": 4, "metadata": {COURSE: {"unit": unit}}, "cells": cells}


def _cells(part: re.Match) -> list[dict[str, Any]]:
    if name := part["name"]:
        stub = new_cell("code", f"def {name}():\n    {STUB}", name)
        stub["metadata"] = {"nbgrader": {"grade_id": name, "solution": True}}
        test = new_cell("code", f'check("{name}", {name})', f"test-{name}")
        marks = {"grade_id": test["id"], "grade": True, "locked": True}
        test["metadata"] = {"nbgrader": marks, COURSE: {"exercise": name}}
        return [stub, test]
    if name := part["written"]:
        asked = new_cell("markdown", visible(question(part["question"])), question_id(name))
        asked["metadata"] = {"nbgrader": {"grade_id": asked["id"], "task": True, "locked": True}}
        answer = new_cell("markdown", ANSWER_STUB, answer_id(name))
        answer["metadata"] = {COURSE: {"answer": name}}
        return [asked, answer]
    code = part["code"].strip("\n")
    if name := OWN_ID.search(part["options"]):
        own = new_cell("code", visible(SOLUTION.sub(rf"\1{STUB}", code)), name[1])
        flags = dict.fromkeys(OWN_FLAG.findall(part["options"]), True)
        own["metadata"] = {"nbgrader": {"grade_id": name[1]} | flags}
        return [own]
    return [new_cell("code", code, hashlib.sha256(code.encode()).hexdigest()[:12])]
