"""D2L Brightspace.

"Download" in an assignment's submissions gives a folder per upload (or files whose names begin in
the same way): numbers of the user and of the upload, the name, and the time of receipt in the time
zone of the person who downloads: "13394-80551 - Ann Doe - Oct 4, 2026 1159 PM". Folders of the
same names can be given back ("Add Feedback Files"). The grade file has `Points Grade` columns and
ends each line with "#": community.d2l.com, "Importing and exporting grades".
"""

import re

from course.grading.platforms.layout import GradeFile, Layout

LAYOUT = Layout(
    name="brightspace",
    title="Brightspace",
    upload=re.compile(
        r"/(?P<upload>(?P<number>\d+)-\d+ - (?P<name>[^/]+?) - "
        r"(?P<time>(?:[^\W\d_]+\.? \d{1,2}|\d{1,2} [^\W\d_]+\.?),? \d{4},? \d{3,4}(?: [AP]M)?))"
        r"(?:/| - )(?P<file>.+)$"
    ),
    key="brightspace {}",
    times=("%b %d %Y %I%M %p", "%B %d %Y %I%M %p", "%d %b %Y %H%M", "%d %B %Y %H%M"),
    grades=GradeFile(
        signature=("End-of-Line Indicator",),
        ids=("OrgDefinedId", "Username", "Email"),
        names=(("First Name", "Last Name"),),
        item=re.compile(
            r"(?P<item>.+?) Points Grade(?: <.*?MaxPoints:(?P<most>[\d.,]+).*>)?", re.IGNORECASE
        ),
    ),
    feedback="{upload}/{page}",
)
