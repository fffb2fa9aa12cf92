"""Blackboard Learn.

"Assignment File Download" names files by assignment, login and time of the attempt, and adds a text
that says who submitted which file: help.blackboard.com, "Download assignments", and "Work offline
with grade data" for the grade file (tab-separated, UTF-16). The time is the server's own.
"""

import re

from course.grading.limits import TABLE_BYTES
from course.grading.platforms.archive import Download
from course.grading.platforms.layout import Claim, GradeFile, Index, Layout

UPLOAD = re.compile(
    r"/(?P<upload>(?P<ending>[^/]+)_attempt_(?P<time>\d{4}(?:-\d\d){5}))(?:_(?P<file>[^/]+)|\.txt)$"
)
AUTHOR = re.compile(r"^Name:\s*(?P<name>.*?)\s*\((?P<login>[^()\s]+)\)\s*$", re.MULTILINE)


def index(download: Download) -> Index:
    """Read the texts, since a login may contain the underscore that ends it in a file's name."""
    claims = {}
    for entry in download.entries:
        found = UPLOAD.search(entry.path)
        if found and not found["file"]:
            text = entry.read(TABLE_BYTES).decode("utf-8-sig", "replace")
            if author := AUTHOR.search(text):
                claims[found["upload"]] = Claim(keys=(author["login"],), name=author["name"])
    return Index(claims)


LAYOUT = Layout(
    name="blackboard",
    title="Blackboard",
    upload=UPLOAD,
    times=("%Y-%m-%d-%H-%M-%S",),
    index=index,
    grades=GradeFile(
        signature=("Last Name", "First Name", "Username"),
        ids=("Username", "Student ID"),
        names=(("First Name", "Last Name"),),
        item=re.compile(
            r"(?P<item>.+?) \[Total Pts: (?:up to )?(?P<most>[\d.,]+)[^\]]*\] ?\|\d+", re.IGNORECASE
        ),
    ),
)
