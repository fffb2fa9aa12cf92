"""All trainers train the same net, from the same weights, on the same batches in the same order.

A trainer is given a ``Task`` and trains for some epochs from its current weights; ``net()`` returns
the weights it has reached, so that equal results can be tested before speed. Each is written for
speed as its own documentation recommends. The packages are imported only by trainers that need
them.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from course.nn.activation import Activation
from course.nn.arguments import Network
from course.nn.backprop import IDENTITY, RELU, Loss, cross_entropy, logistic_loss
from course.nn.sgd import minibatches, train
from course.nn.symmetry import initialise

LEARNING_RATE = 0.05


@dataclass
class Task:
    """A ReLU net that tells classes apart: its first weights, the examples, the loss."""

    net: Network
    X: np.ndarray
    y: np.ndarray
    batch_size: int
    loss: Loss = cross_entropy
    lr: float = LEARNING_RATE

    @property
    def acts(self) -> list[Activation]:
        """ReLU, but for the last layer."""
        return [RELU] * (len(self.net[0]) - 1) + [IDENTITY]


def task(dims: list[int], batch_size: int, batches: int, dtype: str) -> Task:
    """Random examples with random labels: what is learned does not matter here."""
    rng = np.random.default_rng(0)
    As, Bs = initialise(dims, rng)
    n = batches * batch_size
    return Task(
        net=([A.astype(dtype) for A in As], [b.astype(dtype) for b in Bs]),
        X=rng.standard_normal((n, dims[0])).astype(dtype),
        y=rng.integers(0, dims[-1], n),
        batch_size=batch_size,
    )


class Floor:
    """The bare matrix products of a step, in memory that is there already; it learns nothing."""

    def __init__(self, task: Task):
        self.dot = np.dot
        self.As, _ = task.net
        self.batches = -(-len(task.X) // task.batch_size)
        widths = [len(task.X[0]), *(A.shape[1] for A in self.As)]
        rng = np.random.default_rng(0)
        size, dtype = task.batch_size, task.X.dtype
        self.Hs, self.deltas = (
            [rng.standard_normal((size, d)).astype(dtype) for d in widths] for _ in range(2)
        )
        self.results = [np.empty((size, d), dtype) for d in widths]
        self.dAs = [np.empty_like(A) for A in self.As]

    def train(self, epochs: int, rng: np.random.Generator) -> None:
        """Do a forward pass's products and a backward pass's, as often as there are batches."""
        for _ in range(epochs * self.batches):
            for j, A in enumerate(self.As):
                self.dot(self.Hs[j], A, out=self.results[j + 1])
            for j in range(len(self.As) - 1, -1, -1):
                self.dot(self.Hs[j].T, self.deltas[j + 1], out=self.dAs[j])
                if j > 0:
                    self.dot(self.deltas[j + 1], self.As[j].T, out=self.results[j])


class TorchFloor(Floor):
    """The same products by PyTorch, which has another library for them."""

    def __init__(self, task: Task):
        import torch

        super().__init__(task)
        arrays = (self.As, self.Hs, self.deltas, self.results, self.dAs)
        self.As, self.Hs, self.deltas, self.results, self.dAs = (
            [torch.from_numpy(array) for array in several] for several in arrays
        )
        self.dot = torch.mm


class JaxFloor(Floor):
    """The same products by JAX, those of a step in one compiled call."""

    def __init__(self, task: Task):
        jax = _jax()
        super().__init__(task)
        self.operands = jax.tree.map(jax.numpy.array, (self.As, self.Hs, self.deltas))
        self.step, self.wait_for = jax.jit(step_products), jax.block_until_ready

    def train(self, epochs: int, rng: np.random.Generator) -> None:
        """Do them as often as there are batches."""
        for _ in range(epochs * self.batches):
            results = self.step(*self.operands)
        self.wait_for(results)


def step_products(As: list, Hs: list, deltas: list) -> list:
    """The products of a step, forward and backward."""
    return [
        *(H @ A for H, A in zip(Hs, As, strict=False)),
        *(H.T @ delta for H, delta in zip(Hs, deltas[1:], strict=False)),
        *(delta @ A.T for delta, A in zip(deltas[2:], As[1:], strict=True)),
    ]


def _jax() -> Any:
    import jax

    jax.config.update("jax_enable_x64", True)  # otherwise float64 becomes float32
    return jax


class Course:
    """``course.nn.sgd.train``."""

    def __init__(self, task: Task):
        self.task = task

    def train(self, epochs: int, rng: np.random.Generator) -> None:
        """Train on."""
        t = self.task
        net, _ = train(
            t.net,
            t.acts,
            t.X,
            t.y,
            t.loss,
            epochs=epochs,
            batch_size=t.batch_size,
            lr=t.lr,
            rng=rng,
        )
        self.task = replace(t, net=net)

    def net(self) -> Network:
        """The net so far."""
        return self.task.net


class Torch:
    """PyTorch: ``nn.Sequential``, ``cross_entropy`` and ``optim.SGD``, without a data loader."""

    def __init__(self, task: Task, around: Callable[[Callable], Callable] = lambda f: f):
        import torch
        from torch import nn

        self.task = task
        self.linear = [nn.Linear(*A.shape, dtype=getattr(torch, str(A.dtype))) for A in task.net[0]]
        with torch.no_grad():
            for layer, A, b in zip(self.linear, *task.net, strict=True):
                layer.weight.copy_(torch.from_numpy(A.T))
                layer.bias.copy_(torch.from_numpy(b[0]))
        layers = [part for layer in self.linear for part in (layer, nn.ReLU())][:-1]
        model = nn.Sequential(*layers)
        self.loss = around(lambda X, y: nn.functional.cross_entropy(model(X), y))
        self.sgd = torch.optim.SGD(model.parameters(), lr=task.lr)
        self.X, self.y = torch.from_numpy(task.X), torch.from_numpy(task.y)

    def train(self, epochs: int, rng: np.random.Generator) -> None:
        """Train on."""
        import torch

        for _ in range(epochs):
            total = 0.0
            for indices in minibatches(len(self.X), self.task.batch_size, rng):
                batch = torch.from_numpy(indices)
                self.sgd.zero_grad()
                loss = self.loss(self.X[batch], self.y[batch])
                loss.backward()
                self.sgd.step()
                total += len(batch) * loss.item()

    def net(self) -> Network:
        """The net so far."""
        return (
            [layer.weight.detach().numpy().T for layer in self.linear],
            [layer.bias.detach().numpy()[None] for layer in self.linear],
        )


class TorchCompiled(Torch):
    """The same with ``torch.compile`` around the net and its loss."""

    def __init__(self, task: Task):
        import torch

        torch._dynamo.reset()
        super().__init__(task, torch.compile)


class Jax:
    """JAX: gradient and step in one function under ``jit``, called for each batch."""

    def __init__(self, task: Task):
        jax = _jax()
        jnp = jax.numpy

        def loss(params: list, X: Any, y: Any) -> Any:
            *hidden, (A, b) = params
            for A_j, b_j in hidden:
                X = jnp.maximum(X @ A_j + b_j, 0)
            log_p = jax.nn.log_softmax(X @ A + b)
            return -jnp.take_along_axis(log_p, y[:, None], axis=1).mean()

        def step(params: list, X: Any, y: Any, batch: Any) -> tuple[list, Any]:
            value, grads = jax.value_and_grad(loss)(params, X[batch], y[batch])
            return jax.tree.map(lambda p, g: p - task.lr * g, params, grads), value

        self.task = task
        self.step = jax.jit(step, donate_argnums=0)
        self.epoch = jax.jit(
            lambda params, X, y, batches: jax.lax.scan(
                lambda params, batch: step(params, X, y, batch), params, batches
            ),
            donate_argnums=0,
        )
        self.params = [(jnp.array(A), jnp.array(b)) for A, b in zip(*task.net, strict=True)]
        self.X, self.y = jnp.array(task.X), jnp.array(task.y)

    def train(self, epochs: int, rng: np.random.Generator) -> None:
        """Train on."""
        for _ in range(epochs):
            total = 0.0
            for batch in minibatches(len(self.X), self.task.batch_size, rng):
                self.params, value = self.step(self.params, self.X, self.y, batch)
                total += len(batch) * value
            float(total)  # waits for the result

    def net(self) -> Network:
        """The net so far."""
        As, Bs = zip(*self.params, strict=True)
        return [np.asarray(A) for A in As], [np.asarray(b) for b in Bs]


class JaxScan(Jax):
    """The same with a whole epoch in one compiled call, by ``lax.scan``: batches of one size."""

    def train(self, epochs: int, rng: np.random.Generator) -> None:
        """Train on."""
        for _ in range(epochs):
            batches = np.stack(minibatches(len(self.X), self.task.batch_size, rng))
            self.params, values = self.epoch(self.params, self.X, self.y, batches)
            float(values.mean())  # waits for the result


class Sklearn:
    """scikit-learn's ``MLPClassifier``, an epoch a call of ``partial_fit``.

    Two classes get one output there, a logistic one; what it has to learn is then ``its_task``.
    """

    def __init__(self, task: Task):
        from sklearn.neural_network import MLPClassifier

        self.task = task = its_task(task)
        As, Bs = task.net
        self.model = MLPClassifier(
            hidden_layer_sizes=[A.shape[1] for A in As[:-1]],
            solver="sgd",
            alpha=0,
            batch_size=task.batch_size,
            learning_rate_init=task.lr,
            momentum=0,
            nesterovs_momentum=False,
            shuffle=False,  # the examples are already shuffled, as for all trainers
        )
        first = slice(task.batch_size)
        self.model.partial_fit(task.X[first], task.y[first], classes=np.unique(task.y))
        for own, given in zip(self.model.coefs_, As, strict=True):
            own[...] = given
        for own, given in zip(self.model.intercepts_, Bs, strict=True):
            own[...] = given[0]

    def train(self, epochs: int, rng: np.random.Generator) -> None:
        """Train on."""
        X, y = self.task.X, self.task.y
        for _ in range(epochs):
            order = np.concatenate(minibatches(len(X), self.task.batch_size, rng))
            self.model.partial_fit(X[order], y[order])

    def net(self) -> Network:
        """The net so far."""
        return list(self.model.coefs_), [b[None] for b in self.model.intercepts_]


def its_task(task: Task) -> Task:
    """The task as scikit-learn sees it: two classes are one logistic output."""
    As, Bs = task.net
    if As[-1].shape[1] != 2:
        return task
    one_output = [*As[:-1], As[-1][:, :1]], [*Bs[:-1], Bs[-1][:, :1]]
    return replace(task, net=one_output, loss=logistic_loss)


# Name, package that it needs, trainer.
PEERS = {
    "PyTorch's products": ("torch", TorchFloor),
    "PyTorch": ("torch", Torch),
    "PyTorch, compiled": ("torch", TorchCompiled),
    "scikit-learn": ("scikit-learn", Sklearn),
    "JAX's products": ("jax", JaxFloor),
    "JAX, jit": ("jax", Jax),
    "JAX, jit of an epoch": ("jax", JaxScan),
}
PACKAGES = ("torch", "scikit-learn", "jax")
