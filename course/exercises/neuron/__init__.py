"""Unit 1: from the generalised linear model to the neuron."""

from course.exercises.neuron import (
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
    identity,
    relu,
    tanh,
    sigmoid,
    hunt_sigmoid,
    softplus,
    glm,
    make_neuron,
)
