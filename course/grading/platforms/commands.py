"""The commands for learning platforms: roster, collect, export, feedback, gradescope, classroom.

What they need is imported when they run, so that the other commands start without it.
"""

import sys
from collections.abc import Sequence
from datetime import tzinfo
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Annotated
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import typer
from rich.table import Table
from rich.text import Text

from course.grading.limits import LISTED_STUDENTS
from course.terminal import PlainConsole, console, errors, listed, one_line

if TYPE_CHECKING:
    from nbgrader.coursedir import CourseDirectory

    from course.grading.platforms.class_list import ClassList
    from course.grading.platforms.collect import Plan, Row
    from course.grading.platforms.grade_file import Filled

WRONG_WORK = 1
STDOUT = Path("-")

Root = Annotated[
    Path, typer.Option("--root", help="The course's folder, where nbgrader_config.py is.")
]
RosterFile = Annotated[
    Path | None,
    typer.Option(
        "--roster",
        metavar="CSV",
        help="The class list: columns such as id, login, name, email; or the platform's own.",
    ),
]


def register(app: typer.Typer) -> None:
    """Add the commands to the command line."""
    for command in (roster, collect, export, feedback, gradescope, classroom):
        app.command()(command)


def roster(
    file: Annotated[
        Path,
        typer.Argument(
            metavar="FILE",
            help="The class list: columns such as id, login, first_name, last_name, name, email; "
            "or the platform's own.",
        ),
    ],
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be done.")
    ] = False,
    root: Root = Path(),
) -> None:
    """Put a class list into the gradebook.

    Adds new students and changes what the list says otherwise about known ones. Nobody is removed.
    """
    from course.grading import course_folder
    from course.grading.platforms.class_list import read_list, save_list

    coursedir = course_folder.course_directory(root)
    found = read_list(coursedir, file)
    if not dry_run:
        save_list(coursedir, found)
    _show_list(found, dry_run)


def collect(
    download: Annotated[
        Path, typer.Argument(metavar="DOWNLOAD", help="The platform's zip, or the unpacked folder.")
    ],
    unit: Annotated[str, typer.Option("--unit", help="A unit, such as 05_backprop.")],
    platform: Annotated[
        str | None,
        typer.Option(
            "--from",
            metavar="PLATFORM",
            help="canvas, moodle, brightspace, blackboard, gradescope or github; detected by "
            "default.",
        ),
    ] = None,
    roster: RosterFile = None,
    zone: Annotated[
        str | None,
        typer.Option(
            "--zone",
            help="The time zone of the times in the download, such as Europe/Berlin.",
            show_default="this computer's",
        ),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Only show what would be done.")
    ] = False,
    root: Root = Path(),
) -> None:
    """Put a learning platform's downloaded submissions into submitted/.

    Shows each upload with its author and what is done with it. Uploads whose author isn't known for
    certain are listed and left out; the exit status is then 1.
    """
    from course.grading import course_folder
    from course.grading.platforms import roster as rosters
    from course.grading.platforms.archive import opened
    from course.grading.platforms.collect import plan, save
    from course.grading.platforms.known import detected
    from course.grading.platforms.known import platform as platform_called

    coursedir = course_folder.course_directory(root)
    unit = course_folder.unit_called(coursedir, unit)
    where = _zone(zone)
    with opened(download) as files:
        layout = platform_called(platform) if platform else detected(files)
        known = rosters.class_roster(coursedir, roster, where)
        found = plan(coursedir, unit, files, layout, known, where)
        if not dry_run:
            save(coursedir, unit, found)
    _show_plan(found, zone, dry_run)
    if found.strangers:
        raise typer.Exit(WRONG_WORK)


def export(
    arguments: Annotated[
        list[str] | None,
        typer.Argument(
            metavar="FILE|UNIT",
            help="The file to write (- for the standard output), and the units, if not all.",
            show_default=False,
        ),
    ] = None,
    unit: Annotated[
        list[str] | None, typer.Option("--unit", help="Only this unit. May be repeated.")
    ] = None,
    wide: Annotated[
        bool, typer.Option("--wide", help="One row per student, one column per unit.")
    ] = False,
    platform: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="PLATFORM",
            help="Fill in the grade file of canvas, moodle, brightspace or blackboard.",
        ),
    ] = None,
    template: Annotated[
        Path | None,
        typer.Option(
            "--template", metavar="CSV", help="The grade file that the platform gave out."
        ),
    ] = None,
    column: Annotated[
        str | None,
        typer.Option("--column", help="The column to fill in, if its name is not the unit's."),
    ] = None,
    roster: RosterFile = None,
    excel: Annotated[
        bool, typer.Option("--excel", help="Begin with a byte order mark, as Excel needs it.")
    ] = False,
    decimal_comma: Annotated[
        bool, typer.Option("--decimal-comma", help="Write 12,5 (and semicolons between columns).")
    ] = False,
    root: Root = Path(),
) -> None:
    """Write the class's scores as CSV, or into the grade file of a learning platform.

    By default FILE gets one row per student and unit, with the columns of nbgrader's own export. A
    score is empty if nothing was submitted. A text that a spreadsheet would take for a formula gets
    an apostrophe in front.

    With --for and --template, writes a copy of the platform's own file, by default beside it, in
    which only the unit's column differs.
    """
    from course.grading import course_folder
    from course.grading.gradebook.export import encoded, table

    coursedir = course_folder.course_directory(root)
    file, units = _file_and_units(coursedir, arguments or [])
    named = [course_folder.unit_called(coursedir, name) for name in unit or ()]
    units += [name for name in named if name not in units]
    if platform is not None:
        from course.grading.platforms.grade_file import platform_with_grades

        platform_with_grades(platform)
    if (platform is None) != (template is None):
        raise ValueError("--for and --template only work together")
    if platform is None:
        if file is None:
            raise ValueError("FILE is missing: name the file, or - for the standard output")
        if column or roster:
            raise ValueError("--column and --roster only work with --for")
        _write(file, encoded(table(root, units, wide, decimal_comma), excel))
    else:
        if wide or excel:
            raise ValueError(
                "--wide and --excel don't work with --for: the platform's file decides"
            )
        target = file or template.with_name(f"{template.stem}-filled{template.suffix}")
        filled = _filled(coursedir, platform, template, units, column, roster, decimal_comma)
        _write(target, filled.content)
        # The standard output may be the file itself.
        _show_filled(filled, errors if target == STDOUT else console)


def feedback(
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="A unit, such as 05_backprop.")],
    student: Annotated[
        list[str] | None, typer.Option("--student", help="Only this student. May be repeated.")
    ] = None,
    zip_file: Annotated[
        Path | None,
        typer.Option("--zip", metavar="FILE", help="Also write all these pages to a zip."),
    ] = None,
    platform: Annotated[
        str | None,
        typer.Option(
            "--for",
            metavar="PLATFORM",
            help="Name the zip's files as canvas, moodle or brightspace expects them; plain: a "
            "folder per student. By default as the platform expects that UNIT was collected from.",
        ),
    ] = None,
    root: Root = Path(),
) -> None:
    """Renew the feedback pages of UNIT from the gradebook, without grading again.

    Pages whose scores, comments and notebook have not changed stay as they are. It can be stopped
    at any moment and resumed.
    """
    from course.grading import course_folder
    from course.grading.feedback.folder import pages, renew_class
    from course.grading.platforms.feedback_zip import PLAIN, write_zip
    from course.grading.platforms.known import PLATFORMS

    if platform and not zip_file:
        raise ValueError("--for only works with --zip")
    coursedir = course_folder.course_directory(root)
    unit = course_folder.unit_called(coursedir, unit)
    done = renew_class(coursedir, unit, student or ())
    _say(f"Pages renewed: {len(done.written)}; already up to date: {len(done.unchanged)}.")
    if done.not_graded:
        waiting = listed(done.not_graded, LISTED_STUDENTS)
        _say(f"Not graded yet: {waiting}. Run `course grade {unit}`.")
    if zip_file:
        ready = pages(coursedir, unit, [*done.written, *done.unchanged])
        try:
            layout, left_out = write_zip(coursedir, unit, ready, zip_file, platform)
        except OSError as error:
            raise ValueError(f"--zip: {zip_file} can't be written: {error.strerror}") from error
        what = "a folder per student" if layout == PLAIN else f"for {PLATFORMS[layout].title}"
        _say(f"written: {zip_file}, {what}")
        if left_out:
            _say(f"Not in it, since not collected from there: {listed(left_out, LISTED_STUDENTS)}")


def gradescope(
    unit: Annotated[str, typer.Argument(metavar="UNIT", help="A unit, such as 05_backprop.")],
    output: Annotated[
        Path | None,
        typer.Option(
            "--output",
            metavar="ZIP",
            help="The file to write.",
            show_default="gradescope-UNIT.zip",
        ),
    ] = None,
    visibility: Annotated[
        str,
        typer.Option(
            "--visibility",
            help="When students see the results: visible, after_due_date, after_published, hidden.",
        ),
    ] = "visible",
    root: Root = Path(),
) -> None:
    """Write the autograder zip with which Gradescope grades UNIT."""
    from course.grading import course_folder
    from course.grading.platforms.autograder import write_autograder

    coursedir = course_folder.course_directory(root)
    unit = course_folder.unit_called(coursedir, unit)
    path = output or Path(f"gradescope-{unit}.zip")
    write_autograder(coursedir, unit, path, visibility)
    _say(f"written: {path}. It holds secret questions: give it only to Gradescope.")


def classroom(
    course: Annotated[
        str,
        typer.Option(
            "--course",
            metavar="REQUIREMENT",
            help="Where students' repositories install the course from, such as "
            "git+https://github.com/OWNER/REPOSITORY",
        ),
    ],
    output: Annotated[
        Path,
        typer.Option(
            "--output", metavar="FILE", help="The file to write; - is the standard output."
        ),
    ] = STDOUT,
) -> None:
    """Write the workflow that checks notebooks in GitHub Classroom's repositories."""
    if not course.isprintable() or set(course) & set("\"'\\`$"):
        raise ValueError(f"--course: expected what `pip install` takes, got {course!r}")
    text = (files("course.grading.platforms") / "files" / "classroom.yml").read_text("utf-8")
    _write(output, text.replace("{course}", course).encode())


# ---------------------------------------------------------------------------------- what is shown


def _zone(name: str | None) -> tzinfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        raise ValueError(f"--zone: expected a name such as Europe/Berlin, got {name!r}") from None


def _file_and_units(
    coursedir: "CourseDirectory", arguments: Sequence[str]
) -> tuple[Path | None, list[str]]:
    """Return the file to write and the units among the arguments."""
    from course.grading import course_folder

    known = course_folder.units(coursedir)
    names = [one for one in arguments if one not in known and (one == "-" or Path(one).suffix)]
    try:
        units = [course_folder.unit_called(coursedir, one) for one in arguments if one not in names]
    except ValueError as error:
        raise ValueError(f"{error} (A FILE needs an ending, such as .csv.)") from None
    if len(names) > 1:
        raise ValueError(f"expected a single FILE and units, got {' and '.join(names)}")
    return (Path(names[0]) if names else None), units


def _filled(
    coursedir: "CourseDirectory",
    platform: str,
    template: Path,
    units: Sequence[str],
    column: str | None,
    roster: Path | None,
    decimal_comma: bool,
) -> "Filled":
    from course.grading.gradebook.scores import class_scores
    from course.grading.platforms.grade_file import fill, platform_with_grades
    from course.grading.platforms.roster import class_roster
    from course.grading.platforms.table import read_table

    layout = platform_with_grades(platform)
    if not units:
        raise ValueError("UNIT is missing: name the unit whose scores to write")
    if column and len(units) > 1:
        raise ValueError("--column needs a single UNIT")
    scores = {unit: {} for unit in units}
    for score in class_scores(coursedir, units):
        scores[score.unit][score.student] = score
    if missing := [unit for unit, its in scores.items() if not its]:
        raise ValueError(f"unit: no submission for {', '.join(missing)} is graded yet")
    known = class_roster(coursedir, roster)
    for unit in units:
        known.learn(coursedir, unit)
    columns = {units[0]: column} if column else {}
    return fill(read_table(template), layout, scores, known, columns, decimal_comma)


def _write(path: Path, content: bytes) -> None:
    from course.grading.private_files import write_private

    if path == STDOUT:
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
        return
    write_private(path, content)
    _say(f"written: {path}")


def _show_list(found: "ClassList", dry_run: bool) -> None:
    table = Table(title_justify="left")
    for head in ("student", "first name", "last name", "email", "what"):
        table.add_column(head)
    for entry in found.entries:
        said = [entry.details.get(name, "") for name in ("first_name", "last_name", "email")]
        old = entry.before or {}
        changes = [f"{name.replace('_', ' ')} was {old[name]!r}" for name in entry.changed if old]
        what = "new" if entry.before is None else "; ".join(changes) or "already there"
        table.add_row(*(Text(one_line(cell)) for cell in (entry.id, *said, what)))
    console.print(table)
    if found.missing:
        missing = listed(found.missing, LISTED_STUDENTS)
        _say(f"In the gradebook, but not in the list (nobody is removed): {missing}")
    new = sum(entry.before is None for entry in found.entries)
    changed = sum(entry.before is not None and bool(entry.changed) for entry in found.entries)
    counts = f"{new} new, {changed} changed, {len(found.entries) - new - changed} already there."
    _say(f"Dry run, nothing was written: {counts}" if dry_run else f"Students: {counts}")


def _show_plan(found: "Plan", zone: str | None, dry_run: bool) -> None:
    table = Table(title=f"From {found.layout.title}", title_justify="left")
    for head in ("student", "name", "file", "received (UTC)", "what"):
        table.add_column(head)
    for row in found.rows:
        table.add_row(*(Text(one_line(cell)) for cell in _cells(row)))
    console.print(table)
    for upload, why in found.strangers:
        _say(f"not collected: {upload}: {why}")
    for link in found.links:
        _say(f"not followed: {link} is a link")
    if found.strangers:
        from course.grading.platforms.roster import HOW_TO_ADD

        _say(HOW_TO_ADD)
    if found.silent:
        _say(f"No upload: {listed(found.silent, LISTED_STUDENTS)}")
    if found.layout.times:
        _say(f"Times are taken as {zone or 'local time'}; --zone names another time zone.")
    elif any(row.files and row.received is None for row in found.rows):
        _say(f"{found.layout.title}'s download has no times, so nothing counts as late.")
    written = sum(row.is_written for row in found.rows)
    if dry_run:
        _say(f"Dry run: submissions that would be written: {written}. Nothing was.")
    else:
        _say(f"Submissions written: {written}; left unchanged: {len(found.rows) - written}.")


def _cells(row: "Row") -> tuple[str, ...]:
    names = ", ".join(upload.file for upload in row.uploads)
    when = f"{row.received:%Y-%m-%d %H:%M:%S}" if row.received else ""
    said = "; ".join(filter(None, (row.state, row.note, "marked LATE" if row.late else "")))
    return row.student, row.name, names, when, said


def _show_filled(filled: "Filled", shown: PlainConsole) -> None:
    def say(text: str) -> None:
        shown.print(Text(one_line(text)), soft_wrap=True)

    for unit, column in filled.columns.items():
        say(f"{unit} is in the column {column!r}.")
    say(f"{len(filled.written)} students have a score.")
    for people, said in (
        (filled.without, "In the file, but nothing submitted (cells not touched)"),
        (filled.waiting, "Written answers still to be graded by hand"),
        (filled.missing, "Graded here, but not in the file"),
    ):
        if people:
            say(f"{said}: {listed(people, LISTED_STUDENTS)}")
    for claim, why in filled.unknown:
        say(f"In the file, but not here: {claim} {why}")
    for remark in filled.remarks:
        say(f"Check this first: {remark}")


def _say(text: str) -> None:
    console.print(Text(one_line(text)), soft_wrap=True)
