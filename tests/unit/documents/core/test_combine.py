from __future__ import annotations

from concilia.documents.core.combine import combine
from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.readings import Evidence, Reading

COVER = ParsedDocument("eml", "Debit note\n\nPlease find our debit note attached.")
LETTER = ParsedDocument(
    "eml", "Claim\n\nTwo cartons of invoice INV-1 are missing, please credit us EUR 20.00."
)


def reading(kind, confidence=0.95, **fields):
    values = {"source": "x", "sha256": "", "format": "eml", **fields}
    return Reading(kind=kind, kind_confidence=confidence, **values)


CLAIM = reading("claim", reason="NC-01", reason_confidence=0.9, references={"invoice": ("INV-1",)})
DEBIT = reading(
    "debit_note",
    reason="NC-12",
    reason_confidence=0.93,
    references={"claim": ("DN-7",), "invoice": ("INV-2",)},
    claimed_amount="480.00",
    total_amount="480.00",
    currency="GBP",
    evidence=(Evidence("claimed_amount", "480.00", None, 1, 5, 11),),
)


class TestCover:
    def test_a_mail_that_says_see_attached_says_what_its_attachment_says(self):
        whole = combine(reading("other", 0.7), [DEBIT], COVER)
        assert whole.kind == "debit_note"
        assert whole.reason == "NC-12"
        assert whole.claimed_amount == "480.00"
        assert whole.currency == "GBP"
        assert whole.references["claim"] == ("DN-7",)
        assert whole.evidence[0].part == "1"
        assert not whole.needs_review

    def test_two_that_agree_are_surer_than_one(self):
        whole = combine(reading("debit_note", 0.8), [DEBIT], COVER)
        assert whole.kind_confidence > 0.98

    def test_places_of_parts_inside_parts_are_kept(self):
        nested = reading("debit_note", evidence=(Evidence("kind", "x", "2", None, 0, 1),))
        whole = combine(reading("other", 0.7), [reading("other"), nested], COVER)
        assert whole.evidence[0].part == "2.2"


class TestLetter:
    def test_a_claim_with_its_invoice_stays_a_claim(self):
        invoice = reading("invoice", references={"invoice": ("INV-1",), "order": ("PO-1",)})
        whole = combine(CLAIM, [invoice], LETTER)
        assert whole.kind == "claim"
        assert whole.references["invoice"] == ("INV-1",)
        assert whole.references["order"] == ("PO-1",)

    def test_parts_fill_in_what_the_letter_leaves_open(self):
        credit = reading("credit_request", claimed_amount="20.00", currency="EUR")
        whole = combine(CLAIM, [credit], LETTER)
        assert whole.claimed_amount == "20.00"
        assert whole.currency == "EUR"

    def test_a_part_that_could_not_be_read_changes_nothing(self):
        broken = reading("other", error="encrypted PDF")
        whole = combine(CLAIM, [broken], LETTER)
        assert whole.kind == "claim"
        assert whole.parts == (broken,)


def test_a_machines_mail_claims_nothing_whatever_is_attached():
    whole = combine(reading("bounce", 0.99), [CLAIM], LETTER)
    assert whole.kind == "bounce"
    assert whole.reason is None
