"""What the staff asks late payers, and what these promise: kept, not kept, due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Final

from concilia.customers.models import PayerAlias
from concilia.dunning.actions import (
    AnswerMeans,
    CollectionRefused,
    NewBacktest,
    NewMotive,
    NewPromise,
    ask_backtest,
    confirm_answer,
    judge_promises,
    plan_run,
    record_motive,
    record_promise,
    sign_run,
)
from concilia.dunning.core.motives import Source
from concilia.dunning.models import Motive, Plan, Promise
from concilia.dunning.queries.dunnable import DunnableItem, dunnable_items
from concilia.dunning.queries.work import next_customers
from concilia.identity.models import Membership, Role
from concilia.intake.models import Arrival
from concilia.interfaces.cli.staging.play import Stage
from concilia.kernel.money import AmountUnreadable, Money
from concilia.kernel.non_payment import UNKNOWN

ASKED_FROM: Final = timedelta(days=24)  # before the visitor comes
PAID_WITHIN: Final = timedelta(days=9)
PROMISED_FOR: Final = timedelta(days=4)
CALLED: Final = 40
TRIED: Final = timedelta(days=180)
RELEASED_BEFORE: Final = (9, 4)  # days before the visitor comes
# What those say who are asked, in turn; the codes of domain.md §3.1.
SAID: Final = (
    ("NR-09", "Their own customers pay late this month"),
    ("NR-06", "The order number was missing on their side"),
    ("NR-07", "Overlooked, they say"),
    ("NR-02", "Did not get the invoice"),
)


def collect(stage: Stage, clerk: Membership, at: datetime) -> None:
    """Judge what was promised, and in the last weeks ask those who are late."""
    judge_promises(entity=stage.entity, at=at)
    if at < stage.ends_at - ASKED_FROM:
        return
    today = at.date()
    promises = Promise.objects.filter(entity=stage.entity)
    if not promises.exists():
        _promise(stage, clerk, at, _will_be_paid(stage, today))
        _promise(stage, clerk, at, _will_not_be_paid(stage, today))
    elif promises.filter(due_date=stage.company.as_of).count() == 0 and _is_near(stage, at):
        _promise(stage, clerk, at, _due_when_seen(stage, today))
    _ask(stage, clerk, at)
    left = (stage.ends_at - at).days
    if left in RELEASED_BEFORE:
        _run(stage, at)
    if left == RELEASED_BEFORE[-1]:
        _try_on_the_past(stage, today, at)


def _run(stage: Stage, at: datetime) -> None:
    """The run of the day is planned, and somebody who may releases it."""
    approvers = [one for one in stage.members.values() if one.role == Role.APPROVER]
    run = plan_run(entity=stage.entity, at=at)
    for member in approvers[: 1 + run.wants_second]:
        sign_run(run_id=run.pk, by=member, at=at)


def _try_on_the_past(stage: Stage, today: date, at: datetime) -> None:
    """Somebody asks what the strategy that came along would have done in the last months."""
    approver = next(one for one in stage.members.values() if one.role == Role.APPROVER)
    new = NewBacktest(version=0, since=today - TRIED, until=today - timedelta(days=1))
    try:
        ask_backtest(new=new, member=approver, at=at)
    except CollectionRefused as refusal:
        stage.refusals.append(f"trial of a strategy: {refusal}")


def _is_near(stage: Stage, at: datetime) -> bool:
    """Whether the visitor comes in a few days."""
    return at > stage.ends_at - PROMISED_FOR


def confirm_reply(arrival: Arrival, clerk: Membership, at: datetime) -> bool:
    """Take an answer to a reminder for what was read of it; whether that could be done."""
    document = arrival.document
    if document is None or document.customer is None:
        return False
    promise = document.values.get("promise") or {}
    currency = document.currency or document.customer.currency
    try:
        amount = Money.parse(str(promise.get("amount") or ""), currency).minor
    except AmountUnreadable:
        amount = None
    means = AnswerMeans(
        code=str(document.values.get("non_payment_reason") or UNKNOWN),
        due_date=date.fromisoformat(promise["date"]) if promise.get("date") else None,
        amount_minor=amount,
        currency=currency,
    )
    try:
        confirm_answer(arrival_id=arrival.pk, means=means, by=clerk, at=at)
    except CollectionRefused:
        return False
    return True


Chosen = tuple[DunnableItem, date]


def _promise(stage: Stage, clerk: Membership, at: datetime, chosen: Chosen | None) -> None:
    if chosen is None:
        return
    item, due = chosen
    new = NewPromise(
        customer_id=item.customer_id, currency=item.currency, due_date=due, items=[item.id]
    )
    try:
        record_promise(new=new, by=clerk, at=at)
    except CollectionRefused as refusal:
        stage.refusals.append(f"{item.document_number} promise: {refusal}")


def _ask(stage: Stage, clerk: Membership, at: datetime) -> None:
    """Somebody is called every few days; what they say is written down."""
    known = Motive.objects.filter(entity=stage.entity, recorded_by=clerk.user)
    if at.day % 4 or known.count() >= len(SAID):
        return
    for row in next_customers(entity=stage.entity, today=at.date(), kind="owes").rows:
        if not row.motives:
            code, note = SAID[known.count() % len(SAID)]
            new = NewMotive(
                customer_id=row.customer.pk, code=code, source=Source.CUSTOMER, note=note
            )
            record_motive(new=new, by=clerk, at=at)
            return


def _late_items(stage: Stage, today: date) -> Iterator[DunnableItem]:
    """Items that may be chased, of those who owe most."""
    found = next_customers(entity=stage.entity, today=today, kind="owes", per_page=CALLED).rows
    keys = [row.customer.pk for row in found]
    taken = set(Promise.objects.filter(customer__in=keys).values_list("customer", flat=True))
    for item in dunnable_items(entity=stage.entity, customers=keys, today=today):
        if item.dunnable == item.open and item.customer_id not in taken:
            yield item


def _paid_on(stage: Stage, item: DunnableItem, after: date) -> date | None:
    """When the bank will tell of a payment that names this item."""
    days = [
        statement.booking_date
        for statement in stage.company.statements
        if statement.booking_date > after and item.document_number.encode() in statement.content
    ]
    return min(days, default=None)


def _will_be_paid(stage: Stage, today: date) -> Chosen | None:
    for item in _late_items(stage, today):
        day = _paid_on(stage, item, today)
        if day is not None and day <= today + PAID_WITHIN:
            return item, day
    return None


def _pays_again(stage: Stage, item: DunnableItem, after: date) -> bool:
    """Whether the bank will tell of any payment from an account of this customer."""
    accounts = PayerAlias.objects.filter(customer=item.customer_id, kind=PayerAlias.Kind.IBAN)
    known = [iban.encode() for iban in accounts.values_list("value", flat=True)]
    later = [one.content for one in stage.company.statements if one.booking_date > after]
    return any(iban in content for iban in known for content in later)


def _will_not_be_paid(stage: Stage, today: date) -> Chosen | None:
    late = list(_late_items(stage, today))
    unpaid = [item for item in late if _paid_on(stage, item, today) is None]
    silent = [item for item in unpaid if not _pays_again(stage, item, today)]
    return ((silent or unpaid)[0], today + PROMISED_FOR) if unpaid else None


def unpaid_items(stage: Stage, today: date, *, least_minor: int) -> Iterator[DunnableItem]:
    """Late items that nobody pays before the visitor comes, one a customer, the largest first."""
    seen = set(Plan.objects.filter(entity=stage.entity).values_list("customer", flat=True))
    seen |= set(Motive.objects.filter(entity=stage.entity).values_list("customer", flat=True))
    late = [
        item
        for item in _late_items(stage, today)
        if item.dunnable >= least_minor
        and item.customer_id not in seen
        and item.document_number in stage.company.unpaid
    ]
    for item in sorted(late, key=lambda one: (-one.dunnable, one.id)):
        if item.customer_id not in seen:
            seen.add(item.customer_id)
            yield item


def _due_when_seen(stage: Stage, today: date) -> Chosen | None:
    for item in _late_items(stage, today):
        if _paid_on(stage, item, today) is None:
            return item, stage.company.as_of
    return None
