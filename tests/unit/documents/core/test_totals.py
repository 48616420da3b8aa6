# ruff: noqa: E501 - a paper a line
from __future__ import annotations

from decimal import Decimal

import pytest

from concilia.documents.core.context import Context
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.totals import Found, document_total, paid_beside


def total_of(text, kind, document_format="pdf"):
    found = document_total(Context(ParsedDocument(format=document_format, text=text)), kind, ())
    return None if found is None else str(found.value)


@pytest.mark.parametrize(
    ("text", "kind", "value"),
    [
        (
            "DEBIT NOTE\nSub-total 310.00\nVAT 20% 62.00\nTo be deducted GBP 372.00",
            "debit_note",
            "372.00",
        ),
        (
            "CREDIT NOTE\nWe credit you EUR 51.20\nOriginal invoice amount 900.40",
            "credit_note",
            "51.20",
        ),
        (
            "REMITTANCE\nAmount transferred 770.00\nGross total 800.00",
            "remittance_advice",
            "770.00",
        ),
        (
            "NOTA DI DEBITO\nTotale imponibile 250,00\nIVA 22% 55,00\nImporto che addebitiamo: € 305,00",
            "debit_note",
            "305.00",
        ),
        ("FATTURA\nTotale IVA inclusa 305,00\nAcconto 100,00", "invoice", "305.00"),
        (
            "AVIS DE VIREMENT\nTotal factures 1 200,00\nMontant viré 1 140,00",
            "remittance_advice",
            "1140.00",
        ),
        ("NOTA DE CARGO\nBase 400,00 IVA 21% 84,00 Les cargamos 484,00", "debit_note", "484.00"),
        (
            "BELASTUNG\nWarenwert 180,00\nzu Ihren Lasten 214,20\nÜbertrag 990,00",
            "debit_note",
            "214.20",
        ),
    ],
)
def test_labels_tell_the_total(text, kind, value):
    assert total_of(text, kind) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("x\n\nHeute haben wir 1.176,00 EUR überwiesen, 1.200,00 weniger 24,00.", "1176.00"),
        ("x\n\nWe wired USD 480.00 today, that is 500.00 less 20.00 for the breakage.", "480.00"),
        ("x\n\nPlease credit 20.00 of the 500.00.", None),
    ],
)
def test_a_payment_told_in_a_letter_has_a_total(text, value):
    assert total_of(text, "claim", "eml") == value


@pytest.mark.parametrize(
    ("text", "cut", "value"),
    [
        ("You get EUR 887.50 for 118. EUR 12.50 went to the bank.", "12.50", "887.50"),
        (
            "Transferimos 1.687,80 € por la D/1836 de 1.740,00 €, restados 52,20 €.",
            "52.20",
            "1687.80",
        ),
        (
            "Bonifico: 854,00 euro, cioè 7801 (1.220,00) meno le testate, 366,00.",
            "366.00",
            "854.00",
        ),
        (
            "Amount: £18,250.00\nYour invoices: GR/118 £11,800.00; GR/124 £6,450.00",
            None,
            "18250.00",
        ),
        (
            "In the post: £469.00 for 3371 (£204.00) and 3382 (£280.00 less £15.00).",
            "15.00",
            "469.00",
        ),
        ("EUR 100.00, EUR 70.00 and EUR 20.00 are on your statement.", "20.00", None),
        ("Thank you.", None, None),
    ],
)
def test_what_was_paid_follows_from_the_other_sums(text, cut, value):
    context = Context(ParsedDocument(format="eml", text=f"payment\n\n{text}"))
    taken = Found(Decimal(cut), "EUR", 0, 0) if cut else None
    found = paid_beside(context, taken)

    assert (str(found.value) if found else None) == value
