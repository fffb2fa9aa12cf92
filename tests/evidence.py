"""A page of evidence carries digests of its sources, so that a test notices when it is stale.

Such a page is a program's measured results and its words. The results stay true as long as the
measured code stays the same: each part of a page (an exercise, a module, a family of attacks)
has a digest of its inputs, written into a comment at the page's end. When a digest no longer
agrees, the page is stale, and the program measures that part again.

A digest covers what code does, not how it looks or where it is: comments, docstrings, layout,
prose, imports, the files' names and the order of definitions don't count.
"""

import ast
import hashlib
import re
import sys
import textwrap
import warnings
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
LENGTH = 16
STAMP = re.compile(r"\n<!-- inputs\n(.*?)-->\n\Z", re.DOTALL)
THREE_WORDS = re.compile(r"([^\W\d_]{2,}[,;:]?\s+){2}[^\W\d_]{2,}")
# Fields that only later Pythons have in syntax trees, or that don't affect what code does.
IGNORED = {"ctx", "kind", "type_comment", "type_ignores", "type_params"}


@dataclass(frozen=True)
class Evidence:
    """A generated page.

    path: where the page is.
    renew: the command that measures its stale parts again.
    inputs: returns the digest of the inputs for each part of the page.
    """

    path: Path
    renew: str
    inputs: Callable[[], Mapping[str, str]]

    def text(self) -> str:
        """Return the page without its digests; nothing if there is no page."""
        return STAMP.sub("", self._whole())

    def stale(self) -> list[str]:
        """Return the parts that have changed since the page was made, or are gone."""
        found = STAMP.search(self._whole())
        stamped = dict(line.split() for line in found[1].splitlines()) if found else {}
        now = self.inputs()
        changed = [part for part in now if stamped.get(part) != now[part]]
        return changed + [part for part in stamped if part not in now]

    def write(self, text: str, inputs: Mapping[str, str]) -> None:
        """Write the page; `inputs` were read before anything was measured."""
        lines = "".join(f"{part} {digest}\n" for part, digest in inputs.items())
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(f"{text}\n<!-- inputs\n{lines}-->\n", encoding="utf-8")

    def _whole(self) -> str:
        return self.path.read_text(encoding="utf-8") if self.path.exists() else ""


def digest(files: Iterable[Path]) -> str:
    """Return a digest of what these Python files define."""
    definitions = {one for file in files for one in _definitions(file)}
    return hashlib.sha256("\n".join(sorted(definitions)).encode()).hexdigest()[:LENGTH]


def room(*patterns: str) -> list[Path]:
    """Return the files that match patterns such as `course/nn/*.py`."""
    return sorted({file for pattern in patterns for file in ROOT.glob(pattern)})


def file_of(thing: object) -> Path | None:
    """Return the file of this repository that defines a function; None for any other's."""
    path = getattr(sys.modules.get(thing.__module__), "__file__", None)
    return Path(path) if path and Path(path).is_relative_to(ROOT) else None


def with_imports(files: Iterable[Path], under: Path = ROOT) -> list[Path]:
    """Return files with everything that they import, directly or not, from a folder here."""
    found, new = set(), set(files)
    while new:
        found |= new
        new = {one for file in new for one in _imported(file) if one.is_relative_to(under)} - found
    return sorted(found)


@cache
def _imported(file: Path) -> tuple[Path, ...]:
    return tuple(one for place in _imported_places(file) if (one := _module(place)))


def _imported_places(file: Path) -> Iterator[tuple[str, ...]]:
    package = file.relative_to(ROOT).parent.parts
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            places = [tuple(alias.name.split(".")) for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            start = package[: len(package) + 1 - node.level] if node.level else ()
            base = start + (tuple(node.module.split(".")) if node.module else ())
            places = [base, *((*base, alias.name) for alias in node.names)]
            submodules = [place for place in places[1:] if _module(place)]
            # A package that only leads to a module defines nothing that is used here.
            places = submodules if len(submodules) == len(node.names) else places
        else:
            continue
        yield from places


def _module(place: tuple[str, ...]) -> Path | None:
    path = ROOT.joinpath(*place)
    return next((p for p in (path.with_suffix(".py"), path / "__init__.py") if p.exists()), None)


@cache
def _definitions(file: Path) -> frozenset[str]:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    modules = set(_names_of_modules(tree))
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and node.id in modules:
            node.id = "module"
    return frozenset(
        hashlib.sha256(_shape(statement).encode()).hexdigest()
        for statement in tree.body
        if not isinstance(statement, ast.Import | ast.ImportFrom) and not _is_docstring(statement)
    )


def _names_of_modules(tree: ast.Module) -> Iterator[str]:
    """The names of the repository's modules in a file that imports them whole."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                if _module((*node.module.split("."), alias.name)):
                    yield alias.asname or alias.name


def _shape(node: object) -> str:
    """Write a syntax tree down, the same under every version of Python."""
    match node:
        case ast.Constant(str(text)) if _is_prose(text):
            return "prose"
        case ast.JoinedStr(values) if _is_prose(_text(values)):
            return _shape([one for one in values if not isinstance(one, ast.Constant)])
        case ast.AST():
            fields = [
                f"{name}={_shape(value)}"
                for name, value in ast.iter_fields(node)
                if name not in IGNORED and value is not None and value != []
            ]
            return f"{type(node).__name__}({', '.join(fields)})"
        case list():
            return f"[{', '.join(_shape(one) for one in node if not _is_docstring(one))}]"
    return repr(node)


def _text(values: list[ast.expr]) -> str:
    return "".join(v.value if isinstance(v, ast.Constant) else "…" for v in values)


def _is_prose(text: str) -> bool:
    """Whether a text is for people: words in a row that are no Python, as attacks' cells are."""
    if not THREE_WORDS.search(text):
        return False
    try:
        with warnings.catch_warnings(action="ignore"):
            ast.parse(textwrap.dedent(text))
    except (SyntaxError, ValueError, MemoryError, RecursionError):
        return True
    return False


def _is_docstring(node: object) -> bool:
    return (
        isinstance(node, ast.Expr)
        and isinstance(node.value, ast.Constant)
        and isinstance(node.value.value, str)
    )
