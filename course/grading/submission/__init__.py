"""Submissions: collected from the exchange, read, and rid of what doesn't belong in them."""
