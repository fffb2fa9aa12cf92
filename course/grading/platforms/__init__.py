"""Learning platforms: from their downloads to submitted/, and scores and pages back to them.

Each platform is a module that holds a `Layout`: patterns and columns rather than code. `archive`
reads a download without believing it, `roster` finds out whose an upload is, `lesson` which unit's,
`collect` puts it into submitted/. `grade_file` and `feedback_zip` lead back. Nothing but the
command line imports this package.
"""
