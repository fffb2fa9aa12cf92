"""Feedback pages as a zip that a platform accepts, with the names it gave the submissions."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from course.grading.platforms.known import PLATFORMS
from course.grading.submission.receipts import receipts


def write_zip(
    coursedir: CourseDirectory, unit: str, pages: Mapping[str, Mapping[str, bytes]], path: Path
) -> list[str]:
    """Write a unit's pages to `path`; return the students whose upload's name isn't known.

    pages: by student, each page's content by its file's name.
    """
    known = {
        student: receipt
        for student, receipt in receipts(coursedir, unit).items()
        if student in pages
    }
    platforms = sorted({receipt.platform for receipt in known.values()})
    if not platforms:
        raise ValueError(
            f"{unit}: nothing was collected from a learning platform, so no platform expects a "
            "zip; see docs/instructors/platforms.md"
        )
    if len(platforms) > 1:
        raise ValueError(
            f"{unit} was collected from {' and '.join(platforms)}; one zip can't serve both"
        )
    layout = PLATFORMS[platforms[0]]
    if not layout.feedback:
        raise ValueError(f"{layout.title} accepts no zip of feedback")
    fresh = path.with_name(f".{path.name}~")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
        for student in sorted(known):
            for name, page in pages[student].items():
                archive.writestr(
                    layout.feedback.format(upload=known[student].upload, page=name), page
                )
    fresh.replace(path)
    return sorted(set(pages) - set(known))
