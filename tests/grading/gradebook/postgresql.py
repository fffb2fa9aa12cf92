"""A PostgreSQL server of the tests' own: on loopback, in a temporary folder, gone afterwards."""

import os
import pwd
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.speed import patience

DEBIAN = Path("/usr/lib/postgresql")
OWNER, WITH_PASSWORD, PASSWORD = "course", "careful", "correct horse"
START_SECONDS = 60
# Nobody else is asked for a password; only this machine can connect.
WHO_MAY = f"""
host all {WITH_PASSWORD} 127.0.0.1/32 scram-sha-256
host all {OWNER} 127.0.0.1/32 trust
"""


def binaries() -> Path | None:
    """Return the folder of the newest server that is installed here."""
    found = shutil.which("initdb")
    folders = [Path(found).parent] if found else sorted(DEBIAN.glob("*/bin"), reverse=True)
    return next((folder for folder in folders if (folder / "postgres").exists()), None)


@dataclass
class Server:
    """A server that runs; each test takes a database of its own."""

    port: int
    made: int = 0

    def new_database(self) -> str:
        """Make a database and return its address."""
        self.made += 1
        self.sql(f"create database course_{self.made}")
        return self.address(f"course_{self.made}")

    def address(self, database: str, who: str = OWNER) -> str:
        return f"postgresql+psycopg://{who}@127.0.0.1:{self.port}/{database}"

    def sql(self, statement: str, database: str = "postgres") -> None:
        with psycopg.connect(
            host="127.0.0.1", port=self.port, user=OWNER, dbname=database, autocommit=True
        ) as connection:
            connection.execute(statement)


@contextmanager
def server() -> Iterator[Server]:
    """Start a server; end it and remove all it kept."""
    folder = Path(tempfile.mkdtemp(prefix="course-postgresql-"))
    user = _unprivileged() if os.geteuid() == 0 else None
    if user:
        os.chown(folder, user.pw_uid, user.pw_gid)
    who = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    started = None
    try:
        data = folder / "data"
        _run(["initdb", "-D", data, "-U", OWNER, "-A", "trust", "-E", "UTF8", "--no-sync"], who)
        (data / "pg_hba.conf").write_text(WHO_MAY)
        port = _free_port()
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": "",
            "fsync": "off",
            "max_connections": 40,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (folder / "log").open("w") as log:
            started = subprocess.Popen(
                [binaries() / "postgres", "-D", data, *options],
                stdout=log,
                stderr=log,
                cwd="/",
                **who,
            )
        found = Server(port)
        _wait_for(found, started, folder / "log")
        found.sql(f"create role {WITH_PASSWORD} login password '{PASSWORD}'")
        yield found
    finally:
        if started is not None:
            # Ends connections too, which a test that failed may have left open.
            started.send_signal(signal.SIGINT)
            started.wait(patience(START_SECONDS))
        shutil.rmtree(folder)


def _unprivileged() -> pwd.struct_passwd:
    """Return whom the server runs as where it may not run as root."""
    names = {one.pw_name: one for one in pwd.getpwall()}
    return names.get("postgres") or names["nobody"]


def _run(command: list, who: dict) -> None:
    command[0] = binaries() / command[0]
    done = subprocess.run(command, capture_output=True, text=True, cwd="/", **who)
    assert done.returncode == 0, done.stderr


def _free_port() -> int:
    with closing(socket.socket()) as one:
        one.bind(("127.0.0.1", 0))
        return one.getsockname()[1]


def _wait_for(found: Server, started: subprocess.Popen, log: Path) -> None:
    until = time.monotonic() + patience(START_SECONDS)
    while started.poll() is None and time.monotonic() < until:
        try:
            return found.sql("select 1")
        except psycopg.OperationalError:
            time.sleep(0.05)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text()}")
