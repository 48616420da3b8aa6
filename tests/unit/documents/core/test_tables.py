from __future__ import annotations

from decimal import Decimal

from concilia.documents.core.context import Context
from concilia.documents.core.layout import TextWriter
from concilia.documents.core.line_reading import settle_lines
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.tables import read_tables
from concilia.documents.core.text_tables import find_text_tables


def tables(*grids):
    out = TextWriter()
    return read_tables([out.table(grid) for grid in grids])


def reasons(*rows):
    out = TextWriter()
    grid = [["Invoice", "Billed", "Cut", "Paid", "Reason"], *rows]
    table = out.table(grid)
    context = Context(ParsedDocument("csv", out.text(), tables=(table,)))
    return [line.reason for line in settle_lines(context, "remittance_advice").lines]


class TestReasonsOfLines:
    def test_pieces_of_a_bill_paid_for_the_most_part_are_a_shortage(self):
        assert reasons(
            ["118", "900.00", "40.00", "860.00", "3 colis non reçus"],
            ["119", "900.00", "900.00", "0.00", "3 colis non reçus"],
        ) == ["NC-01", "NC-03"]

    def test_a_share_that_is_missing_is_a_discount(self):
        assert reasons(["118", "900.00", "27.00", "873.00", "manca il 3% rivenditori"]) == ["NC-09"]


class TestHeader:
    def test_titles_may_stand_above_and_totals_below(self):
        (table,) = tables(
            [
                ["Feinkost Maier GmbH"],
                ["Zahlungsavis vom 18.11.2026"],
                [
                    "Rechnungsnr.",
                    "Datum",
                    "Rechnungsbetrag",
                    "Skonto",
                    "Abzug",
                    "Grund",
                    "Zahlbetrag",
                ],
                ["RE-1", "02.10.2026", "1.220,00", "24,40", "97,30", "Fehlmenge", "1.098,30"],
                ["Summe", "", "1.220,00", "24,40", "97,30", "", "1.098,30"],
            ]
        )
        (line,) = table.lines
        assert line.document == "RE-1"
        assert line.invoiced == Decimal("1220.00")
        assert line.discount == Decimal("24.40")
        assert line.deducted == Decimal("97.30")
        assert line.paid == Decimal("1098.30")
        assert line.reason_text == "Fehlmenge"
        assert table.totals["paid"] == Decimal("1098.30")

    def test_may_take_two_rows(self):
        (table,) = tables(
            [["Invoice", "Gross", "Net"], ["number", "amount", "paid"], ["INV-1", "10.00", "9.00"]]
        )
        assert table.lines[0].paid == Decimal("9.00")

    def test_without_a_header_there_is_nothing_to_read(self):
        assert tables([["a", "b"], ["1", "2"]]) == []

    def test_a_new_page_goes_on_with_the_columns_of_the_last(self):
        (table,) = tables(
            [["Invoice", "Net paid"], ["INV-1", "10.00"]],
            [["INV-2", "11.00"], ["INV-3", "12.00"]],
        )
        assert [line.document for line in table.lines] == ["INV-1", "INV-2", "INV-3"]


class TestRows:
    def test_a_reason_may_run_over_rows(self):
        (table,) = tables(
            [
                ["Fattura", "Pagato", "Motivo"],
                ["FT-1", "90,00", "manca"],
                ["", "", "1 collo"],
                ["FT-2", "50,00", ""],
            ]
        )
        assert table.lines[0].reason_text == "manca 1 collo"
        assert table.lines[1].reason_text is None

    def test_credit_notes_and_debits_are_told_apart(self):
        (table,) = tables(
            [
                ["Document", "Type", "Amount paid"],
                ["CN-7", "Credit note", "-20.00"],
                ["DN-8", "Debit note", "-30.00"],
            ]
        )
        assert table.lines[0].is_credit_note
        assert not table.lines[0].is_debit
        assert table.lines[1].is_debit

    def test_a_row_of_sums_may_count_the_papers_where_they_stand(self):
        header = ["Riga", "NumDoc", "Importo", "Trattenuto", "Pagato", "Causale"]
        rows = [
            ["1", "8799", "1.220,00", "0,00", "1.220,00", ""],
            ["2", "8802", "610,00", "44,00", "566,00", "quantità non ricevuta"],
            ["3", "8810", "610,00", "30,00", "580,00", "prezzo maggiore"],
        ]

        (table,) = tables([header, *rows, ["T", "3", "2.440,00", "74,00", "2.366,00", ""]])
        (listed,) = tables([header, *rows, ["4", "3", "90,00", "0,00", "90,00", ""]])

        assert [line.document for line in table.lines] == ["8799", "8802", "8810"]
        assert table.totals["paid"] == Decimal("2366.00")
        assert [line.document for line in listed.lines] == ["8799", "8802", "8810", "3"]

    def test_money_alone_below_documents_is_a_total(self):
        (table,) = tables([["Invoice", "Net paid"], ["INV-1", "10.00"], ["", "10.00"]])
        assert len(table.lines) == 1
        assert table.totals == {"paid": Decimal("10.00")}


class TestListings:
    def test_strokes_below_the_header_part_the_columns(self):
        """`PAGADO` and `OBRA` stand one space apart; the strokes say that they are two."""
        (table,) = find_text_tables(
            "FRA         F.FRA       IMPORTE        PAGADO OBRA\n"
            "---------- -------- ------------ ------------ --------------------\n"
            "H/26/0771  30/09/26     9.680,00     9.680,00 VIADUCTO\n"
            "H/26/0792  09/10/26     7.260,00     7.260,00 NAVE 3\n"
        )
        assert [cell.text for cell in table.rows[0]] == [
            "FRA",
            "F.FRA",
            "IMPORTE",
            "PAGADO",
            "OBRA",
        ]
        assert [cell.text for cell in table.rows[2]][2:] == ["7.260,00", "7.260,00", "NAVE 3"]

    def test_strokes_above_a_total_part_nothing(self):
        (table,) = find_text_tables(
            "FACTURA   FECHA        IMPORTE    LIQUIDO  CAUSA\n"
            "TS-4410   30/09/2026   6.050,00   6.050,00\n"
            "TS-4432   08/10/2026   2.420,00   2.057,00  TUBO CON POROS\n"
            "                       --------   --------   --------\n"
            "TOTAL                  8.470,00   8.107,00\n"
        )
        assert [cell.text for cell in table.rows[2]][-1] == "TUBO CON POROS"
