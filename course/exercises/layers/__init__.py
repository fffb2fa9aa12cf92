"""Unit 2: many neurons, two layers, and whole batches."""

from course.exercises.layers import dense, from_lecture, hunt_dense, layer, two_layer, xor_network

EXERCISES = (
    layer,
    two_layer,
    from_lecture,
    dense,
    hunt_dense,
    xor_network,
)
