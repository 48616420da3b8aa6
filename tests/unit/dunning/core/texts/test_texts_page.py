"""The reference names every text, value, block and rule there is."""

from __future__ import annotations

from pathlib import Path

from concilia.dunning.core.texts import Key, ways_of
from concilia.dunning.core.texts.lints import Rule
from concilia.dunning.core.texts.wording import BLOCKS, VALUES

PAGE = (Path(__file__).parents[5] / "docs/reference/texts.md").read_text(encoding="utf-8")


def test_every_text_with_its_ways_and_every_field_is_listed():
    for key in Key:
        (row,) = [line for line in PAGE.splitlines() if line.startswith(f"| `{key}` |")]
        assert " ".join(ways_of(key)) in row
    assert [name for name in (*VALUES, *BLOCKS) if f"`{{{name}}}`" not in PAGE] == []
    assert [rule for rule in Rule if rule not in PAGE] == []
