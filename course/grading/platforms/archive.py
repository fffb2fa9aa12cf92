"""Read a learning platform's download, a zip or a folder, without trusting it.

Everything that can be known without unpacking is checked first: a zip that leads outside, holds
links or two files of the same name, is encrypted, truncated or a bomb is refused as a whole.
Nothing is ever unpacked to disk; a file is read on demand, up to a limit.
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

from course.grading.limits import (
    COMPRESSED_BYTES,
    COMPRESSION_RATIO,
    DOWNLOAD_BYTES,
    DOWNLOAD_ENTRIES,
    MIB,
)
from course.grading.submission.submitted import READING

# Left behind by operating systems, editors and git; notebooks in there are copies.
CLUTTER = {"__MACOSX", ".git", ".ipynb_checkpoints", "__pycache__"}
ENCRYPTED = 0x1


class ArchiveError(ValueError):
    """A download that can't be used; the message says why. Nothing was written."""


AGAIN = "download it again"
LOOK = "unpack it, look at its files, and give `course collect` the folder"


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
    """The files of a download, sorted by path; `links` are named, never followed."""

    name: str
    entries: tuple[Entry, ...]
    links: tuple[str, ...] = ()


@contextmanager
def opened(path: Path) -> Iterator[Download]:
    """Open a zip or a folder; ArchiveError if it is neither or can't be trusted."""
    if path.is_dir():
        yield _folder(path)
        return
    if not path.is_file():
        raise ArchiveError(f"{path}: there is no such file or folder")
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        raise ArchiveError(
            f"{path} is not a zip file, or it is incomplete ({error}); {AGAIN}"
        ) from error
    with archive:
        yield _zip(path, archive)


def _zip(path: Path, archive: zipfile.ZipFile) -> Download:
    infos = archive.infolist()
    if len(infos) >= DOWNLOAD_ENTRIES:
        raise ArchiveError(
            f"{path} has {len(infos)} entries; fewer than {DOWNLOAD_ENTRIES} are expected. "
            "Download the submissions of a single assignment"
        )
    if sum(info.file_size for info in infos) > DOWNLOAD_BYTES:
        raise ArchiveError(f"{path} would unpack to more than {DOWNLOAD_BYTES // MIB} MB; {LOOK}")
    seen: set[str] = set()
    entries = []
    for info in infos:
        name = unicodedata.normalize("NFC", info.filename)
        _require_harmless(path, info, name)
        if name in seen:
            raise ArchiveError(f"{path} has two files called {_shown(name)}; {AGAIN}")
        seen.add(name)
        if not info.is_dir() and not _is_clutter(name):
            entries.append(Entry(f"{path.name}/{name}", _reader(path, archive, info)))
    return Download(path.name, tuple(sorted(entries, key=lambda entry: entry.path)))


def _require_harmless(path: Path, info: zipfile.ZipInfo, name: str) -> None:
    parts = name.rstrip("/").split("/")
    # A drive, an alternate stream or a backslash would lead elsewhere on Windows. zipfile has
    # already truncated the name at a null character.
    outside = {"", ".", ".."} & set(parts) or "\\" in info.orig_filename or ":" in parts[0]
    if outside or "\0" in info.orig_filename:
        raise ArchiveError(f"{path}: {_shown(info.orig_filename)} leads out of the archive; {LOOK}")
    kind = stat.S_IFMT(info.external_attr >> 16)
    if kind == stat.S_IFLNK:
        raise ArchiveError(f"{path}: {_shown(name)} is a link; {LOOK}")
    if kind not in (0, stat.S_IFREG, stat.S_IFDIR):
        raise ArchiveError(f"{path}: {_shown(name)} is a special file; {LOOK}")
    if info.flag_bits & ENCRYPTED:
        raise ArchiveError(f"{path}: {_shown(name)} is encrypted; download it without a password")
    if (
        info.file_size > COMPRESSED_BYTES
        and info.file_size > COMPRESSION_RATIO * info.compress_size
    ):
        raise ArchiveError(
            f"{path}: {_shown(name)} unpacks to {info.file_size // MIB} MB of filler; {LOOK}"
        )


def _reader(path: Path, archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[int], bytes]:
    def read(most: int) -> bytes:
        try:
            with archive.open(info) as file:
                return file.read(most)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise ArchiveError(
                f"{path}: {_shown(info.filename)} is damaged or incomplete ({error}); {AGAIN}"
            ) from error

    return read


def _folder(path: Path) -> Download:
    top = path.resolve()
    entries: list[Entry] = []
    links: list[str] = []
    for root, folders, names in os.walk(top):
        folders[:] = sorted(folder for folder in folders if folder not in CLUTTER)
        for name in [*folders, *names]:
            full = Path(root, name)
            inside = full.relative_to(top).as_posix()
            kind = full.lstat().st_mode
            if stat.S_ISLNK(kind):
                links.append(inside)
            elif stat.S_ISREG(kind) and not _is_clutter(inside):
                shown = unicodedata.normalize("NFC", f"{top.name}/{inside}")
                entries.append(Entry(shown, _plain_reader(full)))
        if len(entries) >= DOWNLOAD_ENTRIES:
            raise ArchiveError(
                f"{path} has {DOWNLOAD_ENTRIES} files or more; fewer are expected. "
                "Give the folder of a single assignment"
            )
    entries.sort(key=lambda entry: entry.path)
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
    # macOS keeps notes about a file under the file's name with this prefix.
    return bool(CLUTTER & set(parts)) or parts[-1].startswith("._") or parts[-1] == ".DS_Store"


def _shown(name: str) -> str:
    return repr(name[:100])
