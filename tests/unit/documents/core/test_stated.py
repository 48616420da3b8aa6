"""What a structured message states becomes a reading without guessing."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.reading import Reading, read_document
from concilia.documents.core.stated import (
    StatedAmount,
    StatedCode,
    StatedLine,
    StatedPaper,
    StatedReference,
)

TEXT = "Claim DN-77 of 122.50 EUR on invoice FT-1: the goods never came, nothing was delivered"
NOTE = (TEXT.index("the goods"), len(TEXT))


def read(paper: StatedPaper, text: str = TEXT) -> Reading:
    parsed = ParsedDocument(format="edifact-comdis", text=text, stated=paper)
    return read_document(parsed, source="x", sha256="0")


def cut(document: str, amount: str, code: str | None = None, text: str | None = None) -> StatedLine:
    given = StatedCode("uncl4465", code, (0, 5)) if code else None
    return StatedLine(document, deducted=Decimal(amount), code=given, text=text)


def test_values_keep_their_place_and_their_currency():
    place = (TEXT.index("DN-77"), TEXT.index("DN-77") + 5)
    paper = StatedPaper(
        kind="debit_note",
        references=(StatedReference("claim", "DN-77", place),),
        currency="JPY",
        claimed=StatedAmount(Decimal("122.50"), (15, 21)),
    )

    reading = read(paper)

    assert reading.references["claim"] == ("DN-77",)
    assert reading.claimed_amount == "123"  # yen have no hundredths
    assert [(each.field, each.text) for each in reading.evidence] == [
        ("references.claim", "DN-77"),
        ("claimed_amount", "122.50"),
    ]


def test_lines_that_were_cut_are_the_claim_and_the_largest_gives_the_reason():
    lines = (cut("FT-1", "10", "4"), cut("FT-2", "100", "20"), StatedLine("FT-3"))

    reading = read(StatedPaper(kind="remittance_advice", currency="EUR", lines=lines))

    assert reading.claimed_amount == "110.00"
    assert [line.reason for line in reading.lines] == ["NC-01", "NC-11", None]
    assert reading.reason == "NC-11"  # code 20 may also mean NC-12: both stay visible
    assert "NC-12" in {each.label for each in reading.alternatives}
    assert reading.reason_confidence < 0.85
    assert reading.needs_review


def test_words_choose_among_the_meanings_of_a_code():
    paper = StatedPaper(kind="debit_note", codes=(StatedCode("x12-426", "59", (0, 5)),))
    assert read(paper).reason == "NC-03"

    of_two = StatedPaper(kind="debit_note", codes=(StatedCode("x12-426", "06", (0, 5)),))
    assert (read(of_two).reason, read(of_two).needs_review) == ("NC-01", True)


def test_without_a_code_the_free_text_is_read_and_without_text_it_is_unidentified():
    assert read(StatedPaper(kind="claim", notes=(NOTE,))).reason == "NC-03"
    assert read(StatedPaper(kind="claim", lines=(cut("FT-1", "5"),))).reason == "FI-16"


def test_a_code_called_other_says_nothing_by_itself():
    codes = (StatedCode("peppol-reason", "OTH", (0, 5)),)

    bare = read(StatedPaper(kind="claim", codes=codes))
    with_words = read(StatedPaper(kind="claim", codes=codes, notes=(NOTE,)))

    assert (bare.reason, bare.needs_review) == ("FI-17", True)
    assert with_words.reason == "NC-03"


def test_what_was_paid_is_a_reply_with_its_motive():
    reading = read(StatedPaper(kind="payment_reply", motive="NR-08"))

    assert (reading.non_payment_reason, reading.reason) == ("NR-08", None)


def test_an_invoice_of_promotions_only_is_the_customers_own():
    text = "FT-9\nWerbekostenzuschuss Oktober\nOlive oil"
    service, goods = (5, 32), (33, 42)
    place = StatedReference("invoice", "FT-9", (0, 4), own=True)
    paper = StatedPaper(
        kind="invoice",
        currency="EUR",
        references=(place,),
        total=StatedAmount(Decimal(50), (0, 4)),
        subjects=(service,),
    )

    reading = read(paper, text)
    mixed = read(replace(paper, subjects=(service, goods)), text)

    assert (reading.kind, reading.claimed_amount) == ("promotion_invoice", "50.00")
    assert (reading.references["claim"], reading.references["invoice"]) == (("FT-9",), ())
    assert (mixed.kind, mixed.references["invoice"]) == ("invoice", ("FT-9",))


def test_what_contests_nothing_has_no_reason():
    reading = read(StatedPaper(kind="invoice", lines=(StatedLine("FT-1"),)))

    assert (reading.reason, reading.claimed_amount) == (None, None)
