"""Text rules as people write them, and those their decisions suggest (decision 51). Pure."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from concilia.kernel.reasons import REASONS
from concilia.matching.names import words_of
from concilia.matching.rules import WORDS_MAX, Meaning, rule_words

LABEL_MAX: Final = 80
TEXT_MAX: Final = 200
LETTERS_MIN: Final = 2
TELLING_LETTERS_MIN: Final = 3
DECISIONS_MIN: Final = 3


class RuleProblem(StrEnum):
    """Why a rule cannot be kept; the words stand in `cash.actions.rules`."""

    NO_WORDS = "no_words"
    TOO_MANY_WORDS = "too_many_words"
    NO_MEANING = "no_meaning"
    NO_CUSTOMER = "no_customer"
    NO_LABEL = "no_label"
    NO_REASON = "no_reason"


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleDraft:
    """A rule as it is typed; an empty payer means all payers."""

    meaning: str
    text: str
    payer_iban: str = ""
    payer_name: str = ""
    customer_id: int | None = None
    label: str = ""
    reason: str = ""

    @property
    def words(self) -> tuple[str, ...]:
        """The words as rules compare them."""
        return rule_words(self.text[:TEXT_MAX])


@dataclass(frozen=True, slots=True)
class Decision:
    """What a person decided about a payment with this text; equal `meant` is the same decision."""

    text: str
    meant: tuple[str, str]


def problem_of(draft: RuleDraft) -> RuleProblem | None:
    """What is missing of a rule; None if it can be kept."""
    words = draft.words
    letters = max((sum(c.isalnum() for c in word) for word in words), default=0)
    meaning = draft.meaning
    checks = (
        (RuleProblem.NO_WORDS, letters >= LETTERS_MIN),
        (RuleProblem.TOO_MANY_WORDS, len(words) <= WORDS_MAX),
        (RuleProblem.NO_MEANING, meaning in set(Meaning)),
        (RuleProblem.NO_CUSTOMER, draft.customer_id or meaning == Meaning.ELSEWHERE),
        (RuleProblem.NO_LABEL, draft.label.strip() or meaning != Meaning.ELSEWHERE),
        (RuleProblem.NO_REASON, draft.reason in REASONS or meaning != Meaning.REASON),
    )
    return next((problem for problem, holds in checks if not holds), None)


def key_of(draft: RuleDraft) -> str:
    """This will be the same for two rules that could contradict each other."""
    about = f"reason {draft.customer_id}" if draft.meaning == Meaning.REASON else "money"
    name = " ".join(words_of(draft.payer_name)) if draft.payer_name else ""
    parts = (about, " ".join(draft.words), draft.payer_iban, name)
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()


def suggested_words(decisions: Sequence[Decision]) -> tuple[str, ...]:
    """
    The words that stand for a decision that was taken often enough, or none.

    They are the longest run of words, none with a digit, that the texts of the latest decision's
    kind share, and that no text of another decision of this payer has.

    :param decisions: what people decided about one payer's payments, the latest first
    """
    if not decisions:
        return ()
    meant = decisions[0].meant
    same = [_runs(one.text) for one in decisions if one.meant == meant]
    if len(same) < DECISIONS_MIN:
        return ()
    shared = set.intersection(*map(set, same))
    shared -= {run for one in decisions if one.meant != meant for run in _runs(one.text)}
    telling = [run for run in shared if any(len(w) >= TELLING_LETTERS_MIN for w in run)]
    return max(telling, key=lambda run: (len(run), len(" ".join(run)), run), default=())


def _runs(text: str) -> Iterable[tuple[str, ...]]:
    """Every run of words without digits, up to the longest a rule may have."""
    words = [word if word.isalpha() else "" for word in rule_words(text[:TEXT_MAX])]
    return [
        run
        for start in range(len(words))
        for end in range(start + 1, min(start + WORDS_MAX, len(words)) + 1)
        if all(run := tuple(words[start:end]))
    ]
