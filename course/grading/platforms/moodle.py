"""Moodle's assignment activity.

Folders of "Download all submissions" are read back by `assignfeedback_file_zip_importer`
(github.com/moodle/moodle, mod/assign/feedback/file/importziplib.php): name, participant's number,
`assignsubmission`, `file`, and up to version 4.0 one more underscore; in "Download submissions in
folders: no" files have that in front of their names. The number differs in each assignment.
The grading worksheet: docs.moodle.org, "Assignment settings", and
mod/assign/feedback/offline/importgradeslib.php.
"""

import re

from course.grading.platforms.layout import GradeFile, Layout

LAYOUT = Layout(
    name="moodle",
    title="Moodle",
    upload=re.compile(
        r"/(?P<upload>(?P<name>[^/]+?)_(?P<number>\d+)_assignsubmission_file_?)/?(?P<file>.+)$"
    ),
    key="participant {}",
    one_attempt=True,
    grades=GradeFile(
        signature=("Identifier", "Grade", "Maximum Grade"),
        ids=("Identifier", "Email address", "Username", "ID number"),
        names=(("Full name",), ("First name", "Last name")),
        grade="Grade",
    ),
    feedback="{upload}/{page}",
)
