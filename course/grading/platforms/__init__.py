"""Learning platforms: from their downloads to submitted/, and scores and pages back to them.

Each platform is a module that holds a `Layout`: patterns and columns rather than code. `archive`
reads a download without trusting it, `roster` finds an upload's author, `lesson` its unit, and
`collect` puts it into submitted/. `grade_file` and `feedback_zip` lead back. Nothing but the
command line imports this package.
"""
