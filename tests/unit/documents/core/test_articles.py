"""The rows of articles of a debit note: what, how many, for how much, and why where it says so."""

from __future__ import annotations

import pytest

from concilia.documents.core.articles import Article, articles_of
from concilia.documents.core.context import Context
from concilia.documents.core.parsed import ParsedDocument

GERMAN = (
    "BELASTUNGSANZEIGE NR. BA-1\n"
    "Artikel\tBezeichnung\tGrund\tMenge\tPreis\tBetrag\n"
    "MA-1030\tPenne rigate 500 g × 20\tFehlmenge\t12\t21,60\t259,20\n"
    "MA-3010\tFrollini integrali 350 g × 12\tBruch\t14\t27,00\t378,00\n"
    "Bearbeitungsgebühr\t79,20\n"
    "Belastung\t716,40 EUR\n"
    "Summe\t716,40\n"
)
COUNTED = (
    "Artikel\tBezeichnung\tbestellt\tgeliefert\tfehlt\tPreis\tBetrag\n"
    "MA-1120\tTagliatelle\t60 Kt.\t48 Kt.\t12 Kt.\t24,30\t291,60\n"
)


def read(text: str, kind: str = "debit_note") -> tuple[Article, ...]:
    return articles_of(Context(ParsedDocument(format="pdf", text=text)), kind)


def test_each_row_says_what_is_wanted_for_which_article_and_why():
    penne, biscuits, fee, *_ = read(GERMAN)

    assert penne == Article(
        sku="MA-1030",
        description="Penne rigate 500 g × 20",
        quantity="12",
        unit_price="21.60",
        amount="259.20",
        reason="NC-01",
    )
    assert (biscuits.quantity, biscuits.amount, biscuits.reason) == ("14", "378.00", "NC-05")
    assert (fee.sku, fee.description, fee.amount, fee.reason) == (
        None,
        "Bearbeitungsgebühr",
        "79.20",
        "NC-23",
    )


def test_what_is_missing_counts_where_ordered_and_delivered_stand_beside_it():
    (row,) = read(COUNTED)

    assert (row.sku, row.quantity, row.unit_price, row.amount) == (
        "MA-1120",
        "12",
        "24.30",
        "291.60",
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        (GERMAN, "order"),
        ("Fattura\tImporto\tPagato\nFT-1\t10,00\t9,00\n", "debit_note"),
        ("Artikel\tMenge\tBetrag\n\nMA-1 fehlt\n", "claim"),
    ],
    ids=["an order claims nothing", "a list of documents", "no row"],
)
def test_other_lists_are_none(text, kind):
    assert read(text, kind) == ()
