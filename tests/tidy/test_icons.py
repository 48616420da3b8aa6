"""An icon that the sprite lacks would break a page that nobody opened before the customer did."""

from __future__ import annotations

import re
from pathlib import Path

SOURCE = Path(__file__).parents[2] / "src/concilia/interfaces"
NAMES = set((SOURCE / "components/icons.txt").read_text().split())
IN_TEMPLATES = re.compile(
    r"""{% icon ["']([\w-]+)["']|\bicon=["']([\w-]+)["']|{% empty ["']([\w-]+)["']"""
)


def test_templates_name_only_icons_that_exist():
    missing = sorted(
        f"{path.relative_to(SOURCE)}: {name}"
        for path in SOURCE.rglob("templates/**/*.html")
        for found in IN_TEMPLATES.findall(path.read_text())
        for name in found
        if name and name not in NAMES
    )
    assert missing == [], "add the name to components/icons.txt, then `make static`"


def test_the_list_is_in_order():
    listed = (SOURCE / "components/icons.txt").read_text().split()
    assert listed == sorted(set(listed)), "one name a line, sorted, each once"
