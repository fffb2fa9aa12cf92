"""GitHub Classroom: clones of the students' repositories.

`gh classroom clone student-repos` makes ASSIGNMENT-submissions/ASSIGNMENT-LOGIN/ for each student:
docs.github.com, "Using GitHub Classroom with GitHub CLI". The times in a clone are the students'
own words, so none is taken from there; the list of grades that GitHub Classroom gives out, used as
the roster, has the time of receipt.
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
