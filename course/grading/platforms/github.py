"""GitHub Classroom: clones of the students' repositories.

`gh classroom clone student-repos` makes ASSIGNMENT-submissions/ASSIGNMENT-LOGIN/ for each student:
docs.github.com, "Using GitHub Classroom with GitHub CLI". Students can set the times in a clone, so
they are ignored; the list of grades that GitHub Classroom exports, used as the roster, has the time
of receipt.
"""

import re

from course.grading.platforms.layout import Layout

LAYOUT = Layout(
    name="github",
    title="GitHub Classroom",
    upload=re.compile(
        r"(?:^|/)[^/]*submissions[^/]*/(?P<upload>(?P<ending>[^/]+-[^/]+))/(?P<file>.+)$"
    ),
    one_attempt=True,
)
