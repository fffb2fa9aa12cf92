"""The opening example in README.md: a wrong softmax, and what `check` prints for it.

`python -m tests.docs.readme` runs the example and writes what it prints into the README.
"""

import contextlib
import io
import re
from pathlib import Path

import numpy as np

from course.check import NotRightYet, check

README = Path(__file__).parents[2] / "README.md"
CODE = re.compile(r"```python\n(.+?)```", re.DOTALL)
PRINTED = re.compile(r"(?<=```text\n).*?(?=```)", re.DOTALL)


def example(readme: str) -> str:
    """Return the Python code of the opening example."""
    return CODE.search(readme)[1]


def printed(code: str) -> str:
    """Run an example as a notebook's cell would; return what its check prints as text."""
    output = io.StringIO()
    with contextlib.redirect_stdout(output), contextlib.suppress(NotRightYet):
        exec(code, {"np": np, "check": check})
    return output.getvalue()


def renewed(readme: str) -> str:
    """Return the README with what its example prints today."""
    today = printed(example(readme))
    return PRINTED.sub(lambda _: today, readme, count=1)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
