#!/usr/bin/env python3
"""
Makes what the commands of the Makefile need, with nothing but Python 3.11: `bootstrap.py [--dev]`.

The environment in `.venv` from the hash-pinned lock, the pages' files, the translations. A second
run compares a few digests and changes nothing. Standard library only, and readable by older
Pythons, so that they can say what is missing.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
VENV = ROOT / ".venv"
PYTHON = VENV / "bin/python"
UV_LOCK = "tools/requirements-uv.lock"
PYTHON_MIN = (3, 11)
NEWER_PYTHONS = ("python3.11", "python3.12", "python3.13", "python3.14")
RUN, DEV = "requirements.lock", "requirements-dev.lock"


def main() -> None:
    """This will bring everything up to date and say what it does while it takes time."""
    use_new_enough_python()
    os.chdir(ROOT)
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # every start would compile every import
    os.environ["PIP_DISABLE_PIP_VERSION_CHECK"] = "1"

    sys.path.insert(0, str(Path(__file__).parent))
    import static_files

    started = time.monotonic()
    wants_dev = "--dev" in sys.argv[1:]
    fetching = static_files.start_fetching(ROOT)  # beside the Python packages
    changed = make_environment(DEV if wants_dev else RUN)
    changed |= static_files.finish(ROOT, fetching, python=PYTHON)
    changed |= compile_translations()
    if changed:
        say(f"Ready after {time.monotonic() - started:.0f} s.")


def use_new_enough_python() -> None:
    """This will go on in a newer Python where `python3` is too old, or say what to install."""
    if sys.version_info >= PYTHON_MIN:
        return
    for name in NEWER_PYTHONS:
        found = shutil.which(name)
        if found:
            os.execv(found, [found, __file__, *sys.argv[1:]])  # noqa: S606 - the same script
    sys.exit("Concilia needs Python 3.11 or newer; this is {}.{}.".format(*sys.version_info[:2]))


def make_environment(lock: str) -> bool:
    """This will install exactly what the lock names; True if anything had to be done."""
    stamp = VENV / ".concilia-stamp"
    found = stamp.read_text() if stamp.exists() and PYTHON.exists() else ""
    if found.startswith(DEV):
        lock = DEV  # it includes the rest; a developer's tools stay when only the demo is wanted
    wanted = f"{lock} {digest(lock, 'pyproject.toml', 'tools/bootstrap.py', UV_LOCK)}"
    if found == wanted:
        return False
    if not PYTHON.exists():
        make_venv()
    say(f"Installing the packages of {lock} into .venv …")
    uv = [VENV / "bin/uv", "pip"]
    here = ["-q", "--python", PYTHON]
    if not has_right_uv():
        run(PYTHON, "-m", "pip", "install", "-q", "--require-hashes", "-r", UV_LOCK)
    run(*uv, "sync", *here, "--compile-bytecode", "--require-hashes", lock)
    run(*uv, "install", *here, "--no-deps", "--no-build-isolation", "-e", ".")
    stamp.write_text(wanted)
    return True


def make_venv() -> None:
    """This will make `.venv`; Debian keeps the module for it in a package of its own."""
    try:
        import ensurepip  # noqa: F401 - only to see whether it is there
        import venv
    except ImportError:
        sys.exit(
            "This Python cannot make environments. On Debian and Ubuntu: apt install python3-venv"
        )
    say("Making .venv …")
    venv.create(VENV, with_pip=True, symlinks=True, clear=True)


def has_right_uv() -> bool:
    """This will say whether the pinned uv is in the environment already."""
    uv = VENV / "bin/uv"
    if not uv.exists():
        return False
    said = subprocess.run([str(uv), "--version"], capture_output=True, text=True, check=False)
    pinned = (ROOT / UV_LOCK).read_text().split()[0]
    return pinned == "==".join(said.stdout.split()[:2])


def compile_translations() -> bool:
    """This will make the .mo file of every .po file that is newer; True if there was one."""
    old = [
        source
        for source in sorted((ROOT / "src/concilia/locale").glob("*/LC_MESSAGES/*.po"))
        if not source.with_suffix(".mo").exists()
        or source.with_suffix(".mo").stat().st_mtime < source.stat().st_mtime
    ]
    for source in old:
        options = ["-i", source, "-o", source.with_suffix(".mo")]
        run(VENV / "bin/pybabel", "-q", "compile", *options)
    return bool(old)


def digest(*names: str) -> str:
    """This will name the present content of some files by one word."""
    return hashlib.sha256(b"\0".join((ROOT / name).read_bytes() for name in names)).hexdigest()


def run(*words: object) -> None:
    """This will run a program and end with its exit code if it fails: it has said why."""
    code = subprocess.run([str(word) for word in words], check=False).returncode
    if code:
        sys.exit(code)


def say(sentence: str) -> None:
    """This will tell the person who waits."""
    print(sentence, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
