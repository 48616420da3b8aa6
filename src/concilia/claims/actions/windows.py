from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions import NewNotice, record_notices
from concilia.cases.queries.calendars import clock_of
from concilia.claims.core.windows import DAYS_MAX, REMINDED_BEFORE, reminder_due
from concilia.claims.models import Claim, ResponseWindow
from concilia.claims.queries.windows import (
    answer_by,
    paper_day,
    today_of,
    unanswered,
    windows_for,
)
from concilia.customers.models import Customer
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.foundation.rows import update_rows
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of

MAY_SET: Final = frozenset({Role.CLERK, Role.APPROVER, Role.ADMIN})
LOOK_AHEAD: Final = timedelta(days=4 * max(REMINDED_BEFORE))


class WindowRefused(Refused):
    """A response window cannot be so; the message says why."""


def begin_windows(claims: Sequence[Claim]) -> None:
    """Say of claims about to be saved until when they must be answered, where that is agreed."""
    windows = windows_for([claim.customer for claim in claims])
    for claim in claims:
        window = windows.get(claim.customer_id)
        if window is not None:
            entity = claim.customer.entity
            claim.answer_by_date = answer_by(entity, window, paper_day(claim, entity))


@transaction.atomic(durable=True)
def set_window(
    *, customer_id: int, days: int | None, unit: str, of_group: bool, by: Membership, at: datetime
) -> int:
    """
    Agree how long a trading partner leaves us to answer; open claims get their last day anew.

    :param days: None: nothing is agreed any more
    :param of_group: for the customer's payer group instead of the customer and those below it
    :return: of how many open claims the last day changed
    :raises WindowRefused: for days that make no sense, or a customer without a group
    """
    if by.role not in MAY_SET or not by.is_active:
        raise WindowRefused(_("Your role does not change this."))
    if days is not None and not 1 <= days <= DAYS_MAX:
        raise WindowRefused(_("A window has 1 to {most} days."), most=DAYS_MAX)
    if unit not in ResponseWindow.Unit.values:
        raise WindowRefused(_("Days are calendar days or working days."))
    customer = Customer.objects.select_related("entity").get(pk=customer_id, entity=by.entity_id)
    if of_group and customer.payer_group_id is None:
        raise WindowRefused(_("This customer belongs to no group."))
    whose = {"payer_group": customer.payer_group} if of_group else {"customer": customer}
    if days is None:
        ResponseWindow.objects.filter(**whose).delete()
    else:
        ResponseWindow.objects.update_or_create(
            **whose, defaults={"entity": customer.entity, "days": days, "unit": unit}
        )
    changed = _count_anew(customer.entity)
    data = {"days": days, "unit": unit, "group": of_group, "claims": changed}
    act = Act("window.set", "customer", customer.pk, data)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return changed


@transaction.atomic(durable=True)
def date_paper(*, claim_id: int, their_date: date | None, by: Membership, at: datetime) -> Claim:
    """
    Say which day their paper bears; the last day to answer is counted from it.

    :raises WindowRefused: for a day that is still to come
    """
    claim = (
        Claim.objects.select_for_update(of=("self",), no_key=True)
        .select_related("customer__entity")
        .get(pk=claim_id, entity=by.entity_id)
    )
    if their_date is not None and their_date > today_of(claim.customer.entity, at):
        raise WindowRefused(_("Their paper cannot be from a day that is still to come."))
    claim.their_date = their_date
    claim.answer_by_date = None
    begin_windows([claim])
    claim.save(update_fields=["their_date", "answer_by_date"])
    data = {"date": their_date.isoformat() if their_date else ""}
    act = Act("claim.paper_dated", "case", claim.case_id, data)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return claim


def _count_anew(entity: Entity) -> int:
    """Count the last day of every open claim of an entity anew; returns how many changed."""
    assert connection.in_atomic_block, "days change with what was agreed"
    rows = Claim.objects.filter(entity=entity, case__closed_at=None).select_related("customer")
    claims = list(rows.select_for_update(of=("self",), no_key=True).order_by("pk"))
    windows = windows_for([claim.customer for claim in claims])
    changed: list[Claim] = []
    for claim in claims:
        window = windows.get(claim.customer_id)
        until = answer_by(entity, window, paper_day(claim, entity)) if window else None
        if until != claim.answer_by_date:
            claim.answer_by_date = until
            changed.append(claim)
    update_rows(changed, ["answer_by_date"])
    return len(changed)


@transaction.atomic(durable=True)
def remind_of_windows(*, entity: Entity, at: datetime) -> int:
    """
    Remind of claims whose last day to answer is near: five, one and no working days before it.

    :return: how many notices were new
    """
    today, calendar = today_of(entity, at), clock_of(entity).calendar
    notices: list[NewNotice] = []
    for claim in unanswered(entity_id=entity.pk, until=today + LOOK_AHEAD):
        until = claim.answer_by_date
        before = None if until is None else reminder_due(until, today, calendar)
        if before is None or until is None or claim.case.owner_id is None:
            continue
        notices.append(
            NewNotice(
                person_id=claim.case.owner_id,
                kind="late" if before == 0 else "reminder",
                key=f"window:{claim.pk}:{until}:{before}",
                case_id=claim.case_id,
                facts={
                    "number": claim.case.number,
                    "customer": claim.customer.name,
                    "answer_by": until.isoformat(),
                },
            )
        )
    return record_notices(entity_id=entity.pk, notices=notices, at=at)
