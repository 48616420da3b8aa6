"""
The process that owns the embedded server: `python -m … HOME`, started by `ensure`, never by hand.

It ends when nobody holds a lease any more or when it is told to (SIGTERM, SIGINT), and takes the
server with it. When it is killed, the kernel tells the server to shut down.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import IO, Final

from concilia.foundation.embedded_postgres import DATABASE, socket_directory
from concilia.foundation.embedded_postgres.binaries import (
    Binaries,
    Disguise,
    Unavailable,
    find_binaries,
    find_disguise,
)
from concilia.foundation.memory import memory_bytes
from concilia.foundation.processes import dies_with_parent

LOOK_SECONDS = 0.25
STOP_SECONDS_MAX = 60
STARTS_IN_A_ROW_MAX = 20
HEALTHY_SECONDS = 5.0
LOG_BYTES_MAX = 10_000_000

# For one machine that also runs the web server and the worker. Durability stays as it is by
# default: money is written here.
SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "100",
    "work_mem": "16MB",
    "maintenance_work_mem": "128MB",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "random_page_cost": "1.1",
    "jit": "off",  # pages are many short queries; compiling them costs more than it saves
    "timezone": "UTC",
    "log_timezone": "UTC",
    "log_checkpoints": "off",
    # The log is no place for what stands in the rows.
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_error_verbosity": "terse",
}
SHARED_MB: Final = range(128, 2_048)


def settings_for(memory: int) -> dict[str, str]:
    """The settings of a server on a machine with so many bytes: an eighth of them are its own."""
    shared = min(max(memory // 8 // 2**20, SHARED_MB.start), SHARED_MB.stop)
    cached = max(memory // 2 // 2**20, SHARED_MB.start)
    return {
        **SETTINGS,
        "shared_buffers": f"{shared}MB",
        "effective_cache_size": f"{cached}MB",
    }


class Asked(Exception):
    """Somebody sent us a signal to end."""


def main(home: Path) -> int:
    """This will keep one server running until nobody needs it; returns the exit code."""
    alone = (home / "pg.keeper.lock").open("w")
    try:
        fcntl.flock(alone, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return 0  # another keeper is bringing the server up, or back
    signal.signal(signal.SIGTERM, _raise_asked)
    signal.signal(signal.SIGINT, _raise_asked)
    try:
        Keeper(home).keep()
    except Asked:
        return 0
    except Unavailable as reason:
        print(reason, file=sys.stderr, flush=True)  # noqa: T201 - read by the one who started us
        return 1
    return 0


class Keeper:
    """One data folder and the server on it."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.data = home / "pg"
        self.binaries: Binaries = find_binaries()
        self.disguise: Disguise = find_disguise(reaches=self._reaches)
        self.lease: IO[str] = (home / "pg.lease").open("w")

    def keep(self) -> None:
        """This will run the server, start it again if it dies, and stop it when nobody is left."""
        self._create()
        failures = 0
        while failures < STARTS_IN_A_ROW_MAX:
            started = time.monotonic()
            server = self._start()
            try:
                if self._watch(server):
                    return
            finally:
                _stop(server)
            lived = time.monotonic() - started
            failures = 0 if lived > HEALTHY_SECONDS else failures + 1
            # The children of a killed server hold its shared memory for a moment.
            time.sleep(LOOK_SECONDS)
            self._forget_dead_server()
        raise Unavailable("PostgreSQL ends again and again right after its start.")

    def _watch(self, server: subprocess.Popen[bytes]) -> bool:
        """This will return True when nobody needs the server, False when it died."""
        while server.poll() is None:
            if self._is_unused():
                return True
            time.sleep(LOOK_SECONDS)
        return False

    def _is_unused(self) -> bool:
        """The lock, once ours, is kept to the end: who comes now waits, then starts anew."""
        try:
            fcntl.flock(self.lease, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return False
        return True

    def _create(self) -> None:
        version = self.data / "PG_VERSION"
        if version.exists():
            made_by = version.read_text().strip()
            if made_by != str(self.binaries.major):
                raise Unavailable(
                    f"The database in {self.data} was made by PostgreSQL {made_by}, installed is "
                    f"{self.binaries.major}. Dump it with the old version and load it with the new."
                )
            return
        shutil.rmtree(self.data, ignore_errors=True)
        unfinished = self.home / "pg.new"
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(mode=0o700)
        self._give_away(unfinished)
        here = ["-D", str(unfinished)]
        how = ["--auth=trust", "--encoding=UTF8", "--no-instructions"]
        self._run("initdb", *here, "-U", "postgres", *how, *self.binaries.locale_options)
        self._run("postgres", "--single", *here, "postgres", say=f"CREATE DATABASE {DATABASE}\n")
        unfinished.rename(self.data)  # a first start that was cut off leaves nothing half-made

    def _start(self) -> subprocess.Popen[bytes]:
        sockets = socket_directory(self.home)
        if sockets != self.data:
            self._claim(sockets)
        settings = settings_for(memory_bytes()).items()
        options = [word for key, value in settings for word in ("-c", f"{key}={value}")]
        command = [str(self.binaries.program("postgres")), "-D", str(self.data)]
        die_with_us = dies_with_parent(signal.SIGINT)  # fast shutdown, also when we are killed

        def become_server() -> None:
            self.disguise.assume()  # first: a change of user makes the kernel forget the other
            die_with_us()

        return subprocess.Popen(  # noqa: S603 - our own words only
            [*self.disguise.prefix, *command, "-k", str(sockets), *options],
            stdin=subprocess.DEVNULL,
            # Python code between fork and exec is safe here: this process has one thread.
            preexec_fn=become_server,  # noqa: PLW1509
            start_new_session=True,
        )

    def _claim(self, folder: Path) -> None:
        """A folder below the shared one for temporary files must be ours and closed to others."""
        folder.mkdir(mode=0o700, exist_ok=True)
        self._give_away(folder)
        found = folder.stat()
        owner = self.disguise.user if self.disguise.user is not None else os.geteuid()
        if found.st_uid != owner or found.st_mode & 0o077:
            raise Unavailable(
                f"{folder} belongs to somebody else; set CONCILIA_HOME to a shorter path."
            )

    def _give_away(self, folder: Path) -> None:
        if self.disguise.user is not None:
            os.chown(folder, self.disguise.user, self.disguise.group or -1)

    def _forget_dead_server(self) -> None:
        """The file of a killed server may name a process number that somebody else has by now."""
        pid_file = self.data / "postmaster.pid"
        if not pid_file.exists():
            return
        pid = pid_file.read_text().partition("\n")[0].strip()
        comm = Path(f"/proc/{pid}/comm")
        if Path("/proc/self").exists() and (not comm.exists() or comm.read_text() != "postgres\n"):
            pid_file.unlink(missing_ok=True)

    def _reaches(self, user: int) -> bool:
        """This will try, as that user, to run a program and to enter the home folder."""
        if not _may_enter(self.home, user):
            return False
        command = [str(self.binaries.program("postgres")), "--version"]
        try:
            probe = subprocess.run(  # noqa: S603 - our own words only
                command, cwd="/", user=user, capture_output=True, check=False
            )
        except PermissionError:
            return False
        return probe.returncode == 0

    def _run(self, program: str, *options: str, say: str = "") -> None:
        answer = subprocess.run(  # noqa: S603 - our own words only
            [*self.disguise.prefix, str(self.binaries.program(program)), *options],
            input=say,
            capture_output=True,
            text=True,
            check=False,
            preexec_fn=self.disguise.assume,
        )
        if answer.returncode != 0:
            raise Unavailable(f"{program} failed: {answer.stderr.strip()}")


def _may_enter(folder: Path, user: int) -> bool:
    probe = ["test", "-x", str(folder)]
    return subprocess.run(probe, user=user, cwd="/", check=False).returncode == 0  # noqa: S603


def _stop(server: subprocess.Popen[bytes]) -> None:
    for request in (signal.SIGINT, signal.SIGQUIT):  # fast: cut off sessions; then at once
        if server.poll() is not None:
            return
        server.send_signal(request)
        try:
            server.wait(STOP_SECONDS_MAX)
        except subprocess.TimeoutExpired:
            continue


def _raise_asked(*_: object) -> None:
    raise Asked


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
