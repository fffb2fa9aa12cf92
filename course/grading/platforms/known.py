"""The known platforms, and which of them a download is from."""

from collections.abc import Iterable

from course.exercises.engine.near_names import unknown
from course.grading.platforms import (
    blackboard,
    brightspace,
    canvas,
    github,
    gradescope,
    moodle,
)
from course.grading.platforms.archive import ArchiveError, Download
from course.grading.platforms.layout import Layout

# In the order in which they are tried: GitHub's folders are the least specific.
PLATFORMS: dict[str, Layout] = {
    module.LAYOUT.name: module.LAYOUT
    for module in (moodle, brightspace, blackboard, gradescope, canvas, github)
}
NOTEBOOK = ".ipynb"


def platform(name: str) -> Layout:
    if name not in PLATFORMS:
        raise unknown_platform("--from", name, PLATFORMS)
    return PLATFORMS[name]


def unknown_platform(option: str, name: str, known: Iterable[str]) -> ValueError:
    names = sorted(known)
    return ValueError(
        f"{option}: expected one of {', '.join(names)}; {unknown('platform', name, names)}"
    )


def detected(download: Download) -> Layout:
    """Return the platform that most of the download's notebooks fit; ArchiveError if none fits."""
    paths = [entry.path for entry in download.entries if NOTEBOOK in entry.name.lower()]
    if not paths:
        raise ArchiveError(f"{download.name} holds no notebook (.ipynb)")
    fits = {
        layout: sum(bool(layout.upload.search(p)) for p in paths) for layout in PLATFORMS.values()
    }
    best = max(fits, key=lambda layout: fits[layout])
    if 2 * fits[best] <= len(paths):
        names = ", ".join(sorted(PLATFORMS))
        raise ArchiveError(
            f"{download.name} isn't laid out like a download from any known platform. Name the "
            f"platform with --from ({names}); the first notebook is {paths[0]!r}"
        )
    return best
