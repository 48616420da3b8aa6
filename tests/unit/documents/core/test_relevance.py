from __future__ import annotations

import pytest

from concilia.documents.core.context import Context
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.relevance import relevant_references


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
