"""Unit 6: which nets are the same function, and where to start."""

from course.exercises.symmetry import (
    activation_scales,
    canonical_form,
    count_permutations,
    gradient_scales,
    hunt_initialise,
    initialise,
    initialise_sparse,
    permute_hidden,
    rescale_hidden,
    twin_units,
)

EXERCISES = (
    permute_hidden,
    rescale_hidden,
    count_permutations,
    twin_units,
    initialise,
    hunt_initialise,
    initialise_sparse,
    activation_scales,
    gradient_scales,
    canonical_form,
)
