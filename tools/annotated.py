"""
Annotated documents of `training/`: what the classifier and the picker learn from, and readings of
documents that neither has seen.

A third of the documents is kept from the classifier, to measure how far readings can be trusted.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import sys
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any, Final

import numpy as np

from concilia.documents.core.claimed import CLAIM_KINDS, claimed_amount
from concilia.documents.core.classifier.features import Features
from concilia.documents.core.classifier.material import MAIL, Text, read_material
from concilia.documents.core.classifier.model import NONE, Model, Question
from concilia.documents.core.classifier.weighing import Weighing, weighed_by
from concilia.documents.core.context import Context
from concilia.documents.core.formats import detect
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.core.picking.numbers import KEPT, NEW, number_candidates
from concilia.documents.core.picking.picker import (
    CLAIMED,
    NUMBER,
    SUM,
    Numbers,
    Picker,
    Sum,
    TrainedPicker,
    using,
)
from concilia.documents.core.picking.sums import sum_candidates
from concilia.documents.core.readings import KINDS
from concilia.documents.core.references import Reference
from concilia.documents.core.relevance import relevant_references
from concilia.documents.core.totals import Found
from concilia.documents.ports import parser_for
from concilia.documents.queries.reading import read_bytes
from net_training import NOT_ASKED, Lessons, NetPlan, train_nets
from reader_training import Example, Plan, table, train, vocabulary
from side_by_side import side_by_side

ROOT: Final = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.evaluation.build import build  # noqa: E402 - tests define the form of the documents
from tests.evaluation.source import Document, load  # noqa: E402

FOLDS: Final = 6
PART: Final = 100  # documents read by a process at a time
NO_MAILS: Final = frozenset({"frames.txt"})
PAIRS: Final = "pairs-"
EASY_WEIGHT: Final = 1.0
EASY_SHARE: Final = 3  # one of so many texts
# Documents of which each was to be like no other: they say what can go wrong, not how often.
CONTRIVED: Final = "-x"
CONTRIVED_WEIGHT: Final = 0.3
KEPT_FOLDS: Final = frozenset({0, 1})  # for measuring trust
NUMBER_PLAN: Final = Plan(freedom=1.5, steps=80, seen_min=2, kept=60_000)
SUM_PLAN: Final = Plan(freedom=2.0, steps=80, seen_min=2, kept=60_000)
NET_PLAN: Final = NetPlan(members=4, width=64, inner=96, rounds=8, forgotten=0.3, dropped=0.3)
Answer = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Easy:
    """Candidates of plain texts of which the rules are sure."""

    numbers: Sequence[tuple[Features, str]]
    sums: Sequence[tuple[Features, str]]


@dataclass(frozen=True, slots=True)
class Lesson:
    """A document and the candidates in it: signs with what is right about each."""

    document: Document
    numbers: Sequence[tuple[Features, str]]
    sums: Sequence[tuple[Features, str]]


@dataclass
class _Recorder:
    """A picker that leaves the rules their word and notes what there was to judge."""

    document: Document
    numbers_seen: list[tuple[Features, str]] = field(default_factory=list)
    sums_seen: list[tuple[Features, str]] = field(default_factory=list)

    def numbers(self, context: Context, kind: str, named: list[Reference]) -> Numbers:
        for each in number_candidates(context, kind, named):
            right = _right_kind(self.document, each.value)
            if right is not None:
                self.numbers_seen.append((each.features, right))
        return Numbers(named)

    def claimed(self, context: Context, kind: str, claimed: Found | None, why: str = "") -> Sum:
        expected = self.document.amount
        if expected is not None:
            wanted = Decimal(expected[0]) if expected[0] is not None else None
            self.sums_seen += [
                (each.features, CLAIMED if each.amount.value == wanted else NONE)
                for each in sum_candidates(context, kind, claimed, why)
            ]
        return Sum(claimed)


def whole_texts(language: str = "", *, kept: bool) -> Iterator[tuple[Document, Context]]:
    """
    Yield documents that say it all in one part.

    :param language: of one folder only; empty: of all
    :param kept: those kept from the classifier, else those it may learn from
    """
    for document in load(ROOT / "training"):
        if is_kept(document) is not kept or language not in {"", document.folder}:
            continue
        name, content = build(document)
        found = detect(content, name)
        parser = parser_for(found) if found else None
        if parser is None or found is None:
            continue
        parsed = parser.parse(Source(content, name, found))
        if not any(not each.inline for each in parsed.attachments):
            yield document, Context(parsed, dt.date.fromisoformat(document.date))


def plain_texts() -> Iterator[Text]:
    """Yield one in three of the texts that are not annotated."""
    for path in sorted((ROOT / "training").glob("*/*.txt")):
        if path.name in NO_MAILS or path.name.startswith(PAIRS):
            continue
        for text in read_material(path.read_text(), f"{path.parent.name}/{path.name}"):
            if int(hashlib.sha256(text.origin.encode()).hexdigest(), 16) % EASY_SHARE == 0:
                yield text


def is_kept(document: Document) -> bool:
    """Whether a document is kept from the classifier."""
    return fold_of(document) in KEPT_FOLDS


def lessons() -> list[Lesson]:
    """Return every annotated document with what there is to judge in it."""
    documents = load(ROOT / "training")
    parts = [documents[start : start + PART] for start in range(0, len(documents), PART)]
    return [
        lesson
        for part in side_by_side(lambda part: [_lesson(each) for each in part], parts)
        for lesson in part
    ]


def _lesson(document: Document) -> Lesson:
    recorder = _Recorder(document)
    _read(document, recorder)
    return Lesson(document, recorder.numbers_seen, recorder.sums_seen)


def easy_lessons(texts: Iterable[Text]) -> Easy:
    """
    Return what the rules say of texts that are not annotated, where they have little to err about:
    annotated documents were written to be hard, and would teach that the obvious is a trap.
    """
    listed = [*texts]
    parts = [listed[start : start + PART] for start in range(0, len(listed), PART)]
    found = side_by_side(_easy, parts)
    return Easy(
        [x for each in found for x in each.numbers], [x for each in found for x in each.sums]
    )


def _easy(texts: Sequence[Text]) -> Easy:
    numbers: list[tuple[Features, str]] = []
    sums: list[tuple[Features, str]] = []
    for text in texts:
        whole = f"{text.subject}\n\n{text.body}" if text.medium == MAIL else text.body
        context = Context(ParsedDocument(text.medium, unicodedata.normalize("NFC", whole)))
        for each in number_candidates(context, text.kind, relevant_references(context, text.kind)):
            if each.status == NEW:
                numbers.append((each.features, NONE))
            elif each.status == KEPT and each.rule is not None and each.rule.labelled:
                numbers.append((each.features, each.rule.kind))
        if text.kind in CLAIM_KINDS:
            claimed = claimed_amount(context, text.kind, (), None)
            found = sum_candidates(context, text.kind, claimed, text.label)
            if claimed is not None and len({each.amount.value for each in found}) == 1:
                sums += [(each.features, CLAIMED) for each in found]
    return Easy(numbers, sums)


def picker_of(taught: Sequence[Lesson], easy: Easy) -> TrainedPicker:
    """Return a picker that has learned these."""
    asked: dict[str, list[Example]] = {
        NUMBER: [Example(*pair) for lesson in taught for pair in lesson.numbers],
        SUM: [Example(*pair) for lesson in taught for pair in lesson.sums],
    }
    asked[NUMBER] += [Example(*pair, EASY_WEIGHT) for pair in easy.numbers]
    asked[SUM] += [Example(*pair, EASY_WEIGHT) for pair in easy.sums]
    questions = {
        NUMBER: train(asked[NUMBER], (*KINDS, NONE), NUMBER_PLAN),
        SUM: train(asked[SUM], (CLAIMED, NONE), SUM_PLAN),
    }
    nets = train_nets(_net_lessons(asked, questions), NET_PLAN)
    return TrainedPicker(Model(questions, {"name": "picker"}, nets))


def _net_lessons(
    asked: Mapping[str, Sequence[Example]], questions: Mapping[str, Question]
) -> Lessons:
    """Numbers and sums are asked one question each, of the same networks."""
    examples = [example for of_it in asked.values() for example in of_it]
    known = vocabulary(examples, NUMBER_PLAN.seen_min)
    truth = np.full((len(examples), len(questions)), NOT_ASKED, dtype=np.int64)
    row = 0
    for column, (name, question) in enumerate(questions.items()):
        for example in asked[name]:
            truth[row, column] = question.labels.index(example.label)
            row += 1
    weight = np.repeat([[each.weight] for each in examples], len(questions), axis=1)
    labels = {name: question.labels for name, question in questions.items()}
    return Lessons(table(examples, known), known, labels, truth, weight.astype(np.float32))


def held_out(
    taught: Sequence[Lesson], easy: Easy, weighings: Mapping[int, Weighing]
) -> Iterator[tuple[Document, Answer]]:
    """
    Yield readings of the documents kept from the classifier, by pickers that saw others only.

    :param weighings: for each kept fold one that saw others only
    """
    folds: dict[int, list[Lesson]] = defaultdict(list)
    for lesson in taught:
        folds[fold_of(lesson.document)].append(lesson)
    for number in sorted(KEPT_FOLDS):
        part = folds[number]
        rest = [each for other, each_part in folds.items() if other != number for each in each_part]
        picker = picker_of(rest, easy)
        documents = [lesson.document for lesson in part]
        parts = [documents[start : start + PART] for start in range(0, len(documents), PART)]
        work = partial(_all_read, picker=picker, weighing=weighings[number])
        for read in side_by_side(work, parts):
            yield from read


def _all_read(
    documents: Sequence[Document], picker: Picker, weighing: Weighing
) -> list[tuple[Document, Answer]]:
    with weighed_by(weighing):
        return [(each, _read(each, picker)) for each in documents]


def _read(document: Document, picker: Picker) -> Answer:
    name, content = build(document)
    with using(picker):
        return read_bytes(content, filename=name, written_on=document.date, with_contents=True)


def _right_kind(document: Document, value: str) -> str | None:
    """Return the kind of paper a number is, `-` if none that is meant; None if either would do."""
    if document.references is None:
        return None
    for kind, expected in document.references.items():
        for each in expected:
            if _plain(value) in map(_plain, each.spellings):
                return None if each.optional else kind
    return NONE


def _plain(number: str) -> str:
    return "".join(number.split()).upper()


def fold_of(document: Document) -> int:
    """In which of the folds a document lies, by its name."""
    return int(hashlib.sha256(document.name.encode()).hexdigest(), 16) % FOLDS
