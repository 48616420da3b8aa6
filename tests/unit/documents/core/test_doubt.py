"""What the reader says where it is not sure: likely reasons, and that a person must look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from concilia.documents.core import reading as reading_rules
from concilia.documents.core.classifier.features import Features
from concilia.documents.core.doubt import needs_review
from concilia.documents.core.judging import Judgement
from concilia.documents.core.layout import TextWriter
from concilia.documents.core.line_reading import ReadLine
from concilia.documents.core.parsed import Cell, ParsedDocument, Table
from concilia.documents.core.reading import read_document
from concilia.documents.core.readings import Reading
from concilia.documents.core.scoring import Choice


def read(text, document_format="eml", **more):
    parsed = ParsedDocument(format=document_format, text=text, **more)
    return read_document(parsed, source="x", sha256="0")


def test_what_may_be_a_claim_says_which_reason_it_would_have():
    reading = read("4711\n\nTwo cartons?")

    assert reading.kind_confidence < 0.85
    assert reading.reason is None or reading.reason != reading.alternatives[0].label
    assert reading.alternatives
    assert sum(each.confidence for each in reading.alternatives) <= 1


@pytest.mark.parametrize(("sure", "looks"), [(0.95, False), (0.6, True), (None, True)])
def test_an_advice_that_was_cut_must_surely_say_why(sure, looks):
    cut = Reading(
        source="x",
        sha256="0",
        format="eml",
        kind="remittance_advice",
        kind_confidence=0.99,
        total_amount="95.00",
        claimed_amount="5.00",
        reason="NC-01" if sure else None,
        reason_confidence=sure,
    )

    assert needs_review(cut) is looks


def test_an_advice_says_why_for_each_line_that_was_cut():
    line = ReadLine(document="118", invoiced="100.00", paid="95.00", deducted="5.00")
    cut = Reading(
        source="x",
        sha256="0",
        format="csv",
        kind="remittance_advice",
        kind_confidence=0.99,
        total_amount="190.00",
        claimed_amount="10.00",
        reason="NC-01",
        reason_confidence=0.5,
        lines=(replace(line, reason="NC-01"), replace(line, reason="NC-05")),
    )

    assert not needs_review(cut)
    assert needs_review(replace(cut, lines=(*cut.lines, line)))


def test_what_only_sounds_automatic_is_no_machine_if_the_whole_does_not():
    reading = read(
        "[AUTO] Pénalité de service, semaine 45\n\nCECI EST UN MESSAGE AUTOMATIQUE\n\n"
        "Commande : 7300441820\nQuantité commandée : 1 440\nQuantité livrée : 1 163\n"
        "Pénalité n° PTS-26W45-30918 : 642,15 EUR\n"
        "Sans contestation sous 15 jours, le montant sera porté en déduction."
    )

    assert reading.kind in {"claim", "debit_note"}


@pytest.mark.parametrize(
    "text",
    [
        "Re: the gate\n\nYou're right about the hinge. I'll see to it at home.\n\n> it squeaks",
        "Re: il cancello\n\nHai ragione, è la cerniera. Ci guardo appena torno.\n\n> cigola",
        "Re: le portail\n\nTu as raison, je m'en occupe dès que je rentre.\n\n> il grince",
        "Re: la verja\n\nTienes razón, lo miro en cuanto vuelva a casa.\n\n> chirría",
        "Re: das Tor\n\nDa hast du recht, ich mach das, sobald ich daheim bin.\n\n> es quietscht",
    ],
)
def test_who_answers_a_mail_that_reminds_of_nothing_answers_no_reminder(text):
    assert read(text, "txt").kind == "other"
    assert read(text).kind == "other"


def test_who_answers_a_reminder_in_few_words_does():
    text = "Re: open item\n\nWill see to it on Monday.\n\n> May we remind you of our invoice 4711?"

    assert read(text).kind == "payment_reply"


def test_who_says_what_a_server_might_is_a_person_all_the_same():
    reading = read(
        "Saturday's event ruined\n\nThe 40 chairs of order C-2026-118 were due on Saturday at ten "
        "and came at four, with the wedding begun. We had to rent others for 450 euros, which is "
        "what we ask back."
    )

    assert reading.kind == "claim"


def test_a_list_that_nobody_knows_is_looked_at():
    rows = ((Cell("A-1", 0, 3), Cell("red", 4, 7)), (Cell("A-2", 8, 11), Cell("blue", 12, 16)))
    reading = read("A-1 red\nA-2 blue", "pdf", tables=(Table(rows),))

    assert reading.kind != "other" or reading.needs_review


def test_an_advice_that_says_why_but_not_how_much_names_its_reason_and_is_looked_at():
    reading = read(
        "Payment advice\n\nToday we transferred 5,000.00 EUR as part payment on account of invoice "
        "4471/26 of 12,200.00 EUR. The balance follows on 18 December."
    )

    assert (reading.kind, reading.reason) == ("remittance_advice", "FI-13")
    assert reading.claimed_amount is None
    assert reading.needs_review


def test_an_advice_that_says_nothing_of_a_cut_has_no_reason():
    reading = read(
        "Payment advice\n\nToday we transferred 5,000.00 EUR for invoice 4471/26, in full."
    )

    assert (reading.kind, reading.reason) == ("remittance_advice", None)


def test_an_advice_in_prose_says_by_arithmetic_what_was_cut():
    reading = read(
        "Transfer\n\nWe have transferred you 340.00 EUR today: your invoice 5540 of 400.00 EUR "
        "less 60.00 EUR for the returned boxes, credit note not received yet."
    )

    assert reading.kind == "remittance_advice"
    assert (reading.claimed_amount, reading.total_amount) == ("60.00", "340.00")
    assert reading.references["invoice"] == ("5540",)


@pytest.mark.parametrize(
    ("sure", "paid", "invoiced"), [(0.5, "90.00", None), (0.99, None, "90.00")]
)
def test_tables_of_what_is_hardly_known_are_read_as_the_likeliest_kind_that_cuts(
    monkeypatch, sure, paid, invoiced
):
    kinds = [Choice("other", sure), Choice("remittance_advice", 0.99 - sure)]
    judged = Judgement(kinds, [], [], Features({}, {}))
    monkeypatch.setattr(reading_rules, "judge", lambda *_: judged)
    out = TextWriter()
    table = out.table([["Invoice", "Amount"], ["118201", "90.00"], ["118202", "40.00"]])

    line = read(out.text(), "csv", tables=(table,)).lines[0]

    assert (line.paid, line.invoiced) == (paid, invoiced)
