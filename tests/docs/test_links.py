"""Links between the pages lead somewhere."""

import pytest

from tests.docs.pages import ROOT, broken_links

TOP = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "CHANGELOG.md")]
PAGES = [*TOP, ROOT / "course" / "data" / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT).as_posix())
def test_every_link_leads_to_a_file_and_a_heading_that_are_there(page):
    assert list(broken_links(page)) == []


def test_a_link_that_leads_nowhere_is_found(tmp_path):
    page = tmp_path / "page.md"
    page.write_text(
        "# What's this?\n\n[a](#whats-this) [b](page.md#no) [c](gone.md) [d](https://x.org/gone.md)"
        "\n\n```\n# no heading\n[e](code.md)\n```\n\n[f](#no-heading)\n"
    )
    assert list(broken_links(page)) == ["page.md#no", "gone.md", "#no-heading"]
