"""The evaluation set keeps its word: sound, complete, and seen by nobody who trains or tunes."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path

from tests.evaluation.build import build
from tests.evaluation.source import LANGUAGES, Document, load
from tests.tidy.test_tree import TRACKED, read_text

from concilia.kernel.non_payment import NON_PAYMENT_REASONS
from concilia.kernel.reasons import REASONS

ROOT = Path(__file__).parents[2]
CALLS_FOR_ACTS = {
    "claim",
    "credit_request",
    "debit_note",
    "promotion_invoice",
    "remittance_advice",
    "payment_reply",
}
PAPERS = {
    "proof_of_delivery",
    "delivery_note",
    "order",
    "invoice",
    "credit_note",
    "bank_statement",
    "receiving_advice",
}
KINDS = CALLS_FOR_ACTS | PAPERS | {"auto_reply", "bounce", "other"}
SET = load()
# Who may know the set: itself, what scores it, and papers for people. What learns from
# annotated documents reads others of the same form, by the same code.
FITTING = {"tools/annotated.py", "tools/fit_trust.py", "tools/train_picker.py"}
ACQUAINTED = {"tests/evaluation", "tests/unit/evaluation", "tests/tidy", "Makefile", *FITTING}
SENTENCE = 60  # characters; a line that long is not written twice by chance


def test_what_is_right_is_what_the_documents_say():
    """Labels exist; every number, amount and date stands in its document, as printed."""
    faults = [f"{document.name}: {fault}" for document in SET for fault in faults_of(document)]

    assert faults == []


def test_names_are_unique_and_say_the_language():
    assert [name for name, times in Counter(each.name for each in SET).items() if times > 1] == []
    assert {each.folder for each in SET} == set(LANGUAGES)
    assert all(each.name.startswith(f"{each.folder}-") for each in SET)


def test_sums_add_up():
    """Deductions and payments of the lines are the totals that are said to be right."""
    for document in SET:
        for name, total in (("deducted", document.amount), ("paid", document.total)):
            amounts = [
                Decimal(line.amounts[name]) for line in document.lines if name in line.amounts
            ]
            if amounts and total is not None:
                assert sum(amounts) == Decimal(total[0] or 0), f"{document.name} {name}"


class TestBreadth:
    def test_every_language_has_its_share(self):
        assert len(SET) >= 700
        assert min(Counter(each.folder for each in SET).values()) >= 140

    def test_every_kind_is_there_in_every_language(self):
        for language in LANGUAGES:
            assert {each.kinds[0] for each in SET if each.folder == language} == KINDS

    def test_every_reason_and_motive_is_there_often_enough(self):
        reasons = Counter(reason for each in SET for reason in set(each.reasons))
        motives = Counter(motive for each in SET for motive in set(each.motives))

        assert {code for code in REASONS if reasons[code] < 6} == set()
        assert {code for code in NON_PAYMENT_REASONS if motives[code] < 5} == set()

    def test_nearly_a_quarter_is_nothing_to_act_on(self):
        assert sum(each.kinds[0] not in CALLS_FOR_ACTS for each in SET) >= 0.23 * len(SET)

    def test_files_of_every_form_are_there(self):
        forms = {section.form for each in SET for section in each.sections}

        assert {"pdf", "csv", "xlsx", "raw", "quoted", "status"} <= forms
        assert {"mail", "html", "text", "phone", "file", "report"} == {e.medium for e in SET}


def test_the_same_files_are_built_every_time():
    some = [each for each in SET if each.sections][::9]

    assert [build(each) for each in some] == [build(each) for each in some]


class TestFrozen:
    def test_nothing_that_trains_or_tunes_names_the_set(self):
        """Neither the program, nor its tools, nor the material they learn from."""
        named = re.compile(r"tests[./]evaluation|evaluation[./]documents")
        strangers = [
            name
            for path in TRACKED
            if not any((name := str(path.relative_to(ROOT))).startswith(a) for a in ACQUAINTED)
            and path.suffix != ".md"
            and (text := read_text(path)) is not None
            and named.search(text)
        ]
        assert strangers == [], "the evaluation set is for measuring only"

    def test_what_learns_from_annotated_documents_reads_others(self):
        text = "".join((ROOT / name).read_text() for name in sorted(FITTING))

        assert set(re.findall(r"\bload\((.*?)\)", text)) == {'ROOT / "training"'}
        assert "DOCUMENTS" not in text

    def test_no_sentence_of_it_stands_anywhere_else(self):
        """Copying from the set into phrases, letters or training material would show here."""
        ours = {
            squeezed
            for document in SET
            for line in document.text.splitlines()
            if len(squeezed := squeeze(line)) >= SENTENCE and "<" not in line
        }
        elsewhere = [
            f"{path.relative_to(ROOT)}: {line.strip()[:60]}"
            for path in TRACKED
            if "tests/evaluation" not in str(path)
            and path.suffix in {".txt", ".py", ".json", ".jsonl", ".toml", ".yaml", ".csv", ".tsv"}
            and (text := read_text(path)) is not None
            for line in text.splitlines()
            if squeeze(line) in ours
        ]
        assert elsewhere == []


def faults_of(document: Document) -> Iterator[str]:
    labels = {*document.reasons, *(line.reason for line in document.lines if line.reason)}
    yield from sorted({*document.kinds} - KINDS)
    yield from sorted(labels - set(REASONS))
    yield from sorted({*document.motives} - set(NON_PAYMENT_REASONS))
    shown = " ".join(document.text.split())
    for references in (document.references or {}).values():
        for spelling in (each for reference in references for each in reference.spellings):
            if spelling not in shown:
                yield spelling
    for amount in amounts_of(document):
        if not is_printed(amount, shown) and document.said.get("as", "\0") not in shown:
            yield amount
    written = dt.date.fromisoformat(document.date)
    if document.promise and document.promise[0]:
        promised = dt.date.fromisoformat(document.promise[0])
        if not dt.timedelta(0) <= promised - written < dt.timedelta(days=60):
            yield document.promise[0]


def squeeze(line: str) -> str:
    return "".join(re.findall(r"\w", line.lower()))


def amounts_of(document: Document) -> list[str]:
    """Those that stand as such in the document."""
    named = [document.amount and document.amount[0], document.total and document.total[0]]
    return [each for each in [*named, document.promise and document.promise[1]] if each]


def is_printed(amount: str, shown: str) -> bool:
    """Whether an amount stands in a text in any of the five conventions, with cents or without."""
    whole, _, cents = amount.partition(".")
    grouped = f"{int(whole):,}"
    wholes = {whole, *(grouped.replace(",", separator) for separator in ",. '\u2019")}
    endings = {f".{cents}", f",{cents}", *({"", ",-"} if cents == "00" else ())}
    return any(
        re.search(rf"(?<!\d){re.escape(each + ending)}(?!\d)", shown)
        for each in wholes
        for ending in endings
    )
