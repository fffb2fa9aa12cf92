"""A sample class of twelve: what they handed in, and what a fair grader has to make of it.

`class/` holds a recipe for each: text that names the cells of the notebook and what the student
wrote there, with the outcome that is expected of it. The notebooks themselves are made from today's
lesson, which may have changed since.
"""
