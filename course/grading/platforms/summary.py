"""Check all notebooks of a repository and print the result as Markdown, for a job's summary.

It asks the questions that `course check` asks, and gives no grade.
"""

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from course.grading.check_file import check_path

SKIPPED = (".git", ".ipynb_checkpoints", ".venv")


def summary(folder: Path) -> tuple[str, bool]:
    """Return the page, and whether all exercises are right."""
    paths = [
        path
        for path in sorted(folder.rglob("*.ipynb"))
        if path.is_file() and not path.is_symlink() and not set(SKIPPED) & set(path.parts)
    ]
    if not paths:
        return "There is no notebook here to check.\n", False
    parts, right = [], True
    for path in paths:
        found = check_path(path)
        right = right and all(result["passed"] for result in found)
        parts += _section(path.relative_to(folder).as_posix(), found)
    return "\n".join([*parts, ""]), right


def _section(name: str, found: list[dict[str, Any]]) -> Iterator[str]:
    good = sum(result["passed"] for result in found)
    yield f"## {_inert(name)}\n"
    yield f"{good} of {len(found)} exercises are right.\n"
    messages = {result["message"] for result in found}
    if len(found) > 1 and len(messages) == 1:
        yield f"<pre>{_inert(messages.pop())}</pre>\n"
        return
    for result in found:
        if result["passed"]:
            yield f"- ✅ `{result['exercise']}`"
        else:
            head = f"<summary>❌ <code>{result['exercise']}</code></summary>"
            yield f"- <details>{head}<pre>{_inert(result['message'])}</pre></details>"
    yield ""


def _inert(text: str) -> str:
    """Return a student's text on one line, without characters that Markdown or HTML act on."""
    return "".join(char if char.isalnum() or char in " .," else f"&#{ord(char)};" for char in text)


def main() -> None:
    page, right = summary(Path(sys.argv[1]))
    sys.stdout.write(page)
    raise SystemExit(0 if right else 1)


if __name__ == "__main__":
    main()
