"""From a student's functions to grades: examine, redact, verdicts; seeds of secret questions."""
