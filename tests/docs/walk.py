"""A walk through a page: everything that its blocks say is done, in their order, in one folder.

What a block is, its page says to the reader as well:

- A block without a language is typed at a terminal. All of a page's go to one shell. A block whose
  first line is `# Needs …` (a server, another machine) isn't run; its commands have to exist.
- A `python` block is run.
- A block after a sentence that ends in `NAME`: is the content of the file NAME; what is said to be
  in `nbgrader_config.py` is added at its end.
- `text` shows what a command prints or a file holds, and nothing is done with it.
"""

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from textwrap import dedent

from course.settings import CONFIG
from tests.docs.pages import ROOT
from tests.speed import patience

BIN = Path(sys.executable).parent
BLOCK = re.compile(
    r"^(?P<margin> *)(?P<fence>`{3,})(?P<language>\w*)\n(?P<text>.*?)^(?P=margin)(?P=fence)$",
    re.MULTILINE | re.DOTALL,
)
FILE = re.compile(r"`(?P<name>[\w./-]+\.\w+)`:\s*\Z")
NEEDS = re.compile(r"\A# Needs .+\.$", re.MULTILINE)
# What a walk does in place of a command that downloads, waits or asks something of the machine.
STAND_INS = f"""
set -euo pipefail
pip() {{ [ "$1" = install ] || [ "$1" = wheel ]; }}
git() {{ [ "$1" = clone ] || command git "$@"; }}
make() {{ grep -q "^$1:" {shlex.quote(str(ROOT / "Makefile"))}; }}
jupyter() {{ [ "$1" = lab ]; }}
# Whether this machine is ready for grading is not what is tested.
course() {{ command course "$@" || [ "$1" = doctor ]; }}
"""


@dataclass(frozen=True)
class Block:
    """A block of a page.

    file: the file whose content this is, if it is one's.
    needs: whether it says that it needs something which a test can't have.
    """

    language: str
    text: str
    file: str | None
    needs: bool

    @property
    def is_typed(self) -> bool:
        return not (self.language or self.file)

    @property
    def commands(self) -> list[list[str]]:
        """The words of each line that is typed, without comments and what follows a pipe."""
        if not self.is_typed:
            return []
        lines = self.text.replace("\\\n", " ").splitlines()
        parts = (part for line in lines for part in re.split(r" (?:&&|\|) ", line))
        return [words for part in parts if (words := shlex.split(part, comments=True))]


def blocks(page: Path, section: str | None = None) -> Iterator[Block]:
    """Yield the blocks of a page, or of its section; that called "" is all above the first."""
    whole = page.read_text(encoding="utf-8")
    for found in BLOCK.finditer(whole):
        before = whole[: found.start()]
        if section is not None and section != (re.findall(r"^## (.+)$", before, re.M) or [""])[-1]:
            continue
        named = FILE.search(before)
        text = dedent(found["text"])
        yield Block(
            found["language"], text, named and named["name"], NEEDS.search(text) is not None
        )


def walk(
    page: Path,
    folder: Path,
    places: dict[str, str] | None = None,
    section: str | None = None,
    activated: bool = True,
) -> str:
    """Do what a page says, in `folder`, with a fresh home; return what is printed.

    places: what is to be written in place of words of the page, such as folders of another machine.
    activated: whether the environment's commands are found from the start.
    """
    home = folder.parent / "home"
    (home / ".jupyter").mkdir(parents=True, exist_ok=True)
    kept = {n: text for n, text in os.environ.items() if not n.startswith(("JUPYTER", "XDG"))}
    found = [path for path in os.environ["PATH"].split(os.pathsep) if Path(path) != BIN]
    paths = os.pathsep.join([str(BIN), *found] if activated else found)
    typed = "\n".join(_steps(blocks(page, section)))
    for word, place in (places or {}).items():
        typed = typed.replace(word, place)
    done = subprocess.run(
        ["bash", "-x", "-c", STAND_INS + typed],
        cwd=folder,
        env=kept | {"HOME": str(home), "PATH": paths, "COLUMNS": "200"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=patience(200),
    )
    said = f"{done.stdout[-3000:]}\n{done.stderr[-3000:]}"
    assert done.returncode == 0 and "Traceback" not in done.stderr, said
    return done.stdout


def _steps(found: Iterator[Block]) -> Iterator[str]:
    """Yield what a reader would type, files included."""
    for block in found:
        if block.file:
            into = ">>" if block.file == CONFIG else ">"
            yield f"cat {into} {shlex.quote(block.file)} <<'THE END'\n{block.text}THE END"
        elif block.language == "python":
            yield f"{shlex.quote(sys.executable)} - <<'THE END'\n{block.text}THE END"
        elif block.is_typed and not block.needs:
            yield block.text


def new_class(folder: Path) -> Path:
    """Make a class as the page on the first hour does: the settings and the notebooks, copied."""
    folder.mkdir()
    shutil.copy(ROOT / CONFIG, folder)
    for built in ("solutions", "assignments"):
        shutil.copytree(ROOT / built, folder / built)
    return folder
