"""Canvas.

The names in "Download Submissions" are made by `ContentZipper#get_filename` and read back by
`AbstractAssignment#infer_comment_context_from_filename` (github.com/instructure/canvas-lms,
lib/content_zipper.rb and app/models/abstract_assignment.rb): the sortable name in small letters
without anything but word characters, LATE, the user's number, the attachment's number, the file's
name. The grade file: "Instructor Guide: How do I import grades in the Gradebook?",
community.canvaslms.com.
"""

import re

from course.grading.platforms.layout import GradeFile, Layout

LAYOUT = Layout(
    name="canvas",
    title="Canvas",
    # Under anonymous grading a name begins with anon_ and says nothing about its author.
    upload=re.compile(
        r"/(?P<upload>(?!anon_)(?P<squashed>[^/]+?)_(?:(?P<late>LATE)_)?(?P<number>\d+)"
        r"_(?P<order>\d+))_(?P<file>[^/]+)$"
    ),
    key="canvas {}",
    one_attempt=True,
    grades=GradeFile(
        signature=("Student", "ID", "Section"),
        ids=("ID", "SIS User ID", "SIS Login ID", "Integration ID"),
        names=(("Student",),),
        item=re.compile(r"(?P<item>.+?) \(\d+\)"),
    ),
    # Canvas shows a returned file under the name of the file that was uploaded.
    feedback="{upload}_{page}",
)
