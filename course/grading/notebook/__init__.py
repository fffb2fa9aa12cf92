"""A notebook's cells: restored from what was handed in, cleaned outputs, verdicts written back."""
