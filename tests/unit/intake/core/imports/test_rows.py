from __future__ import annotations

from concilia.intake.core.imports.cells import defused
from concilia.intake.core.imports.datasets import DATASETS, OPEN_ITEMS
from concilia.intake.core.imports.rows import Place, RowReader
from concilia.intake.core.imports.values import Reading


def a_reader(*names: str, dataset: str = "open_items", **changes) -> RowReader:
    kind = DATASETS[dataset]
    places = [Place(kind.field(name), n, Reading()) for n, name in enumerate(names)]
    fields = {"dataset": kind, "places": places, "width": len(names), "currency": "EUR"}
    return RowReader(**fields | changes)


ITEM = ("customer_number", "document_number", "issue_date", "open_amount")


class TestRowReader:
    def test_makes_lines_for_the_database(self):
        reader = a_reader(*ITEM)

        batch = reader.take([(2, ["C1", "FT 2026/0012", "2026-10-15", "12.50"])])

        assert reader.columns == ["n", *ITEM, "document_number_key"]
        assert batch.lines == ["2\tC1\tFT 2026/0012\t2026-10-15\t1250\t20260012"]

    def test_names_every_wrong_cell_and_keeps_the_other_rows(self):
        batch = a_reader(*ITEM).take(
            [
                (2, ["C1", "F1", "31/11/2026", "x"]),
                (3, ["C1", "F2", "2026-10-15", "1"]),
                (4, ["", "F3", "2026-10-15", "1"]),
            ]
        )

        assert [(p.row, p.field, p.key) for p in batch.problems] == [
            (4, "customer_number", "required"),
            (2, "issue_date", "month_has_days"),
            (2, "open_amount", "no_number"),
        ]
        assert batch.bad_rows == 2
        assert len(batch.lines) == 1

    def test_rows_of_totals_fall_out(self):
        batch = a_reader(*ITEM).take([(9, ["Totale generale", "", "", "99.00"])])

        assert (batch.lines, batch.problems, batch.left_out) == ([], [], 1)

    def test_a_customer_called_total_is_no_total(self):
        batch = a_reader(*ITEM).take([(9, ["Total", "F1", "2026-10-15", "99.00"])])

        assert len(batch.lines) == 1

    def test_a_delimiter_inside_a_text_is_named(self):
        batch = a_reader(*ITEM).take([(2, ["C1", "F1", "2026-10-15", "1", "50"])])

        assert batch.problems[0].key == "too_many_cells"

    def test_short_rows_are_filled_and_empty_cells_behind_ignored(self):
        reader = a_reader(*ITEM, "structured_reference")

        batch = reader.take(
            [(2, ["C1", "F1", "2026-10-15", "1"]), (3, ["C1", "F2", "2026-10-15", "1", "", "", ""])]
        )

        assert len(batch.lines) == 2

    def test_amounts_have_the_decimals_of_their_rows_currency(self):
        reader = a_reader(*ITEM, "currency", currency_of={"K1": "KWD"})

        batch = reader.take(
            [
                (2, ["C1", "F1", "2026-10-15", "1.500", "KWD"]),
                (3, ["C1", "F2", "2026-10-15", "1500", "JPY"]),
                (4, ["C1", "F3", "2026-10-15", "1.5", ""]),
                (5, ["K1", "F4", "2026-10-15", "1.5", ""]),
                (6, ["C1", "F5", "2026-10-15", "1.5", "JPY"]),
            ]
        )

        assert [line.split("\t")[4] for line in batch.lines] == ["1500", "1500", "150", "1500"]
        assert [(p.row, p.key) for p in batch.problems] == [(6, "too_many_decimals")]

    def test_a_repair_stands_in_for_the_cell(self):
        reader = a_reader(*ITEM, repairs={(2, 0): "C-00412"})

        assert (
            reader.take([(2, ["C-0O412", "F1", "2026-10-15", "1"])])
            .lines[0]
            .startswith("2\tC-00412")
        )

    def test_many_different_values_do_not_pile_up(self):
        reader = a_reader(*ITEM)
        for start in range(0, 30_000, 5_000):
            reader.take(
                [(n, ["C1", f"F{n}", "2026-10-15", f"{n}"]) for n in range(start, start + 5_000)]
            )

        assert max(len(each.known) for each in reader._converters.values()) <= 13_000


class TestDefused:
    def test_what_a_spreadsheet_would_calculate_is_made_text(self):
        assert defused("=HYPERLINK(1)") == "'=HYPERLINK(1)"
        assert defused("@x") == "'@x"
        assert defused("+cmd|' /C calc'!A0") == "'+cmd|' /C calc'!A0"

    def test_numbers_stay_numbers(self):
        assert defused("-12.50") == "-12.50"
        assert defused("C-00412") == "C-00412"


def test_open_items_are_taken_after_what_they_refer_to():
    assert set(OPEN_ITEMS.after) == {"customers", "invoices"}
    for name, dataset in DATASETS.items():
        for before in dataset.after:
            assert list(DATASETS).index(before) < list(DATASETS).index(name)
