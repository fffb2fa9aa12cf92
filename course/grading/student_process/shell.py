"""A notebook's cells, run in IPython without a kernel; outputs are returned in nbformat's form.

This runs in the student's process, whose code can change what is recorded here, so the trusted
side cleans all of it (`notebook.sanitize`).
"""

import ast
import base64
import builtins
import io
import json
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType
from typing import Any

from IPython.core.displayhook import DisplayHook
from IPython.core.displaypub import DisplayPublisher
from IPython.core.interactiveshell import InteractiveShell
from IPython.utils.text import LSString, SList
from traitlets import Type
from traitlets.config import Config

from course.grading.limits import (
    CLOSED_LINE_CHARACTERS,
    COLLECTED_CELL_BYTES,
    COLLECTED_CELL_OUTPUTS,
    COLLECTED_ERROR_CHARACTERS,
    COLLECTED_STREAM_CHARACTERS,
    COLLECTED_TRACE_LINES,
)
from course.grading.student_process.skip_figures import Drawing

FIGURE = "image/png"
KEPT = ("text/plain", FIGURE)
# Magics that need a shell, the network, other programs or another folder. They do nothing here:
# the rest of their cell counts.
CLOSED = {
    *("!", "sc", "sx", "system", "pip", "conda", "mamba", "micromamba", "uv"),
    *("bash", "sh", "script", "cmd", "powershell", "perl", "ruby"),
    *("python", "python2", "python3", "pypy"),
    *("cd", "pushd", "popd", "bookmark", "store", "edit", "gui", "killbgscripts"),
}
# The errors of these are the student's own.
RUN_CODE = {"time", "timeit", "prun", "capture"}


class CellTimeout(BaseException):
    """Raised in a cell that has run for too long."""


class Collected:
    """The outputs of the running cell, as many as there is space for."""

    def __init__(self) -> None:
        self.outputs: list[dict[str, Any]] = []
        self._shown: dict[str, dict[str, Any]] = {}
        self._bytes_left = COLLECTED_CELL_BYTES

    def write(self, name: str, text: str) -> None:
        last = self.outputs[-1] if self.outputs else {}
        if (last.get("output_type"), last.get("name")) == ("stream", name):
            text = text[: max(COLLECTED_STREAM_CHARACTERS - len(last["text"]), 0)]
            if self._takes(text):
                last["text"] += text
        else:
            stream = {
                "output_type": "stream",
                "name": name,
                "text": text[:COLLECTED_STREAM_CHARACTERS],
            }
            self.add(stream)

    def show(self, data: dict, key: str | None, update: bool) -> None:
        kept = bundle(data)
        if update and key in self._shown:
            self._bytes_left += _size(self._shown[key]["data"])
            self._shown[key]["data"] = kept if self._takes(kept) else {}
        elif not update:
            output = {"output_type": "display_data", "data": kept, "metadata": {}}
            if self.add(output) and key is not None:
                self._shown[key] = output

    def add(self, output: dict[str, Any]) -> bool:
        """Add an output; return whether there was space for it."""
        fits = len(self.outputs) < COLLECTED_CELL_OUTPUTS and self._takes(output)
        if fits:
            self.outputs.append(output)
        return fits

    def fail(self, name: str, message: str, trace: list[str]) -> None:
        """Add the cell's error; there is always space for the first."""
        error = {
            "output_type": "error",
            "ename": name[:COLLECTED_ERROR_CHARACTERS],
            "evalue": message[:COLLECTED_ERROR_CHARACTERS],
            "traceback": "\n".join(trace)[-COLLECTED_ERROR_CHARACTERS:].splitlines()[
                -COLLECTED_TRACE_LINES:
            ],
        }
        if all(output["output_type"] != "error" for output in self.outputs):
            self.outputs.append(error)

    def clear(self) -> None:
        self.outputs.clear()
        self._bytes_left = COLLECTED_CELL_BYTES

    def _takes(self, content: Any) -> bool:
        size = _size(content)
        if size > self._bytes_left:
            return False
        self._bytes_left -= size
        return True


def _size(content: Any) -> int:
    """Return how many bytes an output takes in a message."""
    return len(json.dumps(content))


class Stream(io.TextIOBase):
    """Standard output or standard error of a cell."""

    def __init__(self, name: str, collected: Collected):
        self.name = name
        self._collected = collected

    def writable(self) -> bool:
        return True

    def write(self, text: str) -> int:
        if not isinstance(text, str):
            raise TypeError(f"write: expected a string, got {type(text).__name__}")
        self._collected.write(self.name, text)
        return len(text)


class Publisher(DisplayPublisher):
    """Collects what `display` and figures show."""

    def publish(self, data, metadata=None, *, transient=None, update=False, **_: Any) -> None:
        self.shell.collected.show(data, (transient or {}).get("display_id"), update)

    def clear_output(self, wait: bool = False) -> None:
        self.shell.collected.clear()


class ResultHook(DisplayHook):
    """Collects the value of a cell's last line."""

    def write_output_prompt(self) -> None:
        pass

    def write_format_data(self, format_dict, md_dict=None) -> None:
        output = {
            "output_type": "execute_result",
            "execution_count": self.prompt_count,
            "data": bundle(format_dict),
            "metadata": {},
        }
        self.shell.collected.add(output)

    def finish_displayhook(self) -> None:
        self._is_active = False


class CellShell(InteractiveShell):
    """An IPython that keeps a cell's outputs instead of printing them."""

    display_pub_class = Type(Publisher)
    displayhook_class = Type(ResultHook)

    def __init__(self, **settings: Any):
        self.collected = Collected()
        super().__init__(**settings)
        self.system = self.system_piped

    async def run_ast_nodes(
        self, nodelist, cell_name, interactivity="last_expr", compiler=compile, result=None
    ) -> bool:
        """Run a cell's statements; one that only imports may fail, and the cell goes on.

        The failure remains the cell's error, since that is the first.
        """
        for node in nodelist:
            last = interactivity if node is nodelist[-1] else "none"
            if await super().run_ast_nodes([node], cell_name, last, compiler, result):
                is_import = isinstance(node, ast.Import | ast.ImportFrom)
                if not (is_import and isinstance(result.error_in_exec, Exception)):
                    return True
        return False

    def run_line_magic(self, magic_name: str, line: str, _stack_depth: int = 1) -> Any:
        """Run a line magic; one that isn't possible here does nothing, and the cell goes on."""
        if magic_name in CLOSED or (magic_name == "matplotlib" and line.strip() != "inline"):
            return _does_nothing(f"%{magic_name} {line}")
        try:
            return super().run_line_magic(magic_name, line, _stack_depth + 1)
        except Exception as error:
            if magic_name in RUN_CODE:
                raise
            return _does_nothing(f"%{magic_name} {line}", error)

    def run_cell_magic(self, magic_name: str, line: str, cell: str) -> Any:
        """Run a cell magic; if it isn't possible or not known here, its cell may be run anyway."""
        if magic_name in CLOSED:
            return _does_nothing(f"%%{magic_name} {line}")
        try:
            return super().run_cell_magic(magic_name, line, cell)
        except Exception as error:
            if magic_name in RUN_CODE:
                raise
            _does_nothing(f"%%{magic_name} {line}", error)
            if self.find_cell_magic(magic_name) is None and self._is_python(cell):
                self.run_cell(cell)
            return None

    def _is_python(self, cell: str) -> bool:
        try:
            ast.parse(self.transform_cell(cell))
        except SyntaxError:
            return False
        return True

    def system_piped(self, cmd: str) -> None:
        """Do nothing: there is no other program to run."""
        _does_nothing(f"!{cmd}")
        self.user_ns["_exit_code"] = 0

    system_raw = system_piped

    def getoutput(self, cmd: str, split: bool = True, depth: int = 0) -> SList | LSString:
        """Return what a command that does nothing shows: no lines."""
        _does_nothing(f"!{cmd}")
        return SList() if split else LSString("")

    def _showtraceback(self, etype, evalue, stb: list[str]) -> None:
        self.collected.fail(etype.__name__, str(evalue), list(stb))

    def enable_gui(self, gui: str | None = None) -> None:
        """Do nothing: there is no window to open."""

    def ask_exit(self) -> None:
        """Do nothing: `exit()` in a notebook ends only its cell."""


def _does_nothing(line: str, error: Exception | None = None) -> None:
    shown = line.strip().partition("\n")[0][:CLOSED_LINE_CHARACTERS]
    why = f" ({error})"[:CLOSED_LINE_CHARACTERS] if error else ""
    print(f"{shown}: this line does nothing where notebooks are checked and graded{why}.")


def new_shell() -> CellShell:
    """Return a fresh shell: no history file, no start-up files, figures as PNG in the outputs."""
    config = Config()
    config.HistoryManager.enabled = False
    config.InteractiveShell.colors = "NoColor"
    # Other forms are dropped later, so don't make them: an animation takes seconds.
    config.DisplayFormatter.active_types = list(KEPT)
    config.MimeBundleFormatter.enabled = False
    shell = CellShell.instance(config=config)
    shell.enable_matplotlib("inline")
    builtins.input = _no_input
    return shell


def run_cell(shell: CellShell, source: str, figures: bool = True) -> list[dict[str, Any]]:
    """Run one cell and return its outputs; an error is one of them.

    figures: whether the course's figures are drawn; otherwise each is a line of text.
    """
    collected = shell.collected = Collected()
    shell.display_formatter.formatters[FIGURE].enabled = Drawing.on = figures
    standard = sys.stdout, sys.stderr
    sys.stdout, sys.stderr = Stream("stdout", collected), Stream("stderr", collected)
    try:
        with interruptible():
            shell.run_cell(source, store_history=True)
    except BaseException as error:
        # If a cell breaks the shell itself, that is the cell's error.
        shell._showtraceback(type(error), error, [f"{type(error).__name__}: {error}"])
    sys.stdout, sys.stderr = standard
    return collected.outputs


@contextmanager
def interruptible() -> Iterator[None]:
    """Raise CellTimeout in code that runs when the trusted side sends SIGALRM, if there is one."""
    if not hasattr(signal, "SIGALRM"):
        yield
        return
    signal.signal(signal.SIGALRM, _out_of_time)
    try:
        yield
    finally:
        # An interrupt that is late must not hit what comes next.
        signal.signal(signal.SIGALRM, signal.SIG_IGN)


def bundle(data: dict) -> dict[str, Any]:
    """Keep the text and the PNG of a display's forms, the latter as base64."""
    kept = {kind: data[kind] for kind in KEPT if kind in data}
    if isinstance(kept.get(FIGURE), bytes):
        kept[FIGURE] = base64.b64encode(kept[FIGURE]).decode("ascii")
    return kept


def _out_of_time(number: int, frame: FrameType | None) -> None:
    raise CellTimeout("this cell took too long and was stopped")


def _no_input(prompt: object = "") -> str:
    raise RuntimeError("input() cannot be answered while a notebook is graded")
