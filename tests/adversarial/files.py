"""Files: links, special files, names and start-up files in submissions."""

import os
import socket
from collections.abc import Callable
from pathlib import Path

from tests.adversarial.arena import BUTTON
from tests.adversarial.attack import (
    HARM,
    LEAK,
    MARKS,
    OTHERS,
    PERSISTENCE,
    PLANTED,
    Attack,
    Outcome,
    active,
    changed,
    either,
    gained,
    harmed,
    leaked,
    more_disk_than,
    more_memory_than,
    others_hurt,
    planted,
)
from tests.adversarial.course_folder import SECRETS, UNIT, Place, handed_in

FILES = "files"
NAME = f"{UNIT}.ipynb"


def nothing(work: dict, place: Place) -> None:
    """No notebook is written; `beside` puts something in its place."""


def instead(name: str, does: str, put: Callable[[Path, Place], None], aim, judge, **more) -> Attack:
    """Something else where the notebook should be."""
    return Attack(
        name, FILES, aim, does, either(judge, harmed), reshape=nothing, beside=put, **more
    )


def besides(name: str, does: str, put: Callable[[Path, Place], None], aim, judge, **more) -> Attack:
    """A right notebook with something hostile beside it."""

    def right(work: dict, place: Place) -> dict:
        return handed_in()

    return Attack(name, FILES, aim, does, judge, reshape=right, beside=put, **more)


def link_to(target: Callable[[Place], Path]) -> Callable[[Path, Place], None]:
    return lambda folder, place: (folder / NAME).symlink_to(target(place))


def hard_link(folder: Path, place: Place) -> None:
    os.link(place.neighbours, folder / NAME)


def pipe(name: str) -> Callable[[Path, Place], None]:
    return lambda folder, place: os.mkfifo(folder / name)


def folder_called(folder: Path, place: Place) -> None:
    (folder / NAME).mkdir()
    (folder / NAME / NAME).write_text("{}")


def listening_socket(folder: Path, place: Place) -> None:
    here = os.getcwd()
    os.chdir(folder)
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(NAME)
    os.chdir(here)


def sparse(name: str, mebibytes: int) -> Callable[[Path, Place], None]:
    def put(folder: Path, place: Place) -> None:
        with (folder / name).open("wb") as file:
            file.truncate(mebibytes << 20)

    return put


def named(*names: bytes | str) -> Callable[[Path, Place], None]:
    def put(folder: Path, place: Place) -> None:
        for name in names:
            path = os.path.join(os.fsencode(folder), os.fsencode(name))
            with open(path, "wb") as file:
                file.write(b"{}")

    return put


def linked_folder(folder: Path, place: Place) -> None:
    (folder / "data").symlink_to(place.root)
    (folder / "one").symlink_to(place.neighbours)
    (folder / "up").symlink_to("../../..")


def loop_of_links(folder: Path, place: Place) -> None:
    (folder / "a").symlink_to("b")
    (folder / "b").symlink_to("a")
    (folder / "self").symlink_to(".")


def deep_folders(folder: Path, place: Place) -> None:
    here = os.getcwd()
    os.chdir(folder)
    for _ in range(1500):
        os.mkdir("d")
        os.chdir("d")
    os.chdir(here)


def many_files(folder: Path, place: Place) -> None:
    for number in range(3000):
        (folder / f"{number}.ipynb").write_text("{}")


def stamp(content: bytes) -> Callable[[Path, Place], None]:
    return lambda folder, place: (folder / "timestamp.txt").write_bytes(content)


STARTS = f"open('«OUTSIDE»/planted.txt', 'w').write('{PLANTED}')\n"


def configuration(folder: Path, place: Place) -> None:
    text = place.fill(STARTS)
    for name in (
        "nbgrader_config.py",
        "jupyter_config.py",
        "jupyter_nbconvert_config.py",
        "ipython_config.py",
        "sitecustomize.py",
        "usercustomize.py",
        "conftest.py",
        "json.py",
        "nbformat.py",
        "traitlets.py",
        "course.py",
        "evil.pth",
    ):
        (folder / name).write_text(f"import {name}" if name.endswith("pth") else text)
    (folder / "matplotlibrc").write_text("backend: module://sitecustomize\n")
    (folder / "pyvenv.cfg").write_text("home = .\n")


SCRIPT_NAME = "<img src=x onerror=pwned()>.ipynb"


def harmed_without_a_word(outcome: Outcome) -> bool:
    """Harmed; but the button may refuse a student without a notebook.

    nbgrader looks for the notebook before it asks the course's grader.
    """
    if outcome.mode == BUTTON and "No notebooks were matched" in outcome.log:
        return others_hurt(outcome)
    return harmed(outcome)


ATTACKS = [
    instead(
        "link_to_neighbour",
        "submits a link to the neighbour's notebook",
        link_to(lambda place: place.neighbours),
        MARKS,
        gained,
    ),
    instead(
        "hard_link_to_neighbour",
        "submits a hard link to the neighbour's notebook",
        hard_link,
        MARKS,
        gained,
    ),
    instead(
        "link_to_solution",
        "submits a link to the source notebook with the solutions",
        link_to(lambda place: place.root / "solutions" / UNIT / NAME),
        MARKS,
        either(gained, leaked(SECRETS["solution"])),
    ),
    instead(
        "link_to_gradebook",
        "submits a link to the gradebook",
        link_to(lambda place: place.root / "gradebook.db"),
        LEAK,
        leaked(SECRETS["gradebook"]),
    ),
    instead(
        "link_to_secret",
        "submits a link to the class secret",
        link_to(lambda place: place.root / "nbgrader_secret"),
        LEAK,
        leaked(SECRETS["class secret"]),
    ),
    instead(
        "link_to_zeros",
        "submits a link to /dev/zero",
        link_to(lambda place: Path("/dev/zero")),
        HARM,
        more_memory_than(2000),
        plain=False,
    ),
    instead("pipe", "submits a named pipe, which nobody writes", pipe(NAME), HARM, harmed),
    instead("socket", "submits a socket", listening_socket, HARM, harmed),
    instead("folder", "submits a folder with the notebook's name", folder_called, HARM, harmed),
    Attack(
        "nothing", FILES, HARM, "submits an empty folder", harmed_without_a_word, reshape=nothing
    ),
    instead(
        "sparse_notebook",
        "submits a notebook of forty gigabytes with nothing in it",
        sparse(NAME, 40_000),
        HARM,
        either(more_memory_than(2000), more_disk_than(1000)),
        plain=False,
    ),
    instead(
        "script_in_a_name",
        "submits only a file whose name is a script",
        named(SCRIPT_NAME, "[red]x[bold].ipynb", "$\\href{javascript:pwned()}{x}$.ipynb"),
        OTHERS,
        active,
    ),
    instead(
        "bytes_in_a_name",
        "submits only files whose names are not UTF-8, or have line ends and escapes",
        named(b"\xff\xfe.ipynb", "a\nb.ipynb", "\x1b]0;x\x07\x1b[2J.ipynb", "'\"`;|&$(x).ipynb"),
        HARM,
        harmed,
    ),
    besides("pipe_beside", "puts a named pipe beside the notebook", pipe("data.csv"), HARM, harmed),
    besides(
        "pipe_for_timestamp",
        "submits a named pipe as timestamp.txt",
        pipe("timestamp.txt"),
        HARM,
        harmed,
    ),
    besides(
        "timestamp_of_bytes",
        "submits a timestamp that is none",
        stamp(b"\xff\xfe\x00 0000-99-99"),
        HARM,
        harmed,
    ),
    besides(
        "timestamp_far_away",
        "submits a timestamp in the year 9999 with an odd zone",
        stamp(b"9999-12-31 23:59:59.999999 +99:99"),
        HARM,
        harmed,
    ),
    besides(
        "links_beside",
        "puts links to the course and to the neighbour's work beside the notebook",
        linked_folder,
        LEAK,
        either(harmed, leaked(*SECRETS.values())),
    ),
    besides("loops_beside", "puts links that go in circles beside it", loop_of_links, HARM, harmed),
    besides("deep_beside", "puts 1500 nested folders beside it", deep_folders, HARM, harmed),
    besides("many_beside", "puts 3000 files beside it", many_files, HARM, harmed),
    besides(
        "sparse_beside",
        "puts a file of two gigabytes with nothing in it beside it",
        sparse("data.bin", 2000),
        HARM,
        either(harmed, more_disk_than(1000)),
    ),
    besides(
        "names_beside",
        "puts files with all sorts of names beside it",
        named(b"\xff.txt", "a\nb", "-rf", "*", "[a]", "'\"`;$(x)", "\x1b[31m", "x" * 250),
        HARM,
        harmed,
    ),
    besides(
        "configuration_beside",
        "puts start-up and configuration files of everything beside it",
        configuration,
        PERSISTENCE,
        either(harmed, changed, planted),
    ),
]
