"""What the site is made of, without building it."""

import re
import runpy
from itertools import chain

import pytest

from course.build import CLAIM
from course.exercises.units import UNITS
from website import HERE, ROOT, inspection
from website.pages import MORE, PLACES, place_of, with_site_links
from website.terms import Terms

LESSONS = ROOT / "course" / "lessons"
FORMULA = re.compile(r"\$\$(.+?)\$\$|\$([^$]+?)\$", re.DOTALL)
CODE = re.compile(r"^```.*?^```|`[^`\n]+`", re.DOTALL | re.MULTILINE)
# Words in formulas, and names in code.
WORDS = re.compile(
    r"\\(?:text|mathrm|operatorname|phantom|texttt|begin|end|mathit)\*?\{[^}]*\}"
    r"|_\{(?:in|out)\}|\\tag\{[^}]*\}"
)
GREEK = "alpha|delta|ell|eta|mu|nabla|partial|rho|sigma|theta|varepsilon"
LETTER = re.compile(
    r"\\(?P<style>hat|mathbf|mathbb|mathcal|mathsf)\s*\{?\s*(?:\\mathbf\s*)?(?P<styled>\\?[A-Za-z0])"
    rf"|(?P<greek>\\(?:{GREEK}))(?![A-Za-z])|(?P<command>\\[A-Za-z]+)|(?P<letter>[A-Za-z])"
)


def symbols(text: str) -> set[str]:
    """The letters in a text's formulas, each with its style: `\\hat y`, `A`, `\\eta`."""
    found = set()
    for displayed, inline in FORMULA.findall(CODE.sub("", CLAIM.sub("", text))):
        formula = WORDS.sub(" ", displayed or inline)
        for one in LETTER.finditer(formula):
            if one["styled"]:
                found.add(f"\\{one['style']} {one['styled']}")
            elif one["greek"] or one["letter"]:
                found.add(one["greek"] or one["letter"])
    return found


LISTED = symbols((ROOT / "docs" / "notation.md").read_text(encoding="utf-8"))


@pytest.mark.parametrize("unit", UNITS)
def test_every_symbol_in_a_lesson_is_in_the_notation_table(unit):
    used = symbols((LESSONS / f"{unit}.md").read_text(encoding="utf-8"))
    assert not used - LISTED


def test_every_symbol_in_the_notation_table_is_used_in_a_lesson():
    texts = ((LESSONS / f"{unit}.md").read_text(encoding="utf-8") for unit in UNITS)
    assert not LISTED - set(chain.from_iterable(map(symbols, texts)))


def test_symbols_are_read_from_formulas():
    assert symbols(
        r"$\hat y = h(\mathbf w \cdot \mathbf{x})$ a `$q$` $H_{in}^{\text{no}} \eta$"
    ) == {*(r"\hat y", "h", r"\mathbf w", r"\mathbf x", "H", r"\eta")}


def test_every_term_of_the_glossary_is_linked_from_the_lesson_that_it_names():
    text = (ROOT / "docs" / "glossary.md").read_text(encoding="utf-8")
    for entry in text.split("\n## ")[1:]:
        name = entry.partition("\n")[0]
        unit = re.search(r"lessons/(\w+)\.md", entry)[1]
        lesson, found = (LESSONS / f"{unit}.md").read_text(encoding="utf-8"), set()
        Terms(f"## {name}").linked(CODE.sub("", lesson), found)
        assert found, f"{name} does not occur in {unit}"


def test_the_first_use_of_a_term_is_a_link_and_only_where_a_link_can_be():
    terms = Terms("## Hidden layer\n\n## Layer\n")
    found = set()
    text = "# A layer\n`layer` and **layers**, $layer$; a hidden\nlayer, a layer"
    assert terms.linked(text, found) == (
        "# A layer\n`layer` and **[layers](../docs/glossary.md#layer)**, $layer$; "
        "a [hidden\nlayer](../docs/glossary.md#hidden-layer), a layer"
    )
    assert terms.linked("a layer", found) == "a layer"


def test_links_of_a_page_lead_to_where_the_site_has_their_pages():
    text = "[a](../CONTRIBUTING.md#style) [b](../course/lessons/05_backprop.md#stretch) [c](x.py)"
    assert with_site_links(text, "docs/page.md", "docs/page.md") == (
        "[a](contributing.md#style) [b](../lessons/05_backprop.ipynb#stretch) [c](x.py)"
    )


def test_every_page_of_the_repository_has_a_place_in_the_contents():
    index = (HERE / "pages" / "index.md").read_text(encoding="utf-8")
    for place in [*PLACES, *MORE.values()]:
        assert f"\n{place.removesuffix('.md')}\n" in index, place
    assert place_of("tests/conftest.py") is None


def test_settings_and_what_pages_are_made_of_name_no_other_site():
    pytest.importorskip("sphinx_book_theme", reason="needs the part for the site")
    settings = runpy.run_path(str(HERE / "conf.py"))
    assert not settings["mathjax_path"].startswith("http")
    for path in [HERE / "conf.py", *(HERE / "static").iterdir()]:
        assert "://" not in path.read_text(encoding="utf-8"), path


GOOD = '<p id="here"><a href="#here">a</a><a href="b.html#there">b</a><img src="a.png" alt="">'


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (GOOD, None),
        ('<a href="gone.html">', "a.html: gone.html leads nowhere"),
        ('<a href="b.html#gone">', "a.html: b.html#gone leads nowhere"),
        ('<script src="https://x.org/a.js">', "a.html: fetches https://x.org/a.js from elsewhere"),
        ('<link rel="stylesheet" href="//x.org/a">', "a.html: fetches //x.org/a from elsewhere"),
        ('<img src="a.png">', "a.html: an image has no alt text: a.png"),
        (f"<p>{'x' * inspection.LARGEST}", "a.html: 4.0 MB, more than 4"),
    ],
)
def test_the_inspection_finds_what_is_wrong_with_a_page(text, fault, tmp_path):
    (tmp_path / "a.html").write_text(text, encoding="utf-8")
    (tmp_path / "b.html").write_text('<p id="there">', encoding="utf-8")
    (tmp_path / "a.png").touch()
    assert list(inspection.faults(tmp_path)) == ([fault] if fault else [])
