"""What a student wrote makes no terminal do anything."""

import io

import pytest
from rich.table import Table
from rich.text import Text

from course.terminal import CONTROL, PlainConsole, listed, one_line, plain

ESCAPES = [
    "\x1b[2J\x1b[H",
    "\x1b[1A\x1b[48D16 of 16",
    "\x9b2J",
    "\x1b]0;title\x07",
    "\x1b[8m",
    "a\rb",
    "\x08\x08",
    "\u202e16 fo 16",
    "\x7f",
]


def printed(*things: object, terminal: bool = False) -> str:
    file = io.StringIO()
    console = PlainConsole(file=file, force_terminal=terminal, color_system=None, width=60)
    for thing in things:
        console.print(thing, markup=False, highlight=False)
    return file.getvalue()


@pytest.mark.parametrize("text", ESCAPES)
@pytest.mark.parametrize("terminal", [False, True], ids=["file", "terminal"])
def test_control_characters_are_printed_by_no_way(text, terminal):
    table = Table(title=text, caption=text)
    table.add_column(text)
    table.add_row(Text(text))
    for thing in (text, Text(text), table):
        assert not CONTROL.search(printed(thing, terminal=terminal))


def test_lines_tabs_umlauts_and_colours_stay():
    assert printed("ä\tö\nü ✓ 名前").split() == ["ä", "ö", "ü", "✓", "名前"]
    file = io.StringIO()
    coloured = PlainConsole(file=file, force_terminal=True, color_system="standard")
    coloured.print("[red]red[/red]")
    assert "\x1b[31mred" in file.getvalue()


def test_plain_keeps_the_length_of_a_text():
    assert len(plain("".join(ESCAPES))) == len("".join(ESCAPES))


def test_a_text_on_one_line_stays_there():
    assert one_line("a\n16 of 16\tb\u2028\x1b") == "a\ufffd16 of 16\ufffdb\ufffd\ufffd"


def test_a_long_list_of_names_says_how_many_there_are():
    assert (
        listed(["a", "b\nc"], 2) == "a, b\ufffdc" and listed(["a", "b", "c"], 1) == "a and 2 more"
    )
