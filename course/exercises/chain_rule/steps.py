"""The steps that people take when they measure a slope."""

STEPS = ("1e-6", "1e-3", "1e-4", "1e-5", "1e-7", "1e-8")
