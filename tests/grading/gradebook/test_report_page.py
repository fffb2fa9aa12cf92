"""The report's page: it holds everything itself, and nothing of a student's text is active."""

import base64
import hashlib
import os
import re
import shutil
import subprocess
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote

import pytest

from course.grading.gradebook.report import ExerciseRow, Person, Report, Row, Student
from course.grading.gradebook.report_page import report_page, term_page
from course.grading.gradebook.report_term import Result, TermReport, TermRow, UnitRow
from course.terminal import CONTROL

UNIT = "01_neuron"
EVIL = "<img src=x onerror=alert(1)>\"'&\x1b[2J\u202e</script>"
BROWSER = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "chrome"))), None)


class Elements(HTMLParser):
    def __init__(self, page: str):
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []
        self.text: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))

    def handle_data(self, text):
        self.text.append(text)

    def of(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.found if name == tag]


def page_path(place: Path, student: str) -> Path:
    return place / "feedback" / student / UNIT / f"{UNIT}.html"


def report(place: Path, count: int = 3, name: str = EVIL) -> Report:
    students = tuple(
        Student(
            name=f"{name}{number}",
            score=number / 3,
            max_score=9.0,
            by_hand=number == 1,
            solved=1,
            problem=name if number == 2 else None,
            oddities=(name,),
            full_name=name if number % 2 else "",
            late=timedelta(hours=number),
            penalty=0.5,
            shares={"relu": 1.0},
            pages=(page_path(place, f"{name}{number}"),) if number % 3 else (),
        )
        for number in range(count)
    )
    made_by = tuple(student.name for student in students)
    rows = (Row("relu", "clipped", made_by, name),)
    return Report(
        course=name,
        unit=UNIT,
        students=students,
        exercises=(ExerciseRow("relu", 1.0, 1, 0.75, -0.25), ExerciseRow("glm", 2.0, 0, 0.0)),
        mistakes=rows,
        pairs=(),
        errors=rows,
        levels=("full",),
        absent=(Person(name, name),),
        ungraded=(Person(name),),
    )


def term(place: Path, name: str = EVIL) -> TermReport:
    results = (Result(3.0, 9.0, True, timedelta(1), (page_path(place, name),)), Result(None, 9.0))
    units = tuple(UnitRow(unit, 9.0, 1, 1 / 3, 1 / 3, 1, 1) for unit in (UNIT, "02_layers"))
    return TermReport(name, units, (TermRow(Person(name, name), results),))


def pages(place: Path, name: str = EVIL) -> list[str]:
    return [
        report_page(report(place, name=name), place),
        term_page(term(place, name), place),
    ]


def test_students_texts_stay_texts(tmp_path):
    for page in pages(tmp_path):
        assert "<img" not in page and not CONTROL.search(page)
        elements = Elements(page)
        assert not elements.of("img") and len(elements.of("script")) == 1
        assert all(not name.startswith("on") for _, own in elements.found for name in own)
        assert any("<img src=x onerror" in text for text in elements.text)


def test_a_page_fetches_nothing_and_runs_its_own_script_alone(tmp_path):
    for page in pages(tmp_path, "student"):
        script = page.partition("<script>")[2].partition("</script>")[0]
        digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
        [policy] = [own["content"] for own in Elements(page).of("meta") if "http-equiv" in own]
        assert policy == (
            f"default-src 'none'; style-src 'unsafe-inline'; script-src 'sha256-{digest}'"
        )
        assert not re.search(r"\b(src|srcset)=|url\(|@import|https?:", page)


def test_links_lead_to_the_feedback_wherever_the_page_is(tmp_path):
    for place in (tmp_path, tmp_path / "reports" / "week 5"):
        found = Elements(report_page(report(tmp_path, name="ann #?%1"), place)).of("a")
        assert found
        for link in found:
            target = os.path.normpath(place / unquote(link["href"]))
            assert target.startswith(str(tmp_path / "feedback" / "ann #?%1"))


def test_graphics_have_text_alternatives_and_columns_have_headings(tmp_path):
    for page in pages(tmp_path):
        elements = Elements(page)
        assert all(own.get("role") == "img" and own["aria-label"] for own in elements.of("svg"))
        assert {own["scope"] for own in elements.of("th")} == {"col", "row"}
    page = report_page(report(tmp_path), tmp_path)
    assert "0 to 10%: 3" in page and "mean share 75%, solved by 50%" in page
    assert "−0.25" in page and "−0.5 points" in page


def test_who_made_a_mistake_is_folded(tmp_path):
    page = report_page(report(tmp_path, name="s"), tmp_path)
    folded = page.partition("clipped")[2].partition("<details><summary>Who</summary>")[2]
    assert folded.partition("</details>")[0].count("<li>") == 3


def test_a_large_class_has_a_page_of_moderate_size(tmp_path):
    page = report_page(report(tmp_path, 300, "student"), tmp_path)
    assert len(page) < 500_000


@pytest.mark.skipif(BROWSER is None, reason="no Chromium here")
def test_a_browser_runs_the_script_and_nothing_else(tmp_path):
    file = tmp_path / "report.html"
    file.write_text(report_page(report(tmp_path), tmp_path), encoding="utf-8")
    options = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    command = [BROWSER, *options, f"--user-data-dir={tmp_path / 'profile'}", "--dump-dom"]
    done = subprocess.run([*command, file.as_uri()], capture_output=True, text=True, timeout=120)
    assert '<th scope="col"><button>exercise</button></th>' in done.stdout
