"""How fast the course is, measured beside those who do the same work."""
