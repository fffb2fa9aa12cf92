"""Read a learning platform's download, a zip or a folder, without believing it.

Everything that can be known without unpacking is checked first: a zip that leads outside, holds
links or two files of one name, is encrypted, cut off or a bomb is refused whole. Nothing is ever
unpacked to disk; a file is read when it is asked for, up to a limit.
"""

import os
import stat
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from course.grading.platforms.limits import (
    DOWNLOAD_BYTES,
    ENTRIES,
    MIB,
    RATIO,
    RATIO_BYTES,
)
from course.grading.submission.submitted import READING

# What operating systems, editors and git leave behind; notebooks in there are copies.
CLUTTER = {"__MACOSX", ".git", ".ipynb_checkpoints", "__pycache__"}
ENCRYPTED = 0x1


class ArchiveError(ValueError):
    """A download that can't be used; the message says why. Nothing was written."""


@dataclass(frozen=True)
class Entry:
    """A file of a download.

    path: the download's own name and the file's path in it, with "/" between the parts.
    """

    path: str
    read: Callable[[int], bytes]

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name


@dataclass(frozen=True)
class Download:
    """The files of a download, in the order of their paths; `links` are named, never followed."""

    name: str
    entries: tuple[Entry, ...]
    links: tuple[str, ...] = ()


@contextmanager
def opened(path: Path) -> Iterator[Download]:
    """Open a zip or a folder; ArchiveError for what isn't one or can't be trusted."""
    if path.is_dir():
        yield _folder(path)
        return
    if not path.is_file():
        raise ArchiveError(f"{path}: there is no such file or folder")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ArchiveError(f"{path} is not a zip file, or it is cut off ({error})") from error
    with archive:
        yield _zip(path, archive)


def _zip(path: Path, archive: zipfile.ZipFile) -> Download:
    infos = archive.infolist()
    if len(infos) >= ENTRIES:
        raise ArchiveError(f"{path} has {len(infos)} entries; fewer than {ENTRIES} are expected")
    if sum(info.file_size for info in infos) > DOWNLOAD_BYTES:
        raise ArchiveError(f"{path} would unpack to more than {DOWNLOAD_BYTES // MIB} MB")
    seen: set[str] = set()
    entries = []
    for info in infos:
        name = unicodedata.normalize("NFC", info.filename)
        _require_harmless(path, info, name)
        if name in seen:
            raise ArchiveError(f"{path} has two files called {_shown(name)}")
        seen.add(name)
        if not info.is_dir() and not _is_clutter(name):
            entries.append(Entry(f"{path.name}/{name}", _reader(path, archive, info)))
    return Download(path.name, tuple(sorted(entries, key=lambda one: one.path)))


def _require_harmless(path: Path, info: zipfile.ZipInfo, name: str) -> None:
    parts = name.rstrip("/").split("/")
    # A drive, an alternate stream or a backslash would lead elsewhere on Windows. zipfile has cut
    # the name at a null character.
    outside = {"", ".", ".."} & set(parts) or "\\" in info.orig_filename or ":" in parts[0]
    if outside or "\0" in info.orig_filename:
        raise ArchiveError(f"{path}: {_shown(info.orig_filename)} leads out of the archive")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise ArchiveError(f"{path}: {_shown(name)} is a link")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveError(f"{path}: {_shown(name)} is a special file")
    if info.flag_bits & ENCRYPTED:
        raise ArchiveError(f"{path}: {_shown(name)} is encrypted; download it without a password")
    if info.file_size > RATIO_BYTES and info.file_size > RATIO * info.compress_size:
        raise ArchiveError(
            f"{path}: {_shown(name)} unpacks to {info.file_size // MIB} MB of filler"
        )


def _reader(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        try:
            with archive.open(info) as file:
                return file.read(most)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise ArchiveError(
                f"{path}: {_shown(info.filename)} is damaged or cut off ({error})"
            ) from error

    return read


def _folder(path: Path) -> Download:
    top = path.resolve()
    entries: list[Entry] = []
    links: list[str] = []
    for root, folders, names in os.walk(top):
        folders[:] = sorted(one for one in folders if one not in CLUTTER)
        for name in [*folders, *names]:
            full = Path(root, name)
            inside = full.relative_to(top).as_posix()
            kind = full.lstat().st_mode
            if stat.S_ISLNK(kind):
                links.append(inside)
            elif stat.S_ISREG(kind) and not _is_clutter(inside):
                shown = unicodedata.normalize("NFC", f"{top.name}/{inside}")
                entries.append(Entry(shown, _plain_reader(full)))
        if len(entries) >= ENTRIES:
            raise ArchiveError(f"{path} has {ENTRIES} files or more; fewer are expected")
    entries.sort(key=lambda one: one.path)
    return Download(unicodedata.normalize("NFC", top.name), tuple(entries), tuple(sorted(links)))


def _plain_reader(path: Path) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        try:
            with open(os.open(path, READING), "rb") as file:
                return file.read(most)
        except OSError as error:
            raise ArchiveError(f"{path} could not be read: {error.strerror}") from error

    return read


def _is_clutter(name: str) -> bool:
    parts = name.split("/")
    # A name that begins like this is a Mac's note about the file of the same name.
    return bool(CLUTTER & set(parts)) or parts[-1].startswith("._") or parts[-1] == ".DS_Store"


def _shown(name: str) -> str:
    return repr(name[:100])
