"""Which paths Python needs, and how to grant them without what is hidden among them."""

from __future__ import annotations

import importlib.util
import os
import site
import stat
import sys
import sysconfig
from collections.abc import Collection, Iterable, Iterator
from importlib import metadata
from pathlib import Path

from . import landlock
from .landlock import Grant

_LIBRARIES = ("/lib", "/lib64", "/usr/lib", "/usr/lib64", "/usr/local/lib", "/etc/ld.so.cache")
_SHARED = ("/usr/share/zoneinfo", "/etc/localtime", "/usr/share/fonts")
_DEVICES = (
    Grant("/dev/null", landlock.READ_FILE | landlock.WRITE_FILE | landlock.TRUNCATE),
    Grant("/dev/zero", landlock.READ_FILE),
    Grant("/dev/random", landlock.READ_FILE),
    Grant("/dev/urandom", landlock.READ_FILE),
)

_READ, _SEARCH = 4, 1  # permission bits


def package_folders() -> set[Path]:
    """This interpreter's site-packages (sys.path would add the folder it was started in)."""
    folders = [sysconfig.get_path("purelib"), sysconfig.get_path("platlib")]
    folders += site.getsitepackages()
    if site.ENABLE_USER_SITE:
        folders.append(site.getusersitepackages())
    return {Path(folder).resolve() for folder in folders}


def interpreter() -> set[Path]:
    """What this interpreter may read when it imports and runs: libraries, packages, zones, fonts.

    Only `lib` and `lib64` of a prefix: anything may lie next to them (a course under /usr/local).
    """
    prefixes = {sys.prefix, sys.exec_prefix, sys.base_prefix, sys.base_exec_prefix}
    libraries = {Path(prefix, name) for prefix in prefixes for name in ("lib", "lib64")}
    standard = {Path(sysconfig.get_path(name)) for name in ("stdlib", "platstdlib")}
    system = {Path(path) for path in _LIBRARIES + _SHARED}
    every = {path.resolve() for path in libraries | standard | system}
    return every | package_folders()


def installation(package: str, distribution: str) -> tuple[Path, ...]:
    """Where an import package lies: its folder and what its distribution put into site-packages.

    Made for `Policy.hidden`. For an editable installation this is the package in the checkout, the
    metadata and the .pth file that leads there.
    """
    spec = importlib.util.find_spec(package)
    found = set() if spec is None else set(spec.submodule_search_locations or ())
    try:
        installed = metadata.distribution(distribution)
    except metadata.PackageNotFoundError:
        pass
    else:
        tops = {file.parts[0] for file in installed.files or () if ".." not in file.parts}
        found.update(str(installed.locate_file(top)) for top in tops)
    return tuple(sorted(Path(path).resolve() for path in found if os.path.exists(path)))


def closed_to(uid: int, gid: int, paths: Iterable[Path]) -> Path | None:
    """The first path that permissions keep an ordinary user from; None if there is none.

    The user must be able to search every folder on the way, and also to list a folder at the end.
    """
    searched: set[Path] = set()
    for path in paths:
        for step in (*reversed(path.parents), path):
            if step in searched:
                continue
            try:
                status = step.stat()
            except OSError:
                break  # not there: nothing to reach
            needed = _SEARCH
            if step == path:
                needed = _READ | _SEARCH if stat.S_ISDIR(status.st_mode) else _READ
            if not _permits(status, uid, gid, needed):
                return step
            if step != path:
                searched.add(step)
    return None


def grants(readable: Collection[Path], hidden: Collection[Path]) -> tuple[Grant, ...]:
    """Read access to the interpreter and to `readable`, but not to `hidden`; the deepest decides.

    A folder with something hidden in it is granted child by child. Its own listing is granted
    only where imports need it, in site-packages, and then shows the names, but no contents, of
    hidden files. Links are never followed, so they cannot widen the access. All paths must be
    resolved.
    """
    listed = package_folders()
    found: dict[str, int] = {}
    for root in sorted(_outermost([*interpreter(), *readable], hidden)):
        for grant in _walk(root, hidden, listed):
            found[grant.path] = found.get(grant.path, 0) | grant.access
    return (*_DEVICES, *(Grant(path, access) for path, access in found.items()))


def _outermost(roots: Collection[Path], hidden: Collection[Path]) -> Iterator[Path]:
    """The roots without those that an outer root grants anyway."""
    kept: list[Path] = []
    for root in sorted(roots, key=lambda path: len(path.parts)):
        covered = any(
            root.is_relative_to(outer)
            and not any(root.is_relative_to(path) and path.is_relative_to(outer) for path in hidden)
            for outer in kept
        )
        if not covered:
            kept.append(root)
            yield root


def _walk(root: Path, hidden: Collection[Path], listed: Collection[Path]) -> Iterator[Grant]:
    if root in hidden:
        return
    if not any(path.is_relative_to(root) for path in hidden):
        yield Grant(str(root), landlock.READ)
        return
    if root in listed:
        yield Grant(str(root), landlock.READ_DIR)
    for child in _children(root):
        yield from _walk(child, hidden, listed)


def _children(folder: Path) -> Iterable[Path]:
    try:
        with os.scandir(folder) as entries:
            return [Path(entry.path) for entry in entries if not entry.is_symlink()]
    except OSError:
        return []


def _permits(status: os.stat_result, uid: int, gid: int, needed: int) -> bool:
    if status.st_uid == uid:
        shift = 6
    elif status.st_gid == gid:
        shift = 3
    else:
        shift = 0
    return status.st_mode >> shift & needed == needed
