"""Feedback pages as the zip that a platform takes back, with the names it gave the submissions."""

import zipfile
from collections.abc import Mapping
from pathlib import Path

from nbgrader.coursedir import CourseDirectory

from course.grading.platforms.known import PLATFORMS
from course.grading.submission.receipts import receipts


def write_zip(
    coursedir: CourseDirectory, unit: str, pages: Mapping[str, Mapping[str, bytes]], path: Path
) -> list[str]:
    """Write the pages of a unit to `path`; return the students whose upload has no name to go by.

    pages: by student, each page's content by its file's name.
    """
    known = {student: one for student, one in receipts(coursedir, unit).items() if student in pages}
    platforms = sorted({one.platform for one in known.values()})
    if not platforms:
        raise ValueError(
            f"{unit}: nothing was collected from a learning platform, so none expects a zip; "
            "see docs/instructors/platforms.md"
        )
    if len(platforms) > 1:
        raise ValueError(f"{unit} was collected from {' and '.join(platforms)}; one zip can't do")
    layout = PLATFORMS[platforms[0]]
    if not layout.feedback:
        raise ValueError(f"{layout.title} takes no zip of feedback back")
    fresh = path.with_name(f".{path.name}~")
    with zipfile.ZipFile(fresh, "w", zipfile.ZIP_DEFLATED) as archive:
        for student in sorted(known):
            for name, page in pages[student].items():
                archive.writestr(
                    layout.feedback.format(upload=known[student].upload, page=name), page
                )
    fresh.replace(path)
    return sorted(set(pages) - set(known))
