"""What users read is idiomatic English, as far as a pattern can tell, and wrapped at one width."""

from pathlib import Path

import pytest

import course
from tests.docs.habits import HABITS, Text, offences, prose, words_of_code

ROOT = Path(course.__file__).parents[1]
GENERATED = {"attacks", "kill-matrix", "lecture-map", "mutation"}
PAGES = [
    *(ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md", "Makefile")),
    *sorted(page for page in (ROOT / "docs").glob("*.md") if page.stem not in GENERATED),
    *sorted((ROOT / "docs" / "instructors").glob("*.md")),
    ROOT / "course" / "data" / "README.md",
]
WIDTH = 100
OWN = ROOT / "tests" / "docs"
TOPS = (ROOT / "course", ROOT / "tests")
ROOMS = sorted(
    room
    for top in TOPS
    for room in [top, *top.iterdir()]
    if room.is_dir() and room != OWN and any(room.rglob("*.py"))
)


def room_id(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def offences_in(room: Path) -> list[str]:
    files = room.glob("*.py") if room in TOPS else room.rglob("*.py")
    return [line for file in sorted(files) for line in offences(words_of_code(file, ROOT))]


@pytest.mark.parametrize("page", PAGES, ids=room_id)
def test_a_page_has_no_unidiomatic_habit(page):
    assert not offences(prose(page, ROOT))


@pytest.mark.parametrize("room", [*ROOMS, ROOT / "benchmarks"], ids=room_id)
def test_the_words_of_a_room_have_no_unidiomatic_habit(room):
    assert not offences_in(room)


@pytest.mark.parametrize("habit", HABITS, ids=lambda habit: habit.instead)
def test_a_habit_is_found_in_a_bad_sentence_and_not_in_a_good_one(habit):
    assert habit.compiled().search(habit.bad)
    assert not offences([Text(Path("page.md"), 1, habit.good)])


def test_an_offence_names_file_line_and_a_better_wording():
    text = Text(
        Path("page.md"), 7, "All is well.\nBut it was answered\nrightly, and what\ncame is 1."
    )
    assert offences([text]) == [
        "page.md:9: “what came” -> what your function returned, what it got",
        "page.md:9: “rightly” -> correctly",
    ]


def test_fenced_code_is_no_prose(tmp_path):
    page = tmp_path / "page.md"
    page.write_text("One.\n\n```text\nCame: 1\n```\n\nAnswered rightly.\n", encoding="utf-8")
    assert offences(prose(page, tmp_path)) == ["page.md:7: “rightly” -> correctly"]


def test_comments_docstrings_and_strings_are_read(tmp_path):
    file = tmp_path / "module.py"
    file.write_text('"""What\ncame."""\n\nx = f"so many {1}"  # put\n# aside\n', encoding="utf-8")
    lines = [offence.partition(": ")[0] for offence in offences(words_of_code(file, tmp_path))]
    assert lines == ["module.py:1", "module.py:4", "module.py:4"]


@pytest.mark.parametrize("page", [p for p in PAGES if p.suffix == ".md"], ids=room_id)
def test_a_page_is_wrapped_at_one_width(page):
    lines = page.read_text(encoding="utf-8").splitlines()
    # A table's row and an address can't be broken.
    whole = [line.startswith("|") or " " not in line.strip() for line in lines]
    too_long = [n for n, line in enumerate(lines, 1) if len(line) > WIDTH and not whole[n - 1]]
    assert not too_long, f"longer than {WIDTH} columns: lines {too_long}"
