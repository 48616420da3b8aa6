"""What a person wrote down about texts: these words, from this payer, mean this (domain.md §6)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final, NamedTuple

from concilia.matching.names import words_of
from concilia.matching.reasons import Reason, find_reason
from concilia.matching.scanning import plain

_WORD: Final = re.compile(r"[A-Z0-9]+")
WORDS_MAX: Final = 12


class Meaning(StrEnum):
    """What the words of a rule mean."""

    CUSTOMER = "customer"  # who pays
    ELSEWHERE = "elsewhere"  # no customer payment: rent, a loan, a refund
    REASON = "reason"  # why this customer paid less


class TextRule(NamedTuple):
    """
    One rule: `words` as `rule_words` gives them; `iban` and `name` narrow it to a payer.

    `label` is what is shown: the customer's name, or what the money is for.
    """

    rule_id: str
    meaning: str
    words: tuple[str, ...]
    iban: str = ""
    name: tuple[str, ...] = ()
    customer_id: str = ""
    reason: str = ""
    label: str = ""


def rule_words(text: str) -> tuple[str, ...]:
    """This will be the words of a text as rules compare them: capitals, no accents, no marks."""
    return tuple(_WORD.findall(plain(text)))


def telling_word(words: Sequence[str]) -> str:
    """This will be the longest of some words, the first of several: few texts have it."""
    return max(words, key=len)


@dataclass(frozen=True, slots=True)
class RuleBook:
    """Rules by their telling word, so that a thousand cost no more than the ones that may fit."""

    by_word: Mapping[str, Sequence[tuple[int, TextRule]]] = field(default_factory=dict)

    @classmethod
    def of(cls, rules: Iterable[TextRule]) -> RuleBook:
        """Rules in an order of their own: the longest text first, then the eldest."""
        by_word: dict[str, list[tuple[int, TextRule]]] = defaultdict(list)
        for rule in sorted(rules, key=lambda one: (-len(one.words), len(one.rule_id), one.rule_id)):
            if rule.words:
                telling = telling_word(rule.words)
                by_word[telling].append((rule.words.index(telling), rule))
        return cls(dict(by_word))

    def saying(self, text: str, iban: str, name: str) -> list[TextRule]:
        """The rules whose words stand in the text of this payer, the longest first."""
        if not self.by_word or not text:
            return []
        found = {rule: None for rule in self._in(rule_words(text)) if is_payer(rule, iban, name)}
        return sorted(found, key=lambda one: (-len(one.words), len(one.rule_id), one.rule_id))

    def _in(self, words: Sequence[str]) -> Iterator[TextRule]:
        for place, word in enumerate(words):
            for before, rule in self.by_word.get(word, ()):
                start = place - before
                if start >= 0 and tuple(words[start : start + len(rule.words)]) == rule.words:
                    yield rule

    def reason(
        self, text: str, customers: Iterable[str], codes: Mapping[str, str]
    ) -> Reason | None:
        """Why less was paid: by a rule for one of these customers, else by the text itself."""
        own = set(customers)
        for rule in self.saying(text, "", "") if own else ():
            if rule.meaning == Meaning.REASON and rule.customer_id in own:
                words = " ".join(rule.words)
                return Reason(rule.reason, words, max(plain(text).find(rule.words[0]), 0))
        return find_reason(text, codes)


def is_payer(rule: TextRule, iban: str, name: str) -> bool:
    """Whether a rule is about this payer; one that names none is about all."""
    if rule.iban:
        return rule.iban == iban
    return not rule.name or rule.name == words_of(name)


def first_meaning(rules: Iterable[TextRule], meaning: Meaning) -> list[TextRule]:
    """The rules of one meaning that have the longest text; several contradict each other."""
    fitting = [rule for rule in rules if rule.meaning == meaning]
    return [rule for rule in fitting if len(rule.words) == len(fitting[0].words)]
