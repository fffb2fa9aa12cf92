"""Each platform's download becomes the same submissions, whatever names it gives them."""

import json
from datetime import UTC
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

import course
from course.exercises.units import UNITS
from course.grading.course_folder import course_directory, lessons
from course.grading.notebook.lesson import lesson_of
from course.grading.notebook.lesson import written as answered
from course.grading.platforms import collect
from course.grading.platforms.archive import ArchiveError, opened
from course.grading.platforms.collect import LATER as A_LATER_ONE
from course.grading.platforms.collect import NEW, NOTHING, REPLACES, THERE, plan, save
from course.grading.platforms.known import PLATFORMS, detected
from course.grading.platforms.roster import RosterError, class_roster
from course.grading.released import released_notebook
from course.grading.submission import receipts
from course.grading.submission.quarantine import remarks
from course.grading.submission.submitted import Submission
from tests.grading.notebooks import UNIT, content, handed_in, make_course
from tests.grading.platforms.samples import (
    BLANK,
    DOWNLOADS,
    LATER,
    OWN,
    ROSTER,
    WORK,
    sample,
    unpacked,
    without_metadata,
    zipped,
)

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.fixture
def root(tmp_path):
    return make_course(tmp_path / "course", {})


def planned(root, download, roster, zone=BERLIN):
    coursedir = course_directory(root)
    with opened(download) as files:
        layout = detected(files)
        found = plan(coursedir, UNIT, files, layout, class_roster(coursedir, roster, zone), zone)
        save(coursedir, UNIT, found)
    return found


def written(root) -> dict[str, bytes]:
    files = (root / "submitted").rglob("*")
    return {str(f.relative_to(root / "submitted")): f.read_bytes() for f in files if f.is_file()}


def told(root, student) -> list[str]:
    one = Submission(student, root / "submitted" / student / UNIT)
    return remarks(course_directory(root), UNIT, one)


def stamp(root, student) -> str | None:
    path = root / "submitted" / student / UNIT / "timestamp.txt"
    return path.read_text() if path.exists() else None


@pytest.mark.parametrize("platform", sorted(DOWNLOADS))
def test_a_download_is_recognised_zipped_and_unpacked(platform, tmp_path):
    for path in (sample(tmp_path, platform)[0], unpacked(tmp_path / "down", platform)):
        with opened(path) as files:
            assert detected(files) is PLATFORMS[platform]


@pytest.mark.parametrize(
    ("platform", "students", "strangers"),
    [
        ("canvas", ["s1", "s2", "s3"], 1),
        ("moodle", ["s1", "s2", "s3", "s4"], 0),
        ("brightspace", ["s3", "s4"], 1),
        ("blackboard", ["s1", "s3", "s4"], 0),
        ("gradescope", ["s1", "s3"], 1),
        ("github", ["s1", "s3"], 1),
    ],
)
def test_every_upload_finds_its_student_or_is_listed(root, tmp_path, platform, students, strangers):
    found = planned(root, *sample(tmp_path, platform))
    assert [row.student for row in found.rows if row.is_written] == students
    assert len(found.strangers) == strangers
    before = written(root)
    own = {one for one in before if one.endswith(".ipynb")}
    assert own == {f"{student}/{UNIT}/{OWN}" for student in students}
    again = planned(root, *sample(tmp_path, platform))
    assert {row.state for row in again.rows} <= {THERE, NOTHING} and written(root) == before


def test_work_is_preferred_to_a_blank_original_beside_it_and_its_author_told(root, tmp_path):
    planned(root, *sample(tmp_path, "canvas"))
    assert written(root)[f"s3/{UNIT}/{OWN}"] == WORK
    assert told(root, "s3") == [
        "No work in 01_neuron.ipynb, so 01_neuron-Copy1.ipynb, uploaded with it, was graded."
    ]
    assert told(root, "s2") == [
        "The file was called 01_NEURON.ipynb; it was graded as " + OWN + "."
    ]
    assert told(root, "s1")
    # The remark is about this content alone.
    (root / "submitted/s2" / UNIT / OWN).write_bytes(LATER)
    assert told(root, "s2") == []


def test_canvas_says_who_is_late_but_not_when(root, tmp_path):
    found = {row.student: row for row in planned(root, *sample(tmp_path, "canvas")).rows}
    assert [one for one, row in found.items() if row.late] == ["s2"]
    assert stamp(root, "s2") is None
    assert found["s4"].state == NOTHING and "02_layers" in found["s4"].note


def test_a_time_noted_by_hand_stays_with_the_same_work(root, tmp_path):
    planned(root, *sample(tmp_path, "canvas"))
    note = root / "submitted/s2" / UNIT / "timestamp.txt"
    note.write_text("2026-10-05 10:00:00 UTC")
    planned(root, *sample(tmp_path, "canvas"))
    assert note.read_text() == "2026-10-05 10:00:00 UTC"


@pytest.mark.parametrize(
    ("platform", "student", "time"),
    [
        ("brightspace", "s3", "2026-10-04 21:59:00.000000 UTC"),
        ("brightspace", "s4", "2026-10-04 21:59:00.000000 UTC"),
        ("blackboard", "s1", "2026-10-04 21:59:12.000000 UTC"),
        ("gradescope", "s1", "2026-10-04 21:59:01.500000 UTC"),
        ("moodle", "s1", "2026-10-04 21:59:00.000000 UTC"),
        ("github", "s3", "2026-10-04 20:00:00.000000 UTC"),
    ],
)
def test_the_time_of_receipt_is_the_platforms(root, tmp_path, platform, student, time):
    planned(root, *sample(tmp_path, platform))
    assert stamp(root, student) == time


@pytest.mark.parametrize("platform", ["brightspace", "blackboard"])
def test_the_last_of_several_attempts_is_taken(root, tmp_path, platform):
    planned(root, *sample(tmp_path, platform))
    assert written(root)[f"s3/{UNIT}/{OWN}"] == WORK


def test_a_later_submission_that_is_there_is_kept(root, tmp_path):
    folder = root / "submitted/s1" / UNIT
    folder.mkdir(parents=True)
    (folder / OWN).write_bytes(LATER)
    (folder / "timestamp.txt").write_text("2026-10-06 10:00:00 UTC")
    found = planned(root, *sample(tmp_path, "blackboard"))
    assert found.rows[0].state == A_LATER_ONE and (folder / OWN).read_bytes() == LATER
    (folder / "timestamp.txt").write_text("2026-10-01 10:00:00 UTC")
    found = planned(root, *sample(tmp_path, "blackboard"))
    assert found.rows[0].state == REPLACES and (folder / OWN).read_bytes() == WORK


def test_a_run_that_is_stopped_anywhere_and_repeated_ends_in_the_same_state(
    root, tmp_path, monkeypatch
):
    other = make_course(tmp_path / "other", {})
    planned(other, *sample(tmp_path, "moodle"))
    whole = collect._replace
    for stop in range(3):
        left = [stop]

        def stopped(folder: Path, files, mode, left=left):
            if left[0] == 0:
                (folder.parent / f".{UNIT}-left").mkdir(parents=True)
                raise KeyboardInterrupt
            left[0] -= 1
            whole(folder, files, mode)

        monkeypatch.setattr(collect, "_replace", stopped)
        with pytest.raises(KeyboardInterrupt):
            planned(root, *sample(tmp_path, "moodle"))
        monkeypatch.setattr(collect, "_replace", whole)
    planned(root, *sample(tmp_path, "moodle"))
    assert written(root) == written(other)
    assert not list((root / "submitted").rglob(f".{UNIT}-*"))


def test_a_run_that_is_killed_while_it_writes_a_receipt_leaves_nothing_behind(
    root, tmp_path, monkeypatch
):
    class Killed(BaseException):
        pass

    def killed(*_):
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(receipts.os, "replace", killed)
        with pytest.raises(Killed):
            planned(root, *sample(tmp_path, "moodle"))
    assert list((root / "receipts").rglob("*~"))
    planned(root, *sample(tmp_path, "moodle"))
    assert not list((root / "receipts").rglob("*~"))


def test_whoever_uploaded_no_notebook_is_listed_with_what_it_was(root, tmp_path):
    download = tmp_path / "moodle.zip"
    zipped_work = zipped({OWN: WORK})
    download.write_bytes(
        zipped(
            {
                "Ann Doe_71_assignsubmission_file_/work.zip": zipped_work,
                "Bob Roe_72_assignsubmission_file_/notes.pdf": b"%PDF",
                f"Bob Roe_72_assignsubmission_file_/{OWN}": b"<html>",
            }
        )
    )
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\nann,Ann Doe\nbob,Bob Roe\ncem,Cem Poe\n")
    found = planned(root, download, roster)
    ann, bob = found.rows
    assert not ann.is_written and ann.note == "no notebook, but work.zip"
    assert bob.is_written and "is not JSON" in bob.note
    assert found.silent == ["cem"]


def test_a_damaged_zip_changes_nothing(root, tmp_path):
    download, roster = sample(tmp_path, "moodle")
    data = bytearray(download.read_bytes())
    data[200:210] = bytes(10)
    download.write_bytes(data)
    with pytest.raises(ArchiveError):
        planned(root, download, roster)
    assert not (root / "submitted").exists()


def test_two_people_of_the_same_name_are_told_apart_or_listed(root, tmp_path):
    found = planned(root, *sample(tmp_path, "brightspace"))
    [(upload, why)] = found.strangers
    assert "several students have this name: s1, s2" in why and "13396" in upload


def test_a_number_never_overrules_the_name(root, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("id,name\n3143,Jörg Müller\ns1,Ann Doe\n", encoding="utf-8")
    download = tmp_path / "canvas.zip"
    download.write_bytes(zipped({f"doeann_3143_801_{OWN}": WORK}))
    [(_, why)] = planned(root, download, roster).strangers
    assert "the number of 3143, but the name of s1" in why


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ROSTER + "s1,other,Other,o@example.org\n", "there twice"),
        (ROSTER + "s9,doe,Other,o@example.org\n", "could be any of|both"),
        ("id,name\n../x,Ann\n", "can't be an id"),
        ("id,name\n", "names no student"),
        ("just text", "names no student. Expected .* 'just text'"),
        ('id,name\n"s1,Ann\n', "roster.csv is incomplete: a quotation mark"),
        ("", "is empty"),
        ("name,section\nAnn,1\n", "no column gives the id"),
    ],
)
def test_a_roster_that_cannot_be_trusted_is_refused(root, tmp_path, text, said):
    download, roster = sample(tmp_path, "blackboard")
    roster.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=said):
        planned(root, download, roster)
    assert not (root / "submitted").exists()


def test_a_roster_may_hold_ids_alone(root, tmp_path):
    roster = tmp_path / "roster.csv"
    roster.write_text("id\ns3\n")
    assert list(class_roster(course_directory(root), roster).people) == ["s3"]


@pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
def test_a_roster_may_have_a_mark_semicolons_or_be_utf_16(root, tmp_path, encoding):
    roster = tmp_path / "roster.csv"
    roster.write_text("id;name\r\ns3;Jörg Müller\r\n", encoding=encoding)
    assert class_roster(course_directory(root), roster, UTC).people["s3"].names == {"Jörg Müller"}
    roster.write_text("id,name\ns3,Jörg\n", encoding="latin-1")
    with pytest.raises(ValueError, match="neither UTF-8 nor UTF-16"):
        class_roster(course_directory(root), roster)


def test_a_roster_gives_the_gradebooks_students_more_to_be_known_by(root, tmp_path):
    from nbgrader.api import Gradebook

    directory = course_directory(root)
    with Gradebook(directory.db_url, directory.course_id) as gradebook:
        gradebook.add_student("kiwi", first_name="Ann", last_name="Doe", email="ann@example.org")
    download, roster = sample(tmp_path, "blackboard")
    roster.write_text("login,email\nann_doe,ANN@example.org\n")
    assert list(class_roster(directory, roster).people) == ["kiwi"]
    assert [row.student for row in planned(root, download, roster).rows] == ["kiwi"]


def test_a_notebook_is_identified_by_its_content(root):
    known = lessons(course_directory(root))
    assert lesson_of(json.loads(WORK), known).unit == UNIT
    assert lesson_of(json.loads(without_metadata()), known).unit == UNIT
    ids_only = handed_in() | {"metadata": {}}
    assert lesson_of(ids_only, known).unit == UNIT
    assert lesson_of({"cells": [{"cell_type": "code", "source": "1"}]}, known) is None


def test_the_released_notebook_is_blank_and_its_solution_is_work():
    top = Path(course.__file__).parents[1]
    for unit in UNITS:
        known = released_notebook(course_directory(top), unit, unit)
        handed_out = json.loads((top / f"assignments/{unit}/{unit}.ipynb").read_bytes())
        solved = json.loads((top / f"solutions/{unit}/{unit}.ipynb").read_bytes())
        for cell in handed_out["cells"]:
            # An older version of the lesson had another text.
            if "answer" not in cell["metadata"].get("course", {}):
                cell["source"] = [*cell["source"], "\n# Old"]
        assert answered(handed_out, known) == 0 < answered(solved, known)


def test_an_unreadable_file_is_collected_so_that_its_author_gets_a_reason(root, tmp_path):
    planned(root, *sample(tmp_path, "blackboard"))
    assert written(root)[f"s4/{UNIT}/{OWN}"] == b"{ not a notebook"


def test_a_blank_last_upload_after_work_is_pointed_out(root, tmp_path):
    download, roster = sample(tmp_path, "blackboard")
    name = "Unit 1_soneill_attempt_2026-10-0{}-10-00-00_" + OWN
    download.write_bytes(zipped({name.format(3): WORK, name.format(4): BLANK}))
    [row] = planned(root, download, roster).rows
    assert row.state == NEW and "blank" in row.note
    assert written(root)[f"s4/{UNIT}/{OWN}"] == BLANK


def test_submissions_and_receipts_are_their_owners_alone(root, tmp_path):
    planned(root, *sample(tmp_path, "moodle"))
    for path in (root / "submitted/s1" / UNIT, root / "receipts" / UNIT):
        assert path.stat().st_mode & 0o077 == 0


def test_an_unknown_layout_is_refused(tmp_path):
    path = tmp_path / "x.zip"
    path.write_bytes(zipped({"ann/x.ipynb": content(handed_in())}))
    with opened(path) as files, pytest.raises(ArchiveError, match="Name the platform with --from"):
        detected(files)
    path.write_bytes(zipped({"readme.txt": b""}))
    with opened(path) as files, pytest.raises(ArchiveError, match="no notebook"):
        detected(files)


def test_a_roster_error_is_wrong_usage():
    assert issubclass(RosterError, ValueError)
