"""The exercises: a package per unit, a module per exercise, on one small engine."""
