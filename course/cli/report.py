"""The command `course report`: which report, and in which form.

What it needs is imported when it runs, so that the other commands start without it.
"""

from pathlib import Path
from typing import Annotated

import typer

from course.cli.words import UNIT, Root
from course.terminal import console


def report(
    unit: Annotated[str | None, UNIT] = None,
    every: Annotated[
        bool, typer.Option("--all", help="Report on the term: all units that are graded.")
    ] = False,
    html: Annotated[
        Path | None,
        typer.Option(
            "--html", metavar="FILE", help="Write an HTML page, with links to the feedback."
        ),
    ] = None,
    csv: Annotated[
        Path | None,
        typer.Option(
            "--csv",
            metavar="FILE",
            help="Write the figures as CSV: of the students to FILE, the others beside it.",
        ),
    ] = None,
    excel: Annotated[
        bool, typer.Option("--excel", help="Begin CSV with a byte order mark, as Excel needs it.")
    ] = False,
    decimal_comma: Annotated[
        bool, typer.Option("--decimal-comma", help="Write 12,5 (and semicolons between columns).")
    ] = False,
    root: Root = Path(),
) -> None:
    """Show how the class did in UNIT: scores, each exercise, and who made each mistake.

    With --all, shows the term: every unit's figures, and every student's scores.
    """
    from course.grading import course_folder
    from course.grading.gradebook.export import as_csv, encoded
    from course.grading.gradebook.report import class_report
    from course.grading.gradebook.report_csv import term_tables, unit_tables
    from course.grading.gradebook.report_page import report_page, term_page
    from course.grading.gradebook.report_term import term_report
    from course.grading.gradebook.report_text import rendered, term_rendered
    from course.grading.private_files import write_private

    if (unit is None) != every:
        raise ValueError("expected either a UNIT or --all")
    if every:
        found = term_report(root)
        shown, page, tables = term_rendered, term_page, term_tables
    else:
        unit = course_folder.unit_called(course_folder.course_directory(root), unit)
        found = class_report(root, unit)
        shown, page, tables = rendered, report_page, unit_tables
    written = []
    if html is not None:
        written.append((html, page(found, html.parent).encode()))
    if csv is not None:
        for number, (name, rows) in enumerate(tables(found).items()):
            path = csv.with_name(f"{csv.stem}-{name}{csv.suffix}") if number else csv
            written.append((path, encoded(as_csv(rows, decimal_comma), excel)))
    elif excel or decimal_comma:
        raise ValueError("--excel and --decimal-comma only work with --csv")
    for path, content in written:
        write_private(path, content)
        console.print(f"written: {path}", highlight=False, markup=False, soft_wrap=True)
    if not written:
        console.print(shown(found))
