"""Runs a notebook's cells in ordinary Python without what a browser's Python lacks.

Called as `python -m tests.site.browser_python NOTEBOOK`. Pyodide has one process with one thread,
no signals but those of Python itself, and sockets that lead nowhere; modules for POSIX are missing.
"""

import json
import sys

ABSENT = (
    *("fcntl", "grp", "pty", "pwd", "readline", "resource", "syslog", "termios", "tty"),
    *("_multiprocessing", "_posixshmem", "_posixsubprocess", "msvcrt", "winreg"),
    *("psutil", "nbgrader", "jupyterlab", "typer", "rich", "zmq", "ipykernel", "tornado"),
)


def refuse(*arguments, **named):
    raise OSError(138, "Not supported")


def take_away() -> None:
    """Take away what a browser's Python lacks from this process."""
    import os
    import signal
    import socket
    import subprocess
    import threading

    def no_thread(*arguments, **named):
        raise RuntimeError("can't start new thread")

    for name in ABSENT:
        sys.modules[name] = None
    threading.Thread.start = no_thread
    subprocess.Popen.__init__ = refuse
    for name in ("fork", "forkpty", "execv", "execve", "posix_spawn", "system", "kill", "pipe"):
        setattr(os, name, refuse)
    for name in ("setitimer", "alarm", "SIGALRM", "pthread_kill", "sigwait"):
        delattr(signal, name)
    socket.socket.connect = socket.socket.bind = socket.socket.listen = refuse


def main(path: str) -> int:
    # Pyodide's Matplotlib comes with its list of fonts. Making the list starts a thread.
    import matplotlib.font_manager  # noqa: F401
    from IPython.core.interactiveshell import InteractiveShell
    from traitlets.config import Config

    # The kernel in a browser has no history file either.
    shell = InteractiveShell.instance(config=Config({"HistoryManager": {"enabled": False}}))
    take_away()
    with open(path, encoding="utf-8") as file:
        cells = [cell for cell in json.load(file)["cells"] if cell["cell_type"] == "code"]
    failed = []
    for cell in cells:
        ran = shell.run_cell("".join(cell["source"]))
        if not ran.success:
            failed.append(f"{cell['id']}: {ran.error_in_exec or ran.error_before_exec!r}")
        elif ran.result is not None:  # as a notebook shows it
            data, _ = shell.display_formatter.format(ran.result)
            print(data["text/plain"])
    print(*failed, sep="\n", file=sys.stderr)
    return len(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
