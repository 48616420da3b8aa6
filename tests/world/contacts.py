"""Debtors, planned and past contacts, and policies for tests of the contact policy."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from concilia.dunning.core.contact.cases import (
    Debt,
    Debtor,
    PastContact,
    PlannedContact,
)
from concilia.dunning.core.contact.deciding import Decision
from concilia.dunning.core.contact.policy import ContactPolicy
from concilia.dunning.core.contact.terms import (
    Channel,
    DebtorType,
    Outcome,
    Strength,
)

ROME, CHICAGO = ZoneInfo("Europe/Rome"), ZoneInfo("America/Chicago")
A = Debt("A")


def rome(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ROME)


def chicago(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=CHICAGO)


def a_debtor(zone: ZoneInfo = ROME, **changes) -> Debtor:
    return Debtor(**{"type": DebtorType.CONSUMER, "zones": (zone,)} | changes)


def a_call(at: datetime, **changes) -> PlannedContact:
    return PlannedContact(**{"channel": Channel.CALL, "at": at, "debts": (A,)} | changes)


def called(at: datetime, outcome: Outcome = Outcome.NO_ANSWER, **changes) -> PastContact:
    fields = {"at": at, "channel": Channel.CALL, "outcome": outcome, "debts": frozenset({"A"})}
    return PastContact(**fields | changes)


def refused_by(decision: Decision) -> list[str]:
    return [ruling.rule.id for ruling in decision.refusals]


def a_policy(**changes) -> ContactPolicy:
    return ContactPolicy(**{"id": "P", "source": "test", "strength": Strength.COMPANY} | changes)
