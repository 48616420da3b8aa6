from __future__ import annotations

import pytest

from concilia.documents.core.context import Context
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.relevance import (
    meant,
    relevant_references,
    signed_customers,
)


def relevant(text, kind="claim"):
    context = Context(ParsedDocument(text=text, format="txt"))
    return {(each.kind, each.value) for each in relevant_references(context, kind)}


class TestNumbersOfTheLiveClaim:
    @pytest.mark.parametrize(
        "text",
        [
            "Not the 7714 but the 7719 has the wrong price. 7731 (paid 30/10) is no matter.",
            "Nicht die 7714, sondern die 7719 hat den falschen Preis. 7731 (bezahlt) passt.",
            "Non la 7714: è la 7719 ad avere il prezzo sbagliato. La 7731 è a posto.",
            "Pas la 7714, mais la 7719 a un prix faux. La 7731 est conforme.",
            "No la 7714, sino la 7719 tiene mal el precio. La 7731 estaba bien.",
        ],
    )
    def test_are_not_those_denied_or_settled(self, text):
        assert relevant(text) == {("invoice", "7719")}

    @pytest.mark.parametrize(
        "text",
        [
            "Please see our overrider calculation OVR-3126-B.",
            "Siehe unsere Abrechnung OVR-3126-B.",
            "Vedi il nostro conteggio OVR-3126-B.",
            "Voir notre décompte OVR-3126-B.",
            "Según nuestra liquidación OVR-3126-B.",
        ],
    )
    def test_of_the_senders_own_papers_are_claims(self, text):
        assert relevant(text) == {("claim", "OVR-3126-B")}

    def test_of_their_debits_are_ours_if_they_are_called_so(self):
        assert relevant("your note ND-27-0082 is wrong") == {("invoice", "ND-27-0082")}

    def test_are_not_given_twice_when_they_are_shortened(self):
        text = "send the bills ending 0771 and 0784 again (2026-0771 and 2026-0784)"
        assert relevant(text) == {("invoice", "2026-0771"), ("invoice", "2026-0784")}

    def test_of_good_invoices_beside_a_contested_delivery_are_left_out(self):
        text = "Lieferschein 55 1309: drei Säcke fehlen. Die 7714 und 7731 stimmen."
        assert relevant(text) == {("delivery", "55 1309")}

    def test_of_third_parties_are_not_ours(self):
        assert relevant("our auditors Finch (ref. FR/204/26) ask for the balance") == set()

    def test_below_the_title_is_the_debit_notes_own(self):
        text = "Debit note\nDocument: SPX-2611-0331\nYour invoice 66204"
        assert relevant(text, "debit_note") == {("claim", "SPX-2611-0331"), ("invoice", "66204")}


def said(text, kind="claim", picked=None):
    context = Context(ParsedDocument(text=text, format="txt"))
    found = meant(picked or relevant_references(context, kind), context, kind)
    return {(each.kind, each.value) for each in found}


class TestWhatIsMeantInTheEnd:
    @pytest.mark.parametrize(
        "text",
        [
            "Invoices 61877 and 61902.\n\nWe got both. Invoice 61877 has been paid. Cancel 61902.",
            "Rechnungen 61877 und 61902.\n\nDie Rechnung 61877 ist bezahlt. Stornieren Sie 61902.",
            "Fatture 61877 e 61902.\n\nLa fattura 61877 è già pagata. Annullate la 61902.",
            "Factures 61877 et 61902.\n\nLa facture 61877 est payée. Annulez la 61902.",
            "Facturas 61877 y 61902.\n\nLa factura 61877 está pagada. Anulen la 61902.",
        ],
    )
    def test_is_nothing_that_is_called_paid_anywhere(self, text):
        assert said(text) == {("invoice", "61902")}

    @pytest.mark.parametrize(
        "text",
        [
            "We ordered 10 tyres (our ref RC-884), got others.",
            "Abbiamo ordinato 10 gomme (ns. rif. RC-884), ne sono arrivate altre.",
            "Nous avons commandé dix pneus (notre réf. RC-884), autres livrés.",
        ],
    )
    def test_the_reference_of_what_was_ordered_is_the_order(self, text):
        assert said(text) == {("order", "RC-884")}

    def test_is_no_file_of_a_lawyer(self):
        text = "Dr. Hollmann, Rechtsanwälte\nUnser Zeichen: 1182/26\nRechnung 2026-118: Mangel."
        assert said(text) == {("invoice", "2026-118")}

    def test_is_no_consignment_beside_a_delivery_note(self):
        text = "PROOF OF DELIVERY\nConsignment TNR449120\nShipper's delivery note DN 220914"
        assert said(text, "proof_of_delivery") == {("delivery", "220914")}

    def test_is_one_number_in_two_prints_once(self):
        text = "Invoice EF-33091 was sent by bank, account EF33091."
        assert said(text) == {("invoice", "EF-33091")}

    def test_is_not_the_own_number_of_a_credit_note(self):
        text = "ABONO\tNº AB26-0099\nFactura F-2210"
        assert ("invoice", "AB26-0099") not in said(text, "credit_note")


class TestBelowTheClosing:
    TEXT = "Invoice 7714: two are missing.\n\nMany thanks\n\nOlmos, customer no. 20417\nTel. 91 22"

    def test_stands_the_writers_number_in_our_books(self):
        context = Context(ParsedDocument(text=self.TEXT, format="txt"))
        assert [each.value for each in signed_customers(context, [])] == ["20417"]

    def test_it_is_not_asked_for_where_one_was_read(self):
        context = Context(ParsedDocument(text=self.TEXT, format="txt"))
        known = signed_customers(context, [])
        assert signed_customers(context, known) == []


@pytest.mark.parametrize("kind", ["order", "delivery_note", "receiving_advice"])
def test_codes_of_goods_are_no_invoices(kind):
    text = "Goods received\nOrder 4500-1187\nOR-22100 o-ring 1000\nPG-00400 seal 88"
    context = Context(ParsedDocument(text=text, format="pdf"))
    said = meant(context.references, context, kind)
    assert not [each.value for each in said if each.kind == "invoice"]
