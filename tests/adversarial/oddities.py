"""Honest oddities: right answers in notebooks that look unusual. Each must get full marks."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from tests.adversarial.course_folder import ANSWERS, handed_in
from tests.grading.notebooks import extra


@dataclass(frozen=True)
class Oddity:
    """An honest notebook.

    answers: solution cells that are not the usual ones.
    cells: extra cells before the first solution; `last`: behind the last cell.
    reshape: what else is unusual; it may return bytes.
    """

    name: str
    answers: dict[str, str] = field(default_factory=dict)
    cells: tuple[str, ...] = ()
    last: tuple[str, ...] = ()
    reshape: Callable[[dict[str, Any]], bytes | None] | None = None

    def work(self) -> dict | bytes:
        work = handed_in(ANSWERS | self.answers)
        before, after = map(extra, self.cells), map(extra, self.last)
        work["cells"] = [*work["cells"][:2], *before, *work["cells"][2:], *after]
        for number, cell in enumerate(work["cells"]):
            if cell["id"] == "my-own-cell":
                cell["id"] = f"mine-{number}"
        made = self.reshape(work) if self.reshape else None
        return work if made is None else made


LISTS = {
    "neuron": "def neuron(w, x, h):\n"
    "    return float(h(sum(float(a) * float(b) for a, b in zip(w, x))))",
    "relu": "def relu(z):\n"
    "    if np.ndim(z) == 0:\n        return z if z > 0 else 0.0\n"
    "    return [relu(one) for one in z]",
    "glm": "def glm(w, X, h):\n    return [neuron(w, x, h) for x in X]",
    "make_neuron": "def make_neuron(w, h):\n    w = [float(n) for n in w]\n"
    "    return lambda x: neuron(w, x, h)",
}
WARNS = {
    "relu": "def relu(z):\n    import warnings\n    warnings.warn('careful')\n"
    "    warnings.warn('old', DeprecationWarning)\n    return np.maximum(z, 0)",
    "glm": "def glm(w, X, h):\n    np.log(np.zeros(2))\n    return h(np.asarray(X) @ w)",
}
PRINTS = {
    name: source.replace("\n    ", f"\n    print('in {name}', 'x' * 2000)\n    ", 1)
    for name, source in ANSWERS.items()
}
FLOAT32 = {
    "neuron": "def neuron(w, x, h):\n    return np.float32(h(np.float32(w) @ np.float32(x)))",
    "relu": "def relu(z):\n    return np.maximum(np.asarray(z, dtype=np.float32), 0)",
}
SLOW = {
    "relu": "def relu(z):\n    import time\n    time.sleep(0.15)\n    return np.maximum(z, 0)",
    "glm": "def glm(w, X, h):\n    total = 0\n    for i in range(200_000):\n        total += i\n"
    "    return h(np.asarray(X) @ w)",
}
UNICODE = {
    "neuron": "def neuron(w, x, h):\n    Σ = 0.0\n    for ŵ, 入力 in zip(w, x):\n"
    "        Σ = Σ + ŵ * 入力\n    return h(Σ)  # Σ wᵢxᵢ 🧠",
}
CLASSES = {
    "make_neuron": "class Neuron:\n"
    "    def __init__(self, w, h):\n        self.w, self.h = np.array(w), h\n"
    "    def __call__(self, x):\n        return self.h(self.w @ x)\n\n"
    "def make_neuron(w, h):\n    return Neuron(w, h)",
    "relu": "def positive(z):\n    return z * (z > 0)\n\ndef relu(z):\n    return positive(z)",
}
RECURSION = {
    "neuron": "def dot(w, x):\n    return 0.0 if len(w) == 0 else w[0] * x[0] + dot(w[1:], x[1:])"
    "\n\ndef neuron(w, x, h):\n    return h(dot(w, x))",
}
LAMBDAS = {
    "neuron": "neuron = lambda w, x, h: h(np.dot(w, x))",
    "relu": "relu = np.vectorize(lambda z: max(z, 0.0), otypes=[float])",
    "glm": "from functools import partial\n"
    "def apply(h, w, X):\n    return h(np.einsum('ij,j->i', X, w))\n"
    "glm = lambda w, X, h: partial(apply, h)(w, X)",
}
DECORATED = {
    "relu": "import functools\n"
    "def noisy(f):\n    @functools.wraps(f)\n    def inner(*a, **k):\n        return f(*a, **k)\n"
    "    return inner\n\n@noisy\ndef relu(z: np.ndarray) -> np.ndarray:\n"
    '    """The positive part."""\n    return np.maximum(z, 0)',
}
SEEDS = {
    "glm": "np.random.seed(3)\n\ndef glm(w, X, h):\n    np.random.seed(0); np.random.rand()\n"
    "    return h(np.asarray(X) @ w)",
}
GLOBALS = {
    "neuron": "counter = 0\n\ndef neuron(w, x, h):\n    global counter\n    counter += 1\n"
    "    return h(w @ x)",
}
CLOSED = {
    "neuron": "!pip install -q numpy\n" + ANSWERS["neuron"],
    "relu": "%cd /content\n%matplotlib widget\nimport pandas_of_old\n" + ANSWERS["relu"],
    "glm": "%%memit\n" + ANSWERS["glm"],
}
FIGURES = (
    "import matplotlib.pyplot as plt\nplt.plot([1, 2, 3]); plt.title('σ(z)'); plt.show()",
    "fig, ax = plt.subplots(2, 2)\nfig",
    "plt.imshow(np.random.rand(20, 20)); plt.colorbar()",
    "plt.figure(); plt.hist(np.random.randn(100))\nplt.savefig('mine.png')",
)
MAGICS = (
    "%matplotlib inline\n%config InlineBackend.figure_format = 'retina'\n%precision 3",
    "%timeit -n 1 -r 1 np.ones(3)\n%who\n%pwd",
    "%%time\nx = sum(range(1000))",
    "%%capture out\nprint('hidden')",
    "%load_ext autoreload\n%autoreload 2",
    "!echo hello",
    "?np.dot",
)


def windows_lines(work: dict) -> bytes:
    for cell in work["cells"]:
        cell["source"] = cell["source"].replace("\n", "\r\n")
    return json.dumps(work, indent=1).replace("\n", "\r\n").encode()


def byte_order_mark(work: dict) -> bytes:
    return b"\xef\xbb\xbf" + json.dumps(work, ensure_ascii=False).encode()


def run_out_of_order(work: dict) -> None:
    for number, cell in enumerate(work["cells"]):
        if cell["cell_type"] == "code":
            cell["execution_count"] = 97 - 3 * number
            text = {"output_type": "stream", "name": "stdout", "text": ["an old ", "output\n"]}
            cell["outputs"] = [text]


def lines_as_lists(work: dict) -> None:
    for cell in work["cells"]:
        cell["source"] = cell["source"].splitlines(keepends=True)


def without_ids(work: dict) -> None:
    work["nbformat_minor"] = 4
    for cell in work["cells"]:
        del cell["id"]


def made_anew(work: dict) -> None:
    """Every cell pasted into a new one, as when a notebook is copied by hand into Colab."""
    without_ids(work)
    for cell in work["cells"]:
        cell["metadata"] = {}
    work["metadata"] = {"colab": {"provenance": []}}


def only_ids(work: dict) -> None:
    for cell in work["cells"]:
        cell["metadata"] = {}


def in_one_cell(work: dict) -> None:
    work["cells"] = [extra("\n\n".join(ANSWERS.values()))]


def closed_imports(work: dict) -> None:
    lines = "!apt-get install x\nfiles = !ls\n%pip install numpy\nfrom google.colab import drive\n"
    work["cells"][1]["source"] = f"{lines}drive.mount('/content/drive')\nimport numpy as np"


def solutions_as_text(work: dict) -> None:
    for cell in work["cells"]:
        if cell["id"] in ANSWERS:
            cell["cell_type"] = "markdown"


def from_another_tool(work: dict) -> None:
    work["metadata"] |= {
        "colab": {"provenance": [], "toc_visible": True},
        "kernelspec": {"name": "conda-env-py311", "display_name": "Python [conda]"},
        "language_info": {"name": "python", "version": "3.8.1"},
        "accelerator": "GPU",
    }
    for number, cell in enumerate(work["cells"]):
        cell["metadata"]["id"] = f"colab{number}"
        cell["metadata"]["collapsed"] = True


ODDITIES = [
    Oddity("plain"),
    Oddity("lists", LISTS),
    Oddity("warnings", WARNS),
    Oddity("prints", PRINTS),
    Oddity("float32", FLOAT32),
    Oddity("slow_but_right", SLOW),
    Oddity("unicode_names", UNICODE),
    Oddity("helpers_and_classes", CLASSES),
    Oddity("recursion", RECURSION),
    Oddity("lambdas_and_vectorize", LAMBDAS),
    Oddity("decorators_and_hints", DECORATED),
    Oddity("global_seeds", SEEDS),
    Oddity("global_counter", GLOBALS),
    Oddity("star_import", {}, ("from numpy import *\nfrom math import *\nfrom numpy import *",)),
    Oddity("figure_in_every_cell", {}, FIGURES, FIGURES[:2]),
    Oddity("magics", {}, MAGICS),
    Oddity("input_unused", {}, ("def ask():\n    return input('name? ')", "help(ask)")),
    Oddity("input_called", {}, ("name = input('Who are you? ')",)),
    Oddity("cell_that_fails", {}, ("1 / 0", "undefined_name", "assert False, 'not yet'")),
    Oddity("syntax_error_beside", {}, ("def broken(:\n    pass",)),
    Oddity("very_long_comment", {"relu": "# " + "x" * 300_000 + "\n" + ANSWERS["relu"]}),
    Oddity(
        "many_cells",
        {},
        tuple(f"a{n} = {n}" for n in range(60)),
        tuple("'just looking'" for _ in range(20)),
    ),
    Oddity(
        "many_large_figures",
        {},
        (
            FIGURES[0],
            "for _ in range(25):\n    plt.figure("
            "figsize=(9, 9)); plt.imshow(np.random.rand(400, 400)); plt.show()",
        ),
    ),
    Oddity("prints_much", {}, ("for n in range(3000):\n    print(n, 'x' * 100)",)),
    Oddity(
        "threads_and_processes",
        {},
        (
            "import threading\nt = threading.Thread(target=print, args=('hi',))\n"
            "t.start(); t.join()",
            "from concurrent.futures import ThreadPoolExecutor\n"
            "with ThreadPoolExecutor(2) as pool:\n    print(list(pool.map(abs, [-1, 2])))",
        ),
    ),
    Oddity(
        "files_of_its_own",
        {},
        (
            "with open('notes.txt', 'w') as f:\n    f.write('x')\nprint(open('notes.txt').read())",
            "import tempfile, os\nos.makedirs('data/deep', exist_ok=True)\n"
            "np.save('data/a.npy', np.ones(3)); np.load('data/a.npy')\n"
            "with tempfile.TemporaryDirectory() as d: print(os.listdir(d))",
        ),
    ),
    Oddity("exit_at_the_end", {}, last=("exit()",)),
    Oddity(
        "memory_freed",
        {},
        ("big = np.ones((4000, 4000)); big.sum()", "del big"),
    ),
    Oddity("windows_line_ends", reshape=windows_lines),
    Oddity("byte_order_mark", UNICODE, reshape=byte_order_mark),
    Oddity("run_out_of_order", reshape=run_out_of_order),
    Oddity("lines_as_lists", reshape=lines_as_lists),
    Oddity("without_cell_ids", reshape=without_ids),
    Oddity("from_another_tool", reshape=from_another_tool),
    Oddity("lines_of_a_shell", CLOSED),
    Oddity("imports_that_fail", reshape=closed_imports),
    Oddity("made_anew", reshape=made_anew),
    Oddity("only_ids", reshape=only_ids),
    Oddity("in_one_cell", reshape=in_one_cell),
    Oddity("solutions_as_text", reshape=solutions_as_text),
]
BY_NAME = {oddity.name: oddity for oddity in ODDITIES}
