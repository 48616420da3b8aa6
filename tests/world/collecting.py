"""A customer who owes, promises and pays, for tests of collections."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from itertools import count
from typing import Any
from zoneinfo import ZoneInfo

from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import NOON, TODAY, a_customer, a_member, an_entity, an_iban, an_invoice
from tests.world.inbox import an_arrival

from concilia.cash.models import Match
from concilia.customers.models import Customer
from concilia.dunning.actions import (
    NewPlan,
    NewPromise,
    await_answer,
    judge_plans,
    judge_plans_of_payments,
    judge_promises,
    judge_promises_of_payments,
    propose_plan,
    record_promise,
)
from concilia.dunning.models import Plan, Promise
from concilia.dunning.queries.dunnable import Dunnable, dunnable_of
from concilia.identity.models import Membership
from concilia.intake.models import Arrival
from concilia.receivables.models import BankEntry, OpenItem

DAY = timedelta(days=1)
_statements = count(1)


class Debtor:
    """A wholesaler in Milan with a known account, and the clerk who talks to it."""

    def __init__(self, code: str = "aurora", iban: str = "IT28W8000000292100645211") -> None:
        self.entity = an_entity(code)
        self.clerk: Membership = a_member(self.entity)
        self.customer: Customer = a_customer(
            self.entity,
            "Ingrosso Lariano S.r.l.",
            country="IT",
            language="it",
            vat_number="IT01234567890",
        )
        self.iban = iban
        an_iban(self.customer, iban)

    def owes(self, euros: int, days_late: int = 20) -> OpenItem:
        """An invoice that was due so many days ago."""
        issued = TODAY - timedelta(days=30 + days_late)
        invoice = an_invoice(self.customer, [("PEN-500", "1", f"{euros}.00", 0)], issue_date=issued)
        return OpenItem.objects.get(invoice=invoice)

    def promises(self, euros: int | None, days: int = 5, **changes: Any) -> Promise:
        """A promise for so many days from today."""
        new = NewPromise(
            customer_id=self.customer.pk,
            currency="EUR",
            amount_minor=None if euros is None else euros * 100,
            due_date=TODAY + days * DAY,
            **{"method": "INSTANT", **changes},
        )
        return record_promise(new=new, by=self.clerk, at=changes.pop("at", NOON))

    def plan(self, euros: int | None, count: int = 3, days: int = 10, **changes: Any) -> Plan:
        """A plan the customer said yes to, whose first row is due so many days from today."""
        by, agrees = changes.pop("by", self.clerk), changes.pop("agrees", True)
        at = changes.pop("at", NOON)
        new = NewPlan(
            customer_id=self.customer.pk,
            currency="EUR",
            amount_minor=None if euros is None else euros * 100,
            count=count,
            first_date=TODAY + days * DAY,
            **changes,
        )
        return propose_plan(new=new, by=by, at=at, customer_agrees=agrees)

    def pays(self, item: OpenItem, minor: int, on: date = TODAY) -> BankEntry:
        """A transfer that names the invoice; the engine posts it, and promises are judged."""
        n = next(_statements)
        entry = paid(
            minor,
            f"SALDO FATTURA {item.document_number}",
            payer_name="INGROSSO LARIANO",
            payer_iban=self.iban,
            end_to_end_id=f"E2E-{n}",
            value_date=on,
            booking_date=on,
        )
        statement = a_loaded_statement(self.entity, entry, name=f"P-{n}")
        row = BankEntry.objects.get(statement=statement)
        self.judged_by_money(row)
        return row

    def judged_by_money(self, row: BankEntry, on: date = TODAY) -> None:
        """As the worker does when a payment was posted or taken back."""
        matches = list(Match.objects.filter(bank_entry=row).values_list("pk", flat=True))
        judge_promises_of_payments(entity_id=self.entity.pk, match_ids=matches, at=noon_of(on))
        judge_plans_of_payments(entity_id=self.entity.pk, match_ids=matches, at=noon_of(on))

    def judged(self, on: date) -> int:
        """As the worker does every hour."""
        changed = judge_promises(entity=self.entity, at=noon_of(on))
        return changed + judge_plans(entity=self.entity, at=noon_of(on))

    def may_be_chased(self, on: date = TODAY) -> Dunnable:
        """Where each open cent is on a day."""
        found = self.may_be_chased_or_none(on)
        assert found is not None, "something is open"
        return found

    def may_be_chased_or_none(self, on: date = TODAY) -> Dunnable | None:
        """The same; None where nothing is open."""
        found = dunnable_of(entity=self.entity, customers=[self.customer.pk], today=on)
        return found[0] if found else None


def noon_of(day: date) -> datetime:
    """Noon of a day where the company works."""
    return datetime.combine(day, time(12), tzinfo=ZoneInfo("Europe/Rome"))


def state_of(promise: Promise) -> tuple[str, int]:
    """How a promise stands, and what of it is paid in minor units."""
    promise.refresh_from_db()
    return promise.state, promise.paid_minor


def an_answer(
    debtor: Debtor, code: str = "NR-09", promise: dict[str, Any] | None = None
) -> Arrival:
    """A mail of theirs, read as an answer to a reminder, that waits in the inbox."""
    arrival = an_arrival(
        debtor.customer, kind="payment_reply", reason=None, claimed_amount=None,
        non_payment_reason=code, promise=promise, subject="Re: Mahnung",
    )  # fmt: skip
    await_answer(arrival_id=arrival.pk, at=NOON)
    arrival.refresh_from_db()
    return arrival
