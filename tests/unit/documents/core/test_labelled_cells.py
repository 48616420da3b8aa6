from __future__ import annotations

from decimal import Decimal

import pytest

from concilia.documents.core.labelled_cells import labelled_amounts
from concilia.documents.core.parsed import Cell, Table
from concilia.documents.queries.reading import read_bytes


def of(*cells):
    row = tuple(Cell(cell, 0, 0) for cell in cells)
    return [each.value for each in labelled_amounts([Table((row,))])]


@pytest.mark.parametrize(
    ("label", "printed", "value"),
    [
        ("Credit requested ex VAT", "153", "153"),
        ("Avoir demandé HT", "40.6", "40.6"),
        ("Importe reclamado", "556.6", "556.6"),
        ("Importo richiesto (IVA inclusa)", "1586", "1586"),
        ("Bitte stornieren (EUR)", "654.5", "654.5"),
    ],
)
def test_a_number_beside_what_is_asked_for_is_money(label, printed, value):
    assert of(label, printed) == [Decimal(value)]


@pytest.mark.parametrize(
    "row",
    [
        ("Invoice no.", "9014427"),
        ("Claim number", "4711"),
        ("Menge gesamt", "40"),
        ("Total %", "3"),
        ("Total", "12.11.2026"),
        ("Total", "3", "153"),
        ("Some words", "153"),
        ("", "153"),
    ],
)
def test_numbers_of_papers_and_of_pieces_are_none(row):
    assert of(*row) == []


def test_what_pieces_and_a_price_make_is_money_without_cents():
    text = "Invoice;Qty;Diff each;Claimed\nSI-1;400;0.14;56\nSI-2;150;0.50;75\nSI-3;80;0.20;16\n"
    lines = read_bytes(text.encode(), filename="queries.csv")["reading"]["lines"]
    assert {each["deducted"] for each in lines} == {"56.00", "75.00", "16.00"}
