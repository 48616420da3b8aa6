from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


def load(name: str):
    spec = importlib.util.spec_from_file_location(name, ROOT / f"tools/{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


static_files = load("static_files")


@pytest.fixture
def modules(tmp_path: Path) -> Path:
    icons = tmp_path / "@tabler/icons/icons/outline"
    icons.mkdir(parents=True)
    (icons / "check.svg").write_text(
        '<svg xmlns="http://www.w3.org/2000/svg" width="24">\n'
        '  <path stroke="none" d="M0 0h24v24H0z" fill="none" />\n'
        '  <path d="M5 12l5 5l10 -10" />\n'
        "</svg>\n"
    )
    return tmp_path


class TestMakeSprite:
    def test_holds_each_named_icon_once_without_its_frame(self, modules):
        sprite = static_files.make_sprite(modules, ["check", "check"])

        assert sprite.count("<symbol") == 1
        assert '<symbol id="check" viewBox="0 0 24 24"><path d="M5 12l5 5l10 -10" />' in sprite
        assert "M0 0h24" not in sprite

    def test_names_an_icon_that_does_not_exist(self, modules):
        with pytest.raises(SystemExit, match="there is no icon “chek”"):
            static_files.make_sprite(modules, ["chek"])


def test_every_library_of_the_pages_is_pinned_with_a_digest():
    import json

    lock = json.loads((ROOT / "package-lock.json").read_text())["packages"]

    for name, package in lock.items():
        if name:
            assert package["integrity"].startswith("sha512-"), name
            assert "resolved" not in package, "addresses are the business of the machine"
