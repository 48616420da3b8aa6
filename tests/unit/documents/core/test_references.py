from __future__ import annotations

import pytest

from concilia.documents.core.references import find_references


def found(text):
    return [(reference.kind, reference.value) for reference in find_references(text)]


class TestLabelled:
    @pytest.mark.parametrize(
        ("text", "references"),
        [
            ("fattura n. 2026/1234 del 12/03/2026", [("invoice", "2026/1234")]),
            ("FT 1234/A del 3.3.26, bolla n° 778", [("invoice", "1234/A"), ("delivery", "778")]),
            ("Rechnung RE-2026-0042 vom 12.03.2026", [("invoice", "RE-2026-0042")]),
            ("Rechnungsnr. 4711 Bestellnr.: 99887", [("invoice", "4711"), ("order", "99887")]),
            ("la fattura è la 2026/99", [("invoice", "2026/99")]),
            ("facture n° FA2026-0091", [("invoice", "FA2026-0091")]),
            ("nuestra factura F-26/00123", [("invoice", "F-26/00123")]),
            ("order PO 4500012345", [("order", "4500012345")]),
            ("código de cliente 4410", [("customer", "4410")]),
            ("Kundennummer 10045", [("customer", "10045")]),
            ("our debit note DN-2026-77", [("claim", "DN-2026-77")]),
            ("nota di addebito n. 55/2026", [("claim", "55/2026")]),
            ("RMA 7788", [("return", "7788")]),
            ("Lieferschein-Nr. 88123", [("delivery", "88123")]),
            ("documento di trasporto (DDT) n. 4455", [("delivery", "4455")]),
            ("deal PROMO-26-11", [("promotion", "PROMO-26-11")]),
            ("NIP 4711", [("promotion", "4711")]),
            ("NIP: 774-00-01-454", []),  # the Polish tax number
            ("Factuurnummer: 993548900", [("invoice", "993548900")]),
            ("INVOICE\n# number_17", [("invoice", "number_17")]),
        ],
    )
    def test_is_found_without_its_label(self, text, references):
        assert found(text) == references

    def test_lists_go_on(self):
        text = "invoices 10023, 10024 and 10025 of 12/03/2026"
        assert found(text) == [("invoice", "10023"), ("invoice", "10024"), ("invoice", "10025")]

    def test_lists_with_amounts_go_on(self):
        text = "factures 2026-101 (450,00 €), 2026-102 (200,00 €)"
        assert found(text) == [("invoice", "2026-101"), ("invoice", "2026-102")]

    def test_lists_stand_below_each_other(self):
        assert found("fatture:\n- 101234\n- 101235\n") == [
            ("invoice", "101234"),
            ("invoice", "101235"),
        ]

    def test_the_next_line_is_no_list_if_it_looks_different(self):
        assert found("bolla 4455\n2026 anno") == [("delivery", "4455")]

    def test_the_nearest_label_wins(self):
        text = "albarán 2231 y pedido 9981; código de cliente 4410"
        assert found(text) == [("delivery", "2231"), ("order", "9981"), ("customer", "4410")]


class TestShape:
    def test_speaks_for_itself(self):
        assert found("see INV-2026-00123 and PO-4711") == [
            ("invoice", "INV-2026-00123"),
            ("order", "PO-4711"),
        ]

    def test_ten_digits_beginning_with_45_are_an_order(self):
        assert found("4500012345 is still open") == [("order", "4500012345")]


class TestOtherNumbers:
    @pytest.mark.parametrize(
        "text",
        [
            "fattura di € 122,00",
            "3 fatture scadute",
            "invoice 2026",
            "order no. 12 pallets",
            "tel. 02 12345678",
            "P.IVA IT01234567890",
            "IBAN IT60X0542811101000000123456",
            "fattura del 12/03/2026",
            "EAN 8001234567890",
            "www.shop.example/invoice/12345",
        ],
    )
    def test_are_not_references(self, text):
        assert found(text) == []
