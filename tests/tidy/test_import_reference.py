"""docs/reference/import.md says what the import takes: no column more, none less."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from concilia.intake.actions.imports.sources import WORKBOOK_BYTES_MAX
from concilia.intake.actions.imports.storing import FILE_BYTES_MAX
from concilia.intake.core.imports.archives import ARCHIVE_BYTES_MAX, FILES_MAX
from concilia.intake.core.imports.datasets import DATASETS, Dataset, Field, Kind
from concilia.intake.core.imports.labels import dataset_label
from concilia.intake.core.imports.tables import CELL_CHARACTERS_MAX, COLUMNS_MAX

PAPER = (Path(__file__).parents[2] / "docs/reference/import.md").read_text()
COUNTED = frozenset({Kind.TEXT, Kind.NUMBER})


def section_of(dataset: Dataset) -> str:
    """What the paper must say of a dataset."""
    after = ", ".join(f"`{name}`" for name in dataset.after)
    needs = f"Refers to {after}.\n\n" if after else ""
    one_of = " or ".join(f"`{name}`" for name in dataset.one_of)
    one = f"One of {one_of} is needed.\n\n" if one_of else ""
    rows = "\n".join(row_of(field) for field in dataset.fields)
    key = ", ".join(f"`{name}`" for name in dataset.key)
    return (
        f"### {dataset_label(dataset.name, 'en')} (`{dataset.name}`)\n\n"
        f"{dataset.about}\n\n{needs}{one}A row is found again by {key}.\n\n"
        "| column | what it holds | kind | empty | example |\n|---|---|---|---|---|\n"
        f"{rows}\n"
    )


def row_of(field: Field) -> str:
    kind = str(field.kind)
    if field.kind in COUNTED:
        kind += f", up to {field.length} characters"
    if field.is_signed:
        kind += ", may be below zero"
    empty = "needed" if field.is_required else field.empty or "nothing"
    name = f"**`{field.name}`**" if field.is_required else f"`{field.name}`"
    return f"| {name} | {field.about} | {kind} | {empty} | `{field.example}` |"


@pytest.mark.parametrize("name", DATASETS)
def test_every_dataset_stands_there_as_it_is(name):
    assert section_of(DATASETS[name]) in PAPER


def test_nothing_else_stands_there():
    assert re.findall(r"^### .*\(`(\w+)`\)$", PAPER, re.M) == list(DATASETS)


def test_limits_are_those_of_the_program():
    for words in (
        f"{FILE_BYTES_MAX >> 20} MB a file",
        f"{WORKBOOK_BYTES_MAX >> 20} MB a workbook",
        f"{FILES_MAX:,} files and {ARCHIVE_BYTES_MAX >> 30} GB unpacked an archive",
        f"{COLUMNS_MAX} columns",
        f"{CELL_CHARACTERS_MAX:,} characters a cell",
    ):
        assert words in PAPER, words
