"""The built site in a real browser: for every reader and screen; and JupyterLite starts."""

import json

import pytest

from course.exercises.units import UNITS
from tests.grading.browser import DESKTOP, PHONE
from website import inspection

pytestmark = [pytest.mark.slow, pytest.mark.timeout(3600), pytest.mark.xdist_group("site")]

VIOLATIONS = """
axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}).then(
    found => JSON.stringify(found.violations.map(
        one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200)])))
"""


def test_every_link_leads_somewhere_and_nothing_is_fetched_from_elsewhere(site):
    assert list(inspection.faults(site)) == []
    assert {f"{unit}.html" for unit in UNITS} == {p.name for p in (site / "lessons").glob("*.html")}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_page_has_a_violation_of_wcag_aa(site, address, page, axe, scheme):
    page.emulate(scheme=scheme)
    page.resize(DESKTOP)
    found = {}
    for path in inspection.pages(site):
        name = path.relative_to(site).as_posix()
        page.open(f"{address}/{name}")
        page.wait("!document.querySelector('script[src*=mathjax i]') || window.MathJax?.version")
        page.ask("window.MathJax?.startup?.promise?.then(() => 1)")
        page.ask(f"{axe}; 1")
        violations = json.loads(page.ask(VIOLATIONS))
        if violations:
            found[name] = violations
    assert not found, json.dumps(found, indent=1)


def test_no_page_scrolls_sideways_on_a_phone(site, address, page):
    page.resize(PHONE)
    wide = {}
    for path in inspection.pages(site):
        name = path.relative_to(site).as_posix()
        page.open(f"{address}/{name}")
        width = page.ask("document.documentElement.scrollWidth")
        if width > PHONE:
            wide[name] = width
    assert not wide


def test_a_lesson_can_be_read_without_scripts(address, page):
    page.do("Emulation.setScriptExecutionDisabled", value=True)
    page.open(f"{address}/lessons/01_neuron.html")
    page.wait("document.querySelector('article img')")
    assert "Multiply by weights, add up" in page.text()
    assert page.ask("document.querySelector('details > summary').textContent")


def test_what_is_folded_is_printed(address, page):
    page.open(f"{address}/lessons/01_neuron.html")
    page.do("Emulation.setEmulatedMedia", media="print")
    page.ask("dispatchEvent(new Event('beforeprint'))")
    visible = "one.open && getComputedStyle(inner(one)).animationName === 'none'"
    inner = "const inner = one => one.querySelector(':scope > summary ~ *')"
    all_of = "[...document.querySelectorAll('article details.hide')]"
    assert page.ask(f"{all_of}.length > 5")
    assert page.ask(f"(() => {{ {inner}; return {all_of}.every(one => {visible}); }})()")


def test_films_and_dials_work_without_a_kernel(address, page):
    page.open(f"{address}/lessons/01_neuron.html")
    slider = "document.querySelector('.cell_output input[type=range]')"
    page.wait(slider)
    shown = f"{slider}.closest('.cell_output').innerHTML"
    before = page.ask(shown)
    moved = "e.value = e.max; e.dispatchEvent(new Event('input', {bubbles: true}))"
    page.ask(f"(e => {{{moved}}})({slider})")
    page.wait(f"{shown} !== {json.dumps(before)}")


def test_jupyterlite_starts_lists_the_notebooks_and_opens_one(address, page):
    page.resize(DESKTOP)
    page.open(f"{address}/lite/lab/index.html?path=01_neuron.ipynb")
    page.wait("document.querySelectorAll('.jp-DirListing-item').length >= 7", seconds=180)
    listed = page.ask(
        "[...document.querySelectorAll('.jp-DirListing-itemText')].map(e => e.textContent)"
    )
    assert {f"{unit}.ipynb" for unit in UNITS} <= {name.strip() for name in listed}
    page.wait("document.querySelector('.jp-Notebook .jp-Cell')", seconds=180)
    page.wait("document.body.innerText.includes('The neuron: one idea')", seconds=60)
    assert "%pip install" in page.text()
