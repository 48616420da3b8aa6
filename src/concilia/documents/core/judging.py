"""What phrases and classifier together say of a document: its kind, its reason, its motive."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from concilia.documents.core.classifier.features import Features
from concilia.documents.core.classifier.model import NONE, Question
from concilia.documents.core.classifier.shipped import shipped_model
from concilia.documents.core.classifier.signs import describe
from concilia.documents.core.classifier.weighing import weighing
from concilia.documents.core.context import Context
from concilia.documents.core.scoring import Choice, Scored
from concilia.documents.core.words import Hit


@dataclass(frozen=True, slots=True)
class Judgement:
    """
    The likeliest answers to each question, in order. A confidence is how often such an answer is
    right (docs/reference/accuracy.md).

    :param by_words: the kinds as the classifier alone sees them, before the second look
    """

    kinds: Sequence[Choice]
    reasons: Sequence[Choice]
    motives: Sequence[Choice]
    features: Features
    by_words: Sequence[Choice] = ()

    def spots(self, question: str, label: str, context: Context) -> tuple[Hit, ...]:
        """Return the words that spoke most for an answer, for showing where it was read."""
        known = shipped_model().questions[question]
        if label not in known.labels:
            return ()
        return tuple(
            _hit(label, name, self.features, context) for name in _best(known, self.features, label)
        )


def judge(context: Context, kinds: dict[str, Scored]) -> Judgement:
    """
    Return what a document most likely is.

    :param kinds: how strongly titles, wishes and columns speak for each kind
    """
    features = describe(context, kinds)
    chosen = shipped_model().choose_all(features)
    return Judgement(
        kinds=weighing().kinds_of(chosen, features),
        reasons=_known(chosen["reason"]),
        motives=_known(chosen["motive"]),
        features=features,
        by_words=chosen["kind"],
    )


def _known(choices: Sequence[Choice]) -> list[Choice]:
    return [choice for choice in choices if choice.label != NONE]


def _best(question: Question, features: Features, label: str) -> list[str]:
    return question.reasons_for(features, label, most=2)


def _hit(label: str, name: str, features: Features, context: Context) -> Hit:
    first, last = features.places[name]
    start, end = context.tokens[first].start, context.tokens[last].end
    return Hit(label, 1.0, start, end, context.tokens[first].sentence, name)
