"""An idea is a changed line.

A *writing* is one plain way in which people write the right answer: a formula, a loop, a list. A
mistake's *patch* turns a line of it into another. So a mistake is read as the difference that it
is, shows in every writing that has the line, and two mistakes that change different lines make a
pair without being written down.

A *suspect* is a wrong function made this way, and carries the names of the ideas that are in it.
"""

import inspect
import itertools
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

Patch = Mapping[str, str]


@dataclass(frozen=True)
class Writing:
    """One plain way of writing an exercise's answer.

    name: how it is written, "a loop".
    source: the function's text, called as the exercise is.
    module: the names that the text may use.
    ideas: the known mistakes that are in it as it stands, such as an exponential that overflows.
    """

    name: str
    source: str
    module: Mapping[str, object]
    ideas: tuple[str, ...] = ()

    @classmethod
    def of(cls, function: Callable, exercise: str, ideas: tuple[str, ...] = ()) -> "Writing":
        """Take the text of a function that an author wrote; its name says how it is written."""
        text = textwrap.dedent(inspect.getsource(function))
        text = text[text.index(f"def {function.__name__}(") :]
        text = text.replace(f"def {function.__name__}(", f"def {exercise}(", 1)
        return cls(function.__name__, text, function.__globals__, ideas)


@dataclass(frozen=True)
class Suspect:
    """A wrong function: a writing, and the ideas that are in it.

    key: what it is called among all suspects of the exercise, "sum_by_column@loop".
    """

    ideas: tuple[str, ...]
    writing: str
    function: Callable

    @property
    def key(self) -> str:
        return name_of(self.ideas, self.writing)


def name_of(ideas: Sequence[str], writing: str) -> str:
    """Return the name of a suspect: its ideas, and how it is written."""
    return "+".join(ideas) + (f"@{writing}" if writing else "")


def ideas_of(key: str) -> tuple[str, ...]:
    """Return the ideas that are in the suspect of this name."""
    return tuple(key.partition("@")[0].split("+"))


@dataclass(frozen=True)
class _Edit:
    start: int
    end: int
    text: str


def edits(writing: Writing, patch: Patch) -> tuple[_Edit, ...] | None:
    """Return where and how a patch changes a writing; None where it hasn't got the lines.

    Raises ValueError where a line is there more than once, so that it isn't clear which is meant.
    """
    found = []
    for old, new in patch.items():
        count = writing.source.count(old)
        if count == 0:
            return None
        if count > 1:
            raise ValueError(
                f"{writing.name}: {old!r} is there {count} times; say more of the line"
            )
        start = writing.source.index(old)
        line = writing.source.rfind("\n", 0, start) + 1
        indent = writing.source[line:start] if not writing.source[line:start].strip() else ""
        found.append(_Edit(start, start + len(old), new.replace("\n", "\n" + indent)))
    return tuple(sorted(found, key=lambda edit: edit.start))


def patched(writing: Writing, changes: Sequence[_Edit], exercise: str) -> Callable:
    """Return the function that a writing becomes by these changes."""
    names = dict(writing.module)
    exec(compile(_changed(writing, changes), f"<{exercise}, {writing.name}>", "exec"), names)
    return names[exercise]


def planted(
    ideas: Sequence[str], writings: Sequence[Writing], patches: Mapping[str, Sequence[Patch]]
) -> str:
    """Return the text of the first writing in which all these ideas have a place of their own.

    ValueError if there is none.
    """
    for writing in writings:
        changes: list[_Edit] = []
        for idea in ideas:
            fitting = (edits(writing, patch) for patch in patches.get(idea, ()))
            found = next((one for one in fitting if one and not _overlap(one, changes)), None)
            if found is None:
                break
            changes += found
        else:
            return _changed(writing, changes)
    raise ValueError(f"no writing has lines for all of {', '.join(ideas)}")


def _changed(writing: Writing, changes: Sequence[_Edit]) -> str:
    text = writing.source
    for edit in sorted(changes, key=lambda edit: edit.start, reverse=True):
        text = text[: edit.start] + edit.text + text[edit.end :]
    return text


def singles(
    exercise: str, writings: Sequence[Writing], patches: Mapping[str, Sequence[Patch]]
) -> Iterator[Suspect]:
    """Give every suspect with one idea in it; ValueError for a patch that fits no writing."""
    for writing in writings:
        if len(writing.ideas) == 1:
            yield Suspect(writing.ideas, writing.name, patched(writing, (), exercise))
    for idea, number, patch in (
        (idea, n, patch) for idea, several in patches.items() for n, patch in enumerate(several)
    ):
        fitting = [(w, found) for w in writings if (found := edits(w, patch)) is not None]
        if not fitting:
            raise ValueError(f"{exercise}: no writing has the lines that {idea!r} changes: {patch}")
        for writing, found in fitting:
            # A writing that is wrong as it stands has the plain name.
            first = number == 0 and not writing.ideas
            suffix = writing.name if first else f"{writing.name}.{number}"
            ideas = tuple(dict.fromkeys((*writing.ideas, idea)))
            if len(ideas) <= 2:
                yield Suspect(ideas, suffix, patched(writing, found, exercise))


def pairs(
    exercise: str, writings: Sequence[Writing], patches: Mapping[str, Sequence[Patch]]
) -> Iterator[Suspect]:
    """Give every suspect in which two ideas change different lines of one writing."""
    flat = [(i, n, p) for i, several in patches.items() for n, p in enumerate(several)]
    for writing in writings:
        if writing.ideas:
            continue
        fitting = [(i, n, found) for i, n, p in flat if (found := edits(writing, p)) is not None]
        for (one, n, first), (other, m, second) in itertools.combinations(fitting, 2):
            if one != other and not _overlap(first, second):
                name = f"{writing.name}.{n}.{m}"
                yield Suspect((one, other), name, patched(writing, (*first, *second), exercise))


def _overlap(first: Sequence[_Edit], second: Sequence[_Edit]) -> bool:
    return any(a.start < b.end and b.start < a.end for a in first for b in second)
