"""Unit 1: from the generalised linear model to the neuron."""

from course.exercises.neuron import (
    and_neuron,
    blind_direction,
    glm,
    hunt_sigmoid,
    identity,
    make_neuron,
    neuron,
    relu,
    sigmoid,
    softplus,
    tanh,
)

EXERCISES = (
    neuron,
    blind_direction,
    and_neuron,
    identity,
    relu,
    tanh,
    sigmoid,
    hunt_sigmoid,
    softplus,
    glm,
    make_neuron,
)
