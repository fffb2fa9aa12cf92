"""One student's notebook can't take the machine's memory or disk, and pays for trying alone."""

import os
import time
from itertools import chain, repeat

import pytest

from course.grading.grade import grade_submission
from course.grading.limits import FOLDER_ENTRIES, MIB
from course.grading.process import watchdog
from course.grading.process.limits import SubmissionLimits
from course.grading.process.processor import descendants
from course.grading.process.session_folder import clear, fill, size
from course.grading.process.watchdog import memory
from course.grading.process.worker import Worker
from tests.grading.notebooks import RIGHT, UNIT, exercise, extra, handed_in, source, submitted
from tests.speed import patience

LIMITS = SubmissionLimits(
    cell_seconds=patience(8.0),
    grace_seconds=0.5,
    patience=patience(2.0),
    memory_mib=500,
    disk_mib=64,
)
FULL = {name: float(exercise(name).points) for name in RIGHT}
FAMILY = """\
import os, time, numpy as np
for _ in range(3):
    if os.fork() == 0:
        taken = np.ones(40_000_000)
        time.sleep(60)
time.sleep(60)"""
FILES = """\
for number in range(8):
    with open(f'{number}.bin', 'wb') as file:
        for _ in range(20):
            file.write(bytes(1 << 20))
import time; time.sleep(60)"""
NAMELESS = """\
files = []
for number in range(8):
    files.append(open('x.bin', 'wb'))
    files[-1].write(bytes(20 << 20)); files[-1].flush()
    os.unlink('x.bin')
import time; time.sleep(60)"""
MANY = f"""\
for number in range({FOLDER_ENTRIES + 100}):
    open(str(number), 'w').close()
import time; time.sleep(60)"""
DEEP = """\
for _ in range(3000):
    os.mkdir('d', 0o300)
    os.chdir('d')"""


@pytest.fixture(scope="module")
def worker():
    with Worker(UNIT, LIMITS) as worker:
        yield worker


def graded(worker, answers=None, more=()):
    work = handed_in(RIGHT | (answers or {}))
    work["cells"] += [extra(text) for text in more]
    return grade_submission(source(), submitted(work), UNIT, b"a student's key", worker)


def scores(found) -> dict[str, float]:
    return {one.exercise: one.earned for one in found.exercises}


def last_error(found) -> str:
    return found.notebook["cells"][-1]["outputs"][0]["evalue"]


@pytest.mark.parametrize(
    ("cell", "what"),
    [
        (FAMILY, "500 MiB of memory"),
        (FILES, "64 MiB of disk"),
        (MANY, "64 MiB of disk"),
        (NAMELESS, "64 MiB of disk"),
    ],
    ids=["several processes", "several files", "many files", "files without a name"],
)
def test_a_cell_that_takes_too_much_is_ended_and_the_others_count(worker, cell, what):
    found = graded(worker, more=[f"import os\n{cell}"])
    assert scores(found) == FULL
    assert f"used more than {what}" in last_error(found)


def test_what_nobody_can_list_is_seen_by_what_a_nearly_full_disk_has_left(worker, monkeypatch):
    left = chain([100 * MIB], repeat(10 * MIB))
    monkeypatch.setattr(watchdog, "_left", lambda folder: (next(left), 1024 * MIB))
    found = graded(worker, more=["import time; time.sleep(60)"])
    assert "used more than 64 MiB of disk space" in last_error(found)


def test_an_answer_that_takes_too_much_costs_its_exercise_alone(worker):
    greedy = "def relu(z):\n    taken = np.ones(90_000_000)\n    while True: pass"
    found = graded(worker, {"relu": greedy})
    assert scores(found) == FULL | {"relu": 0.0}
    message = next(one.message for one in found.exercises if one.exercise == "relu")
    assert "used more memory or disk space than it is allowed" in message


def test_an_honest_notebook_may_take_much(worker):
    assert scores(graded(worker, more=["taken = np.ones(20_000_000)", "taken.sum()"])) == FULL


def test_folders_too_deep_for_a_path_cost_nothing_but_themselves(worker):
    found = graded(worker, more=[f"import os\n{DEEP}"])
    assert scores(found) == FULL
    assert scores(graded(worker)) == FULL
    assert os.listdir(worker._folder / "..") and not list(worker._folder.glob("session-*"))


def test_all_that_was_printed_and_shown_is_bounded(worker):
    cells = ["for _ in range(200): print('x' * 20_000); display(1)"] * 30
    found = graded(worker, more=cells)
    shown = [str(cell.get("outputs", "")) for cell in found.notebook["cells"]]
    assert sum(map(len, shown)) < 20 << 20
    assert "further outputs were dropped" in shown[-1] and "display_data" in shown[-30]


def test_a_folder_is_measured_and_cleared_whatever_is_in_it(tmp_path):
    folder, outside = tmp_path / "session", tmp_path / "outside.txt"
    outside.write_bytes(bytes(10 * MIB))
    fill(folder, {"data/x.txt": bytes(MIB)})
    (folder / "link").symlink_to(outside)
    (folder / "up").symlink_to(tmp_path)
    os.mkfifo(folder / "pipe")
    (folder / "closed").mkdir(mode=0o000)
    with (folder / "sparse").open("wb") as sparse:
        sparse.truncate(30 * MIB)
    assert MIB < size(folder, 5 * MIB) < 2 * MIB
    assert size(folder, MIB // 2) > MIB // 2
    here = os.open(folder, os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    assert size(folder, 50 * MIB) > 50 * MIB
    clear(folder)
    assert os.listdir(tmp_path) == ["outside.txt"]


def test_memory_is_that_of_all_descendants():
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        taken = bytearray(os.urandom(MIB) * 50)
        grandchild = os.fork()
        if grandchild == 0:
            taken = bytearray(os.urandom(MIB) * 50)
        os.write(writer, b"x")
        time.sleep(30)
        os._exit(len(taken))
    os.read(reader, 1)
    os.read(reader, 1)
    family = descendants(os.getpid())
    assert child in family and len(family) >= 2
    assert sum(map(memory, family)) > 140 * MIB
    for pid in family:
        os.kill(pid, 9)
    os.waitpid(child, 0)
    assert memory(child) == 0


def test_memory_that_the_answering_child_shares_with_its_session_counts_once(worker):
    # 320 MB of the 500 allowed, so that it would be too much if it counted twice.
    assert scores(graded(worker, more=["big = np.ones(40_000_000)"])) == FULL
