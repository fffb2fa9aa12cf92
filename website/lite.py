"""JupyterLite: the students' notebooks in the browser, with the course's wheel from the site.

Python for the browser, with NumPy and Matplotlib, is Pyodide's distribution. A browser fetches it
from Pyodide's own server, unless PYODIDE_DIST names a folder with an unpacked distribution: then
the site has all of it.
"""

import json
import os
import shutil
import subprocess
import sys
from importlib.metadata import version
from pathlib import Path

from course.hosted import write_hosted
from course.parts import NAME
from website import BUILD, CACHE, ROOT

# What dials need and Pyodide's distribution lacks; all are pure Python.
DIALS = ("anywidget", "ipywidgets", "jupyterlab_widgets", "psygnal")
EXTENSIONS = (
    "@jupyter-widgets/jupyterlab-manager",
    "anywidget",
    "@jupyterlite/pyodide-kernel-extension",
)
KERNEL = "@jupyterlite/pyodide-kernel-extension:kernel"
APPS = ("lab", "notebooks")


def build(site: Path) -> None:
    """Build JupyterLite into a folder of the site."""
    staged = BUILD / "site-lite"
    shutil.rmtree(staged, ignore_errors=True)
    write_hosted(staged / "content", f"{NAME}=={version(NAME)}")
    wheels = [*_wheel(staged / "wheels"), *_pure_wheels()]
    plugins = {KERNEL: {"disablePyPIFallback": True}}
    told = {"appName": "Feed-forward neural networks", "litePluginSettings": plugins}
    _json(
        staged / "jupyter-lite.json",
        {"jupyter-lite-schema-version": 0, "jupyter-config-data": told},
    )
    configured = {
        "LiteBuildConfig": {
            "apps": APPS,
            "contents": [str(staged / "content")],
            "ignore_sys_prefix": ["federated_extensions"],
            "federated_extensions": [str(_extension(name)) for name in EXTENSIONS],
            "no_sourcemaps": True,
            "no_unused_shared_packages": True,
            "output_dir": str(site),
        },
        "PipliteAddon": {"piplite_urls": [str(path) for path in wheels]},
    }
    if distribution := os.environ.get("PYODIDE_DIST"):
        configured["PyodideAddon"] = {"pyodide_url": str(Path(distribution).resolve())}
    _json(staged / "jupyter_lite_config.json", configured)
    _run([sys.executable, "-m", "jupyterlite_core", "build"], staged)


def _wheel(folder: Path) -> list[Path]:
    """The course's own wheel, without its tests' and graders' dependencies."""
    _run([sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder], ROOT)
    return [*folder.glob("*.whl")]


def _pure_wheels() -> list[Path]:
    pinned = [f"{name}=={version(name)}" for name in DIALS]
    folder = CACHE / "wheels" / "_".join(pinned)
    if not folder.is_dir():
        fresh = folder.with_name("new")
        pure = [
            "--no-deps",
            "--only-binary",
            ":all:",
            "--platform",
            "any",
            "--implementation",
            "py",
        ]
        pip = [sys.executable, "-m", "pip", "download", "--quiet", *pure, "--dest", fresh, *pinned]
        _run(pip, ROOT)
        fresh.replace(folder)
    return sorted(folder.glob("*.whl"))


def _extension(name: str) -> Path:
    return Path(sys.prefix) / "share" / "jupyter" / "labextensions" / name


def _json(path: Path, content: object) -> None:
    path.write_text(json.dumps(content, indent=1) + "\n", encoding="utf-8")


def _run(command: list, folder: Path) -> None:
    ended = subprocess.run(command, cwd=folder, capture_output=True, text=True)
    if ended.returncode:
        said = (ended.stdout + ended.stderr)[-3000:]
        raise RuntimeError(f"{' '.join(map(str, command))} failed:\n{said}")
