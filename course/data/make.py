"""Make the files of data and a trained net: `python -m course.data.make`.

Run it only to change the shipped files; it needs scikit-learn and mnist1d. A fixed random split,
stratified by label, divides the digits into the students' and those that only the grader sees. The
net is trained on the first of the students' digits.
"""

from pathlib import Path

import numpy as np
from mnist1d.data import get_dataset_args, make_dataset
from sklearn.datasets import load_digits, load_wine
from sklearn.model_selection import train_test_split
from sklearn.neural_network import MLPClassifier

from course.data import FULL_INK, READ_IN_TRAINING
from course.data.signals import UNIT

SEED = 1998
HELD_OUT_DIGITS = 500
COLOUR_INTENSITY = 9
HIDDEN_WIDTHS = (24, 16)
DECAY = 0.1

COURSE = Path(__file__).parents[1]
STUDENTS_DIGITS = COURSE / "data" / "digits.npz"
GRADERS_DIGITS = COURSE / "exercises" / "held_out" / "digits.npz"
WINE = COURSE / "data" / "wine.npz"
READER = COURSE / "data" / "digit_reader.npz"
SIGNALS = COURSE / "data" / "signals.npz"


def contents() -> dict[Path, dict[str, np.ndarray]]:
    """Return every file with its named arrays."""
    images, labels = load_digits(return_X_y=True)
    images, held_out_images, labels, held_out_labels = train_test_split(
        images.astype(np.uint8),
        labels.astype(np.uint8),
        test_size=HELD_OUT_DIGITS,
        stratify=labels,
        random_state=SEED,
    )
    measured = load_wine().data
    measured = measured[np.random.RandomState(SEED).permutation(len(measured))]
    return {
        STUDENTS_DIGITS: {"images": images, "labels": labels},
        GRADERS_DIGITS: {"images": held_out_images, "labels": held_out_labels},
        WINE: {
            "measurements": np.delete(measured, COLOUR_INTENSITY, axis=1),
            "colour_intensity": measured[:, COLOUR_INTENSITY],
        },
        SIGNALS: signals(),
    }


def signals() -> dict[str, np.ndarray]:
    """Generate MNIST-1D with its own settings and seed: first 4000 for training, then 1000."""
    made = make_dataset(get_dataset_args())
    return {
        "signals": np.rint(np.concatenate([made["x"], made["x_test"]]) * UNIT).astype(np.int8),
        "labels": np.concatenate([made["y"], made["y_test"]]).astype(np.uint8),
    }


def reader(images: np.ndarray, labels: np.ndarray) -> dict[str, np.ndarray]:
    """Train a net with the sigmoid after every layer; return its weights and biases.

    Ten yes-or-no questions, one per digit, make scikit-learn end on sigmoids. The last digits of
    the numbers depend on the machine.
    """
    net = MLPClassifier(
        HIDDEN_WIDTHS,
        activation="logistic",
        solver="lbfgs",
        alpha=DECAY,
        max_iter=1000,
        random_state=SEED,
    )
    net.fit(images / FULL_INK, np.eye(10, dtype=int)[labels])
    As = {f"A_{j}": A.astype(np.float32) for j, A in enumerate(net.coefs_, 1)}
    return As | {f"b_{j}": b[None].astype(np.float32) for j, b in enumerate(net.intercepts_, 1)}


def main() -> None:
    """Write the files."""
    files = contents()
    students = files[STUDENTS_DIGITS]
    files[READER] = reader(
        students["images"][:READ_IN_TRAINING], students["labels"][:READ_IN_TRAINING]
    )
    for path, arrays in files.items():
        np.savez_compressed(path, **arrays)
        print(f"{path.relative_to(COURSE)}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
