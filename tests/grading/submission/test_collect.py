"""What is collected from the exchange is what was handed in, when it was handed in."""

import getpass
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from nbgrader.apps.api import NbGraderAPI

from course.grading.course_folder import course_directory
from course.grading.limits import FILE_BYTES
from course.grading.released import register
from course.grading.submission import collect as collecting
from course.grading.submission.collect import TrustedCollect
from course.grading.submission.submitted import received, time_of
from tests.grading.notebooks import CONFIG, UNIT, content, handed_in, make_course

NOTEBOOK = f"{UNIT}.ipynb"
LONG_AGO = "2020-01-01 12:00:00.000000 UTC"
FAR_AHEAD = "2099-01-01 12:00:00.000000 UTC"


def now() -> datetime:
    return datetime.now(UTC).replace(tzinfo=None)


def stamp(when: datetime) -> str:
    return f"{when:%Y-%m-%d %H:%M:%S.%f} UTC"


@pytest.fixture(scope="module")
def ready(tmp_path_factory):
    root = make_course(tmp_path_factory.mktemp("course"), {})
    config = (root / CONFIG.name).read_text(encoding="utf-8")
    # The tests' students are all this user.
    (root / CONFIG.name).write_text(f"{config}c.ExchangeCollect.check_owner = False\n")
    register(course_directory(root), UNIT)
    return root


@pytest.fixture
def inbound(ready, tmp_path, monkeypatch):
    monkeypatch.setenv("COURSE_EXCHANGE", str(tmp_path / "exchange"))
    folder = tmp_path / "exchange" / "feedforward" / "inbound"
    folder.mkdir(parents=True)
    monkeypatch.chdir(ready)
    return folder


def hand_in(inbound, student: str, claimed: str, work: bytes | None = None):
    folder = inbound / f"{student}+{UNIT}+{claimed}+x1"
    folder.mkdir()
    (folder / "timestamp.txt").write_text(claimed)
    (folder / NOTEBOOK).write_bytes(content(handed_in()) if work is None else work)
    return folder


def collect(root) -> None:
    directory = course_directory(root)
    done = NbGraderAPI(directory, config=directory.config).collect(UNIT)
    assert done["success"], done


def collected(root, student: str):
    return root / "submitted" / student / UNIT


def test_a_submission_keeps_its_own_time_and_a_forged_one_gets_that_of_its_files(ready, inbound):
    honest = now() - timedelta(seconds=3)
    hand_in(inbound, "ann", stamp(honest))
    hand_in(inbound, "bob", LONG_AGO)
    os.utime(next(inbound.glob("bob+*")) / NOTEBOOK, (0, 0))
    hand_in(inbound, "cy", FAR_AHEAD)
    hand_in(inbound, "dan", "whenever")
    collect(ready)
    assert received(collected(ready, "ann")) == honest
    for student in ("bob", "cy", "dan"):
        assert abs(received(collected(ready, student)) - now()) < timedelta(seconds=30)
        assert (collected(ready, student) / NOTEBOOK).read_bytes() == content(handed_in())


def test_changing_a_file_in_the_exchange_makes_a_submission_late(inbound):
    folder = hand_in(inbound, "ann", stamp(now() - timedelta(hours=1)))
    seen = TrustedCollect.received(TrustedCollect(), folder, folder.name.split("+")[2])
    assert abs(seen - now()) < timedelta(seconds=30)


def test_after_a_restore_the_names_may_be_believed(inbound):
    folder = hand_in(inbound, "ann", LONG_AGO)
    lenient = TrustedCollect(files_tell_time=False)
    assert lenient.received(folder, LONG_AGO) == datetime(2020, 1, 1, 12)


@pytest.fixture
def owners(ready, monkeypatch):
    """Let a folder of the exchange belong to the user that a file in it names."""

    def owner(path):
        note = Path(path, "owner")
        return note.read_text() if note.exists() else os.path.basename(path).split("+")[0]

    monkeypatch.setattr(collecting, "_owner", owner)
    text = (ready / CONFIG.name).read_text(encoding="utf-8")
    (ready / CONFIG.name).write_text(text.replace("check_owner = False", "check_owner = True"))
    yield
    (ready / CONFIG.name).write_text(text)


def test_a_folder_of_another_user_replaces_and_creates_no_submission(ready, inbound, owners):
    own = hand_in(inbound, "gil", stamp(now() - timedelta(seconds=5)))
    for victim in ("gil", "hal"):
        forged = inbound / f"{victim}+{UNIT}+{stamp(now())}+x2"
        forged.mkdir()
        (forged / NOTEBOOK).write_bytes(b"forged")
        (forged / "owner").write_text("mal")
    collect(ready)
    assert (collected(ready, "gil") / NOTEBOOK).read_bytes() == (own / NOTEBOOK).read_bytes()
    assert not collected(ready, "hal").exists()
    kept = sorted((ready / "quarantine" / "exchange").glob(f"*/{NOTEBOOK}"))
    assert [path.read_bytes() for path in kept] == [b"forged", b"forged"]


def test_the_owner_of_a_folder_is_a_user_of_the_system(tmp_path):
    assert collecting._owner(str(tmp_path)) in (getpass.getuser(), str(os.getuid()))


def test_links_and_pipes_are_not_followed_and_arrive_as_what_they_are(ready, inbound):
    secret = ready / "secret.txt"
    secret.write_text("what nobody may read")
    folder = hand_in(inbound, "eve", stamp(now()))
    (folder / NOTEBOOK).unlink()
    (folder / NOTEBOOK).symlink_to(secret)
    (folder / "up").symlink_to(ready)
    (folder / "data").mkdir()
    os.mkfifo(folder / "data" / "pipe")
    os.link(secret, folder / "twin.txt")
    collect(ready)
    there = collected(ready, "eve")
    assert (there / NOTEBOOK).is_symlink() and (there / "up").is_symlink()
    assert (there / "data" / "pipe").is_fifo() and (there / "twin.txt").is_fifo()
    assert abs(received(there) - now()) < timedelta(seconds=30)


def test_what_the_grader_reads_is_collected(ready):
    directory = course_directory(ready)
    assert 1000 * directory.max_dir_size > FILE_BYTES
    assert 1000 * directory.max_file_size > FILE_BYTES


def test_one_that_is_too_large_or_names_no_student_does_not_stop_the_others(ready, inbound):
    huge = hand_in(inbound, "huge", stamp(now()))
    with (huge / "huge.bin").open("wb") as file:
        file.truncate(1000 * course_directory(ready).max_dir_size + 1)
    for name in ("..", ".hidden", ""):
        hand_in(inbound, name, stamp(now()))
    (inbound / f"zoe+{UNIT}+2026").write_text("a file")
    hand_in(inbound, "small", stamp(now()))
    collect(ready)
    assert (collected(ready, "small") / NOTEBOOK).exists()
    assert not (ready / UNIT).exists() and not (ready / "submitted" / ".hidden").exists()
    assert os.listdir(collected(ready, "huge")) == ["timestamp.txt"]


# Abbreviations mean different zones in different countries: a zone is its name in the tz database.
UNKNOWN_ZONES = ("EDT", "CEST", "PDT", "PST", "IST", "JST", "BST", "Nowhere/Land", "posixrules")
KNOWN_ZONES = (
    "2026-01-01 22:04:05 EST",
    "2026-01-02 04:04:05 CET",
    "2026-01-02 04:04:05 Europe/Berlin",
    "2026-01-02 03:04:05 GMT",
)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "not a time",
        "2026-13-01 00:00:00",
        "2026-01-01 00:00:00 /dev/zero",
        "1 2 3",
        "\0",
        *(f"2026-01-01 22:04:05 {zone}" for zone in UNKNOWN_ZONES),
    ],
)
def test_what_says_no_time_is_none(text):
    assert time_of(text) is None


@pytest.mark.parametrize(
    "text",
    [
        "2026-01-02 03:04:05 UTC",
        "2026-01-02T03:04:05Z",
        "2026-01-01 22:04:05.0-0500",
        "2026-01-01 22:04:05 -0500",
        "2026-01-02 05:04:05 +02:00",
        *KNOWN_ZONES,
    ],
)
def test_times_are_in_utc(text):
    assert time_of(text) == datetime(2026, 1, 2, 3, 4, 5)
