"""What was handed in: read it, collect it from the exchange, quarantine what is not part of it."""
