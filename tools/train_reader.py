"""
Train the classifier of documents from `training/` and write its file.

    python tools/train_reader.py             # train, judge on documents kept from it, write
    python tools/train_reader.py --judge     # do not write

The same material gives the same model. Nothing else is read here.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from annotated import Document, whole_texts
from concilia.documents.core.classifier.material import MAIL, Text, read_material
from concilia.documents.core.classifier.model import (
    NONE,
    Floats,
    Model,
    Question,
    pack,
    probabilities,
    ranked,
)
from concilia.documents.core.classifier.signs import describe
from concilia.documents.core.context import Context
from concilia.documents.core.kinds import kind_scores
from concilia.documents.core.parsed import ParsedDocument
from net_training import NOT_ASKED, Lessons, NetPlan, train_nets
from reader_training import Example, fit_temperature, table, train, vocabulary
from text_variants import Frames, vary

ROOT = Path(__file__).parents[1]
MATERIAL = ROOT / "training"
TARGET = ROOT / "src/concilia/documents/core/classifier/reader.npz"
FRAMES = "frames.txt"
# Texts that keep neighbouring reasons and motives apart: no sample of what arrives, so kinds are
# not learned from them.
PAIRS = "/pairs-"
LANGUAGES = ("en", "it", "fr", "es", "de")
VARIANTS = 1
NETS_SEEN_MIN = 12
SEED = 7
TOP = 3
FLOORS = (0.85, 0.95)
QUESTIONS = ("kind", "reason", "motive")
REASONED = {"claim", "credit_request", "debit_note", "promotion_invoice", "remittance_advice"}
RARE_WEIGHT_MAX = 1.5
COMMON_WEIGHT_MIN = 0.8


@dataclass(frozen=True)
class HeldOut:
    """A text that was not learned from: what is right about it, and the answers' scores."""

    language: str
    right: tuple[str, ...]
    scores: Floats


@dataclass(frozen=True)
class Sample:
    """
    A text or a variant of it as features, with the right answers to each question it has; where
    several are right, the first is learned.
    """

    text: Text
    language: str
    answers: dict[str, tuple[str, ...]]
    example: Example


def main() -> int:
    """Train, judge on documents kept from it, write."""
    options = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    options.add_argument("--judge", action="store_true", help="do not write")
    only_judged = options.parse_args().judge
    started = time.monotonic()
    samples = list(_samples())
    texts = sum(not each.example.is_variant for each in samples)
    say(f"{texts} texts, {len(samples)} samples, {time.monotonic() - started:.0f} s")
    questions = {}
    for name in QUESTIONS:
        asked = [sample for sample in samples if name in sample.answers]
        labels = sorted({sample.answers[name][0] for sample in asked})
        questions[name] = train(_examples(name, asked), labels)
        say(f"{name} trained, {time.monotonic() - started:.0f} s")
    nets = train_nets(_lessons(samples, questions), NetPlan())
    say(f"networks trained, {time.monotonic() - started:.0f} s")
    model = Model(questions, {"name": "reader", "digest": digest(), "texts": texts}, nets)
    model = replace(model, questions=_sharpened(model, list(_annotated(kept=True))))
    if not only_judged:
        TARGET.write_bytes(pack(model))
        say(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size:,} bytes, {model.version}")
    return 0


def digest() -> str:
    """Return the digest of the material."""
    whole = hashlib.sha256()
    for path in sorted(MATERIAL.rglob("*.txt")):
        whole.update(path.relative_to(MATERIAL).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def say(line: str) -> None:
    """Print a line at once."""
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _samples() -> Iterator[Sample]:
    chance = random.Random(SEED)
    for language in LANGUAGES:
        frames: dict[str, list[str]] = defaultdict(list)
        for text in _texts(language, [MATERIAL / language / FRAMES]):
            frames[text.kind].append(text.body)
        paths = sorted((MATERIAL / language).glob("*.txt"))
        for text in _texts(language, [path for path in paths if path.name != FRAMES]):
            yield _sample(text, language, is_variant=False)
            yield from _variants(text, language, frames, chance)
    yield from _annotated(kept=False)


def _annotated(*, kept: bool) -> Iterator[Sample]:
    """Yield annotated documents as they are read: those to learn from, or those kept from it."""
    for document, context in whole_texts(kept=kept):
        kind = document.kinds[0]
        labels = document.motives if kind == "payment_reply" else document.reasons
        parsed = context.parsed
        text = Text(kind, next(iter(labels), ""), parsed.format, "", parsed.text, document.name)
        sample = _seen(text, document.folder, context, is_variant=False)
        known = {"kind": document.kinds, "reason": document.reasons, "motive": document.motives}
        answers = {name: known[name] or right for name, right in sample.answers.items()}
        yield replace(sample, answers={name: tuple(right) for name, right in answers.items()})
        if not kept:
            yield from _of_lines(document)


def _of_lines(document: Document) -> Iterator[Sample]:
    """Yield the words of lines that say why they were cut: as long texts, they teach reasons."""
    said = {each.text: each.reason for each in document.lines if each.text and each.reason}
    for words, reasons in said.items():
        reason = reasons.partition("/")[0]
        text = Text("remittance_advice", reason, "txt", "", words, document.name)
        sample = _sample(text, document.folder, is_variant=False)
        yield replace(sample, answers={"reason": (reason,)})


def _texts(language: str, paths: Iterable[Path]) -> Iterator[Text]:
    for path in paths:
        yield from read_material(path.read_text(), f"{language}/{path.name}")


def _variants(text: Text, language: str, frames: Frames, chance: random.Random) -> Iterator[Sample]:
    if text.medium == MAIL:
        for _ in range(VARIANTS):
            yield _sample(vary(text, frames, chance), language, is_variant=True)


def _sample(text: Text, language: str, *, is_variant: bool) -> Sample:
    whole = f"{text.subject}\n\n{text.body}" if text.medium == MAIL else text.body
    context = Context(ParsedDocument(text.medium, unicodedata.normalize("NFC", whole)))
    return _seen(text, language, context, is_variant=is_variant)


def _seen(text: Text, language: str, context: Context, *, is_variant: bool) -> Sample:
    features = describe(context, kind_scores(context))
    answers: dict[str, tuple[str, ...]] = {}
    if PAIRS not in text.origin:
        answers["kind"] = (text.kind,)
    if text.kind in REASONED and (text.label or text.kind != "remittance_advice"):
        answers["reason"] = (text.label or NONE,)
    if text.kind == "payment_reply":
        answers["motive"] = (text.label,)
    return Sample(text, language, answers, Example(features, "", is_variant=is_variant))


def _examples(name: str, samples: Sequence[Sample]) -> list[Example]:
    """Rare labels count more, common ones less, both within bounds."""
    counts = Counter(sample.answers[name][0] for sample in samples)
    typical = sorted(counts.values())[len(counts) // 2]
    weights = {
        label: min(RARE_WEIGHT_MAX, max(COMMON_WEIGHT_MIN, (typical / count) ** 0.5))
        for label, count in counts.items()
    }
    return [
        replace(each.example, label=label, weight=weights[label])
        for each in samples
        for label in each.answers[name][:1]
    ]


def _lessons(samples: Sequence[Sample], questions: Mapping[str, Question]) -> Lessons:
    """Return what the networks learn from: every sample with all its questions at once."""
    examples = [each.example for each in samples]
    known = vocabulary(examples, NETS_SEEN_MIN)
    truth = np.full((len(samples), len(questions)), NOT_ASKED, dtype=np.int64)
    weight = np.zeros(truth.shape, dtype=np.float32)
    for column, (name, question) in enumerate(questions.items()):
        rows = [row for row, each in enumerate(samples) if name in each.answers]
        asked = _examples(name, [samples[row] for row in rows])
        place = {label: number for number, label in enumerate(question.labels)}
        truth[rows, column] = [place[each.label] for each in asked]
        weight[rows, column] = [each.weight for each in asked]
    labels = {name: question.labels for name, question in questions.items()}
    return Lessons(table(examples, known), known, labels, truth, weight)


def _sharpened(model: Model, kept: Sequence[Sample]) -> dict[str, Question]:
    """Return the questions as sharp as their answers to documents kept from them are right."""
    judged = [(each, model.log_shares(each.example.features)) for each in kept]
    sharpened = {}
    for name, question in model.questions.items():
        held_out = [
            HeldOut(each.language, each.answers[name], shares[name])
            for each, shares in judged
            if set(each.answers.get(name, ())) & set(question.labels)
        ]
        sharpened[name] = replace(question, temperature=_judge(name, question.labels, held_out))
    return sharpened


def _judge(name: str, labels: Sequence[str], held_out: Sequence[HeldOut]) -> float:
    """Print how often held-out texts are answered rightly; return the sharpness that fits them."""
    sharpness = fit_temperature(
        [each.scores for each in held_out], [labels.index(each.right[0]) for each in held_out]
    )
    by_language = defaultdict(list)
    wrong: Counter[tuple[str, str]] = Counter()
    for each in held_out:
        best = ranked(labels, probabilities(each.scores, sharpness))
        among = any(choice.label in each.right for choice in best[:TOP])
        row = (best[0].label in each.right, among, best[0].confidence)
        by_language[each.language].append(row)
        by_language["all"].append(row)
        if not row[0]:
            wrong[each.right[0], best[0].label] += 1
    for language, rows in by_language.items():
        say(f"   {name} {language}: {_figures(rows)}")
    say(f"   sharpness {sharpness:.2f}; confused: {wrong.most_common(14)}")
    return sharpness


def _figures(rows: Sequence[tuple[bool, bool, float]]) -> str:
    line = f"{len(rows)} texts, first {_share(row[0] for row in rows)}"
    line += f", in three {_share(row[1] for row in rows)}"
    for floor in FLOORS:
        sure = [row for row in rows if row[2] >= floor]
        line += f"; from {floor}: {len(sure) / len(rows):.0%}, right {_share(r[0] for r in sure)}"
    return line


def _share(values: Iterable[bool]) -> str:
    known = list(values)
    return f"{sum(known) / len(known):.1%}" if known else "n/a"


if __name__ == "__main__":
    raise SystemExit(main())
