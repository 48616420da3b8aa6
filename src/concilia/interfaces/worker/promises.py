"""Promises and plans follow the money, and the days."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from concilia.cash.models import Match
from concilia.dunning.actions import (
    ask_how_it_was,
    judge_plans,
    judge_plans_of_payments,
    judge_promises,
    judge_promises_of_payments,
    sum_owing,
    thank_for_payments,
    thank_for_plan,
)
from concilia.foundation.locks import alone
from concilia.identity.models import Entity


def judge_all_promises(*, at: datetime) -> None:
    """This will bring the promises of each entity to date, one transaction each."""
    for entity in Entity.objects.order_by("pk"):
        judge_promises(entity=entity, at=at)


def judge_all_plans(*, at: datetime) -> None:
    """This will bring the running plans of each entity to date, one transaction each."""
    for entity in Entity.objects.order_by("pk"):
        judge_plans(entity=entity, at=at)


def sum_all_owing(*, at: datetime) -> None:
    """This will keep for each entity who owes something that nothing holds back."""
    for entity in Entity.objects.order_by("pk"):
        with alone(f"owing:{entity.pk}") as is_ours:
            if is_ours:
                sum_owing(entity=entity, at=at)


def ask_all_how_it_was(*, at: datetime) -> None:
    """This will ask the customers of each entity how what ended within a day was for them."""
    for entity in Entity.objects.order_by("pk"):
        with alone(f"survey:{entity.pk}") as is_ours:
            if is_ours:
                ask_how_it_was(entity=entity, at=at)


def judge_after_payments(*, match_ids: Sequence[int], at: datetime) -> None:
    """This will judge the promises and plans that posted payments are about."""
    entities = Match.objects.filter(pk__in=match_ids).values_list("entity", flat=True).distinct()
    for entity_id in entities:
        judge_promises_of_payments(entity_id=entity_id, match_ids=match_ids, at=at)
        judge_plans_of_payments(entity_id=entity_id, match_ids=match_ids, at=at)


def thank_after_payments(*, match_ids: Sequence[int], at: datetime) -> None:
    """This will thank whose posted payments settled what they were asked for."""
    thank_for_payments(match_ids=match_ids, at=at)


def thank_after_plan(*, plan_id: int, at: datetime) -> None:
    """This will thank who completed a plan."""
    thank_for_plan(plan_id=plan_id, at=at)


def judge_after_reversal(*, bank_entry_id: int, at: datetime) -> None:
    """This will judge the promises and plans of a payment that was taken back."""
    rows = Match.objects.filter(bank_entry=bank_entry_id).values_list("pk", flat=True)
    judge_after_payments(match_ids=list(rows), at=at)
