"""A published page is of today's program: who changes what is measured has to measure again."""

from importlib import import_module
from string import Formatter

import pytest

from benchmarks import page

PAGES = sorted(page.FOLDER.glob("*.md"))


@pytest.mark.parametrize("published", PAGES, ids=lambda path: path.stem)
def test_a_page_says_what_its_program_says_of_the_method(published):
    method = import_module(f"benchmarks.{published.stem}").METHOD
    text = published.read_text(encoding="utf-8")
    for words, *_ in Formatter().parse(method):
        assert words in text


def test_every_page_is_listed():
    listed = page.FOLDER.with_suffix(".md").read_text(encoding="utf-8")
    assert PAGES and all(f"(benchmarks/{path.name})" in listed for path in PAGES)
