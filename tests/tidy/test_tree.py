"""What may lie in the repository, and what may stand in it."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
SOURCE = ROOT / "src/concilia"
TEXT_LINES_MAX = 500
GENERATED = {"package-lock.json"}
VAGUE_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "managers", "misc"}


def words(*halves: tuple[str, str]) -> re.Pattern[str]:
    """The words are put together here, so that this file may stand in the repository itself."""
    return re.compile("|".join(re.escape(left + right) for left, right in halves))


PLACES_ON_A_MACHINE = words(("/ro", "ot/"), ("/wo", "rk/"), ("/Us", "ers/"), ("C:", "\\Users"))
PACKAGE_HOSTS = words(
    ("pypi", ".org"),
    ("python", "hosted.org"),
    ("npm", "js.org"),
    ("npm", "js.com"),
    ("unpkg", ".com"),
    ("js", "delivr.net"),
    ("cdn", "js.cloudflare"),
)
UNFINISHED = re.compile(r"\b(TO" + "DO|FIX" + r"ME)\b")


def tracked_files() -> list[Path]:
    """What git has, or would take; in a copy without git, every file that is not made by tools."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    if not (ROOT / ".git").exists() or not shutil.which("git"):
        return [path for path in SOURCE.rglob("*") if path.is_file() and "vendor" not in path.parts]
    answer = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / name for name in answer.stdout.split("\0") if name and (ROOT / name).is_file()]


TRACKED = tracked_files()


def read_text(path: Path) -> str | None:
    """None for what is no text: pictures, sample documents."""
    try:
        return path.read_bytes().decode()
    except UnicodeDecodeError:
        return None


class TestText:
    def test_names_no_place_on_somebody_s_machine(self):
        assert found(PLACES_ON_A_MACHINE) == [], "paths are relative to the repository"

    def test_names_no_host_that_packages_come_from(self):
        assert found(PACKAGE_HOSTS) == [], "where packages come from is the machine's business"

    def test_leaves_nothing_for_later(self):
        assert found(UNFINISHED) == [], "do it, or write an issue"

    def test_pages_and_papers_fit_too(self):
        long = [
            f"{path.relative_to(ROOT)}: {text.count(chr(10))} lines"
            for path in TRACKED
            if path.suffix in {".html", ".css", ".js", ".md", ".toml"}
            and (text := read_text(path)) is not None
            and text.count("\n") > TEXT_LINES_MAX
        ]
        assert long == []


def found(pattern: re.Pattern[str]) -> list[str]:
    return [
        f"{path.relative_to(ROOT)}: {match.group()}"
        for path in TRACKED
        if path.name not in GENERATED
        and path.suffix != ".svg"
        and (text := read_text(path)) is not None
        and (match := pattern.search(text))
    ]


class TestPackages:
    def test_none_is_empty(self):
        empty = [
            str(home.relative_to(ROOT))
            for home in sorted({path.parent for path in SOURCE.rglob("__init__.py")})
            if not any(
                path.name != "__pycache__" for path in home.iterdir() if path.name != "__init__.py"
            )
            and not re.search(r"^(def|class|\w+ =)", (home / "__init__.py").read_text(), re.M)
        ]
        assert empty == [], "a package appears with the first thing that lives in it"

    def test_none_is_called_by_a_vague_name(self):
        vague = [
            str(path.relative_to(ROOT)) for path in SOURCE.rglob("*.py") if path.stem in VAGUE_NAMES
        ]
        assert vague == [], "name the act, not the layer"


def test_arrows_point_down():
    """The contracts of pyproject.toml hold."""
    linter = Path(sys.executable).with_name("lint-imports")
    answer = subprocess.run(
        [str(linter), "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    if answer.returncode:
        said = answer.stdout + answer.stderr
        pytest.fail(said[max(said.find("Broken contracts"), 0) :])
