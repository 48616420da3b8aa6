"""
Train the classifier of documents from `training/` and write its file.

    python tools/train_reader.py             # train, judge by cross-validation, write
    python tools/train_reader.py --judge     # only judge
    python tools/train_reader.py --only it   # texts of one language (for a quick look)

The evaluation set in tests/evaluation is never read here.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import random
import sys
import time
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # the same sums in the same order
ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "src"))

from concilia.documents.core.classifier.material import MAIL, Text, read_material
from concilia.documents.core.classifier.model import NONE, Model, Question, pack
from concilia.documents.core.classifier.signs import describe
from concilia.documents.core.classifier.training import Example, Plan, fit_temperature, train
from concilia.documents.core.context import Context
from concilia.documents.core.kinds import kind_scores
from concilia.documents.core.parsed import ParsedDocument

MATERIAL = ROOT / "training"
TARGET = ROOT / "src/concilia/documents/core/classifier/reader.npz"
LANGUAGES = ("en", "it", "fr", "es", "de")
VARIANTS = 2
FOLDS = 5
SEED = 7
LEX = []
PLAN = Plan()
QUESTIONS = ("kind", "reason", "motive")
REASONED = {"claim", "credit_request", "debit_note", "promotion_invoice", "remittance_advice"}


@dataclass(frozen=True)
class Sample:
    """A text or a variant of it as features, with the right answer to each question."""

    text: Text
    language: str
    answers: dict[str, str]
    example: Example
    is_variant: bool


def main() -> int:
    """Train and judge; return 1 if a text cannot be used."""
    options = _options()
    global PLAN  # noqa: PLW0603
    PLAN = Plan(**{k: float(v) if "." in v or "e" in v else int(v) for k, v in (each.split("=") for each in options.plan.split(",") if each)})
    started = time.monotonic()
    texts, frames = _load(options.only)
    samples = list(_samples(texts, frames))
    print(f"{len(texts)} texts, {len(samples)} samples, {time.monotonic() - started:.0f} s")
    questions = {}
    for name in QUESTIONS:
        asked = _asked(name, samples)
        temperature = 0.85
        if not options.quick:
            held_out = _cross_validate(name, asked)
            temperature = fit_temperature(
                [scores for _, scores, _ in held_out], [right for _, _, right in held_out]
            )
            _judge(name, held_out, _labels(name, asked), temperature)
            print(f"   temperature {temperature:.2f}, {time.monotonic() - started:.0f} s", flush=True)
        if not options.judge:
            trained = train(_examples(name, asked), _labels(name, asked), PLAN)
            questions[name] = replace(trained, temperature=temperature)
    if questions:
        model = Model(questions, {"name": "reader", "digest": digest(), "texts": len(texts)})
        TARGET.write_bytes(pack(model))
        print(f"{TARGET.relative_to(ROOT)}: {TARGET.stat().st_size:,} bytes, {model.version}")
    return 0


def digest() -> str:
    """Return the digest of the material and of the code that looks at it."""
    whole = hashlib.sha256()
    for path in sorted(MATERIAL.rglob("*.txt")):
        whole.update(path.relative_to(MATERIAL).as_posix().encode() + b"\0" + path.read_bytes())
    return whole.hexdigest()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[1])
    parser.add_argument("--judge", action="store_true", help="do not write the model")
    parser.add_argument("--quick", action="store_true", help="no cross-validation: the old sharpness")
    parser.add_argument("--only", default="", help="one language")
    parser.add_argument("--plan", default="", help="other numbers, as rounds=8,rate=0.2")
    return parser.parse_args()


def _load(only: str) -> tuple[list[tuple[str, Text]], dict[str, dict[str, list[str]]]]:
    texts, frames = [], {}
    for language in LANGUAGES:
        frames[language] = defaultdict(list)
        for path in sorted((MATERIAL / language).glob("*.txt")):
            for text in read_material(path.read_text(), f"{language}/{path.name}"):
                if path.name == "frames.txt":
                    frames[language][text.kind].append(text.body)
                elif only in {"", language}:
                    texts.append((language, text))
    return texts, frames


def _samples(
    texts: Sequence[tuple[str, Text]], frames: dict[str, dict[str, list[str]]]
) -> Iterator[Sample]:
    chance = random.Random(SEED)
    for language, text in texts:
        yield _sample(text, language, is_variant=False)
        if text.medium == MAIL:
            for _ in range(VARIANTS):
                varied = _varied(text, frames[language], chance)
                yield _sample(varied, language, is_variant=True)


def _sample(text: Text, language: str, *, is_variant: bool) -> Sample:
    whole = f"{text.subject}\n\n{text.body}" if text.medium == MAIL else text.body
    context = Context(ParsedDocument(text.medium, unicodedata.normalize("NFC", whole)))
    features = describe(context, kind_scores(context))
    answers = {"kind": text.kind}
    if text.kind in REASONED and (text.label or text.kind != "remittance_advice"):
        answers["reason"] = text.label or NONE
    if text.kind == "payment_reply":
        answers["motive"] = text.label
    return Sample(text, language, answers, Example(features, ""), is_variant)


def _asked(name: str, samples: Sequence[Sample]) -> list[Sample]:
    """Only claims have a reason, only answers to a reminder a motive."""
    return [sample for sample in samples if name in sample.answers]


def _labels(name: str, samples: Sequence[Sample]) -> list[str]:
    return sorted({sample.answers[name] for sample in samples})


def _examples(name: str, samples: Sequence[Sample]) -> list[Example]:
    counts = Counter(sample.answers[name] for sample in samples)
    typical = sorted(counts.values())[len(counts) // 2]
    return [
        replace(
            sample.example,
            label=sample.answers[name],
            weight=min(3.0, max(0.25, (typical / counts[sample.answers[name]]) ** 0.5)),
        )
        for sample in samples
    ]


def _cross_validate(name: str, samples: Sequence[Sample]) -> list[tuple[Sample, object, int]]:
    """Judge each text by a question trained without it and without its variants."""
    labels = _labels(name, samples)
    examples = _examples(name, samples)
    fold = [int(hashlib.sha256(each.text.origin.encode()).hexdigest(), 16) % FOLDS for each in samples]
    held_out = []
    for number in range(FOLDS):
        rest = [one for one, where in zip(examples, fold, strict=True) if where != number]
        question = train(rest, labels, PLAN)
        for sample, where in zip(samples, fold, strict=True):
            if where == number and not sample.is_variant:
                scores = question.scores(sample.example.features)
                held_out.append((sample, scores, labels.index(sample.answers[name])))
    return held_out


def _judge(name, held_out, labels, temperature) -> None:
    """Print how often the first answer is right, by language and by how sure it is."""
    from concilia.documents.core.classifier.model import probabilities

    by_language = defaultdict(list)
    wrong = Counter()
    for sample, scores, right in held_out:
        shares = probabilities(scores, temperature)
        order = (-shares).argsort()
        first, among = order[0] == right, right in order[:3]
        if name == "reason":
            lex = max(((v, n) for n, v in sample.example.features.values.items() if n.startswith("x:") and not n.endswith("!")), default=(0, ""))[1][2:]
            LEX.append(lex == labels[right])
        by_language[sample.language].append((first, among, float(shares[order[0]])))
        if not first:
            wrong[(labels[right], labels[order[0]])] += 1
    everything = [each for rows in by_language.values() for each in rows]
    for language, rows in [*sorted(by_language.items()), ("all", everything)]:
        line = f"   {name} {language}: {len(rows)} texts, first {_share(r[0] for r in rows)}"
        line += f", in three {_share(r[1] for r in rows)}"
        for floor in (0.85, 0.95):
            sure = [row for row in rows if row[2] >= floor]
            line += f"; ≥ {floor}: {len(sure) / len(rows):.0%} right {_share(r[0] for r in sure)}"
        print(line)
    print("lex only", _share(LEX))
    print("   confused:", ", ".join(f"{a}→{b} {n}" for (a, b), n in wrong.most_common(14)))


def _share(values) -> str:
    known = list(values)
    return f"{sum(known) / len(known):.1%}" if known else "n/a"


# ── Variants: the same thing as somebody else would have typed it ────────────────────────────────


def _varied(text: Text, frames: dict[str, list[str]], chance: random.Random) -> Text:
    body, subject = text.body, text.subject
    pieces = [body]
    if frames and chance.random() < 0.6:
        pieces = _framed(body, frames, chance)
    body = "\n".join(pieces)
    answers = text.kind == "payment_reply"
    if answers and frames.get("reminder_subject") and chance.random() < 0.5:
        subject = chance.choice(frames["reminder_subject"])
    elif chance.random() < 0.35:
        subject = _first_words(text.body) if not subject else ""
    for act, likely in ((_plain, 0.3), (_mistyped, 0.4), (str.lower, 0.2), (str.upper, 0.06), (_hurried, 0.2)):
        if chance.random() < likely:
            body = act(body, chance) if act in {_mistyped, _hurried} else act(body)
            subject = subject if act in {_mistyped, _hurried} else act(subject)
    if frames.get("attribution") and chance.random() < (0.5 if answers else 0.2):
        told = chance.choice(frames["reminder" if answers else "sent"])
        body += f"\n\n{chance.choice(frames['attribution'])}\n> {told}"
    return replace(text, body=body, subject=subject)


def _framed(body: str, frames: dict[str, list[str]], chance: random.Random) -> list[str]:
    pieces = [body]
    if frames.get("filler") and chance.random() < 0.6:
        pieces.insert(chance.choice((0, 1)), chance.choice(frames["filler"]))
    if frames.get("greeting") and chance.random() < 0.7:
        pieces.insert(0, chance.choice(frames["greeting"]))
    if frames.get("closing") and chance.random() < 0.7:
        pieces.append(chance.choice(frames["closing"]))
    return pieces


def _first_words(body: str) -> str:
    return " ".join(body.split()[:6])


def _plain(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def _hurried(text: str, chance: random.Random) -> str:
    return "".join(" " if char in ",;:" and chance.random() < 0.7 else char for char in text)


def _mistyped(text: str, chance: random.Random) -> str:
    words = text.split(" ")
    for _ in range(max(1, len(words) // 12)):
        index = chance.randrange(len(words))
        word = words[index]
        if len(word) < 5 or any(char.isdigit() for char in word):
            continue
        at = chance.randrange(1, len(word) - 1)
        words[index] = chance.choice(
            (
                word[:at] + word[at + 1] + word[at] + word[at + 2 :],
                word[:at] + word[at + 1 :],
                word[:at] + word[at] + word[at:],
            )
        )
    return " ".join(words)


if __name__ == "__main__":
    raise SystemExit(main())
