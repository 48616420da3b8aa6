from __future__ import annotations

import pytest

from concilia.documents.core.context import Context
from concilia.documents.core.list_kinds import (
    is_titled_as_request,
    kind_of_list,
    settles_a_bonus,
)
from concilia.documents.core.parsed import ParsedDocument


def context(text, name="xlsx"):
    return Context(ParsedDocument(text=text, format=name))


class TestLists:
    @pytest.mark.parametrize(
        "text",
        [
            "PUMPS LTD\nSUPPLIER LEDGER STATEMENT AS AT 31-OCT-2026\n",
            "Estratto conto fornitore LUX SRL al 31/10/2026\n",
            "Extrait de compte fournisseur : 401LUX\nArrêté au 31/10/2026\n",
            "Extracto de proveedor 4410\n",
            "Kontoauszug Kreditor 70012\n",
            "Relevé de compte\nDate\tPièce\tDébit\tCrédit\tSolde\n1/10\tFacture 8831\t\t4,00\t4,00",
            "Preisliste Winter 2026/27\nArtikel\tEinheit\tab 1",
            "LUX - Listino prezzi 2027\n",
            "TARIFA 2027 - BOMBAS LUX\nVálida desde 01/01/2027",
        ],
    )
    def test_of_ledgers_and_prices_settle_nothing(self, text):
        assert kind_of_list(context(text)) == "other"

    @pytest.mark.parametrize(
        "text",
        [
            "Cargo\tFecha\tFactura proveedor\tMotivo\tTotal\n77103\t10/11\tF-1\t02\t51,48",
            "Belastung\tDatum\tIhre Rechnung\tGrund\tBrutto\nLB-1\t09.11.\tF-2\tF1\t249,90",
            "Chargeback no\tPO\tBreach\tCharge GBP\nCB-1\tB7\tASN\t90",
        ],
    )
    def test_of_charges_are_debits(self, text):
        assert kind_of_list(context(text)) == "debit_note"

    def test_of_ordered_goods_are_orders(self):
        text = "PO Number\tLine\tSKU\tQty\tUnit Price\n88120\t1\tGLV\t400\t3.85"
        assert kind_of_list(context(text, "csv")) == "order"

    @pytest.mark.parametrize(
        "text",
        [
            "Relevé de compte bancaire\nIBAN FR76\nSolde\nFacture 12",
            "Demande d'avoir – écarts de tarif octobre 2026\nFacture\tDate\tPU",
            "Dear Sirs,\nyour price list of 2027 is wrong.",
            "Debit memo\tInvoice\tPaid\tDate\tAmount\n1\t2\t3\t4\t5",
        ],
    )
    def test_of_banks_claims_and_payments_are_not_meant(self, text):
        assert kind_of_list(context(text)) is None

    def test_handed_in_for_a_credit_are_requests(self):
        assert is_titled_as_request(context("AXIOM INC   SHIP & DEBIT CLAIM   AX1", "txt"))
        assert not is_titled_as_request(context("Dear Sirs, our ship & debit claim", "txt"))

    def test_with_a_number_settle_a_bonus(self):
        assert settles_a_bonus(context("Verbund eG\tAbrechnung Nr. BON-2026-1\n"))
        assert not settles_a_bonus(context("Verbund eG\tAbrechnung\n"))
