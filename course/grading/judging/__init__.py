"""From a student's functions to verdicts: examine, redact, judge; the seeds of secret questions."""
