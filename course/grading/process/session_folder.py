"""The folder a session works in: filled before, measured during, and cleared after the session.

A student's code may fill it with anything: folders too deep for a path, without permissions, or in
huge numbers. So nothing here recurses, follows a link, or looks at more than it has to.
"""

import os
from collections.abc import Mapping
from pathlib import Path

from course.grading.limits import FOLDER_ENTRIES, FOLDER_ENTRY_BYTES, FOLDER_PATH_CHARACTERS


def fill(folder: Path, materials: Mapping[str, bytes]) -> None:
    """Create the folder with these files in it."""
    folder.mkdir()
    for name, content in materials.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def size(folder: Path, most: int) -> int:
    """Return how many bytes of the disk the folder takes; above `most`, any larger number.

    A folder that can't be read, is too deep or has too many entries counts as too large.
    """
    waiting, taken, entries = [str(folder)], 0, 0
    longest = len(waiting[0]) + FOLDER_PATH_CHARACTERS
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as found:
                for entry in found:
                    entries += 1
                    taken += FOLDER_ENTRY_BYTES + _blocks(entry)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    if entries > FOLDER_ENTRIES or taken > most or len(here) > longest:
                        return most + 1
        except FileNotFoundError:
            continue
        except OSError:
            return most + 1
    return taken


def _blocks(entry: os.DirEntry) -> int:
    try:
        return 512 * entry.stat(follow_symlinks=False).st_blocks
    except FileNotFoundError:
        return 0


def clear(folder: Path) -> None:
    """Remove the folder with all its contents; inner folders are first moved up beside it."""
    waiting, count = [folder], 0
    while waiting:
        here = waiting.pop()
        with os.scandir(here) as found:
            entries = list(found)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                count += 1
                beside = folder.with_name(f"{folder.name}~{count}")
                # Moving a folder needs permission to write in it.
                os.chmod(entry.path, 0o700)
                os.rename(entry.path, beside)
                waiting.append(beside)
            else:
                os.unlink(entry.path)
        os.rmdir(here)
