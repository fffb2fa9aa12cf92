"""Unit 7: mini-batches, steps, and the loop that trains a net."""

from course.exercises.sgd import (
    accuracy,
    average_gradients,
    design,
    hunt_minibatches,
    minibatches,
    momentum_step,
    sgd_step,
    train,
)

EXERCISES = (
    minibatches,
    hunt_minibatches,
    average_gradients,
    sgd_step,
    momentum_step,
    train,
    accuracy,
    design,
)
