"""The arena for attacks: a class is graded in a process of its own and observed from outside.

The runner declares itself a subreaper, so every process that outlives the grading becomes its
child; it listens for anything sent out, and measures memory and disk during the run.
"""

import contextlib
import hashlib
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import matplotlib
import psutil

from course.grading.process.watchdog import nameless
from course.grading.sandbox import become_subreaper, kill_descendants
from course.grading.sandbox.descendants import descendants
from tests.adversarial import course_folder
from tests.adversarial.attack import PLANTED, Attack, Outcome
from tests.adversarial.course_folder import ATTACKER, HONEST, SECRETS, UNIT, Place, hand_in
from tests.speed import patience

OURS, BUTTON, AUTOGRADE, PLAIN, OPEN = "ours", "formgrader", "nbgrader", "plain", "open"
MODES = (OURS, AUTOGRADE, BUTTON, PLAIN, OPEN)
SUBMITTED_AND_MADE = ("submitted", "autograded", "feedback", "quarantine")
SECONDS = 100.0
# A worker's mark on the user id that it uses.
SLOT = "course-grading-slot-"
REPO = Path(__file__).parents[2]
LOCKS = (".grading.lock", f".{UNIT}.grading.lock")
OWN = ("autograded", "feedback", "gradebook.db", ".nbgrader.log", "quarantine", *LOCKS)

GRADE = """
import sys, warnings
warnings.simplefilter("ignore")
from pathlib import Path
{before}
from course.grading.classroom import grade_class
done = grade_class(Path({root!r}), {unit!r})
for student, error in done.failed.items():
    print(student, error, file=sys.stderr)
sys.exit(bool(done.failed))
"""
# No session is sandboxed: the questions alone have to hold.
UNLOCKED = """
import course.grading.process.worker as worker
worker.BOOT = worker.BOOT.replace(
    "main(int(descriptor))",
    "import course.grading.student_process.fork_server as warm, os;"
    "warm.lock_in = lambda policy, prepared: (os.chdir(policy.writable[0]), warm.Level.FULL)[1];"
    "main(int(descriptor))",
)
"""
PRESS_THE_BUTTON = """
import sys, warnings
warnings.simplefilter("ignore")
from nbgrader.apps.api import NbGraderAPI
from course.grading.course_folder import course_directory
from pathlib import Path
directory = course_directory(Path({root!r}))
api = NbGraderAPI(directory, config=directory.config)
every = [
    api.autograde({unit!r}, student.name)
    for student in sorted(Path({root!r}, "submitted").iterdir())
]
every.append(api.generate_feedback({unit!r}))
for one in every:
    print(one.get("log"), one.get("error"), file=sys.stderr)
sys.exit(not all(one["success"] for one in every))
"""


def fight(
    attacks: dict[str, Attack] | Attack,
    mode: str,
    settings: str = "",
    also: Callable[[Place], None] | None = None,
    seconds: float = SECONDS,
) -> Outcome:
    """Submit an attack, or several by student, to an honest class; grade it and observe.

    attacks: a single attack, submitted by `ATTACKER`, or several by student.
    also: prepares the course's folder further.
    """
    by_student = {ATTACKER: attacks} if isinstance(attacks, Attack) else attacks
    with _base() as base, _listening() as (port, received):
        place = Place(base / "course", base / "home", base / "outside", port)
        _prepare(base, place, mode)
        settings += "".join(one.settings for one in by_student.values())
        if settings and mode != PLAIN:
            with (place.root / "nbgrader_config.py").open("a") as config:
                config.write(f"\n{settings}\n")
        for student, attack in by_student.items():
            folder = hand_in(place.root, student, attack.work(place, mode == PLAIN))
            if attack.beside:
                attack.beside(folder, place)
        if also:
            also(place)
        before = _digests(place)
        seen = _run(base, place, mode, seconds)
        litter = [name for name in os.listdir(base / "tmp") if SLOT not in name]
        return Outcome(
            mode=mode,
            scores=_scores(place.root),
            feedback=_feedback(place.root),
            planted=_planted(base),
            changed=_differing(before, _digests(place)),
            received=received(),
            sizes={student: _size(place.root, student) for student in by_student},
            litter=litter,
            **seen,
        )


@contextlib.contextmanager
def _base() -> Iterator[Path]:
    # Not pytest's folder: it is closed to the users that a root grader changes to.
    base = Path(tempfile.mkdtemp(prefix="arena-")).resolve()
    base.chmod(0o755)
    try:
        yield base
    finally:
        subprocess.run(["chmod", "-R", "u+rwX", str(base)], check=False, stderr=subprocess.DEVNULL)
        subprocess.run(["rm", "-rf", "--", str(base)], check=True)


def _prepare(base: Path, place: Place, mode: str) -> None:
    shutil.copytree(template(mode == PLAIN), place.root)
    for folder in (place.home, place.outside, base / "tmp"):
        folder.mkdir()
    (base / "tmp").chmod(0o1777)
    # Or each home would have matplotlib look for fonts for seconds.
    fonts = place.home / ".cache" / "matplotlib"
    fonts.mkdir(parents=True)
    for path in Path(matplotlib.get_cachedir()).glob("fontlist*.json"):
        shutil.copy(path, fonts)
    config = place.root / "nbgrader_config.py"
    config.write_text(config.read_text().replace("«ROOT»", str(place.root)))


_templates: dict[bool, Path] = {}


def template(plain: bool) -> Path:
    """A course whose gradebook knows the unit; made once, since that takes seconds."""
    if plain not in _templates:
        made = Path(tempfile.mkdtemp(prefix="arena-template-"))
        root = made / "course"
        root.mkdir()
        course_folder.make(root, plain)
        command = [str(Path(sys.executable).parent / "nbgrader"), "generate_assignment", UNIT]
        if plain:
            subprocess.run(
                command, cwd=root, check=True, capture_output=True, timeout=patience(120)
            )
        else:
            from course.grading.course_folder import course_directory
            from course.grading.released import register

            register(course_directory(root), UNIT)
        with contextlib.closing(sqlite3.connect(root / "gradebook.db")) as database:
            database.execute(
                "insert into student (id, first_name, last_name) values ('yan', 'Yan', ?)",
                [SECRETS["gradebook"]],
            )
            database.commit()
        _templates[plain] = root
    return _templates[plain]


def forget_templates() -> None:
    """Remove what `template` made."""
    for root in _templates.values():
        shutil.rmtree(root.parent)
    _templates.clear()


# ------------------------------------------------------------------------------------------ running


def commands(mode: str, root: Path) -> list[list[str]]:
    """What grades a class, and gives feedback, in this way."""
    python, nbgrader = sys.executable, str(Path(sys.executable).parent / "nbgrader")
    known = {"root": str(root), "unit": UNIT, "before": UNLOCKED if mode == OPEN else ""}
    if mode in (OURS, OPEN):
        return [[python, "-c", GRADE.format(**known)]]
    if mode == BUTTON:
        return [[python, "-c", PRESS_THE_BUTTON.format(**known)]]
    return [[nbgrader, "autograde", UNIT], [nbgrader, "generate_feedback", UNIT]]


def _run(base: Path, place: Place, mode: str, seconds: float) -> dict[str, Any]:
    seconds = patience(seconds)
    order = {"commands": commands(mode, place.root), "root": str(place.root), "seconds": seconds}
    environment = {
        **{name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ},
        "HOME": str(place.home),
        "TMPDIR": str(base / "tmp"),
        "PYTHONPATH": str(REPO),
        "MPLBACKEND": "agg",
        "SECRET_TOKEN": SECRETS["environment"],
    }
    runner = subprocess.run(
        [sys.executable, "-m", "tests.adversarial.arena", json.dumps(order)],
        cwd=REPO,
        env=environment,
        capture_output=True,
        text=True,
        timeout=seconds + 60,
    )
    if runner.returncode:
        raise RuntimeError(f"the runner failed:\n{runner.stderr}")
    return json.loads(runner.stdout.splitlines()[-1])


def main(order: dict[str, Any]) -> None:
    """The runner: grade, measure, and report what is left."""
    become_subreaper()
    peak = {"memory": 0, "disk": 0}
    done = threading.Event()
    threading.Thread(target=_measure, args=(peak, done), daemon=True).start()
    start, log, finished = time.monotonic(), "", True
    with tempfile.TemporaryFile("w+") as written:
        for command in order["commands"]:
            left = order["seconds"] - (time.monotonic() - start)
            running = subprocess.Popen(
                command,
                cwd=order["root"],
                stdin=subprocess.DEVNULL,
                stdout=written,
                stderr=written,
                start_new_session=True,
            )
            try:
                finished &= running.wait(max(left, 0.1)) == 0
            except subprocess.TimeoutExpired:
                finished = False
                running.kill()
                running.wait()
        written.seek(0)
        log = written.read()[-20_000:]
    seconds = time.monotonic() - start
    time.sleep(0.3)
    alive = [pid for pid in descendants() if _is_alive(pid)]
    done.set()
    kill_descendants()
    found = {"finished": finished, "seconds": seconds, "log": log, "left": len(alive)}
    found |= {"peak_memory": peak["memory"], "peak_disk": peak["disk"]}
    print(json.dumps(found))


def _is_alive(pid: int) -> bool:
    with contextlib.suppress(psutil.Error):
        return psutil.Process(pid).status() != psutil.STATUS_ZOMBIE
    return False


def _measure(peak: dict[str, int], done: threading.Event) -> None:
    while not done.wait(0.25):
        pids = descendants()
        peak["memory"] = max(peak["memory"], sum(map(_memory, pids)))
        peak["disk"] = max(peak["disk"], _disk(os.environ["TMPDIR"]) + nameless(pids))


def _memory(pid: int) -> int:
    """A process's share of memory; memory shared with other processes is divided among them."""
    with contextlib.suppress(OSError), open(f"/proc/{pid}/smaps_rollup") as file:
        return sum(int(line.split()[1]) << 10 for line in file if line.startswith("Pss:"))
    return 0


def _disk(folder: str) -> int:
    """How many bytes of the disk the files in a folder take."""
    taken = 0
    for path in _files(Path(folder)):
        with contextlib.suppress(OSError):
            taken += 512 * path.lstat().st_blocks
    return taken


@contextlib.contextmanager
def _listening() -> Iterator[tuple[int, Callable[[], str]]]:
    """Wait on a port of this machine, TCP and UDP; give the port and the data received."""
    came: list[bytes] = []
    with socket.socket() as tcp, socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as udp:
        tcp.bind(("127.0.0.1", 0))
        tcp.listen()
        udp.bind(("127.0.0.1", tcp.getsockname()[1]))
        for one in (tcp, udp):
            one.settimeout(0.2)
        stop = threading.Event()

        def listen() -> None:
            while not stop.is_set():
                with contextlib.suppress(OSError):
                    came.append(udp.recv(65536))
                with contextlib.suppress(OSError):
                    connection, _ = tcp.accept()
                    came.append(b"connected ")
                    connection.settimeout(1)
                    came.append(connection.recv(65536))
                    connection.close()

        listener = threading.Thread(target=listen, daemon=True)
        listener.start()
        yield tcp.getsockname()[1], lambda: b"".join(came).decode("utf-8", "replace")
        stop.set()
        listener.join()


# ------------------------------------------------------------------------------------------ looking


def _scores(root: Path) -> dict[str, dict[str, float | None]]:
    """The scores as nbgrader counts them: a manual score overrides an automatic score."""
    rows = """
        select submitted_assignment.student_id, base_cell.name,
               coalesce(grade.manual_score, grade.auto_score)
        from grade
        join submitted_notebook on grade.notebook_id = submitted_notebook.id
        join submitted_assignment on submitted_notebook.assignment_id = submitted_assignment.id
        join base_cell on grade.cell_id = base_cell.id
    """
    found: dict[str, dict[str, float | None]] = {}
    try:
        with contextlib.closing(sqlite3.connect(root / "gradebook.db")) as database:
            for student, name, score in database.execute(rows):
                found.setdefault(student, {})[name] = score
    except sqlite3.Error:
        return {}
    return found


def _feedback(root: Path) -> dict[str, str]:
    return {
        path.parts[-3]: path.read_text("utf-8", "replace")
        for path in (root / "feedback").glob(f"*/{UNIT}/*.html")
    }


def _planted(base: Path) -> list[str]:
    own = [base / "course" / name for name in SUBMITTED_AND_MADE]
    return [
        str(path.relative_to(base))
        for path in _files(base)
        if not any(path.is_relative_to(folder) for folder in own)
        and PLANTED.encode() in path.read_bytes()
    ]


def _digests(place: Place) -> dict[str, str]:
    return {
        str(path): hashlib.sha256(path.read_bytes()).hexdigest()
        for folder in (place.root, place.outside)
        for path in _files(folder)
        if path.relative_to(folder).parts[0] not in OWN
        and (folder != place.root or _is_not_handed_in(path.relative_to(folder)))
    }


def _is_not_handed_in(path: Path) -> bool:
    """Whether a file belongs to the course itself: those that attackers submitted may be moved."""
    return path.parts[0] != "submitted" or path.parts[1] in HONEST


def _differing(before: dict[str, str], after: dict[str, str]) -> list[str]:
    names = {*before, *after}
    return sorted(name for name in names if before.get(name) != after.get(name))


def _files(folder: Path, depth: int = 12) -> Iterator[Path]:
    """The plain files in a folder, but no deeper than the course's own files."""
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir(follow_symlinks=False) and depth:
                yield from _files(Path(entry.path), depth - 1)
            elif entry.is_file(follow_symlinks=False):
                yield Path(entry.path)


def _size(root: Path, student: str) -> int:
    folders = [root / step / student for step in ("autograded", "feedback")]
    return sum(path.stat().st_size for folder in folders for path in _files(folder))


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
