"""A notebook's cells: restored from a submission, outputs cleaned, verdicts written back."""
