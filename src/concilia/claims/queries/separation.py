"""Whom a decision keeps apart: who changed the customer's data, who settled it with them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from django.db.models import Max, Q, Sum
from django.db.models.functions import Coalesce

from concilia.cases.models import CaseMessage
from concilia.claims.models import Claim, ClaimLine
from concilia.correspondence.models import Message
from concilia.customers.models import PayerAlias
from concilia.foundation.models import AuditEntry
from concilia.identity.models import Membership
from concilia.intake.models import ImportRun
from concilia.receivables.models import ItemKind, OpenItem

# How long a change of a customer's data keeps apart, and a bank account is new.
LATELY: Final = timedelta(days=30)
HOLD: Final = timedelta(hours=24)
DATA_ACTS: Final = ("alias.added", "alias.removed")
CUSTOMERS: Final = "customers"


@dataclass(frozen=True, slots=True, kw_only=True)
class Apart:
    """
    What counts for a claim. Members by their key.

    `open_minor`: what a grant can still clear; what is granted beyond it was paid already, and goes
    back to the customer. `account_at`: since when their newest bank account is known, None where
    none is new.
    """

    maintainers: frozenset[int] = frozenset()
    negotiators: frozenset[int] = frozenset()
    open_minor: int = 0
    valid_minor: int = 0
    account_at: datetime | None = None

    def is_refund(self, approved_minor: int) -> bool:
        """Whether a part of this would go back to the customer."""
        return approved_minor > self.open_minor

    def is_new_account(self, approved_minor: int) -> bool:
        """Whether it might go to a bank account that is new."""
        return self.account_at is not None and self.is_refund(approved_minor)

    def settled_by(self, approved_minor: int) -> frozenset[int]:
        """Who negotiated: they wrote to the customer, and more is granted than was found valid."""
        return self.negotiators if approved_minor > self.valid_minor else frozenset()

    def held_until(self, approved_minor: int) -> datetime | None:
        """Until when nothing may go out; None where nothing is new."""
        if self.account_at is None or not self.is_refund(approved_minor):
            return None
        return self.account_at + HOLD


def apart_from(claim: Claim, at: datetime) -> Apart:
    """What counts for one claim. Eight queries."""
    return apart_from_many([claim], at)[claim.pk]


def apart_from_many(claims: Sequence[Claim], at: datetime) -> dict[int, Apart]:
    """What counts for claims of one entity, by their key. Eight queries however many."""
    if not claims:
        return {}
    entity = claims[0].entity_id
    customers = {claim.customer_id for claim in claims}
    members = dict(Membership.objects.filter(entity=entity).values_list("user", "pk"))
    maintain = _maintainers(entity, customers, members, at)
    wrote = _negotiators(claims, members)
    cleared = _open_amounts(claims)
    accounts = _accounts(customers, at)
    return {
        claim.pk: Apart(
            maintainers=maintain[claim.customer_id],
            negotiators=wrote[claim.case_id],
            open_minor=cleared[claim.pk],
            valid_minor=claim.valid_minor or 0,
            account_at=accounts.get(claim.customer_id),
        )
        for claim in claims
    }


def _maintainers(
    entity: int, customers: Collection[int], members: Mapping[int, int], at: datetime
) -> Mapping[int, frozenset[int]]:
    """Who wrote or took out accounts and names of a customer; who imported customers: of all."""
    rows = AuditEntry.objects.filter(
        entity_id=entity,
        subject_type="customer",
        subject_id__in=customers,
        act__in=DATA_ACTS,
        actor_kind="user",
        at__gt=at - LATELY,
    ).values_list("subject_id", "actor_id")
    found: defaultdict[int, set[int]] = defaultdict(set)
    for customer, user in rows:
        if user is not None and user in members:
            found[customer].add(members[user])
    imported = ImportRun.objects.filter(
        entity=entity, started_at__gt=at - LATELY, files__dataset=CUSTOMERS, files__state="SAVED"
    ).values_list("started_by", flat=True)
    of_all = {members[user] for user in imported if user in members}
    return defaultdict(
        lambda: frozenset(of_all),
        {customer: frozenset(people | of_all) for customer, people in found.items()},
    )


def _negotiators(
    claims: Sequence[Claim], members: Mapping[int, int]
) -> Mapping[int, frozenset[int]]:
    """Who wrote to the customer in their own words in the thread of a case."""
    rows = CaseMessage.objects.filter(
        case__in=[claim.case_id for claim in claims],
        message__lane=Message.Lane.OUT,
        message__author__isnull=False,
        message__template="",
    ).exclude(message__key__endswith=":letter")
    found: defaultdict[int, set[int]] = defaultdict(set)
    for case, user in rows.values_list("case", "message__author"):
        if user in members:
            found[case].add(members[user])
    return defaultdict(frozenset, {case: frozenset(people) for case, people in found.items()})


def _open_amounts(claims: Sequence[Claim]) -> Mapping[int, int]:
    """
    What a grant can still clear of the deductions and the invoices that claims are about.

    Of a claim about several invoices, of which one was paid, anything may have been paid: nothing.
    """
    keys = [claim.pk for claim in claims]
    deducted = dict(
        Claim.objects.filter(pk__in=keys)
        .values_list("pk")
        .annotate(open=Coalesce(Sum("deductions__item__open_minor"), 0))
    )
    claimed: defaultdict[int, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
    own = {claim.pk: claim.invoice_id for claim in claims}
    lines = ClaimLine.objects.filter(claim__in=keys)
    for claim, invoice, minor in lines.values_list("claim", "invoice", "claimed_minor"):
        if named := invoice or own[claim]:
            claimed[claim][named] += minor
    every = {invoice for invoices in claimed.values() for invoice in invoices}
    rows = OpenItem.objects.filter(invoice__in=every, open_minor__gt=0)
    left = dict(
        rows.exclude(kind=ItemKind.DEDUCTION).values_list("invoice").annotate(Sum("open_minor"))
    )
    found: dict[int, int] = {}
    for claim in keys:
        invoices = claimed[claim]
        short = sum(max(0, minor - left.get(pk, 0)) for pk, minor in invoices.items())
        is_unsure = len(invoices) > 1 and short > deducted[claim]
        found[claim] = 0 if is_unsure else deducted[claim] + sum(left.get(pk, 0) for pk in invoices)
    return found


def _accounts(customers: Collection[int], at: datetime) -> Mapping[int, datetime]:
    rows = PayerAlias.objects.filter(
        Q(is_stated=True) | Q(written_by__isnull=False),
        customer__in=customers,
        kind=PayerAlias.Kind.IBAN,
        written_at__gt=at - LATELY,
    )
    return dict(rows.values_list("customer").annotate(newest=Max("written_at")))
