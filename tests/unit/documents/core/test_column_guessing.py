from __future__ import annotations

from decimal import Decimal

from concilia.documents.core.context import Context
from concilia.documents.core.line_reading import settle_lines
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.text_tables import find_text_tables

REMITTANCE = """We paid these:

Vorgang | Wieviel | Weniger | Floss | Darum
4711 | 480,00 | 48,20 | 431,80 | 4 Kartons fehlen
4712 | 312,50 | 0,00 | 312,50 |
Summe | 792,50 | 48,20 | 744,30 |
"""


def lines(text, kind):
    context = Context(ParsedDocument(format="txt", text=text))
    return settle_lines(context, kind).lines


class TestTextTables:
    def test_bars_tabs_semicolons_and_gaps_part_columns(self):
        for separator in (" | ", "\t", ";", "   "):
            text = "\n".join(separator.join(row) for row in (("Invoice", "Net"), ("88", "1.00")))
            (table,) = find_text_tables(text)
            assert [[cell.text for cell in row] for row in table.rows] == [
                ["Invoice", "Net"],
                ["88", "1.00"],
            ]
            assert all(
                text[cell.start : cell.end] == cell.text for row in table.rows for cell in row
            )

    def test_prose_is_no_table(self):
        assert find_text_tables("We miss four cartons.\nPlease credit us.") == []

    def test_a_rule_below_the_header_is_no_row(self):
        text = "| Invoice | Paid |\n|---|---|\n| 88 | 1.00 |"
        (table,) = find_text_tables(text)
        assert [[cell.text for cell in row] for row in table.rows] == [
            ["Invoice", "Paid"],
            ["88", "1.00"],
        ]


class TestColumnsWithoutAKnownName:
    def test_billed_less_cut_is_paid(self):
        text = REMITTANCE.replace("Vorgang", "Rechnung").replace("Floss", "Zahlung")
        first, second = lines(text, "remittance_advice")
        assert (first.document, first.invoiced, first.deducted, first.paid) == (
            "4711",
            "480.00",
            "48.20",
            "431.80",
        )
        assert first.reason_text == "4 Kartons fehlen"
        assert second.deducted is None

    def test_more_than_a_cash_discount_is_a_cut(self):
        text = "Factura | Importe fra. | Desc. | Pagado\n6011 | 1.500,00 | 126,00 | 1.374,00\n"
        (line,) = lines(text, "remittance_advice")
        assert (line.discount, line.deducted) == (None, "126.00")

    def test_a_last_row_that_adds_up_is_a_total(self):
        text = "Beleg | Auszahlung\n77120 | 31.200,00\nWKZ-44 | -2.000,00\n | 29.200,00\n"
        assert [line.document for line in lines(text, "remittance_advice")] == ["77120", "WKZ-44"]

    def test_a_negative_row_with_a_reason_is_a_cut(self):
        text = "Beleg | Art | Betrag\n77120 | Rechnung | 8.400,00\nP10 | Rückgabe | -640,00\n"
        cut = [line.deducted for line in lines(text, "remittance_advice") if line.deducted]
        assert [Decimal(each) for each in cut] == [Decimal(640)]
