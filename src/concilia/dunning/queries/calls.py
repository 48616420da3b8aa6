"""Calls: whose number it is, who proves to be whom, what is owed, who takes over."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db.models import F, Func, Q, QuerySet, Sum, Value

from concilia.cases.queries.calendars import clock_of
from concilia.correspondence.core.numbers import NUMBER, international
from concilia.customers.models import Contact, Customer
from concilia.dunning.core.calls.identity import NUMBER_DIGITS_MIN, Known, proves
from concilia.dunning.models import Call, CallBack
from concilia.dunning.queries.dunnable import Dunnable, dunnable_of
from concilia.identity.models import Entity
from concilia.receivables.models import Invoice

SETTING: Final = "calls"
LAST_DIGITS: Final = 7  # of a number: what is left when country and area are written differently
INVOICES_OF: Final = timedelta(days=400)
INVOICES_MAX: Final = 21
A_DAY: Final = timedelta(days=1)
CALLS_SHOWN: Final = 10
BACKS_SHOWN: Final = 50


def contacts_with(*, entity: Entity, number: str) -> list[Contact]:
    """The contacts of an entity's customers who have a number, however it is written."""
    if not NUMBER.fullmatch(number):
        return []
    bare = Func(F("phone"), Value(r"[^0-9]"), Value(""), Value("g"), function="regexp_replace")
    rows = (
        Contact.objects.filter(customer__entity=entity)
        .exclude(phone="")
        .annotate(bare=bare)
        .filter(bare__endswith=number[-LAST_DIGITS:])
        .select_related("customer__entity")
        .order_by("pk")
    )
    return [row for row in rows if number_of(row) == number]


def number_of(contact: Contact) -> str:
    """A contact's telephone number in international form; empty where it is none."""
    return international(contact.phone, contact.customer.country)


def who_proves(*, call: Call, number: str, code: str, at: datetime) -> Customer | None:
    """
    The only customer whose papers say both; None where none or several do.

    Of a number we know, only its customers are looked at.
    """
    if len(number) < NUMBER_DIGITS_MIN and call.customer_id is None:
        return None
    expected = whose_call(call=call)
    known = [
        one
        for one in _candidates(call, number, expected)
        if proves(number, code, _known(one, at), is_expected=bool(expected))
    ]
    return known[0] if len(known) == 1 else None


def whose_call(*, call: Call) -> list[int]:
    """Whom a call is for: who was called, or the customers who have the number it comes from."""
    if call.direction == Call.Direction.OUT:
        return [call.customer_id] if call.customer_id else []
    return [one.customer_id for one in contacts_with(entity=call.entity, number=call.number)]


def _candidates(call: Call, number: str, expected: Sequence[int]) -> Sequence[Customer]:
    rows = Customer.objects.filter(entity=call.entity_id).select_related("entity")
    if expected or call.direction == Call.Direction.OUT:
        return list(rows.filter(pk__in=expected))
    bare = Func(F("number"), Value(r"[^0-9]"), Value(""), Value("g"), function="regexp_replace")
    return list(rows.annotate(bare=bare).filter(bare=number)[:50])


def _known(customer: Customer, at: datetime) -> Known:
    invoices = Invoice.objects.filter(
        customer=customer, issue_date__gte=(at - INVOICES_OF).date()
    ).order_by("-issue_date")
    return Known(
        number=customer.number,
        post_code=customer.post_code,
        invoices=list(invoices.values_list("number", flat=True)[:INVOICES_MAX]),
    )


def tries_of_day(*, call: Call, at: datetime) -> int:
    """How often it was tried in vain from this number, or at this customer, in a day."""
    same = Q(number=call.number) if call.number else Q(pk=call.pk)
    if call.customer_id is not None:
        same |= Q(customer=call.customer_id)
    calls = Call.objects.filter(
        same, entity=call.entity_id, identified_at=None, began_at__gt=at - A_DAY
    )
    return int(calls.exclude(pk=call.pk).aggregate(tries=Sum("tries"))["tries"] or 0)


def owed_by(*, customer: Customer, at: datetime) -> list[Dunnable]:
    """What may be asked for of a customer, their own currency first."""
    today = at.astimezone(clock_of(customer.entity).tz).date()
    rows = dunnable_of(entity=customer.entity, customers=[customer.pk], today=today)
    return sorted(rows, key=lambda row: (row.currency != customer.currency, row.currency))


def person_number(entity: Entity) -> str:
    """The number of whoever takes calls; empty where nobody said one."""
    kept = entity.settings.get(SETTING, {})
    number = str(kept.get("person", "")) if isinstance(kept, dict) else ""
    return number if NUMBER.fullmatch(number) else ""


def is_office_open(*, entity: Entity, at: datetime) -> bool:
    """Whether people work just now, by the company's own calendar."""
    clock = clock_of(entity)
    local = at.astimezone(clock.tz)
    is_day = clock.calendar.is_business_day(local.date())
    return is_day and clock.opens <= local.time() < clock.closes


def calls_of(*, customer: Customer) -> list[Call]:
    """The last calls with a customer, newest first."""
    rows = Call.objects.filter(customer=customer, is_test=False).select_related("contact")
    return list(rows.order_by("-began_at", "-pk")[:CALLS_SHOWN])


def call_backs(
    *, entity_id: int, customer_id: int | None = None, until: datetime | None = None
) -> QuerySet[CallBack]:
    """
    Who wants to be called and was not yet, the first due first.

    :param until: leave out who named a later moment
    """
    rows = CallBack.objects.filter(entity=entity_id, done_at=None)
    if customer_id is not None:
        rows = rows.filter(customer=customer_id)
    if until is not None:
        rows = rows.filter(Q(call_at=None) | Q(call_at__lte=until))
    rows = rows.select_related("customer", "call", "phone_call__by__user")
    return rows.order_by("due_date", F("call_at").asc(nulls_last=True), "pk")
