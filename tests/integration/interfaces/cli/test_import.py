"""`concilia import` as one types it."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest
from tests.world.builders import an_entity
from tests.world.imports import CUSTOMERS, a_workbook, items

from concilia.customers.models import Customer
from concilia.intake.models import Arrival
from concilia.interfaces.cli import find, import_
from concilia.receivables.models import OpenItem

pytestmark = pytest.mark.django_db


def run(*words: str | Path) -> int:
    parser = argparse.ArgumentParser()
    import_.configure(parser)
    return import_.run(parser.parse_args([str(word) for word in words]))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "deep").mkdir()
    (tmp_path / "deep/customers.csv").write_text(CUSTOMERS)
    (tmp_path / "items.csv").write_bytes(items("C-00412,invoice,F1,2026-10-01,,9.50,9.50"))
    (tmp_path / ".hidden.csv").write_text("x")
    return tmp_path


class TestImportCommand:
    def test_is_found_though_import_is_a_word_of_python(self):
        card = find("import")

        assert card is not None
        assert card.module.endswith(".import_")

    def test_takes_a_folder_whole(self, folder, capsys):
        an_entity()

        assert run(folder) == 0

        said = capsys.readouterr().out.splitlines()
        assert said == [
            "SAVED      deep/customers.csv  Customers  3 new, 0 changed, 0 as before",
            "SAVED      items.csv  Open items  1 new, 0 changed, 0 as before",
        ]
        assert OpenItem.objects.get().open_minor == 950

    def test_takes_single_files_of_any_sort(self, folder, tmp_path, capsys):
        an_entity()
        book = tmp_path / "more.xlsx"
        book.write_bytes(
            a_workbook({"Kunden": [["Kundennummer", "Name"], ["K1", "Eins"], ["K2", "Zwei"]]})
        )

        assert run(folder / "deep/customers.csv", book) == 0
        assert Customer.objects.count() == 5

    def test_a_dry_run_changes_nothing(self, folder, capsys):
        an_entity()

        assert run(folder, "--dry-run") == 0

        assert "3 new" in capsys.readouterr().out
        assert not Customer.objects.exists()

    def test_says_what_is_wrong_and_writes_it_down(self, folder, tmp_path, capsys):
        an_entity()
        (folder / "items.csv").write_bytes(items("C-0O412,invoice,F1,2026-10-01,,9.50,9.50"))

        assert run(folder, "--language", "it", "--errors", tmp_path / "wrong") == 1

        said = capsys.readouterr().out
        assert "row 2, customer_number: “C-0O412” Cliente inesistente. C'è C-00412" in said
        assert "nothing of this file was saved" in said
        assert [path.name for path in (tmp_path / "wrong").iterdir()] == ["items.csv.errors.csv"]

    def test_what_is_no_table_goes_to_the_inbox(self, tmp_path, capsys):
        an_entity()
        (tmp_path / "letter.eml").write_text("From: a@b.example\nTo: c@d.example\n\nHello\n")

        assert run(tmp_path) == 0
        assert Arrival.objects.get().filename == "letter.eml"

    def test_asks_for_which_entity_where_there_are_several(self, folder, capsys):
        an_entity()
        an_entity("uk")

        assert run(folder) == 1
        assert "aurora, uk" in capsys.readouterr().err
        assert run(folder, "--entity", "uk") == 0

    def test_a_path_that_is_not_there(self, tmp_path, capsys):
        an_entity()

        assert run(tmp_path / "nothing.csv") == 1
        assert "No such file" in capsys.readouterr().err
