"""
What the name of a column says: whole names we know, else what its words make together.

`Montant retenu` is money and a cut, `N° de règlement` a number of a payment: the words are few, the
names people make of them without number.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Final

from concilia.documents.core.lexicon.column_words import (
    INVOICES,
    MENDABLE,
    OURS,
    REFERENCES,
    TAX_IN,
    WORDS,
    YOURS,
)
from concilia.documents.core.scoring import shared_matcher
from concilia.documents.core.words import Joined, fold, tokenize

COVERED_MIN: Final = 0.55
WHOLE_NAME: Final = 0.95
UNKNOWN_MAX: Final = 0.34
LEFT_WEIGHT: Final = 4.0
RATED: Final = 8.0
WITH_TAX_WEIGHT: Final = 9.0
OURS_LESS: Final = 2.0
YOURS_MORE: Final = 0.5
# An invoice is one; a reference is the supplier's, a document or voucher may be the payer's own.
INVOICES_MORE: Final = 0.4
REFERENCES_MORE: Final = 0.2
INVOICE_NAME: Final = re.compile(INVOICES)
REFERENCE_NAME: Final = re.compile(REFERENCES)
WITH_TAX: Final = re.compile(TAX_IN)
ONLY_CURRENCY: Final = re.compile(
    r"(?:in )?(?:EUR|GBP|USD|CHF|euros?|\u20ac|\u00a3|\$)", re.IGNORECASE
)
BESIDE_NAME: Final = re.compile(
    r"\b(?:in )?(?:EUR|GBP|USD|CHF|euros?)\b|[\u20ac\u00a3$()\[\].:#\u00b0\u00ba/*]", re.IGNORECASE
)
HUMP: Final = re.compile(r"(?<=[a-z\u00df-\u00ff])(?=[A-Z])")
LOST: Final = re.compile(r"\w*[?\ufffd][\w?\ufffd]*")
BILLED_ACCENT: Final = re.compile(r"factur[\u00e9\u00c9]", re.IGNORECASE)
OUR: Final = re.compile(OURS)
YOUR: Final = re.compile(YOURS)
CLASSES: Final = {
    label: re.compile(rf"(?:{pattern})")
    for label, pattern in WORDS.items()
    if label not in {"plain", "other"}
}
PLAIN: Final = re.compile(rf"(?:{WORDS['plain']})")
OTHER: Final = re.compile(rf"(?:{WORDS['other']})")
LETTERS_MIN: Final = 2


@dataclass(frozen=True, slots=True)
class Rule:
    """What words of some classes make together, where none of others stands beside them."""

    weights: Mapping[str, float]
    every: frozenset[str] = frozenset()
    some: frozenset[str] = frozenset()
    without: frozenset[str] = frozenset()

    def holds(self, parts: set[str]) -> bool:
        """Whether the classes of a name's words are these."""
        chosen = not self.some or bool(self.some & parts)
        return chosen and self.every <= parts and not self.without & parts


def _rule(weights: Mapping[str, float], every: str = "", some: str = "", without: str = "") -> Rule:
    return Rule(weights, *(frozenset(each.split()) for each in (every, some, without)))


EVERY_OTHER: Final = " ".join(set(WORDS) - {"code", "plain"})
NONE: Final[Mapping[str, float]] = {}
RULES: Final = (
    # Columns of words, codes, days, prices, pieces: whatever else their names say, they are no sum.
    _rule(NONE, "other"),
    _rule({"reason_code": 9.0}, "code", "cut reason"),
    _rule({"reason_code": 4.0}, "code", without=EVERY_OTHER),
    _rule(NONE, "code"),
    _rule({"reason": 8.0}, "reason", without="number"),
    _rule({"reason": 8.0}, "note", without="number credit credited cut"),
    _rule({"reason": 8.0}, "description", "cut credit credited"),
    _rule({"reason": 8.0}, "nature", "cut credit credited"),
    _rule({"kind": 7.0}, "nature"),
    _rule({"due_date": 9.0}, "due_date", without="money"),
    _rule({"invoiced": 8.0}, "due_date money"),
    _rule({"document": 9.0}, "date number document", without="money payable"),
    _rule({"date": 8.0}, "date", without="money payable"),
    _rule({"price": 9.0}, "unit", "money cut billed paid discount"),
    _rule({"amount": 5.0}, "price money"),
    _rule({"price": 10.0}, "price"),
    _rule({"quantity": 9.0}, "quantity", without="money number document"),
    # Numbers of papers: of a payment, or of a claim of theirs, they are nothing to settle by.
    _rule({"order": 9.0}, "order", without="document money cut"),
    _rule({"delivery": 9.0}, "delivery", without="document money cut"),
    _rule({"item": 8.0}, "item", without="document money"),
    _rule({"document": 9.0}, "number", "document credit credited", without="money"),
    _rule({"own": 7.0}, "number cut", without="money document"),
    _rule(NONE, "number", "paid cut payable", without="money"),
    _rule({"document": 8.5, "deducted": 7.0}, "cut document", without="money"),
    _rule(
        {"document": 9.0},
        "document",
        without="money net cut credit credited discount rest not vat wanted",
    ),
    # Sums: a cut is one whatever else it is called.
    _rule({"deducted": 10.0}, "prior cut"),
    _rule({"prior": 9.0}, "prior"),
    _rule({"amount": 4.0}, "vat money", without="cut paid billed"),
    _rule({"vat": 9.0}, "vat", without="cut paid billed"),
    _rule({"deducted": 10.0}, "not", "paid payable"),
    _rule({"discount": 10.0}, "discount"),
    _rule({"deducted": 7.0}, "cut vat"),
    _rule({"deducted": 10.0}, "cut"),
    _rule({"deducted": 10.0}, "credit", "money asked payable wanted"),
    _rule({"deducted": 10.0}, "credited asked"),
    _rule({"deducted": 9.0}, "wanted"),
    _rule({"deducted": 6.0}, "rest"),
    _rule({"paid": 10.0}, "", "paid net"),
    _rule({"invoiced": 8.5, "paid": 8.0}, "payable"),
    _rule({"invoiced": 9.0}, "billed"),
    _rule({"invoiced": 9.0}, "money document"),
    _rule({"amount": 5.0}, "money"),
    _rule({"document": 9.0}, "number", without="paid"),
)


@lru_cache(maxsize=4096)
def role_weights(name: str) -> dict[str, float]:
    """Return how well a name fits each role; callers must not change it."""
    if ONLY_CURRENCY.fullmatch(name.strip()):
        return {"amount": LEFT_WEIGHT}
    if "%" in name and not any(char.isdigit() for char in name):
        return {}
    name = _mended(HUMP.sub(" ", name))
    weights, whole = _known(name)
    if BILLED_ACCENT.search(name):
        weights.pop("document", None)
    if not whole:
        made = _made(name)
        weights = weights if made is None else made
    folded = fold(name)
    if WITH_TAX.search(folded):
        return {"invoiced": WITH_TAX_WEIGHT}
    if "document" in weights:
        weights["document"] += _whose(folded)
    return weights


def _whose(folded: str) -> float:
    """Return how much more the name of a column of papers means the supplier's than another."""
    more = (
        INVOICES_MORE
        if INVOICE_NAME.search(folded)
        else REFERENCES_MORE
        if REFERENCE_NAME.search(folded)
        else 0.0
    )
    if YOUR.search(folded):
        return more + YOURS_MORE
    return more - (OURS_LESS if OUR.search(folded) else 0.0)


def says_paid(label: str) -> bool:
    """Whether the words of a total say that it was paid: not billed, nor what somebody may pay."""
    said = [_classes(token.text) for token in tokenize(label)]
    parts = {part for classes in said for part in classes if "net" not in classes}
    return "paid" in parts and not parts & {"billed", "payable", "not", "cut"}


def _known(name: str) -> tuple[dict[str, float], bool]:
    """Names in the book: whole ones count full, parts of names less."""
    tokens = tokenize(BESIDE_NAME.sub(" ", name))
    size = sum(token.end - token.start for token in tokens)
    weights: dict[str, float] = {}
    whole = False
    for hit in shared_matcher("columns", "COLUMNS").find(Joined(tokens)):
        inside = [token for token in tokens if hit.start <= token.start and token.end <= hit.end]
        covered = sum(token.end - token.start for token in inside) / max(size, 1)
        if covered >= COVERED_MIN:
            weights[hit.label] = max(weights.get(hit.label, 0.0), hit.weight * covered)
            whole = whole or covered >= WHOLE_NAME
    return weights, whole


def _made(name: str) -> dict[str, float] | None:
    """Return what the words of a name make together; None where too many are unknown."""
    words = [token.text for token in tokenize(BESIDE_NAME.sub(" ", name))]
    parts: set[str] = set()
    unknown = 0
    for word in words:
        classes = _classes(word)
        parts |= classes
        if not classes and not PLAIN.fullmatch(word):
            unknown += len(word)
    if not parts or unknown > UNKNOWN_MAX * sum(map(len, words)):
        return None
    if BILLED_ACCENT.search(name):
        parts = (parts - {"document"}) | {"billed"}
    if "%" in name and "vat" in parts:
        return {"vat": RATED}
    if "%" in name:  # a rate, or what comes to it: the sums tell, unless a word does
        return (
            {"discount": RATED}
            if "discount" in parts
            else {"deducted": RATED}
            if "cut" in parts
            else {}
        )
    return next((dict(rule.weights) for rule in RULES if rule.holds(parts)), None)


@lru_cache(maxsize=4096)
def _classes(word: str) -> frozenset[str]:
    found = {label for label, pattern in CLASSES.items() if pattern.fullmatch(word)}
    if OTHER.fullmatch(word):
        found.add("other")
    return frozenset(found)


def _mended(name: str) -> str:
    """Give a name the letters back that some program wrote as question marks."""
    if "?" not in name and "\ufffd" not in name:
        return name
    return LOST.sub(lambda found: _mended_word(found[0]), name)


def _mended_word(word: str) -> str:
    """Return the known word a damaged one can only be."""
    damaged = fold(word).replace("\ufffd", "?")
    if len(damaged.replace("?", "")) < LETTERS_MIN:
        return word
    pattern = re.compile(re.escape(damaged).replace(r"\?", "[a-z]"))
    return next((each for each in MENDABLE.split() if pattern.fullmatch(each)), word)
