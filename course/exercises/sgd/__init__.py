"""Unit 7: mini-batches, steps, and the loop that trains a net."""

from course.exercises.sgd import accuracy, average_gradients, design, minibatches, sgd_step, train

EXERCISES = (
    minibatches,
    average_gradients,
    sgd_step,
    train,
    accuracy,
    design,
)
