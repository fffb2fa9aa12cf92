"""Read a platform's table (CSV or tab-separated), and change only single cells of it.

Each cell records its place in the text. So a changed table keeps its encoding, byte order mark,
delimiter, quotes and line ends, whatever they are: only the characters of the changed cells differ.
"""

import codecs
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from course.grading.limits import MIB, TABLE_BYTES

ENCODINGS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
DELIMITERS = ",;\t"
LINE_ENDS = "\r\n"


class TableError(ValueError):
    """A table that can't be used; the message says why."""


@dataclass(frozen=True)
class Cell:
    """A cell: its value, and where it begins and ends in the text, quotes included."""

    value: str
    start: int
    end: int


@dataclass(frozen=True)
class Table:
    """A table: its header, its other rows, and its form, so that it can be written back."""

    path: Path
    text: str
    encoding: str
    mark: bytes
    delimiter: str
    rows: tuple[tuple[Cell, ...], ...]

    @property
    def header(self) -> list[str]:
        return [cell.value.strip() for cell in self.rows[0]]

    @property
    def records(self) -> list[dict[str, str]]:
        """The rows below the header, by column; the first of several equal names counts."""
        names = self.header
        found = []
        for row in self.rows[1:]:
            values = [cell.value.strip() for cell in row]
            found.append(dict(reversed([*zip(names, values, strict=False)])))
        return found

    def changed(self, cells: Iterable[tuple[Cell, str]]) -> bytes:
        """Return the whole file with these cells' values replaced."""
        text, done = [], 0
        for cell, value in sorted(cells, key=lambda pair: pair[0].start):
            text += [self.text[done : cell.start], self._written(cell, value)]
            done = cell.end
        return self.mark + "".join([*text, self.text[done:]]).encode(self.encoding)

    def _written(self, cell: Cell, value: str) -> str:
        was_quoted = self.text[cell.start : cell.end].startswith('"')
        if was_quoted or any(char in value for char in (self.delimiter, '"', "\r", "\n")):
            return '"' + value.replace('"', '""') + '"'
        return value


def read_table(path: Path, columns: int = 2) -> Table:
    """Read a table in UTF-8 or UTF-16, separated by commas, semicolons or tabs.

    columns: how many it has at least.
    """
    try:
        with path.open("rb") as file:
            content = file.read(TABLE_BYTES + 1)
    except OSError as error:
        raise TableError(f"{path} could not be read: {error.strerror}") from error
    if len(content) > TABLE_BYTES:
        raise TableError(
            f"{path} has more than {TABLE_BYTES // MIB} MB, so it is not a table of grades"
        )
    if content.startswith(b"PK\x03\x04"):
        raise TableError(f"{path} is a zip or an Excel file; save it as CSV (UTF-8)")
    mark, encoding = next(((m, e) for m, e in ENCODINGS if content.startswith(m)), (b"", "utf-8"))
    try:
        text = content[len(mark) :].decode(encoding)
    except UnicodeDecodeError:
        raise TableError(
            f"{path} is neither UTF-8 nor UTF-16 with a byte order mark; save it as CSV (UTF-8)"
        ) from None
    if "\0" in text:
        raise TableError(f"{path} is not text; UTF-16 needs its byte order mark")
    try:
        delimiter = max(DELIMITERS, key=lambda candidate: len(next(_rows(text, candidate), ())))
        rows = tuple(_rows(text, delimiter))
    except TableError as error:
        raise TableError(f"{path} is incomplete: {error}; download it again") from None
    if not rows:
        raise TableError(f"{path} is empty; download it again")
    if len(rows[0]) < columns:
        raise TableError(f"{path} is not a table: its first line has fewer than two columns")
    return Table(path, text, encoding, mark, delimiter, rows)


def column(table: Table, wanted: Callable[[str], bool] | Sequence[str]) -> int | None:
    """Return the place of the first column with one of these names, ignoring case; None if none."""
    if not callable(wanted):
        names = {name.casefold() for name in wanted}
        return column(table, lambda name: name.casefold() in names)
    return next((place for place, name in enumerate(table.header) if wanted(name)), None)


def _rows(text: str, delimiter: str) -> Iterator[tuple[Cell, ...]]:
    """Split a text into rows of cells; empty lines are left out."""
    row: list[Cell] = []
    place, end = 0, len(text)
    while place < end or row:
        cell = _cell(text, place, delimiter)
        row.append(cell)
        place = cell.end
        if place < end and text[place] == delimiter:
            place += 1
            continue
        if text.startswith("\r\n", place):
            place += 1
        place += 1
        if len(row) > 1 or row[0].value:
            yield tuple(row)
        row = []


def _cell(text: str, start: int, delimiter: str) -> Cell:
    ends = delimiter + LINE_ENDS
    place, value = start, []
    if text.startswith('"', start):
        place += 1
        while (quote := text.find('"', place)) >= 0:
            value.append(text[place:quote])
            place = quote + 1
            if not text.startswith('"', place):
                break
            value.append('"')
            place += 1
        else:
            raise TableError("a quotation mark is never closed")
    begun = place
    while place < len(text) and text[place] not in ends:
        place += 1
    return Cell("".join(value) + text[begun:place], start, place)
