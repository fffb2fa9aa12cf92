"""Unit 4: the chain rule and computation graphs."""

from course.exercises.chain_rule import (
    backward_pass,
    chain,
    forward_pass,
    graph_of,
    hunt_backward_pass,
    lecture_loss,
    lecture_loss_derivative,
    numerical_derivative,
)

EXERCISES = (
    numerical_derivative,
    lecture_loss,
    lecture_loss_derivative,
    chain,
    forward_pass,
    backward_pass,
    hunt_backward_pass,
    graph_of,
)
