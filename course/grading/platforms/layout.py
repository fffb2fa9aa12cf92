"""The layout that a platform's module describes: its downloads and its grade file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from course.grading.platforms.archive import Download


@dataclass(frozen=True)
class Claim:
    """A platform's information about the person who uploaded something.

    keys: ids, logins, numbers and mail addresses, each of which belongs to a single person.
    ending: a text that ends with the person's login, whose own characters may include separators.
    name: the whole name; `squashed`, last name first, without spaces, in lower case.
    """

    keys: tuple[str, ...] = ()
    ending: str = ""
    name: str = ""
    squashed: str = ""

    def __str__(self) -> str:
        shown = (self.name, self.squashed, self.ending, *self.keys)
        return next((text for text in shown if text), "?")


@dataclass(frozen=True)
class Index:
    """The author and time of receipt of each upload, from a list inside the download."""

    claims: Mapping[str, Claim] = field(default_factory=dict)
    received: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class GradeFile:
    """The table of grades that a platform exports and imports.

    signature: columns by which it is recognised.
    ids: columns that identify a person; at least one of them has to be there.
    names: columns with the person's name, or its parts.
    item: the form of an item's column; its group `item` is the item's own name, `most` its points
        if the column has them. None if the file covers a single item, in `grade`.
    """

    signature: tuple[str, ...]
    ids: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    item: re.Pattern | None = None
    grade: str = ""


@dataclass(frozen=True)
class Layout:
    """A learning platform.

    upload: matches the path of every file that a student uploaded. Its groups are `upload`, the
        platform's name for the upload, and `file`; then the person's `name`, `squashed`, `ending`
        or `number`; `time`, `late`, and `order`, which grows with time.
    key: a number's prefix in keys, so that it can't be taken for another person's number.
    times: the forms of `time` without commas and dots, in the zone of the person who downloaded.
    one_attempt: whether a download holds the last upload of each student alone.
    index: reads the list inside a download, if it has one.
    feedback: a page's path in the zip that the platform accepts; "" if it accepts none.
    """

    name: str
    title: str
    upload: re.Pattern
    key: str = "{}"
    times: tuple[str, ...] = ()
    one_attempt: bool = False
    index: Callable[[Download], Index] = lambda download: Index()
    grades: GradeFile | None = None
    feedback: str = ""

    def claim(self, found: re.Match) -> Claim:
        """Return the claim about the author in an upload's name."""
        said = {name: text for name, text in found.groupdict().items() if text}
        number = said.get("number")
        return Claim(
            keys=(self.key.format(number),) if number else (),
            ending=said.get("ending", ""),
            name=said.get("name", ""),
            squashed=said.get("squashed", ""),
        )

    def time(self, found: re.Match) -> datetime | None:
        """Return the time in an upload's name, without a zone; None if there is no time."""
        text = re.sub("[.,]", "", found.groupdict().get("time") or "")
        # 110 PM is ten past one.
        text = re.sub(r"(?<!\d)(\d{3})(?=(?: [AP]M)?$)", r"0\1", text)
        for form in self.times if text else ():
            try:
                return datetime.strptime(text, form)
            except ValueError:
                continue
        return None
