"""No rule grants access to hidden files, whatever lies around them."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from course.grading.sandbox import installation, landlock, paths


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    for name in ("a/open", "a/secret/data", "a/secret/key", "b/deep/er", "c"):
        (tmp_path / name).mkdir(parents=True)
        (tmp_path / name / "file").write_text("")
    (tmp_path / "a" / "link").symlink_to(tmp_path / "c")
    return tmp_path.resolve()


def readable(tree: Path, roots: list[str], hidden: list[str]) -> set[str]:
    grants = paths.grants([tree / name for name in roots], [tree / name for name in hidden])
    found = {grant.path: grant.access for grant in grants if Path(grant.path).is_relative_to(tree)}
    assert set(found.values()) <= {landlock.READ}
    return {os.path.relpath(path, tree) for path in found}


def test_a_folder_with_nothing_hidden_is_one_rule(tree: Path) -> None:
    assert readable(tree, ["a", "a/open", "b"], ["c"]) == {"a", "b"}


def test_a_folder_is_granted_around_hidden_files(tree: Path) -> None:
    assert readable(tree, ["."], ["a/secret", "b/deep/er/file"]) == {"a/open", "c"}


def test_links_do_not_widen_what_is_granted(tree: Path) -> None:
    assert readable(tree, ["a"], ["a/secret"]) == {"a/open"}


def test_the_deepest_entry_decides(tree: Path) -> None:
    assert readable(tree, ["a", "a/secret/data"], ["a/secret"]) == {"a/open", "a/secret/data"}
    assert readable(tree, ["a/secret"], ["a/secret"]) == set()


def test_only_package_folders_show_their_names(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(paths, "package_folders", lambda: {tree / "a"})
    grants = {grant.path: grant.access for grant in paths.grants([tree], [tree / "a" / "secret"])}
    assert grants[str(tree / "a")] == landlock.READ_DIR
    assert str(tree) not in grants
    assert str(tree / "a" / "secret") not in grants


def test_neither_the_start_folder_nor_a_whole_prefix_is_granted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.syspath_prepend(str(tmp_path))
    granted = [Path(grant.path) for grant in paths.grants([], [])]
    for path in (tmp_path.resolve(), Path(sys.base_prefix).resolve() / "bin", Path("/proc/self")):
        assert not any(path.is_relative_to(root) for root in granted)
    assert not any(Path.home().is_relative_to(root) for root in granted)


def test_the_interpreters_own_files_are_granted() -> None:
    granted = [Path(grant.path) for grant in paths.grants([], [])]
    for module in (os, pytest):
        file = Path(module.__file__).resolve()
        assert any(file.is_relative_to(root) for root in granted)


def test_an_installation_is_found_with_its_metadata() -> None:
    found = installation("iniconfig", "iniconfig")
    assert {path.name.split("-")[0] for path in found} == {"iniconfig"}
    assert any(path.name.endswith(".dist-info") for path in found)
    assert installation("no_such_package", "no-such-distribution") == ()


def test_closed_folders_are_found(tree: Path) -> None:
    for folder in (tree, *tree.parents):
        if folder.stat().st_uid == os.geteuid() and folder.stat().st_mode & 0o7 == 0:
            os.chmod(folder, 0o755)
    target = tree / "a" / "open" / "file"
    assert paths.closed_to(61000, 61000, [target, tree / "not there"]) is None
    target.chmod(0o600)
    assert paths.closed_to(61000, 61000, [target]) == target
    assert paths.closed_to(os.getuid(), os.getgid(), [target]) is None
    (tree / "a").chmod(0o700)
    assert paths.closed_to(61000, 61000, [tree / "c", target]) == tree / "a"
