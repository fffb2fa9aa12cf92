"""Unit 2: many neurons, two layers, and whole batches."""

from course.exercises.layers import (
    dense,
    from_lecture,
    hunt_dense,
    layer,
    parity_network,
    two_layer,
    xor_network,
)

EXERCISES = (
    layer,
    two_layer,
    xor_network,
    parity_network,
    from_lecture,
    dense,
    hunt_dense,
)
