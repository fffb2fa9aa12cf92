"""Unit 3: the multilayer net, and the net as a graph."""

from course.exercises.forward import (
    MLP,
    count_parameters,
    forward,
    forward_dag,
    hunt_topological_order,
    layer_shapes,
    masked_dense,
    mlp_to_dag,
    predict,
    rand_matrix,
    topological_order,
)

EXERCISES = (
    layer_shapes,
    count_parameters,
    rand_matrix,
    MLP,
    predict,
    forward,
    masked_dense,
    topological_order,
    hunt_topological_order,
    forward_dag,
    mlp_to_dag,
)
