"""Questions and known mistakes of `dense`."""

import numpy as np

from course.exercises.engine import Exercise, Question, stock
from course.nn import layers as nn

exercise = Exercise(
    nn.dense,
    points=3,
    minutes=10,
    difficulty=2,
    hints=(
        "Write down the shapes first: (n, d_in) and (d_in, d_out) have to make (n, d_out), and the "
        "row of biases has to be added to each of the n rows.",
        "X and A already fit together in this order. And (n, d_out) + (1, d_out) is exactly what "
        "broadcasting was made for.",
        "First the product, then the biases, then the activation, which takes the whole matrix at "
        "once. You need no loop, no transpose and no reshape.",
    ),
)


@exercise.public
def public():
    yield Question(
        "three examples, two inputs, one neuron",
        dict(
            X=np.array([[1.0, 0.0], [0.0, 1.0], [2.0, 1.0]]),
            A=np.array([[1.0], [-2.0]]),
            b=np.array([[3.0]]),
            h=stock.double,
        ),
    )
    yield Question(
        "one example, three inputs, two neurons",
        dict(
            X=np.array([[1.0, 2.0, -1.0]]),
            A=np.array([[1.0, 0.0], [0.0, 1.0], [2.0, -1.0]]),
            b=np.array([[0.0, 1.0]]),
            h=stock.square,
        ),
    )
    yield Question(
        "two of everything: a wrong order or a wrong axis raises no error",
        dict(
            X=np.array([[1.0, 2.0], [0.0, 1.0]]),
            A=np.array([[1.0, 0.0], [3.0, 1.0]]),
            b=np.array([[10.0, 20.0]]),
            h=stock.double,
        ),
    )


@exercise.secret
def secret(rng):
    yield Question(
        "more examples than inputs, more inputs than neurons",
        _batch(rng, 5, 3, 2, stock.shifted_square),
    )
    yield Question("more neurons than inputs", _batch(rng, 2, 3, 5, stock.sin))
    yield Question("as many examples as neurons", _batch(rng, 3, 2, 3, stock.shifted_square))
    yield Question("as many inputs as neurons", _batch(rng, 2, 3, 3, stock.sin))
    yield Question("three of everything", _batch(rng, 3, 3, 3, stock.shifted_square))
    yield Question("a batch of one", _batch(rng, 1, 4, 2, stock.sin))
    yield Question("a layer of one neuron", _batch(rng, 4, 3, 1, stock.shifted_square), weight=1.5)
    yield Question("a single input", _batch(rng, 3, 1, 2, stock.exp), weight=0.5)
    yield Question(
        "whole numbers",
        dict(
            X=rng.integers(-2, 3, size=(4, 2)),
            A=rng.integers(-2, 3, size=(2, 3)),
            b=rng.permutation([[1, 2, 4]], axis=1),
            h=stock.cos,
        ),
        weight=0.5,
    )


def _batch(rng, n, d_in, d_out, h):
    return dict(
        X=rng.normal(size=(n, d_in)),
        A=rng.normal(size=(d_in, d_out)),
        b=rng.permutation([1.1, -1.4, 0.7, -0.6, 2.0][:d_out]).reshape(1, d_out),
        h=h,
    )


@exercise.mistake(
    "The biases are added after the activation.",
    "Where is b in h(X A + b): inside the brackets or outside?",
)
def bias_after_the_activation(X, A, b, h):
    return h(X @ A) + b


@exercise.mistake(
    "The biases are added to the inputs, before the product.",
    "There is one bias for each neuron, not for each input. To what is it added?",
)
def bias_before_the_product(X, A, b, h):
    return h((X + b) @ A)


@exercise.mistake(
    "The biases are missing.",
    "What does each neuron return for an example of all zeros?",
)
def bias_left_out(X, A, b, h):
    return h(X @ A)


@exercise.mistake(
    "The biases run down the batch: example i gets bias i, but bias i belongs to neuron i.",
    "In X A + b, which axis of X A counts neurons? Along which axis does your b run?",
)
def bias_down_the_batch(X, A, b, h):
    return h(X @ A + b.T)


@exercise.mistake(
    "All neurons share the first neuron's bias.",
    "b holds one number for each neuron. Do you use them all?",
)
def one_bias_for_all(X, A, b, h):
    return h(X @ A + b[0, 0])


@exercise.mistake(
    "The weights are transposed.",
    "Here a neuron is a column of A. What are the shapes of X and A, and do they fit without help?",
)
def weights_transposed(X, A, b, h):
    return h(X @ A.T + b)


@exercise.mistake(
    "This is `A @ X`, the order in the lecture's pictures, where an example is a column.",
    "Here an example is a row of X. On which side of X must A be for the shapes to fit?",
)
def product_in_the_order_of_columns(X, A, b, h):
    return h(A @ X + b)


@exercise.mistake(
    "The numbers are right, but the result is transposed: each example has become a column.",
    "Rows go in and rows come out: what does the first axis of X count, and what does the first "
    "axis of your answer count?",
)
def examples_came_out_as_columns(X, A, b, h):
    return h(A.T @ X.T + b.T)


@exercise.mistake(
    "X A loses an axis before the biases are added: for one neuron, (n,) and (1, 1) make (1, n), "
    "so all examples end up in one row.",
    "Write down the shape of everything before the plus. Which step dropped an axis?",
)
def axis_lost_before_the_bias(X, A, b, h):
    return h(np.squeeze(X @ A) + b)


@exercise.mistake(
    "This is X A + b alone: the activation is missing.",
    "Without h, a layer of neurons is just a matrix and a row of biases. Where does h come in?",
)
def activation_left_out_of_dense(X, A, b, h):
    return X @ A + b


@exercise.mistake(
    "The activation is applied to the inputs, before the product.",
    "In h(X A + b), what has to be finished before h can start?",
)
def activation_of_the_examples(X, A, b, h):
    return h(X) @ A + b
