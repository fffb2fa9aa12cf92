"""Hostile notebooks and honest odd ones, put through the real pipeline and judged from outside."""
