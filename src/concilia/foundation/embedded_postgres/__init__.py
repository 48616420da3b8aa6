"""
A PostgreSQL of our own, for those who run none.

`DATABASE_URL` wins. Without it every process that needs the database calls `ensure`: the first one
starts a private server on a unix socket below CONCILIA_HOME, the others find it running and share
it. Each user holds a lease (a shared lock on a file, which the kernel takes back even from a
process that was killed); a keeper process stops the server when the last lease has gone.
"""

from __future__ import annotations

import atexit
import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from concilia.foundation.embedded_postgres.binaries import Unavailable, find_binaries

DATABASE = "concilia"  # its name in a cluster of ours
SOCKET_PATH_MAX = 85  # of 107 bytes; the rest is for the name of the socket itself
START_SECONDS_MAX = 60

_leases: dict[Path, int] = {}  # the home and its open file, which the kernel closes with us


def home_directory() -> Path:
    """This will name the folder of all this installation keeps: CONCILIA_HOME, else `var`."""
    return Path(os.environ.get("CONCILIA_HOME", "var")).resolve()


def is_external() -> bool:
    """This will say whether somebody else's PostgreSQL is named by DATABASE_URL."""
    return bool(os.environ.get("DATABASE_URL"))


def socket_directory(home: Path) -> Path:
    """
    This will name the folder of the server's unix socket, without touching the disk.

    It is the data folder, which only its owner may enter (that is the whole of the access control);
    a path too long for a socket address is replaced by a private folder for temporary files.
    """
    data = home / "pg"
    if len(os.fsencode(data)) <= SOCKET_PATH_MAX:
        return data
    digest = hashlib.sha256(os.fsencode(data)).hexdigest()[:12]
    return Path(tempfile.gettempdir()) / f"concilia-{os.geteuid()}-{digest}"


def ensure(home: Path | None = None) -> None:
    """
    This will return when the database can be reached; it starts the embedded server if need be.

    The lease it takes ends with the calling process. Does nothing when DATABASE_URL is set.

    Raises:
        Unavailable: with a sentence for people, when no server can be started here.

    """
    if is_external():
        return
    home = home or home_directory()
    if home in _leases and _is_ready(home):
        return
    home.mkdir(parents=True, exist_ok=True)
    if home not in _leases:
        _leases[home] = _take_lease(home)
    with (home / "pg.start.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not _is_ready(home):
            _start(home)


def _take_lease(home: Path) -> int:
    """Wait here while a keeper holds the file alone: it is stopping the server of others."""
    lease = os.open(home / "pg.lease", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    fcntl.flock(lease, fcntl.LOCK_SH)
    return lease


def _is_ready(home: Path) -> bool:
    probe = [str(find_binaries().program("pg_isready")), "-q", "-U", "postgres"]
    probe += ["-d", DATABASE, "-h", str(socket_directory(home))]
    return subprocess.run(probe, check=False).returncode == 0  # noqa: S603 - our own words only


def _start(home: Path) -> None:
    log_path = home / "pg.log"
    with log_path.open("ab") as log:
        written = log.tell()
        keeper = subprocess.Popen(  # noqa: S603 - our own words only
            [sys.executable, "-m", "concilia.foundation.embedded_postgres.keeper", str(home)],
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,  # Ctrl-C in the terminal is for us, not for the database
        )
    patience = time.monotonic() + START_SECONDS_MAX
    while not _is_ready(home):
        if keeper.poll() not in {None, 0} or time.monotonic() > patience:
            said = log_path.read_bytes()[written:].decode(errors="replace").strip()
            raise Unavailable(f"PostgreSQL did not start, see {log_path}:\n{said[-2000:]}")
        time.sleep(0.03)
    atexit.register(_let_go, keeper)


def _let_go(keeper: subprocess.Popen[bytes]) -> None:
    """It outlives us on purpose, as long as others use the server; Python would warn of that."""
    if keeper.poll() is None:
        keeper.returncode = 0
