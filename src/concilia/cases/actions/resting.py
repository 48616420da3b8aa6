from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_noop as _

from concilia.cases.models import Case
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of

REASON_LENGTH_MAX: Final = 400


class SnoozeRefused(Refused):
    """The case cannot rest until then; the message says why."""


class PastDeadline(SnoozeRefused):
    """The case would wake after its deadline, and nobody said that this is meant."""


@dataclass(frozen=True, slots=True)
class Rested:
    """How many cases rest now, and which do not: closed ones, and those due before they wake."""

    cases: int
    closed: tuple[str, ...] = ()
    due_before: tuple[str, ...] = ()


@transaction.atomic(durable=True)
def snooze(
    *,
    case_id: int,
    until: datetime | None,
    reason: str,
    member: Membership,
    at: datetime,
    past_deadline: bool = False,
) -> Case:
    """
    Hide a case from its owner's list until a moment; its deadline does not move.

    :param until: None brings it back at once
    :param past_deadline: it is meant that the case wakes after its deadline
    :raises SnoozeRefused: if the moment is past, or the case is closed
    :raises PastDeadline: if it would wake after its deadline, and this is not said to be meant
    """
    case = Case.objects.select_for_update(no_key=True).get(pk=case_id, entity_id=member.entity_id)
    if case.closed_at:
        raise SnoozeRefused(_("A closed case waits for nobody."))
    if until is not None:
        _check(until, at)
        if case.due_at and until > case.due_at and not past_deadline:
            raise PastDeadline(_("It is due before that day: choose an earlier one, or say so."))
    case.snoozed_until_at = until
    case.snoozed_why = reason.strip()[:REASON_LENGTH_MAX] if until else ""
    case.save(update_fields=["snoozed_until_at", "snoozed_why"])
    data: dict[str, object] = {"until": until.isoformat()} if until else {}
    if until and case.due_at and until > case.due_at:
        data["past_deadline"] = True
    act = Act("case.snoozed" if until else "case.woken", "case", case.pk, data, reason.strip())
    audit.log(entity_id=case.entity_id, actor=actor_of(member), at=at, acts=[act])
    return case


@transaction.atomic(durable=True)
def snooze_many(
    *,
    cases: Sequence[int],
    until: datetime | None,
    reason: str,
    member: Membership,
    at: datetime,
    past_deadline: bool = False,
) -> Rested:
    """
    Let many cases rest until a moment, or wake them (`until` is None), in one act.

    What is closed, or due before it would wake, stays as it is and is named, unless the latter is
    said to be meant.

    :raises SnoozeRefused: if the moment is past
    """
    if until is not None:
        _check(until, at)
    asked = Case.objects.filter(entity_id=member.entity_id, pk__in=list(cases))
    locked = asked.select_for_update(no_key=True).order_by("pk")
    keys = list(locked.filter(closed_at=None).values_list("pk", flat=True))
    due_before = _numbers(
        asked.filter(pk__in=keys, due_at__lt=until) if until and not past_deadline else None
    )
    fits = Q() if until is None or past_deadline else Q(due_at=None) | Q(due_at__gte=until)
    chosen = asked.filter(fits, pk__in=keys)
    logged = list(chosen.order_by("pk").values_list("pk", flat=True))
    why = reason.strip()[:REASON_LENGTH_MAX] if until else ""
    chosen.update(snoozed_until_at=until, snoozed_why=why)
    data = {"until": until.isoformat()} if until else {}
    name = "case.snoozed" if until else "case.woken"
    acts = [Act(name, "case", key, data, reason.strip()) for key in logged]
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=acts)
    return Rested(len(logged), _numbers(asked.exclude(closed_at=None)), due_before)


def wake(*, case: Case) -> None:
    """Bring a case back inside the caller's transaction: something came that it may wait for."""
    assert connection.in_atomic_block, "a case wakes with what wakes it"
    Case.objects.filter(pk=case.pk).exclude(snoozed_until_at=None).update(
        snoozed_until_at=None, snoozed_why=""
    )


def _check(until: datetime, at: datetime) -> None:
    if until <= at:
        raise SnoozeRefused(_("Choose a day that is still to come."))


def _numbers(found: QuerySet[Case] | None) -> tuple[str, ...]:
    return () if found is None else tuple(found.order_by("pk").values_list("number", flat=True))
