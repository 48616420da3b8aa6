"""The engine's answers to payments, from what the database says."""

from __future__ import annotations

from collections.abc import Sequence

from concilia.cash.queries.candidates import Candidates
from concilia.cash.queries.second_looks import second_looks
from concilia.identity.models import Entity
from concilia.matching import records
from concilia.matching.engine import match_payments
from concilia.receivables.models import BankEntry


def answers_to(
    *, entity: Entity, entries: Sequence[BankEntry], asked: Candidates
) -> list[records.Match]:
    """
    Ask the engine about some entries, and look at its answers in the light of what was posted.

    :param asked: what these entries could settle, in their order
    """
    answers = match_payments(
        asked.payments,
        asked.items,
        asked.customers,
        asked.remittances,
        asked.policy,
        aliases=asked.aliases,
    )
    return second_looks(entity=entity, entries=entries, answers=answers, policy=asked.policy)
