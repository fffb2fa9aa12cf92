"""The lecture's slides, and where in the lessons each of them is taken up.

`course/lessons/lecture.toml` lists the slides and what each of them shows. A lesson or an exercise
takes up a slide by naming it: its exact title in italics or in quotes. What a slide shows is found
by searching the lessons that name it. So the page docs/lecture-map.md, which `course build` writes,
can't be out of date, and what is missing in it is missing in the lessons.
"""

import inspect
import re
import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache, cached_property
from importlib.resources import files

from course.exercises.units import UNITS, all_exercises

PAGE = "docs/lecture-map.md"
LESSONS = files("course") / "lessons"
NOWHERE = "**nowhere**"
INTRODUCTION = """\
# The lecture, slide by slide

Where the lessons take up each slide of the lecture, and which exercises come from it.

Made by `course build` from the lessons' own text; a test fails when a slide, or something that it
shows, is in no lesson.
"""
COMMANDS = {"rightarrow": "to", "land": "wedge", "ldots": "dots", "times": "cdot"}
# Typography that makes no difference to what a formula says.
SILENT = (
    *("mathbf", "mathbb", "mathcal", "mathit", "mathrm", "text", "operatorname", "hat", "left"),
    *(
        "right",
        "bigl",
        "bigr",
        "Bigl",
        "Bigr",
        "big",
        "Big",
        "quad",
        "qquad",
        "limits",
        "displaystyle",
    ),
)
SIGNS = str.maketrans(
    {"−": "-", "·": "cdot", "×": "cdot", "∈": "in", "→": "to", "↦": "mapsto", "∘": "circ"}
    | {"σ": "sigma", "α": "alpha", "ρ": "rho", "Σ": "sum", "∇": "nabla", "∧": "wedge", "∼": "sim"}
    | {"…": "dots", "ℓ": "ell", "‘": "'", "’": "'", "|": "vert"}
)


@dataclass(frozen=True)
class Slide:
    """A slide of the lecture: its title and what it shows, as Markdown."""

    title: str
    shows: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    """What stands under one heading of a lesson."""

    unit: str
    heading: str
    text: str

    @cached_property
    def plain(self) -> str:
        return plain(self.text)

    @property
    def link(self) -> str:
        anchor = re.sub(r"[^\w\- ]", "", self.heading.lower()).replace(" ", "-")
        lesson = f"../course/lessons/{self.unit}.md"
        return f"[{self.unit[:2]}: {self.heading}]({lesson}#{anchor})"


@cache
def slides() -> tuple[Slide, ...]:
    """Return the lecture's slides in its order."""
    listed = tomllib.loads((LESSONS / "lecture.toml").read_text(encoding="utf-8"))["slide"]
    return tuple(Slide(one["title"], tuple(one["shows"])) for one in listed)


@cache
def sections() -> tuple[Section, ...]:
    """Return all sections of all lessons in order; a section starts at a heading # or ##."""
    return tuple(one for unit in UNITS for one in _sections_of(unit))


def _sections_of(unit: str) -> list[Section]:
    text = (LESSONS / f"{unit}.md").read_text(encoding="utf-8")
    found: list[tuple[str, list[str]]] = []
    in_code = False
    for line in text.split("\n---\n", 1)[1].splitlines():
        in_code ^= line.startswith("```")
        heading = re.match(r"##? (.+)", line)
        if heading and not in_code:
            found.append((heading[1].strip(), []))
        elif found:
            found[-1][1].append(line)
    return [Section(unit, heading, "\n".join(lines)) for heading, lines in found]


def names(text: str, title: str) -> bool:
    """Whether `text` names the slide: its exact title in italics or in quotes."""
    return re.search(rf'[*"]{re.escape(title)}:?[*"]', " ".join(text.split())) is not None


def named_in(slide: Slide) -> list[Section]:
    """Return the sections that name a slide."""
    return [one for one in sections() if names(one.text, slide.title)]


def exercises_from(slide: Slide) -> list[str]:
    """Return the exercises whose docstring names a slide."""
    every = all_exercises().items()
    return [name for name, one in every if names(inspect.getdoc(one.reference), slide.title)]


def shown_in(slide: Slide, what: str) -> Section | None:
    """Return where a lesson that names the slide shows `what`, at best a section that names it."""
    naming = named_in(slide)
    lessons = {section.unit for section in naming}
    others = [section for section in sections() if section.unit in lessons]
    wanted = plain(what)
    return next((one for one in [*naming, *others] if wanted in one.plain), None)


def plain(text: str) -> str:
    """Bring text and formulas to the letters that they share, however they are set.

    `\\mathbf{h}^1`, `$h_1$` and h₁ are the same; so are α and `\\alpha`, a line break and a space.
    """
    text = re.sub(r"^\s*>", "", text, flags=re.M)
    text = re.sub(r"\\[td]?frac *\{([^{}]*)\} *\{([^{}]*)\}|\\[td]?frac *(\d)(\d)", _fraction, text)
    text = re.sub(rf"\\(?:{'|'.join(SILENT)})(?![a-zA-Z])|\\[,;:! ]", "", text)
    text = re.sub(r"\\([a-zA-Z]+)", lambda m: COMMANDS.get(m[1], m[1]), text)
    text = unicodedata.normalize("NFKD", text.translate(SIGNS)).translate(SIGNS)
    letters = (c for c in text if not unicodedata.combining(c))
    return re.sub(r"[\s$*_^{}\\`\"]|(?<=dots),", "", "".join(letters)).lower()


def _fraction(found: re.Match) -> str:
    above, below = (part for part in found.groups() if part is not None)
    return f"{above}/{below}"


def page() -> str:
    """Return the page: a table of all slides, then what each slide shows and where."""
    table = ["| | slide | in the lessons | exercises |", "|---|---|---|---|"]
    details = ["## What each slide shows, and where", ""]
    for number, slide in enumerate(slides(), start=1):
        where = "<br>".join(section.link for section in named_in(slide)) or NOWHERE
        exercises = ", ".join(f"`{name}`" for name in exercises_from(slide)) or NOWHERE
        table.append(f"| {number} | {slide.title} | {where} | {exercises} |")
        if slide.shows:
            details += [f"- **{slide.title}**", *_places(slide)]
    return "\n".join([INTRODUCTION, *table, "", *details, ""])


def _places(slide: Slide) -> list[str]:
    """Return a line for each section that shows something of a slide."""
    places: dict[str, list[str]] = {}
    for what in slide.shows:
        section = shown_in(slide, what)
        places.setdefault(section.link if section else NOWHERE, []).append(what)
    return [f"    - {place}: {'; '.join(shown)}" for place, shown in places.items()]
