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
            ("El contrato era 9914 2219, el casero", [("customer", "9914 2219")]),
            ("numéro d'abonnée : AB 44 118", [("customer", "AB 44 118")]),
            ("Kundennummer 10045", [("customer", "10045")]),
            ("our debit note DN-2026-77", [("claim", "DN-2026-77")]),
            ("nota di addebito n. 55/2026", [("claim", "55/2026")]),
            ("RMA 7788", [("return", "7788")]),
            ("the return RMA-ES-402 of May", [("return", "RMA-ES-402")]),
            ("N° de pièce : ND-RAP-118", [("claim", "ND-RAP-118")]),
            ("BL - 4471", [("delivery", "4471")]),
            ("Fattura di origine: 2026/V/3301.", [("invoice", "2026/V/3301")]),
            ("Invoice(s) affected\t7719034", [("invoice", "7719034")]),
            ("Your account no. for us: HAR004", [("customer", "HAR004")]),
            ("Account with you: BRA004", [("customer", "BRA004")]),
            ("the meter reading is 48211 and your bill says 50266", []),
            ("ENR-QUA-012 rév. 4, Formular FB-22", []),
            ("your authorisation GR-0417", [("return", "GR-0417")]),
            ("bestellt waren 500 (Best. TS-3391)", [("order", "TS-3391")]),
            ("Fattura contestata FE 2026/6610", [("invoice", "2026/6610")]),
            ("Factura afectada: F26/2231", [("invoice", "F26/2231")]),
            ("Albarán cliente: 2026/9912", [("delivery", "2026/9912")]),
            ("BL expéditeur : 260988", [("delivery", "260988")]),
            ("Patient ref 6120-NB", [("customer", "6120-NB")]),
            ("Elena Sorrentino - matricola 18-2277", [("customer", "18-2277")]),
            ("Cliente: Droguerías Lux, S.A.   (cód. 004812)", [("customer", "004812")]),
            ('la promo "Sapori di Natale" cod. PR26-047', [("promotion", "PR26-047")]),
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


class TestHowNumbersAreWritten:
    @pytest.mark.parametrize(
        ("text", "references"),
        [
            ("delivery ticket 55 1309 was short", [("delivery", "55 1309")]),
            ("Lieferschein 71 2208, zwei Säcke fehlen", [("delivery", "71 2208")]),
            ("fattura 3 207 del 3 novembre", [("invoice", "3 207")]),
            ("facture n° 66 204, deux colis en moins", [("invoice", "66 204")]),
            ("factura 8 118.", [("invoice", "8 118")]),
            ("your invoice QX 2026 00512 is wrong", [("invoice", "QX 2026 00512")]),
            ("Auftrag K 26 20417, nicht geliefert", [("order", "K 26 20417")]),
            ("Factura B26 003318", [("invoice", "B26 003318")]),
            ("account 8 204 771", [("customer", "8 204 771")]),
            ("utenza n. 4 220 118 37", [("customer", "4 220 118 37")]),
            ("Rechnungsnummer 322 500 119 4", [("invoice", "322 500 119 4")]),
            ("Inv.66318/C - two missing", [("invoice", "66318/C")]),
            ("la ft.204/B", [("invoice", "204/B")]),
            ("Invoices (25)204 and (25)205", [("invoice", "(25)204"), ("invoice", "(25)205")]),
            (
                "Rechnungen E-7712/26 und E-7713/26",
                [("invoice", "E-7712/26"), ("invoice", "E-7713/26")],
            ),
            ("fatture 26FX00417-26FX00418", [("invoice", "26FX00417"), ("invoice", "26FX00418")]),
            ("la fattura 5520 F al cambio di ieri", [("invoice", "5520 F")]),
            ("order 0055 / 2026", [("order", "0055 / 2026")]),
            ("Document 4900022771 / 17.11.2026", [("invoice", "4900022771")]),
            ("Invoice no / date: 88-20417 / 10.11.2026", [("invoice", "88-20417")]),
            ("bestell nr 77-52-09", [("order", "77-52-09")]),
            ("fattura n. 8 del 2026", [("invoice", "8")]),
            (
                "bestellt unter 5511220-4, geliefert mit 40022198",
                [("order", "5511220-4"), ("delivery", "40022198")],
            ),
            ("my number with you is 66-2091", [("customer", "66-2091")]),
            ("il nostro codice da voi è 882/C", [("customer", "882/C")]),
            ("notre numéro chez vous : 66-2091", [("customer", "66-2091")]),
            ("mi número con ustedes es 66-2091", [("customer", "66-2091")]),
            ("unsere Nummer bei Ihnen ist 66-2091", [("customer", "66-2091")]),
            (
                "las facturas siguientes:\n3300219 ..... 52,50\n3300247 ..... 42,00",
                [("invoice", "3300219"), ("invoice", "3300247")],
            ),
        ],
    )
    def test_are_whole(self, text, references):
        assert found(text) == references

    @pytest.mark.parametrize(
        "text",
        [
            "la consegna del 16 era incompleta",
            "delivery of 12 boxes",
            "Retoure KW 39",
            "RÉCÉPISSÉ DE LIVRAISON\n85 La Roche-sur-Yon",
            "votre numéro LU 2288 1190",
            "bolletta di 54.690 kWh",
            "n'en tiennent pas compte : 3 107 cahiers",
            "Puedo ingresar 100 a cuenta, el 9",
            "promotion of 40p a case",
            "Consignment Q3",
            "sort code 20-33-71 account 00551128",
            "c.f. MRTLGU61C12F205X",
            "wie auf der Bestellung. Ihre 2026.8841 zahlen wir",
            "D.P.R. 633/72",
            "Re: 4e rappel",
            "Re: 1.er recordatorio",
            "cl. 5.1.1 mailbox unknown",
        ],
    )
    def test_are_not_days_counts_or_accounts(self, text):
        assert found(text) == []
