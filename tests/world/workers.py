"""Worker processes of our own that can be killed, on the test's database."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

import psutil
from django.conf import settings
from django.db import connection

ROOT = Path(__file__).parents[2]


class Fleet:
    """Some `concilia worker` processes; whoever is killed is replaced."""

    def __init__(self, *, count: int, home: Path, **environment: str) -> None:
        self.environment = environment_for(home) | environment
        self.home = home
        self.processes = [self._start() for _ in range(count)]
        self.kills = 0

    def kill(self, which: int) -> None:
        """This will kill a worker without a word, see that its children end, and start another."""
        process = self.processes[which]
        children = psutil.Process(process.pid).children(recursive=True)
        process.send_signal(signal.SIGKILL)
        process.wait()
        _, left = psutil.wait_procs(children, timeout=15)
        alive = [each for each in left if _is_alive(each)]
        assert not alive, f"a killed worker leaves {alive} behind"
        self.kills += 1
        self.processes[which] = self._start()

    def stop(self) -> None:
        """This will end all of them, kindly at first."""
        for process in self.processes:
            process.terminate()
        for process in self.processes:
            try:
                process.wait(40)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()

    def log(self) -> str:
        """This will be what the workers complained about."""
        return (self.home / "workers.log").read_text()

    def _start(self) -> subprocess.Popen[bytes]:
        with (self.home / "workers.log").open("ab") as log:
            return subprocess.Popen(
                [sys.executable, "-m", "concilia.interfaces.cli", "worker", "--processes=1"],
                cwd=ROOT,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )


def _is_alive(process: psutil.Process) -> bool:
    """What has ended waits for the machine's first process to take note, which may take a while."""
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


def wait_until(is_so, *, seconds: float, look_every: float = 0.5) -> bool:
    """This will wait until something is so, and say whether it came to that."""
    patience = time.monotonic() + seconds
    while time.monotonic() < patience:
        if is_so():
            return True
        time.sleep(look_every)
    return False


def environment_for(home: Path) -> Mapping[str, str]:
    database = connection.settings_dict
    login = quote(database["USER"] or "", safe="")
    if database["PASSWORD"]:
        login += ":" + quote(database["PASSWORD"], safe="")
    host = quote(str(database["HOST"] or ""), safe="")
    port = f"&port={database['PORT']}" if database["PORT"] else ""
    # Set on some machines, it makes every start compile every import.
    inherited = {key: os.environ[key] for key in os.environ.keys() - {"PYTHONDONTWRITEBYTECODE"}}
    return inherited | {
        "DATABASE_URL": f"postgresql://{login}@/{database['NAME']}?host={host}{port}",
        "CONCILIA_HOME": str(home),
        "CONCILIA_SECRET_KEY": settings.SECRET_KEY,
        "CONCILIA_LOG_LEVEL": "warning",
    }
