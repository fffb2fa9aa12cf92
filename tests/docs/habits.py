"""Habits of unidiomatic English that a pattern can find, each with a better wording.

`python -m tests.docs.habits [PATH …]` lists where the Python files under the paths have them.
"""

import ast
import re
import sys
import tokenize
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

# "One line an exercise": what is counted, for each of what, and then the phrase ends.
COUNTED = (
    "(?:column|command|fork|line|message|module|ns|page|panel|point|process|question|row|screen"
    "|test|thread)s?"
)
EACH = (
    "(?:cell|core|edge|epoch|exercise|figure|file|function|layer|lesson|line|machine|mistake"
    "|process|question|run|slide|step|student|submission|test|unit|worker)"
)
ENDS = r"(?=\s*(?:[.,;:!?)|—]|$)|\s+(?:and|or|but|with|for|in|on|at|of)\b)"


@dataclass(frozen=True)
class Habit:
    """A pattern, what to write instead, and a sentence of each kind.

    pattern: a regular expression, matched without regard to case; a space matches a line break too.
    """

    pattern: str
    instead: str
    bad: str
    good: str

    def compiled(self) -> re.Pattern:
        return re.compile(self.pattern.replace(" ", r"\s+"), re.IGNORECASE | re.MULTILINE)


@dataclass(frozen=True)
class Text:
    """Some words of a file and the line on which they begin."""

    path: Path
    line: int
    words: str


HABITS = (
    Habit(
        r"\bwhat came\b(?! (?:before|after|first|next))",
        "what your function returned, what it got",
        "It shows what was expected and what came.",
        "It shows the expected answer and the one that your function returned.",
    ),
    Habit(r"(?-i:\bCame:)", "Got:", "Came:     [[1., 1.]]", "Got:      [[1., 1.]]"),
    Habit(
        r"\b(?:none|nothing|false|true|a number|an array|a list|a text|an error) came\b"
        r"(?! (?:from|out|back|to|up|with)\b)",
        "… got …, your function returned …",
        "An array was expected, a number came.",
        "Expected an array, got a number.",
    ),
    Habit(
        r"\bso (?:has|have|does|do|needs?) the\b",
        "the … too",
        "Workers have NumPy; so has the scheduler.",
        "Workers have NumPy, and the scheduler has it too.",
    ),
    Habit(
        r"\bwhom (?:it|this) is for\b|\bagainst whom$|\bby what$",
        "Who it is for, Threat model, how",
        "## Whom it is for",
        "## Who it is for",
    ),
    Habit(
        r"\bas far as (?:it|they|that) (?:is|are|isn't|aren't|was|were|has|have)\b",
        "that have not been … yet",
        "Grade what was submitted, as far as it isn't yet.",
        "Grade the submissions that have not been graded yet.",
    ),
    Habit(
        r"\b(?:has|have|had) been already\b",
        "were already up to date",
        "12 graded; 3 had been already.",
        "12 graded; 3 were already up to date.",
    ),
    Habit(
        rf"\b(?:an?|one|two|three|\d+) (?:\w+ )?{COUNTED} an? {EACH}\b{ENDS}",
        "per",
        "Prints one line an exercise.",
        "Prints one line per exercise.",
    ),
    Habit(
        r"\brightly\b",
        "correctly",
        "3 of 7 questions answered rightly.",
        "3 of 7 questions correct.",
    ),
    Habit(
        r"(?:^|(?<!\bis)(?<!\bare)(?<!\bwas)\s)also (?:where|when|if)\b",
        "even if, even when",
        "It works also where two units are graded at once.",
        "It works even if two units are graded at once. That is also when students learn most.",
    ),
    Habit(
        r"\b(?:puts?|putting|laid|lays?) (?:it |them |the file )?aside\b",
        "moved to quarantine/",
        "The link was put aside.",
        "The link was moved to quarantine/ and not read.",
    ),
    Habit(
        r"\block(?:ed|ing|s)?[ -]in\b|\block(?:s|ing|ed)? (?:it|itself|them|sessions) in\b",
        "sandboxed, in a sandbox",
        "Student code runs locked in.",
        "Student code runs in a sandbox, and the folder is locked.",
    ),
    Habit(
        r"\bso many\b(?!(?: \w+){0,2} that\b)",
        "N, this many, the number of",
        "So many submissions at the same time.",
        "The number of submissions to grade in parallel. There were so many that it stopped.",
    ),
    Habit(
        r"\b(?:stands|(?:they|may) stand) (?:beside|there|where"
        r"|on(?! the (?:left|right|wrong|diagonal))|in(?! for\b| front\b| a (?:column|row)\b))\b",
        "is, is listed, appears",
        "What each slide shows stands in the list.",
        "The list says what each slide shows; σ stands for the sigmoid and stands on the left.",
    ),
    Habit(r"\bmend(?:s|ed|ing)?\b", "fix", "Mend what ruff finds.", "Fix what ruff finds."),
    Habit(
        r"\blikewise\b",
        "the same",
        "The scheduler is lost: likewise.",
        "The scheduler is lost: the same.",
    ),
    Habit(
        r"\bin vain\b",
        "without success",
        "It was looked for in vain.",
        "No file was found.",
    ),
    Habit(
        r"\b(?:whoever|everybody|somebody)\b",
        "name the people or things",
        "Whoever fails reads the hint.",
        "Students who fail read the hint.",
    ),
    Habit(
        r"\b(?:wrong|right|0|zero|correct),? throughout\b",
        "every entry",
        "The sign is wrong throughout.",
        "The sign of every entry is wrong.",
    ),
    Habit(
        r"\b(?:type|shape|scale|length|size|sign|keys|number of items) (?:is|are) off\b",
        "wrong …: expected …, got …",
        "The shape is off: (2, 3) expected.",
        "Wrong shape: expected (2, 3), got (3, 2).",
    ),
    Habit(
        r"\b(?:is|are|stays?|stayed) as (?:it|they) (?:was|were)\b",
        "unchanged, not touched",
        "The page stays as it was.",
        "The page is unchanged; the net stays as it is.",
    ),
    Habit(
        r"(?-i:\bOf (?:an?|the|all|each|every) )",
        "begin with the subject",
        "Of a lesson's own cells only those run that import something.",
        "Only the lesson's cells that import something are run. One of the cells is skipped.",
    ),
    Habit(
        r"\bwarm (?:process|worker)(?:es|s)?\b",
        "fork server",
        "Each worker has one warm process.",
        "Each worker has one fork server.",
    ),
    Habit(
        r"\bdiscreet(?:ly)?\b",
        "redacted",
        "The discreet text shows no secret.",
        "The redacted text shows no secret.",
    ),
    Habit(
        r"\b(?:another|the same|other|different) edition\b|\beditions? of the course\b",
        "version",
        "The worker has another edition of the course.",
        "The worker has a different version of the course; this is the second edition.",
    ),
    Habit(
        r"\bbeside (?:the |its |plain |our )*(?:peers?|nbgrader|networkx|micrograd)\b",
        "compared with",
        "Speed, beside the peers.",
        "Speed, compared with similar tools.",
    ),
    Habit(
        r"\bwaits? for your\b",
        "needs your function …",
        "This cell waits for your softmax.",
        "This cell needs your function softmax.",
    ),
    Habit(
        r"\bwhere (?:one|none|it|that|there) (?:is|are) (?:known|missing|given|wrong|none|so)\b",
        "if, when",
        "It names the mistake, where one is known.",
        "It names the mistake if one is known.",
    ),
)


def offences(texts: list[Text]) -> list[str]:
    """Say where each habit is found: file and line, the words, and what to write instead."""
    found = []
    for text in texts:
        for habit in HABITS:
            for match in habit.compiled().finditer(text.words):
                line = text.line + text.words.count("\n", 0, match.start())
                words = " ".join(match[0].split())
                found.append(f"{text.path}:{line}: “{words}” -> {habit.instead}")
    return found


def prose(path: Path, root: Path) -> list[Text]:
    """Return a page's words; fenced code is blanked, so that lines keep their numbers."""
    words = path.read_text(encoding="utf-8")
    fence = re.compile(r"^( *)```.*?^\1```", re.DOTALL | re.MULTILINE)
    return [
        Text(path.relative_to(root), 1, fence.sub(lambda code: "\n" * code[0].count("\n"), words))
    ]


def words_of_code(path: Path, root: Path) -> list[Text]:
    """Return a Python file's comments, docstrings and other string literals."""
    name, source = path.relative_to(root), path.read_text(encoding="utf-8")
    strings = (
        Text(name, node.lineno, node.value)
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return [*strings, *_comments(path, name)]


def _comments(path: Path, name: Path) -> Iterator[Text]:
    """Comments on consecutive lines make one text, since a phrase may run over the line's end."""
    with path.open("rb") as file:
        tokens = [t for t in tokenize.tokenize(file.readline) if t.type == tokenize.COMMENT]
    numbered = groupby(enumerate(tokens), lambda pair: pair[1].start[0] - pair[0])
    for _, block in numbered:
        comments = [token for _, token in block]
        words = "\n".join(token.string.lstrip("# ") for token in comments)
        yield Text(name, comments[0].start[0], words)


if __name__ == "__main__":
    for start in map(Path, sys.argv[1:] or ["course", "tests", "benchmarks"]):
        for file in sorted(start.rglob("*.py")) if start.is_dir() else [start]:
            if file.resolve() != Path(__file__).resolve():
                print(
                    "".join(f"{line}\n" for line in offences(words_of_code(file, Path()))), end=""
                )
