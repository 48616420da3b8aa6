"""Papers that tell what the program does are held to it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest

from concilia.interfaces.cli import COMMANDS, find

ROOT = Path(__file__).parents[2]
SETTING = re.compile(r"\b(CONCILIA_[A-Z_]+|DATABASE_URL)\b")
# Names that stand in code and are no variables of the environment.
PAPERS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")


def settings_in(*paths: Path) -> set[str]:
    quoted = re.compile(r'"(CONCILIA_[A-Z_]+|DATABASE_URL)"')
    return {name for path in paths for name in quoted.findall(path.read_text())}


class TestSettings:
    listed = set(SETTING.findall((ROOT / "docs/reference/settings.md").read_text()))

    def test_every_setting_of_the_program_is_listed(self):
        assert settings_in(*(ROOT / "src").rglob("*.py")) <= self.listed

    def test_every_listed_setting_exists(self):
        used = settings_in(*(ROOT / "src").rglob("*.py"), *(ROOT / "tests").rglob("*.py"))

        assert self.listed <= used

    def test_containers_use_settings_that_exist(self):
        for name in ("compose.yaml", "compose.env.example", "Dockerfile"):
            assert set(SETTING.findall((ROOT / name).read_text())) <= self.listed, name


@pytest.mark.parametrize("paper", PAPERS, ids=lambda path: str(path.relative_to(ROOT)))
def test_links_lead_somewhere(paper):
    for target in LINK.findall(paper.read_text()):
        if "://" in target or target.startswith(("#", "mailto:")):
            continue
        assert (paper.parent / target.partition("#")[0]).exists(), target


class TestCommands:
    @pytest.mark.parametrize("name", COMMANDS)
    def test_every_promised_command_exists(self, name):
        card = find(name)

        assert card is not None
        assert card.help

    def test_the_help_page_imports_no_command(self):
        """`concilia --help` and `concilia read` must not pay for Django."""
        heavy = "import sys; from concilia.interfaces.cli import main; main(['--help']); "
        check = "print([name for name in ('django', 'numpy', 'lxml') if name in sys.modules])"
        answer = subprocess.run(
            [sys.executable, "-c", heavy + check], capture_output=True, text=True, check=True
        )

        assert answer.stdout.splitlines()[-1] == "[]"


class TestMakefile:
    text = (ROOT / "Makefile").read_text()

    def test_help_lists_every_target(self):
        targets = set(re.findall(r"^([a-z]+):", self.text, re.M)) - {"help"}
        listed = subprocess.run(["make"], cwd=ROOT, capture_output=True, text=True, check=True)

        assert targets == set(re.findall(r"^  make (\w+)", listed.stdout, re.M)) - {"help"}

    def test_papers_name_targets_that_exist(self):
        targets = set(re.findall(r"^([a-z]+):", self.text, re.M))
        for paper in PAPERS:
            named = set(re.findall(r"`make (\w+)", paper.read_text()))
            assert named <= targets, paper.name
