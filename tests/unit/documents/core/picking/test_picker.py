"""What is picked among numbers and sums, and what never depends on the model."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from concilia.documents.core.claimed import claimed_amount
from concilia.documents.core.context import Context
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.picking.numbers import CANDIDATES_MAX, number_candidates
from concilia.documents.core.picking.picker import Numbers, Sum, picker, using
from concilia.documents.core.relevance import relevant_references
from concilia.documents.core.totals import Found


def context_of(text):
    return Context(ParsedDocument("eml", text))


def picked(text, kind="claim"):
    context = context_of(text)
    found = picker().numbers(context, kind, relevant_references(context, kind))
    return {(each.kind, each.value) for each in found.references}


class TestNumbers:
    @pytest.mark.parametrize(
        ("text", "right"),
        [
            (
                "short delivery\n\nOn invoice 90012345 two cases are missing, please credit.",
                {("invoice", "90012345")},
            ),
            (
                "ammanco\n\nSulla fattura 2026/1234 mancano due colli. Tel. 02 5551234.",
                {("invoice", "2026/1234")},
            ),
            (
                "Fehlmenge\n\nZu Ihrem Lieferschein 44120 fehlten zwei Kartons.",
                {("delivery", "44120")},
            ),
        ],
    )
    def test_what_a_word_calls_a_paper_is_one(self, text, right):
        assert picked(text) == right

    @pytest.mark.parametrize(
        ("text", "number"),
        [
            ("Rückruf\n\nUnter Ihrer Nummer RR-HD-26-118 sind 34 Stück zurück.", "RR-HD-26-118"),
            ("Folleto\n\nLa acción FOL-PV26-07 no se ha compensado.", "FOL-PV26-07"),
            ("Litige\n\nSuivi chez nous sous LIT-NIP-26-0712, merci.", "LIT-NIP-26-0712"),
            ("prélèvement\n\nLe AB 44 118 est rejeté.", "AB 44 118"),
        ],
    )
    def test_a_number_with_several_groups_of_letters_may_be_one(self, text, number):
        candidates = number_candidates(context_of(text), "claim", [])

        assert number in {each.value for each in candidates}

    def test_a_number_said_in_groups_is_one(self):
        text = (
            "Verwechslung\n\nAuf 4 026 117 stand Hafermilch, drin war Sojamilch. Bitte Gutschrift."
        )
        context = context_of(text)

        assert "4 026 117" in {each.value for each in number_candidates(context, "claim", [])}
        assert {value for _, value in picked(text)} <= {"4 026 117"}

    def test_what_an_older_mail_called_it_is_a_sign(self):
        text = (
            "Re: reminder\n\n4471 goes out on Friday.\n\nOn 17 Nov 2026, credit@s.example wrote:\n"
            "> Invoice 4471 of 1 October is overdue."
        )
        found = number_candidates(context_of(text), "payment_reply", [])
        signs = {each.value: each.features.values for each in found}

        assert "q:invoice" in signs["4471"]

    def test_a_number_stands_in_one_place_only(self):
        context = context_of("x\n\nInvoice RE 2026 00441 and RE 2026 00442 are short by one case.")
        found = picker().numbers(context, "claim", relevant_references(context, "claim"))
        spans = sorted((each.start, each.end) for each in found.references)

        assert all(one[1] <= other[0] for one, other in pairwise(spans))

    def test_a_list_of_numbers_is_left_to_the_rules(self):
        numbers = ", ".join(str(70_000_000 + n * 7) for n in range(CANDIDATES_MAX + 5))
        context = context_of(f"x\n\nInvoices {numbers} are all short.")
        named = relevant_references(context, "claim")

        assert number_candidates(context, "claim", named) == []
        assert picker().numbers(context, "claim", named) == Numbers(named)

    @settings(deadline=None)  # the first of them loads the models
    @given(st.text(max_size=300))
    def test_whatever_is_written_values_are_printed_in_it(self, text):
        context = context_of(f"subject\n\n{text}")
        found = picker().numbers(context, "claim", relevant_references(context, "claim"))

        assert all(context.live[each.start : each.end] == each.value for each in found.references)
        assert found.sure <= 0


class TestSum:
    def test_what_was_added_up_from_lines_stays(self):
        context = context_of("x\n\nWe cut EUR 10.00 and EUR 20.00.")
        added = Found(Decimal("30.00"), "EUR", None, 0)

        assert picker().claimed(context, "claim", added) == Sum(added)

    def test_the_only_sum_of_a_claim_is_claimed(self):
        context = context_of("short\n\nTwo cases missing on invoice 4711, please credit EUR 48.20.")
        found = picker().claimed(context, "claim", claimed_amount(context, "claim", (), None))

        assert found.claimed is not None
        assert found.claimed.value == Decimal("48.20")


def test_whoever_trains_puts_another_picker_in_its_place():
    class Silent:
        def numbers(self, context, kind, named):
            return Numbers([])

        def claimed(self, context, kind, claimed, why=""):
            return Sum(None)

    shipped = picker()
    with using(Silent()):
        assert picked("short\n\nInvoice 90012345 is short.") == set()
    assert picker() is shipped
