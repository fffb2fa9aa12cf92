"""The folder a session works in: it is filled, measured meanwhile, and cleared afterwards.

A student's code makes in it what it likes: folders too deep for a path, without permissions, or
very many. So nothing here recurses, follows a link, or looks at more than it has to.
"""

import os
from collections.abc import Mapping
from pathlib import Path

# What a file takes besides its content.
ENTRY_BYTES = 4096
ENTRIES = 20_000
# Characters of the longest way into it.
DEPTH = 1_000


def fill(folder: Path, materials: Mapping[str, bytes]) -> None:
    """Make the folder, with these files in it."""
    folder.mkdir()
    for name, content in materials.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)


def size(folder: Path, most: int) -> int:
    """Return how many bytes of the disk the folder takes; where it is more than `most`, any more.

    What can't be looked at, lies too deep or is among more than `ENTRIES` things, is too much.
    """
    waiting, taken, entries = [str(folder)], 0, 0
    longest = len(waiting[0]) + DEPTH
    while waiting:
        here = waiting.pop()
        try:
            with os.scandir(here) as found:
                for entry in found:
                    entries += 1
                    taken += ENTRY_BYTES + _blocks(entry)
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    if entries > ENTRIES or taken > most or len(here) > longest:
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
    """Remove the folder with all that is in it; folders come up to its side before they go."""
    waiting, count = [folder], 0
    while waiting:
        here = waiting.pop()
        with os.scandir(here) as found:
            entries = list(found)
        for entry in entries:
            if entry.is_dir(follow_symlinks=False):
                count += 1
                beside = folder.with_name(f"{folder.name}~{count}")
                # To be moved a folder has to be one's to write in.
                os.chmod(entry.path, 0o700)
                os.rename(entry.path, beside)
                waiting.append(beside)
            else:
                os.unlink(entry.path)
        os.rmdir(here)
