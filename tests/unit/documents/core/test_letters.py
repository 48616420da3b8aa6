"""
Letters in five languages: what a shopkeeper, a clerk or a private person would write.

Each block of `letters/*.txt` begins with what a careful reader takes from it:
`== kind reason | references | amount` (or `promise DATE AMOUNT`, `total AMOUNT`).
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from concilia.documents.core.parsed import ParsedDocument
from concilia.documents.core.reading import ACCEPTED, Reading, read_document
from concilia.kernel.languages import LANGUAGES

LETTERS = Path(__file__).parent / "letters"
KINDS = {
    "claim": "claim",
    "debit": "debit_note",
    "reply": "payment_reply",
    "remit": "remittance_advice",
    "other": "other",
    "order": "order",
}


@dataclass(frozen=True)
class Letter:
    """A letter, what is expected of it and what was read."""

    kind: str
    reason: str | None
    references: dict[str, tuple[str, ...]]
    amount: str
    text: str
    reading: Reading


def references(words):
    found: dict[str, tuple[str, ...]] = {}
    for word in words.split():
        name, _, values = word.partition("=")
        if values and values != "-":
            found[name] = tuple(values.split(","))
    return found


@cache
def letters(language):
    blocks = re.split(r"^== ", (LETTERS / f"{language}.txt").read_text(), flags=re.MULTILINE)[1:]
    return [letter(block) for block in blocks]


def letter(block):
    head, _, rest = block.partition("\n")
    kind_and_reason, referred, amount = (part.strip() for part in head.split("|"))
    kind, reason = kind_and_reason.split()
    subject, _, body = rest.partition("\n")
    text = f"{subject.split(':', 1)[1].strip()}\n\n{body}"
    parsed = ParsedDocument("eml", text, metadata={"date": "2026-11-20"})
    reading = read_document(parsed, source="letter", sha256="")
    wanted = None if reason == "-" else reason
    return Letter(KINDS[kind], wanted, references(referred), amount, text, reading)


def share(language, right):
    judged = [right(each) for each in letters(language)]
    known = [each for each in judged if each is not None]
    return sum(known) / len(known)


@pytest.mark.parametrize("language", LANGUAGES)
class TestLetters:
    """The shares are floors: what is reached is higher, what falls below is a loss."""

    def test_the_language_is_recognised(self, language):
        assert share(language, lambda each: each.reading.language == language) == 1

    def test_the_kind_is_recognised(self, language):
        assert share(language, lambda each: each.reading.kind == each.kind) >= 0.93

    def test_the_reason_is_recognised(self, language):
        claims = {"claim", "debit_note"}
        right = share(
            language,
            lambda each: each.reading.reason == each.reason if each.kind in claims else None,
        )
        assert right >= 0.95

    def test_the_motive_is_recognised(self, language):
        right = share(
            language,
            lambda each: (
                each.reading.non_payment_reason == each.reason
                if each.kind == "payment_reply"
                else None
            ),
        )
        assert right >= 0.85

    def test_the_references_are_those_of_the_claim(self, language):
        for each in letters(language):
            found = {kind: values for kind, values in each.reading.references.items() if values}
            assert found == each.references, each.text

    def test_the_claimed_amount_is_the_writers_total(self, language):
        for each in letters(language):
            if each.kind in {"claim", "debit_note"}:
                wanted = None if each.amount == "-" else each.amount.split()[0].replace(",", "")
                assert each.reading.claimed_amount == wanted, each.text

    def test_a_promise_has_its_day_and_amount(self, language):
        for each in letters(language):
            if each.amount.startswith("promise 2"):
                _, day, amount = each.amount.split()
                promise = each.reading.promise
                assert promise is not None, each.text
                assert promise.date == day, each.text
                assert promise.amount == (None if amount == "-" else amount.replace(",", ""))

    def test_evidence_points_at_its_words(self, language):
        for each in letters(language):
            for evidence in each.reading.evidence:
                assert each.text[evidence.start : evidence.end] == evidence.text


def test_words_found_at_prices_are_shown_with_the_whole_prices():
    text = (
        "sulla fattura FT-00000012 mancano 4 colli, chiediamo una nota di credito di 86,40 EUR.\n"
        "Sulla fattura FT-00000015 il prezzo applicato e' 5,90 invece di 5,40 come da contratto: "
        "differenza 120,00 EUR.\n"
    )
    reading = read_document(ParsedDocument("txt", text), source="x", sha256="")

    assert "5,90 invece di 5,40" in {each.text for each in reading.evidence}


def test_what_passes_without_review_is_right():
    passed = Counter()
    for language in LANGUAGES:
        for each in letters(language):
            if each.kind in {"claim", "debit_note"} and not each.reading.needs_review:
                passed[each.reading.reason == each.reason and each.reading.kind == each.kind] += 1
    assert passed[True] > 55
    assert passed[False] == 0


def test_who_asks_for_a_credit_note_sends_none():
    """A debit note in a layout, whose last line asks for what the customer wants to have."""
    text = (
        "SUPERMERCATI ROSSI S.r.l.\nNOTA DI ADDEBITO N. NA-4471\nVostra fattura 2026/11\n"
        "Merce mancante alla consegna: 12 cartoni\nImporto totale IVA inclusa: 269,57 EUR\n"
        "Vi preghiamo di emettere nota di credito.\n"
    )
    reading = read_document(ParsedDocument("pdf", text), source="NA-4471.pdf", sha256="")

    assert (reading.kind, reading.reason) == ("debit_note", "NC-01")
    assert reading.claimed_amount == "269.57"


class TestOneLiners:
    """What people write when they are in a hurry: one sentence, often without a number."""

    @staticmethod
    def judged():
        for line in (LETTERS / "one_liners.tsv").read_text().splitlines():
            reason, language, text = line.split("\t")
            parsed = ParsedDocument("eml", f"\n\n{text}\n", metadata={"date": "2026-11-20"})
            yield reason, language, read_document(parsed, source="line", sha256="")

    def test_reason_and_language_are_recognised(self):
        judged = list(self.judged())
        assert sum(reading.reason == reason for reason, _, reading in judged) >= 0.93 * len(judged)
        assert all(reading.language == language for _, language, reading in judged)

    def test_a_sure_reason_is_the_right_one(self):
        sure = [
            reading.reason == reason
            for reason, _, reading in self.judged()
            if (reading.reason_confidence or 0) >= ACCEPTED
        ]
        assert len(sure) > 120
        assert all(sure)
