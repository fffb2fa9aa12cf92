"""What a platform's module says about it: how its downloads are laid out, and its grade file."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from course.grading.platforms.archive import Download


@dataclass(frozen=True)
class Claim:
    """What a platform says about the person who uploaded something.

    keys: ids, logins, numbers and mail addresses, each of which is one person's alone.
    ending: a text that ends on the person's login, after whatever the login itself may hold.
    name: the whole name; `squashed`, last name first, without spaces, in small letters.
    """

    keys: tuple[str, ...] = ()
    ending: str = ""
    name: str = ""
    squashed: str = ""

    def __str__(self) -> str:
        shown = (self.name, self.squashed, self.ending, *self.keys)
        return next((one for one in shown if one), "?")


@dataclass(frozen=True)
class Index:
    """What a list inside the download says about each upload: whose it is, and when it came."""

    claims: Mapping[str, Claim] = field(default_factory=dict)
    received: Mapping[str, datetime] = field(default_factory=dict)


@dataclass(frozen=True)
class GradeFile:
    """The table of grades that a platform gives out and takes back.

    signature: columns by which it is recognised.
    ids: columns with what identifies a person, at least one of which has to be there.
    names: columns with the person's name, or its parts.
    item: how the column of one item is written; its group `item` is the item's own name, `most` its
        points where they are said there. None where the file is of one item alone, in `grade`.
    """

    signature: tuple[str, ...]
    ids: tuple[str, ...]
    names: tuple[tuple[str, ...], ...]
    item: re.Pattern | None = None
    grade: str = ""


@dataclass(frozen=True)
class Layout:
    """A learning platform.

    upload: found in the path of every file that a student uploaded. Its groups are `upload`, by
        which the platform knows the upload, and `file`; then what it says of the person, `name`,
        `squashed`, `ending` or `number`; `time`, `late`, and `order`, which grows with time.
    key: what a number is called in keys, so that it can't be taken for another person's number.
    times: the forms of `time` without commas and dots, in the zone of the person who downloaded.
    one_attempt: whether a download holds the last upload of each student alone.
    index: reads the list inside a download, if it has one.
    feedback: where a page belongs in the zip that the platform takes back; "" where it takes none.
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
        """Return what the name of an upload says about its author."""
        said = {name: text for name, text in found.groupdict().items() if text}
        number = said.get("number")
        return Claim(
            keys=(self.key.format(number),) if number else (),
            ending=said.get("ending", ""),
            name=said.get("name", ""),
            squashed=said.get("squashed", ""),
        )

    def time(self, found: re.Match) -> datetime | None:
        """Return the time in an upload's name, in whatever zone; None if it has none."""
        text = re.sub("[.,]", "", found.groupdict().get("time") or "")
        # 110 PM is ten past one.
        text = re.sub(r"(?<!\d)(\d{3})(?=(?: [AP]M)?$)", r"0\1", text)
        for form in self.times if text else ():
            try:
                return datetime.strptime(text, form)
            except ValueError:
                continue
        return None
