"""The engine's answers to payments, from what the database says."""

from __future__ import annotations

from collections.abc import Sequence

from concilia.cash.queries.candidates import Candidates
from concilia.cash.queries.second_looks import second_looks
from concilia.identity.models import Entity
from concilia.matching import records
from concilia.matching.engine import match_payments
from concilia.matching.policy import Policy
from concilia.receivables.models import BankEntry


def engine_answers(asked: Candidates, policy: Policy) -> list[records.Match]:
    """The engine's own answers under a policy, in the order of the payments."""
    return match_payments(
        asked.payments,
        asked.items,
        asked.customers,
        asked.remittances,
        policy,
        lessons=asked.lessons,
    )


def answers_to(
    *, entity: Entity, entries: Sequence[BankEntry], asked: Candidates
) -> list[records.Match]:
    """
    Ask the engine about some entries, and look at its answers in the light of what was posted.

    :param asked: what these entries could settle, in their order
    """
    answers = engine_answers(asked, asked.policy)
    return second_looks(entity=entity, entries=entries, answers=answers, policy=asked.policy)
