"""Make the files of real data from scikit-learn's copies: `python -m course.data.make`.

Run it only to change the shipped files; it needs scikit-learn. A fixed random split, stratified by
label, divides the digits into the students' and those that only the grader sees.
"""

from pathlib import Path

import numpy as np
from sklearn.datasets import load_digits, load_wine
from sklearn.model_selection import train_test_split

SEED = 1998
HELD_OUT_DIGITS = 500
COLOUR_INTENSITY = 9

COURSE = Path(__file__).parents[1]
STUDENTS_DIGITS = COURSE / "data" / "digits.npz"
GRADERS_DIGITS = COURSE / "exercises" / "held_out" / "digits.npz"
WINE = COURSE / "data" / "wine.npz"


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
    }


def main() -> None:
    """Write the files."""
    for path, arrays in contents().items():
        np.savez_compressed(path, **arrays)
        print(f"{path.relative_to(COURSE)}: {path.stat().st_size} bytes")


if __name__ == "__main__":
    main()
