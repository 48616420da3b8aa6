"""A company whose runs really went, with all that happens between them: for tests of backtests."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import count
from random import Random
from typing import Any, Final

from tests.world.bank_day import OUR_IBAN, paid
from tests.world.builders import (
    NOON,
    a_customer,
    a_member,
    an_entity,
    an_iban,
    an_invoice,
    an_open_item,
)
from tests.world.claims import a_claim
from tests.world.jobs import run_jobs

from concilia.cash.actions import (
    StatementDraft,
    load_statement,
    match_statement,
    reverse_match,
)
from concilia.cash.models import Match
from concilia.claims.actions import withdraw_claim
from concilia.claims.models import Claim, DisputedItem
from concilia.correspondence.models import Message
from concilia.customers.models import Contact, Customer
from concilia.dunning.actions import (
    NewMotive,
    NewPlan,
    NewPromise,
    finish_by_hand,
    judge_plans,
    judge_plans_of_payments,
    judge_promises,
    judge_promises_of_payments,
    plan_run,
    propose_plan,
    record_motive,
    record_promise,
    sign_run,
    withdraw_motive,
)
from concilia.dunning.models import Motive, Run, RunTouch
from concilia.dunning.queries.dunnable import dunnable_items
from concilia.foundation.blobs import store_blob
from concilia.foundation.refusals import Refused
from concilia.receivables.models import Invoice, OpenItem

DAY = timedelta(days=1)
OPENING = NOON - 200 * DAY
_statements = count(1)
_codes = count(1)
REASONS = ("NR-02", "NR-06", "NR-07", "NR-09", "NR-15")


class Company:
    """Some customers who owe, and people who run the chase; `at` is the clock."""

    def __init__(self, customers: int = 3, begins: datetime = OPENING) -> None:
        self.at = begins
        # When a run was planned: of each item, what might be asked for, and what was not resting.
        self.seen: dict[datetime, dict[int, tuple[int, int]]] = {}
        self.entity = an_entity(f"past{next(_codes)}")
        self.clerk = a_member(self.entity)
        self.marta = a_member(self.entity, "Marta Conti", role="approver", level=2)
        self.davide = a_member(self.entity, "Davide Rossi", role="approver", level=4)
        self.customers = [self._customer(n) for n in range(customers)]

    def _customer(self, n: int) -> Customer:
        number = {"vat_number": f"IT0123456789{n}"} if n % 3 != 1 else {}
        made = a_customer(self.entity, f"Bottega {n}", country="IT", language="it", **number)
        an_iban(made, self._iban(n))
        return made

    def _iban(self, n: int) -> str:
        return f"IT28W80000002921006452{n:02}"

    @property
    def today(self) -> date:
        return self.at.date()

    def owes(self, n: int, minor: int, days_late: int = 20) -> OpenItem:
        """An item that is so many days late now, and is booked now."""
        due = self.today - days_late * DAY
        customer = self.customers[n]
        return an_open_item(customer, minor, at=self.at, due_date=due, issue_date=due - 30 * DAY)

    def pays(self, n: int, item: OpenItem, minor: int) -> None:
        """A transfer that names the item, booked and posted now."""
        number = next(_statements)
        entry = paid(
            minor, f"SALDO FATTURA {item.document_number}", payer_name=f"BOTTEGA {n}",
            payer_iban=self._iban(n), end_to_end_id=f"P-{number}",
            value_date=self.today, booking_date=self.today,
        )  # fmt: skip
        fields: dict[str, Any] = {
            "iban": OUR_IBAN, "currency": "EUR", "identification": f"P-{number}",
            "statement_date": self.today, "account_name": "Banca", "entries": (entry,),
        }  # fmt: skip
        blob = store_blob(content=f"{self.entity.code} {number}".encode(), at=self.at)
        statement = load_statement(
            entity_id=self.entity.pk, sha256=blob.sha256, draft=StatementDraft(**fields), at=self.at
        )
        match_statement(statement_id=statement.pk, at=self.at)
        posted = Match.objects.filter(bank_entry__statement=statement)
        self._judged_by_money(list(posted.values_list("pk", flat=True)))

    def explains(self, n: int, code: str, source: str = "customer") -> Motive:
        new = NewMotive(customer_id=self.customers[n].pk, code=code, source=source)
        return record_motive(new=new, by=self.clerk, at=self.at)

    def promises(self, n: int, minor: int | None, days: int) -> None:
        new = NewPromise(
            customer_id=self.customers[n].pk, currency="EUR", amount_minor=minor,
            due_date=self.today + days * DAY, method="INSTANT",
        )  # fmt: skip
        record_promise(new=new, by=self.clerk, at=self.at)

    def agrees(self, n: int, days: int) -> None:
        """A plan of three rows for all that is open, agreed at once."""
        new = NewPlan(
            customer_id=self.customers[n].pk, currency="EUR", amount_minor=None, count=3,
            first_date=self.today + days * DAY,
        )  # fmt: skip
        propose_plan(new=new, by=self.davide, at=self.at, customer_agrees=True)

    def bills(self, n: int) -> Invoice:
        """An invoice with lines, that is late already."""
        issued = self.today - 50 * DAY
        return an_invoice(self.customers[n], issue_date=issued, at=self.at)

    def claims(self, n: int, pieces: str) -> Claim:
        """They contest some pieces of an invoice."""
        return a_claim(self.clerk, self.bills(n), pieces=[("PEN-500", pieces)], at=self.at)

    def writes(self, n: int) -> None:
        """A mail of theirs."""
        Message.objects.create(
            entity=self.entity, customer=self.customers[n], lane="in", state="RECEIVED",
            key=f"in-{next(_statements)}", written_at=self.at,
        )  # fmt: skip

    def takes_back(self, n: int) -> None:
        """A posting that was wrong is taken back, if no claim is about it."""
        rows = Match.objects.filter(customer=self.customers[n], state="POSTED").exclude(
            allocations__item__in=DisputedItem.objects.values("item")
        )
        if last := rows.order_by("-pk").first():
            reverse_match(match_id=last.pk, reason="Wrong", member=self.clerk, at=self.at)
            self._judged_by_money([last.pk])

    def _judged_by_money(self, matches: list[int]) -> None:
        """As the worker does when a payment was posted or taken back."""
        key = self.entity.pk
        judge_promises_of_payments(entity_id=key, match_ids=matches, at=self.at)
        judge_plans_of_payments(entity_id=key, match_ids=matches, at=self.at)

    def judged(self) -> None:
        """As the hourly round does."""
        judge_promises(entity=self.entity, at=self.at)
        judge_plans(entity=self.entity, at=self.at)

    def runs(self) -> Run:
        """A run is planned, released and sent, and what people do is done."""
        self.judged()
        self.seen[self.at] = {
            item.id: (item.dunnable, 0 if item.rests else item.dunnable)
            for item in dunnable_items(
                entity=self.entity, customers=[one.pk for one in self.customers], today=self.today
            )
        }
        run = plan_run(entity=self.entity, at=self.at)
        for by in (self.marta, self.davide):
            run.refresh_from_db()
            if run.state in {"PLANNED", "SIGNED"}:
                sign_run(run_id=run.pk, by=by, at=self.at)
        run_jobs(at=self.at)
        return run

    def does_by_hand(self, outcome: str) -> None:
        """Every call and letter that waits is made now."""
        for touch in RunTouch.objects.filter(run__entity=self.entity, state="BY_HAND"):
            said = "SENT" if touch.way == "letter" else outcome
            finish_by_hand(touch_id=touch.pk, outcome=said, by=self.clerk, at=self.at)

    def passes(self, days: int = 1, hours: int = 0) -> None:
        self.at += timedelta(days=days, hours=hours)

    def happens(self, draw: Random) -> None:
        """Something happens to somebody; what nobody may do does not."""
        n = draw.randrange(len(self.customers))
        rows = OpenItem.objects.filter(customer=self.customers[n], open_minor__gt=0)
        items = list(rows.order_by("pk"))
        act = draw.choice(ACTS if items else WITHOUT_ITEMS)
        try:
            act(self, n, draw.choice(items) if items else None, draw)
        except Refused:
            return

    def withdraws(self, n: int) -> None:
        """The last reason is taken back."""
        rows = Motive.objects.filter(customer=self.customers[n], withdrawn_at=None)
        if last := rows.order_by("-pk").first():
            withdraw_motive(motive_id=last.pk, by=self.clerk, at=self.at)


def _bills(company: Company, n: int, _item: OpenItem | None, draw: Random) -> None:
    company.owes(n, draw.randrange(500, 90_000), draw.randrange(-10, 60))


def _settles(company: Company, n: int, item: OpenItem, _draw: Random) -> None:
    company.pays(n, item, item.open_minor)


def _pays_part(company: Company, n: int, item: OpenItem, draw: Random) -> None:
    company.pays(n, item, draw.randrange(1, item.open_minor + 1))


def _promises(company: Company, n: int, item: OpenItem, draw: Random) -> None:
    minor = draw.randrange(1, item.open_minor + 1)
    company.promises(n, draw.choice((None, minor)), draw.randrange(1, 12))


def _explains(company: Company, n: int, _item: OpenItem | None, draw: Random) -> None:
    company.explains(n, draw.choice(REASONS), draw.choice(("customer", "agent")))


def _claims(company: Company, n: int, _item: OpenItem | None, draw: Random) -> None:
    claim = company.claims(n, str(draw.randrange(1, 60)))
    if draw.random() < 0.5:
        company.passes(draw.randrange(5))
        withdraw_claim(claim_id=claim.pk, reason="A mistake", member=company.clerk, at=company.at)


def _writes(company: Company, n: int, _item: OpenItem | None, _draw: Random) -> None:
    company.writes(n)


def _takes_back(company: Company, n: int, _item: OpenItem | None, _draw: Random) -> None:
    company.takes_back(n)


def _withdraws(company: Company, n: int, _item: OpenItem | None, _draw: Random) -> None:
    company.withdraws(n)


def _cannot_be_reached(company: Company, n: int, _item: OpenItem | None, draw: Random) -> None:
    rows = Contact.objects.filter(customer=company.customers[n], opted_out_at=None)
    rows.update(**{draw.choice(("opted_out_at", "bounced_at")): company.at})


def _agrees(company: Company, n: int, _item: OpenItem, draw: Random) -> None:
    company.agrees(n, draw.randrange(5, 25))


def _by_hand(company: Company, _n: int, _item: OpenItem | None, draw: Random) -> None:
    company.does_by_hand(draw.choice(("NO_ANSWER", "CONVERSATION", "MESSAGE_LEFT")))


WITHOUT_ITEMS: Final[tuple[Callable[..., None], ...]] = (
    _bills, _bills, _explains, _withdraws, _cannot_be_reached, _by_hand, _claims, _writes,
    _takes_back,
)  # fmt: skip
ACTS: Final[tuple[Callable[..., None], ...]] = (
    *WITHOUT_ITEMS, _explains, _settles, _settles, _pays_part, _promises, _agrees, _by_hand,
)  # fmt: skip


def a_past(seed: int, days: int = 60, customers: int = 3) -> Company:
    """Some weeks of a company, drawn from a number: runs go, and things happen between them."""
    draw = Random(seed)
    company = Company(customers)
    company.at = datetime.combine(OPENING.date(), datetime.min.time(), tzinfo=UTC)
    company.passes(0, hours=9)
    for n in range(customers):
        company.owes(n, draw.randrange(20_000, 90_000), draw.randrange(5, 40))
    end = company.today + days * DAY
    while company.today < end:
        for _ in range(draw.randrange(4)):
            company.passes(0, hours=1)
            company.happens(draw)
        company.passes(0, hours=1)
        if company.today.weekday() < 5:
            company.runs()
        company.at = datetime.combine(
            company.today + draw.randrange(1, 5) * DAY, datetime.min.time(), tzinfo=UTC
        ) + timedelta(hours=9)
    return company
