from __future__ import annotations

from decimal import Decimal

import pytest

from concilia.documents.core.column_names import role_weights
from concilia.documents.core.context import Context
from concilia.documents.core.decoding import decode
from concilia.documents.core.legends import explained_codes
from concilia.documents.core.line_reading import settle_lines
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.table_rows import Line

NAMES = {
    "deducted": (
        "Montant à débiter",
        "Avoir à établir",
        "Trop perçu €",
        "Non pag.",
        "ImpTratt",
        "We keep",
        "Einbehalt EUR",
        "Importe no pagado",
        "Reste à payer",
    ),
    "paid": ("Mt r?gl?", "Tot.Pag", "€ pagati", "We pay", "Réglé ce jour", "Importe ya pagado"),
    "discount": ("Terms disc.", "Mt escompte", "Sconto cassa EUR"),
    "document": ("Votre facture", "NumDocForn", "Ihre Rechnung Nr.", "Su factura nº", "V/facture"),
    "reason": ("Nature du litige", "Because", "Constat", "Libellé retenue"),
    "price": ("Prix facturé", "Diff. €/kg"),
}


def lines(text: str, kind: str = "remittance_advice"):
    return settle_lines(Context(ParsedDocument(format="txt", text=text)), kind).lines


class TestNames:
    @pytest.mark.parametrize(
        ("role", "name"), [(r, n) for r, names in NAMES.items() for n in names]
    )
    def test_its_words_say_what_a_column_is(self, role, name):
        weights = dict(role_weights(name))
        if "ya pagado" in name:
            assert weights == {"prior": 9.0}  # paid before, not now
            return
        assert max(weights, key=lambda each: weights[each]) == role

    def test_a_number_of_their_own_is_worth_less_than_ours(self):
        assert role_weights("Our doc")["document"] < role_weights("Your doc")["document"]
        assert role_weights("N/réf")["document"] < role_weights("V/réf")["document"]

    def test_rates_and_other_numbers_are_nothing(self):
        for name in ("Escompte %", "N° de virement bancaire", "Compte client"):
            assert not {"discount", "paid", "document"} & set(role_weights(name))


class TestRows:
    def test_sums_carried_over_a_page_are_no_lines(self):
        for word in ("À reporter", "Riporto", "Carried forward", "Übertrag", "Suma y sigue"):
            read = lines(
                f"Facture;Payé\n881;10,00\n882;20,00\n{word};30,00\n883;5,00\nTotal;35,00\n"
            )
            assert [each.document for each in read] == ["881", "882", "883"]

    def test_a_row_that_adds_up_is_a_total_whatever_its_name(self):
        read = lines(
            "Paper;We pay;We keep\nR/44;90.00;10.00\nR/45;50.00;\nAll of it;140.00;10.00\n"
        )
        assert [each.document for each in read] == ["R/44", "R/45"]

    def test_the_sums_say_more_than_the_names(self):
        (one, two) = lines(
            "Fattura;Importo;Da pagare;Xyz\n71;100,00;80,00;20,00\n72;50,00;50,00;0,00\n"
        )
        assert (one.invoiced, one.paid, one.deducted) == ("100.00", "80.00", "20.00")
        assert two.deducted is None

    def test_one_rate_of_every_row_is_a_cash_discount(self):
        (one, _) = lines("Doc;Gross;Xyz;Net\n71;100.00;2.00;98.00\n72;50.00;1.00;49.00\n")
        assert (one.discount, one.deducted) == ("2.00", None)

    def test_empty_cells_of_typed_tables_stay_empty(self):
        read = lines(
            "Invoice     Gross    Cut    Paid     Why\n"
            "7118       100.00           100.00\n"
            "7119       200.00   20.00   180.00   2 cases missing\n"
            "CHEQUE                      280.00\n"
        )
        assert [(each.document, each.paid, each.deducted) for each in read] == [
            ("7118", "100.00", None),
            ("7119", "180.00", "20.00"),
        ]

    def test_a_column_of_days_is_no_payment(self):
        (one,) = lines("Facture;Règlement;Montant;Versement\n71;18/11/2026;9,00;9,00\n")
        assert one.paid == "9.00"


class TestWhy:
    @pytest.mark.parametrize(
        ("legend", "words"),
        [
            ("A1 = goods not received, B2 = price", "goods not received"),
            ("A1: quantité manquante", "quantité manquante"),
            ("Cod. A1 - merce mancante; B2 - prezzo", "merce mancante"),
            ("A1 – falta mercancía", "falta mercancía"),
            ("A1 = Ware fehlt", "Ware fehlt"),
        ],
    )
    def test_a_legend_explains_codes(self, legend, words):
        line = Line("71", deducted=Decimal(1), reason_code="A1")
        assert explained_codes(f"71\t1,00\tA1\n{legend}\n", [line]) == {"A1": words}

    def test_a_sentence_below_explains_a_document(self):
        text = "Invoice;Gross;Cut;Paid\n71;100.00;20.00;80.00\n\nCut on 71: two cases missing.\n"
        assert lines(text)[0].reason == "NC-01"


class TestBytes:
    @pytest.mark.parametrize("charset", ["utf-8", "cp1252", "mac_roman", "cp850"])
    def test_letters_of_old_programs_are_read(self, charset):
        text = "N° facture;Montant réglé;Libellé;pénalité à déduire"
        assert decode(text.encode(charset)) == text

    def test_letters_encoded_twice_are_read(self):
        text = "Montant réglé à l’échéance, 5 €"
        assert decode(text.encode().decode("cp1252").encode()) == text
        assert decode("SÃO PAULO Â".encode()) == "SÃO PAULO Â"
