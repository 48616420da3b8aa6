"""
Train the classifier of documents from `training/` and write its file.

    python tools/train_reader.py             # judge by cross-validation, train, write
    python tools/train_reader.py --judge     # only judge
    python tools/train_reader.py --quick     # train without judging, as sharp as the last one

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
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from annotated import whole_texts
from concilia.documents.core.classifier.material import MAIL, Text, read_material
from concilia.documents.core.classifier.model import (
    NONE,
    Floats,
    Model,
    pack,
    probabilities,
    unpack,
)
from concilia.documents.core.classifier.signs import describe
from concilia.documents.core.context import Context
from concilia.documents.core.kinds import kind_scores
from concilia.documents.core.parsed import ParsedDocument
from reader_training import Example, fit_temperature, train
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
FOLDS = 3
SEED = 7
TOP = 3
FLOORS = (0.85, 0.95)
QUESTIONS = ("kind", "reason", "motive")
REASONED = {"claim", "credit_request", "debit_note", "promotion_invoice", "remittance_advice"}
RARE_WEIGHT_MAX = 1.5
COMMON_WEIGHT_MIN = 0.8


@dataclass(frozen=True)
class Sample:
    """A text or a variant of it as features, with the right answer to each question it has."""

    text: Text
    language: str
    answers: dict[str, str]
    example: Example
    is_variant: bool


@dataclass(frozen=True)
class HeldOut:
    """A text as a question saw it that was trained without it."""

    language: str
    right: int
    scores: Floats


def main() -> int:
    """Judge, train and write, as asked."""
    options = _options()
    started = time.monotonic()
    samples = list(_samples())
    texts = sum(not each.is_variant for each in samples)
    say(f"{texts} texts, {len(samples)} samples, {time.monotonic() - started:.0f} s")
    questions = {}
    for name in QUESTIONS:
        asked = [sample for sample in samples if name in sample.answers]
        labels = sorted({sample.answers[name] for sample in asked})
        sharpness = _known_sharpness(name) if options.quick else _judge(name, asked, labels)
        if not options.judge:
            trained = train(_examples(name, asked), labels)
            questions[name] = replace(trained, temperature=sharpness)
            say(f"{name} trained, {time.monotonic() - started:.0f} s")
    if questions:
        model = Model(questions, {"name": "reader", "digest": digest(), "texts": texts})
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


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--judge", action="store_true", help="do not train and write")
    parser.add_argument("--quick", action="store_true", help="do not judge")
    return parser.parse_args()


def _known_sharpness(name: str) -> float:
    return unpack(TARGET.read_bytes()).questions[name].temperature


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
    yield from _annotated()


def _annotated() -> Iterator[Sample]:
    """Yield the annotated documents that may be learned from, as they are read."""
    for document, context in whole_texts():
        kind = document.kinds[0]
        labels = document.motives if kind == "payment_reply" else document.reasons
        parsed = context.parsed
        text = Text(kind, next(iter(labels), ""), parsed.format, "", parsed.text, document.name)
        yield _seen(text, document.folder, context, is_variant=False)


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
    answers = {} if PAIRS in text.origin else {"kind": text.kind}
    if text.kind in REASONED and (text.label or text.kind != "remittance_advice"):
        answers["reason"] = text.label or NONE
    if text.kind == "payment_reply":
        answers["motive"] = text.label
    example = Example(features, "", is_variant=is_variant)
    return Sample(text, language, answers, example, is_variant)


def _examples(name: str, samples: Sequence[Sample]) -> list[Example]:
    """Rare labels count more, common ones less, both within bounds."""
    counts = Counter(sample.answers[name] for sample in samples)
    typical = sorted(counts.values())[len(counts) // 2]
    weights = {
        label: min(RARE_WEIGHT_MAX, max(COMMON_WEIGHT_MIN, (typical / count) ** 0.5))
        for label, count in counts.items()
    }
    return [
        replace(each.example, label=each.answers[name], weight=weights[each.answers[name]])
        for each in samples
    ]


def _judge(name: str, samples: Sequence[Sample], labels: Sequence[str]) -> float:
    """Print how often held-out texts are answered rightly; return the sharpness that fits them."""
    held_out = list(_hold_out(name, samples, labels))
    sharpness = fit_temperature(
        [each.scores for each in held_out], [each.right for each in held_out]
    )
    by_language = defaultdict(list)
    wrong: Counter[tuple[str, str]] = Counter()
    for each in held_out:
        shares = probabilities(each.scores, sharpness)
        order = [int(index) for index in (-shares).argsort()]
        row = (order[0] == each.right, each.right in order[:TOP], float(shares[order[0]]))
        by_language[each.language].append(row)
        by_language["all"].append(row)
        if order[0] != each.right:
            wrong[labels[each.right], labels[order[0]]] += 1
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


def _hold_out(name: str, samples: Sequence[Sample], labels: Sequence[str]) -> Iterator[HeldOut]:
    """Let each text be answered by a question trained without it and without its variants."""
    examples = _examples(name, samples)
    folds = [_fold(sample.text.origin) for sample in samples]
    for number in range(FOLDS):
        rest = [one for one, fold in zip(examples, folds, strict=True) if fold != number]
        question = train(rest, labels)
        for sample, fold in zip(samples, folds, strict=True):
            if fold == number and not sample.is_variant:
                scores = question.scores(sample.example.features)
                yield HeldOut(sample.language, labels.index(sample.answers[name]), scores)


def _fold(origin: str) -> int:
    return int(hashlib.sha256(origin.encode()).hexdigest(), 16) % FOLDS


if __name__ == "__main__":
    raise SystemExit(main())
