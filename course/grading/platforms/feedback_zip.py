"""Feedback pages as a zip: with the names a platform gave the submissions, or by student."""

import zipfile
from collections.abc import Mapping, Sequence
from io import BytesIO
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from course.grading.platforms.known import PLATFORMS, unknown_platform
from course.grading.private_files import write_private
from course.grading.submission.receipts import Receipt, receipts

# The files of each student's pages.
Pages = Mapping[str, Sequence[Path]]
# A zip for people, not for a platform: a folder per student.
PLAIN = "plain"


def write_zip(
    coursedir: CourseDirectory, unit: str, pages: Pages, path: Path, platform: str | None = None
) -> tuple[str, list[str]]:
    """Write a unit's pages to `path`; return for which platform, and the students left out.

    Those are the students whose upload's name isn't known. Nothing is written if none is.

    platform: its name, or `PLAIN`; by default the one that the unit was collected from.
    """
    known = {
        student: receipt
        for student, receipt in receipts(coursedir, unit).items()
        if student in pages and platform in (None, receipt.platform)
    }
    platform = platform or _platform_of(unit, known)
    if platform == PLAIN:
        files = [
            (page, f"{student}/{page.name}") for student in sorted(pages) for page in pages[student]
        ]
    else:
        files = _renamed(unit, platform, known, pages)
    content = BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for page, name in files:
            archive.write(page, name)
    write_private(path, content.getvalue())
    return platform, [] if platform == PLAIN else sorted(set(pages) - set(known))


def _platform_of(unit: str, known: Mapping[str, Receipt]) -> str:
    platforms = sorted({receipt.platform for receipt in known.values()})
    if len(platforms) > 1:
        raise ValueError(
            f"{unit} was collected from {' and '.join(platforms)}, and one zip can't serve both; "
            "name the platform with --for"
        )
    return platforms[0] if platforms else PLAIN


def _renamed(
    unit: str, platform: str, known: Mapping[str, Receipt], pages: Pages
) -> list[tuple[Path, str]]:
    """Return the pages with the names that the platform expects."""
    takes = [name for name, layout in PLATFORMS.items() if layout.feedback]
    if platform not in PLATFORMS:
        raise unknown_platform("--for", platform, [*takes, PLAIN])
    layout = PLATFORMS[platform]
    if not layout.feedback:
        raise ValueError(
            f"{layout.title} accepts no zip of feedback; --for {PLAIN} writes a folder per student"
        )
    if not known:
        raise ValueError(
            f"{unit}: none of these pages' submissions was collected from {layout.title}, so the "
            "names that it expects aren't known; see docs/instructors/platforms.md"
        )
    return [
        (page, layout.feedback.format(upload=known[student].upload, page=page.name))
        for student in sorted(known)
        for page in pages[student]
    ]
