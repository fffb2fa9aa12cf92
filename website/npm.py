"""MathJax, for the site, and axe-core, for its tests: files of npm packages, kept in the cache."""

import shutil
import subprocess
import tarfile
from pathlib import Path

from website import CACHE

MATHJAX = "mathjax@3.2.2"
AXE = "axe-core@4.14.1"


class NoPackageError(RuntimeError):
    """An npm package can't be had."""


def package(name: str) -> Path:
    """Return the folder of an unpacked npm package, fetched when it is first asked for."""
    folder = CACHE / "npm" / name
    if not folder.is_dir():
        npm = shutil.which("npm")
        if npm is None:
            raise NoPackageError(f"{name} is needed; install Node.js, which has npm")
        fresh = folder.with_suffix(".new")
        shutil.rmtree(fresh, ignore_errors=True)
        fresh.mkdir(parents=True)
        got = subprocess.run([npm, "pack", name], cwd=fresh, capture_output=True, text=True)
        archives = [*fresh.glob("*.tgz")]
        if got.returncode or not archives:
            raise NoPackageError(f"npm could not fetch {name}: {got.stderr[-500:]}")
        with tarfile.open(archives[0]) as archive:
            archive.extractall(fresh, filter="data")
        (fresh / "package").rename(folder)
        shutil.rmtree(fresh)
    return folder


def stage_mathjax(folder: Path) -> None:
    """Copy what the pages use of MathJax."""
    parts = package(MATHJAX) / "es5"
    fonts = "output/chtml/fonts/woff-v2"
    shutil.copytree(parts / fonts, folder / fonts, dirs_exist_ok=True)
    shutil.copyfile(parts / "tex-mml-chtml.js", folder / "tex-mml-chtml.js")
