"""Unit 5: the chain rule for layers, and the losses it starts from.

The activations with derivatives in these questions (sine, square, cube, leaky) are not the answer
to any exercise, nor are the losses.
"""

from course.exercises.backprop import (
    backprop,
    cross_entropy,
    d_relu,
    d_sigmoid,
    d_tanh,
    gradient_check,
    hunt_softmax,
    layer_backward,
    logistic_loss,
    softmax,
    squared_loss,
)

EXERCISES = (
    d_sigmoid,
    d_tanh,
    d_relu,
    gradient_check,
    squared_loss,
    logistic_loss,
    softmax,
    hunt_softmax,
    cross_entropy,
    layer_backward,
    backprop,
)
