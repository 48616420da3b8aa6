"""
Pins the newest versions that pyproject.toml and package.json allow: `make lock`.

The lock files hold digests and no addresses: where packages come from is the business of the
machine that installs them.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
UV = Path(sys.executable).with_name("uv")
OPTIONS = ["--universal", "--python-version=3.11", "--generate-hashes", "--upgrade"]
QUIET = ["--no-header", "--no-annotate", "--quiet"]


def main() -> None:
    """This will write all lock files anew."""
    pin("pyproject.toml", "requirements.lock", "--extra=build")
    both = ["--extra=build", "--extra=dev", "--constraints=requirements.lock"]
    pin("pyproject.toml", "requirements-dev.lock", *both)
    for lock in ("tools/requirements-node.lock", "tools/requirements-uv.lock"):
        name = (ROOT / lock).read_text().partition("==")[0]
        with tempfile.NamedTemporaryFile("w", suffix=".in") as wish:
            wish.write(name)
            wish.flush()
            pin(wish.name, lock)
    pin_pages()


def pin(wishes: str, lock: str, *options: str) -> None:
    """This will resolve one list of wishes into one lock file."""
    command = [str(UV), "pip", "compile", *OPTIONS, *QUIET, *options, wishes, "-o", lock]
    subprocess.run(command, cwd=ROOT, check=True)


def pin_pages() -> None:
    """This will do the same for the pages' files, and drop npm's advertisements."""
    npm = shutil.which("npm")
    if npm is None:
        sys.exit("npm is needed to pin the pages' files; the Python locks are written.")
    subprocess.run([npm, "install", "--package-lock-only"], cwd=ROOT, check=True)
    lock = ROOT / "package-lock.json"
    content = json.loads(lock.read_text())
    for package in content["packages"].values():
        package.pop("funding", None)
    lock.write_text(json.dumps(content, indent=2) + "\n")


if __name__ == "__main__":
    main()
