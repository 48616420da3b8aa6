"""Papers listed line by line, without a table: believed where they add up."""

from __future__ import annotations

from concilia.documents.core.context import Context
from concilia.documents.core.line_reading import settle_lines
from concilia.documents.core.parsed import ParsedDocument


def listed(text):
    settled = settle_lines(Context(ParsedDocument("txt", text)), "remittance_advice")
    return [(line.document, line.paid) for line in settled.lines]


def test_dotted_rows_with_a_credit_note():
    assert listed(
        "Estimado proveedor, hoy hemos pagado:\n\n"
        " Factura 7718/26 .......... 1.512,50\n"
        " Factura 7733/26 ..........   968,00\n"
        " Abono   R-118/26 .........  -121,00\n"
        "                           ---------\n"
        " Total EUR                  2.359,50\n"
    ) == [("7718/26", "1512.50"), ("7733/26", "968.00"), ("R-118/26", "-121.00")]


def test_a_credit_note_without_its_sign():
    assert listed(
        "Wir haben Ihnen 2.941,18 € überwiesen:\n"
        "RW 9920: 1.800,00\nRW 9931: 1.241,18\nIhre Gutschrift G-118: 100,00\n"
    ) == [("9920", "1800.00"), ("9931", "1241.18"), ("G-118", "-100.00")]


def test_what_does_not_add_up_is_no_list():
    assert listed("Factura 7718 .... 10,00\nFactura 7719 .... 20,00\nTotal 31,00\n") == []


def test_one_row_is_no_list():
    assert listed("Factura 7718 .... 10,00\nTotal 10,00\n") == []
