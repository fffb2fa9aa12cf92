"""Hostile notebooks and honest odd ones, handed in to the real pipeline and judged from outside."""
