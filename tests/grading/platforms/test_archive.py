"""A download that could do harm is refused whole, with a sentence that says why."""

import io
import stat
import struct
import zipfile

import pytest

from course.grading import limits
from course.grading.platforms import archive
from course.grading.platforms.archive import ArchiveError, opened
from tests.grading.platforms.samples import WORK, zipped


def written(tmp_path, content: bytes):
    path = tmp_path / "download.zip"
    path.write_bytes(content)
    return path


def refusal(path) -> str:
    with pytest.raises(ArchiveError) as error, opened(path) as download:
        for entry in download.entries:
            entry.read(1 << 25)
    return str(error.value)


@pytest.mark.parametrize(
    "name",
    ["../out.ipynb", "a/../../out.ipynb", "/etc/out.ipynb", "C:/out.ipynb", "a\\..\\b.ipynb"],
)
def test_a_path_that_leads_outside_is_refused(tmp_path, name):
    assert "leads out of the archive; unpack it" in refusal(written(tmp_path, zipped({name: WORK})))


@pytest.mark.parametrize(("kind", "said"), [(stat.S_IFLNK, "link"), (stat.S_IFIFO, "special file")])
def test_links_and_special_files_are_refused(tmp_path, kind, said):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        info = zipfile.ZipInfo("01_neuron.ipynb")
        info.external_attr = (kind | 0o777) << 16
        file.writestr(info, "/etc/passwd")
    assert said in refusal(written(tmp_path, made.getvalue()))


def test_ten_thousand_entries_are_refused(tmp_path):
    files = {f"{n}.txt": b"" for n in range(limits.DOWNLOAD_ENTRIES)}
    assert "10000 entries" in refusal(written(tmp_path, zipped(files)))


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_two_files_of_the_same_name_are_refused(tmp_path):
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as file:
        # The same name, composed and decomposed.
        file.writestr("J\u00f6rg.ipynb", WORK)
        file.writestr("Jo\u0308rg.ipynb", WORK)
    assert "two files called" in refusal(written(tmp_path, made.getvalue()))


def test_an_encrypted_zip_is_refused(tmp_path):
    content = bytearray(zipped({"a.ipynb": WORK}))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.index(mark) + place
        content[at : at + 2] = struct.pack("<H", 1)
    assert "encrypted" in refusal(written(tmp_path, bytes(content)))


def test_a_zip_that_is_cut_off_or_damaged_is_refused(tmp_path):
    content = zipped({"a.ipynb": WORK})
    assert "download it again" in refusal(written(tmp_path, content[: len(content) // 2]))
    middle = len(content) // 3
    damaged = content[:middle] + bytes(one ^ 0xFF for one in content[middle : middle + 9])
    assert "damaged" in refusal(written(tmp_path, damaged + content[middle + 9 :]))
    assert "not a zip" in refusal(written(tmp_path, b"<html>Please log in</html>"))


def test_a_bomb_is_refused_before_it_is_unpacked(tmp_path):
    bomb = zipped({"a.ipynb": b"0" * (8 << 20)})
    assert "filler" in refusal(written(tmp_path, bomb))


def test_more_than_a_class_can_hand_in_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(archive, "DOWNLOAD_BYTES", 1000)
    assert "more than" in refusal(written(tmp_path, zipped({"a.ipynb": WORK})))


def test_a_folder_is_read_without_clutter_and_links(tmp_path):
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "__MACOSX" / "a.ipynb").write_bytes(WORK)
    (tmp_path / "._a.ipynb").write_bytes(WORK)
    (tmp_path / "a.ipynb").write_bytes(WORK)
    (tmp_path / "b.ipynb").symlink_to("/etc/passwd")
    with opened(tmp_path) as download:
        assert [one.name for one in download.entries] == ["a.ipynb"]
        assert download.links == ("b.ipynb",)


def test_a_missing_download_is_reported(tmp_path):
    assert "no such file" in refusal(tmp_path / "nothing.zip")
