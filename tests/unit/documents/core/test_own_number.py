from __future__ import annotations

import pytest

from concilia.documents.core.context import Context
from concilia.documents.core.own_number import own_number
from concilia.documents.core.parsed import ParsedDocument


def own(text, kind="debit_note"):
    found = own_number(Context(ParsedDocument(text=text, format="pdf")), kind)
    return (found.kind, found.value) if found else None


class TestOwnNumber:
    @pytest.mark.parametrize(
        ("text", "value"),
        [
            ("Moor Stores\tDEBIT NOTE\nLane 4, Leeds LS1\tNo. 7781999\nDate 09/11/2026", "7781999"),
            ("MERCADOS\tNOTA DE CARGO\nCalle 4, 50740 Fuentes\tNº 0055999", "0055999"),
            ("MERCATI SPA\tADDEBITO FORNITORE\nVia 2\tNr. 26-018999\nPagina 1 di 1", "26-018999"),
            ("Note de débit ND-Q 50999\nOlivet, le 28 octobre 2026", "ND-Q 50999"),
            ("Centrale – Logistique\tFacture de pénalités\n PL26-04999\n", "PL26-04999"),
            ("CASH & CARRY    VENDOR CHARGEBACK ADVICE\nPAGE   1\nCHGBK NO 3390999", "3390999"),
            ("Team\nCharge notice SP-2026-08-00999\nIssued 10 November 2026", "SP-2026-08-00999"),
            ("Union eG\tBelastung QS-26-0999\nKassel\t02.11.2026", "QS-26-0999"),
        ],
    )
    def test_stands_beside_or_below_the_title(self, text, value):
        assert own(text) == ("claim", value)

    def test_of_a_settlement_is_the_claim(self):
        text = "Verbund eG, Ulm\tAbrechnung Nr. BON-2026-3-0999\nDatum: 19.10.2026"
        assert own(text, "promotion_invoice") == ("claim", "BON-2026-3-0999")

    def test_of_an_order_is_the_order(self):
        assert own("IMPRESA\t\tORDINE FORNITORE N. 558/27", "order") == ("order", "558/27")

    @pytest.mark.parametrize(
        "text",
        [
            "DEBIT NOTE\nVendor no. 228910\nPage 1 of 2",
            "NOTA DI ADDEBITO\n13/11/2026\n38100 Trento",
            "BELASTUNGSANZEIGE\nLieferant Nr. 5590\n12.450,00",
            "AVIS DE DÉBIT\nTotal débit 7781,00",
        ],
    )
    def test_is_no_vendor_page_date_postcode_or_sum(self, text):
        assert own(text) is None

    def test_is_not_looked_for_in_letters_that_only_claim(self):
        assert own("DEBIT NOTE\nNo. 7781999", "payment_reply") is None
