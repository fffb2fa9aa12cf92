"""A benchmark's page says what was measured, where, when, with what and by which command."""

import os
import platform
from collections.abc import Sequence
from datetime import date
from importlib import metadata
from pathlib import Path

from matplotlib.figure import Figure

from tests.evidence import Evidence, digest, with_imports

FOLDER = Path(__file__).parent.parent / "docs" / "benchmarks"
PROCESSORS = Path("/proc/cpuinfo")


def write(name: str, title: str, sections: Sequence[str]) -> Path:
    """Write the page of a benchmark."""
    published = evidence(name)
    published.write("\n\n".join([f"# {title}", *sections]) + "\n", published.inputs())
    return published.path


def evidence(name: str) -> Evidence:
    """Return the page of a benchmark as evidence that grows stale when its program changes.

    The figures are of the versions that the page names: that the course has changed since doesn't
    make them wrong.
    """

    def inputs() -> dict[str, str]:
        program = Path(__file__).with_name(f"{name}.py")
        files = with_imports([program], under=program.parent)
        return {name: digest(file for file in files if file != Path(__file__))}

    return Evidence(FOLDER / f"{name}.md", f"python -m benchmarks {name}", inputs)


def write_plot(name: str, figure: Figure, says: str) -> str:
    """Write a plot beside the pages; return what shows it on one."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    figure.savefig(FOLDER / f"{name}.svg", metadata={"Date": None})
    return f"![{says}]({name}.svg)"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table in Markdown, its first column to the left and the others to the right."""
    rules = [":--", *["--:"] * (len(head) - 1)]
    return "\n".join(f"| {' | '.join(row)} |" for row in [head, rules, *rows])


def circumstances(command: str, packages: Sequence[str]) -> str:
    """When, where and with which versions a benchmark ran, and the command that runs it again."""
    versions = ", ".join(f"{package} {metadata.version(package)}" for package in packages)
    today, release = date.today(), platform.release().partition("-")[0]
    return (
        f"Measured on {today.day} {today:%B %Y} by `{command}`: {processor()}, {os.cpu_count()} "
        f"cores, {platform.system()} {release}, Python {platform.python_version()}, "
        f"{versions}."
    )


def processor() -> str:
    """The processor's name, as far as the system tells."""
    if PROCESSORS.exists():
        for line in PROCESSORS.read_text(encoding="utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def missing(packages: Sequence[str]) -> list[str]:
    """Those of some packages that are not installed."""
    return [p for p in packages if not any(metadata.distributions(name=p))]
