"""For a student on their own: where they are, what is next, other ways, review, starting over.

`my_work` knows the student's folder, `progress` the small file in it. The others read these two:
`status`, `solution`, `review`, `reset`, and `lab`, which opens JupyterLab.

Nothing is imported here: `check` imports `progress` alone.
"""
