"""A sample class of twelve: what each student submits, and the outcome a fair grader should reach.

`class/` has one recipe per student: what the student wrote into which cells of the notebook, and
the expected outcome. The notebooks themselves are built from the current lesson, so a recipe stays
valid when the lesson changes.
"""
