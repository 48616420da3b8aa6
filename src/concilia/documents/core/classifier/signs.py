"""A document's features: its live words, what phrases spoke for, and what kind of file it is."""

from __future__ import annotations

import math
import re
from typing import Final

from concilia.documents.core.classifier.features import (
    TOKENS_MAX,
    Features,
    features_of,
    masked,
    phrase_features,
)
from concilia.documents.core.context import Context
from concilia.documents.core.lexicon.concepts import concepts_in
from concilia.documents.core.lexicon.reminded import REMINDED
from concilia.documents.core.scoring import Scored
from concilia.documents.core.words import fold

MANY: Final = 3
CONCEPT_SHARE: Final = 3.0  # all concepts together against one sign of another sort
NEAR: Final = 4  # concepts further apart in a sentence make no pair
ANSWERS: Final = re.compile(r"\s*(?:re|aw|r|rif|sv|antw|ref)(?:\[\d+\])?\s*:", re.IGNORECASE)
FORWARDS: Final = re.compile(r"\s*(?:fwd?|wg|tr|rv|i|inoltr\w*)\s*:", re.IGNORECASE)


def describe(context: Context, kinds: dict[str, Scored]) -> Features:
    """
    Return what the classifier looks at.

    :param kinds: how strongly titles, wishes and columns speak for each kind (`kinds.py`)
    """
    given = {
        **phrase_features("k", ((label, each.score) for label, each in kinds.items())),
        **phrase_features("x", ((each.label, each.score) for each in context.reasons)),
        **phrase_features("m", ((each.label, each.score) for each in context.motives)),
        **phrase_features("r", ((name, each.score) for name, each in context.reply_signs.items())),
        **_form(context),
        **_history(context),
        **_subject(context),
        **_concepts(context),
    }
    return features_of(context.tokens, given)


def _history(context: Context) -> dict[str, float]:
    """What is quoted says what the message answers: a reminder of ours, or something else."""
    given = {}
    if REMINDED.search(fold(context.parsed.text[: context.body_start])):
        given["f:subject of a reminder"] = 1.0
    if context.quoted.strip():
        reminded = REMINDED.search(fold(context.quoted))
        given["f:answers a reminder" if reminded else "f:answers something"] = 1.0
    return given


def _subject(context: Context) -> dict[str, float]:
    """What stands above a mail, and whether it answers one or hands one on."""
    if not context.is_mail:
        return {}
    given = {
        f"S:{masked(token.text)}": 1.0
        for token in context.tokens
        if token.start < context.body_start
    }
    subject = context.parsed.text[: context.body_start]
    if ANSWERS.match(subject):
        given["f:answer"] = 1.0
    elif FORWARDS.match(subject):
        given["f:forwarded"] = 1.0
    if not given:
        given["f:no subject"] = 1.0
    return given


def _concepts(context: Context) -> dict[str, float]:
    """
    What the words mean, alike in all languages, alone and in pairs near each other: what was
    learned from German letters serves for Spanish ones.
    """
    tokens = context.tokens[:TOKENS_MAX]
    found = concepts_in(tokens, context.language or "")
    names = {f"z:{concept}" for concept, _, _ in found}
    for place, (concept, first, _) in enumerate(found):
        for other, begin, _ in found[place + 1 : place + 1 + NEAR]:
            if tokens[begin].sentence == tokens[first].sentence and other != concept:
                names.add(f"y:{min(concept, other)} {max(concept, other)}")
    share = CONCEPT_SHARE / math.sqrt(len(names) or 1)
    return dict.fromkeys(sorted(names), share)


def _form(context: Context) -> dict[str, float]:
    """What can be seen from afar: letter or layout, its length, numbers, amounts, columns."""
    given = {"f:always": 1.0, "f:letter" if context.is_letter else "f:layout": 1.0}
    words = len(context.tokens)
    for name, most in (("f:tiny", 12), ("f:short", 40), ("f:page", 160), ("f:long", 600)):
        if words <= most:
            given[name] = 1.0
            break
    kinds = {reference.kind for reference in context.references}
    given |= {f"f:names {kind}": 1.0 for kind in sorted(kinds)}
    if not kinds:
        given["f:names nothing"] = 1.0
    if context.amounts:
        given["f:amounts" if len(context.amounts) > MANY else "f:amount"] = 1.0
    for table in context.tables:
        given |= {f"f:column {role}": 1.0 for role in sorted(set(table.roles.values()))}
    return given
