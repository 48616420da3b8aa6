"""What was learned of how customers pay: accounts, names, habits; and the thresholds for it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from concilia.cash.actions import add_alias, change_thresholds, remove_alias
from concilia.cash.core.thresholds import THRESHOLDS, default_of, written
from concilia.cash.queries.learned import KnownAlias, KnownHabit, learned_of
from concilia.customers.models import Customer
from concilia.identity.models import Entity, Membership
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.shapes import TEXT
from concilia.interfaces.components.rights import ADMINS, WORKERS

router = Router(tags=["customers"])
thresholds = Router(tags=["settings"])
READ = Scope("customers:read")
WRITE = Scope("bank:write", *WORKERS)


class AliasIn(Schema):
    kind: Literal["iban", "name"]
    value: str = Field(pattern=TEXT, max_length=160)


class AliasOut(Schema):
    """`counts` says whether matching relies on it; `others` have it too."""

    id: int
    kind: str
    value: str
    hits: int
    is_stated: bool
    written_by: str | None
    seen_at: datetime | None
    counts: bool
    others: list[str]
    learned_from: list[int]

    @classmethod
    def of(cls, known: KnownAlias) -> AliasOut:
        """An account or name as JSON."""
        row = known.alias
        return cls(
            id=row.pk,
            kind=row.kind,
            value=row.value,
            hits=row.hits,
            is_stated=row.is_stated,
            written_by=row.written_by.email if row.written_by else None,
            seen_at=row.seen_at,
            counts=known.counts,
            others=[other.number for other in known.others],
            learned_from=[entry.pk for entry in known.learned_from],
        )


class PayingHabitOut(Schema):
    """A habit of the payer group; `probability` is the lower bound of how surely it holds."""

    kind: str
    confirmations: int
    contradictions: int
    probability: float
    proposes: bool
    posts: bool

    @classmethod
    def of(cls, known: KnownHabit) -> PayingHabitOut:
        """A habit as JSON."""
        return cls(
            kind=known.habit.kind,
            confirmations=known.habit.confirmations,
            contradictions=known.habit.contradictions,
            probability=known.habit.probability_bp / 10_000,
            proposes=known.is_told,
            posts=known.may_post,
        )


class LearnedOut(Schema):
    aliases: list[AliasOut]
    habits: list[PayingHabitOut]
    pays_with: list[str]

    @classmethod
    def about(cls, customer: Customer) -> LearnedOut:
        """What was learned of a customer, as JSON."""
        known = learned_of(customer=customer)
        return cls(
            aliases=[AliasOut.of(one) for one in known.aliases],
            habits=[PayingHabitOut.of(one) for one in known.habits],
            pays_with=[row.number for row in known.members if row.pk != customer.pk],
        )


class ThresholdOut(Schema):
    """A value as it is typed: amounts in the entity's currency, shares in percent."""

    name: str
    kind: str
    value: str
    default: str
    is_own: bool


class ThresholdsIn(Schema):
    """Values that are left out stay; an empty one goes back to the default."""

    values: dict[str, str]


@router.get("/{number}/learned", response=LearnedOut, auth=READ)
def get_learned(request: HttpRequest, number: str) -> LearnedOut:
    """Accounts, names and habits of a customer, and what each rests on."""
    return LearnedOut.about(_customer(caller(request), number))


@router.post("/{number}/aliases", response={201: LearnedOut}, auth=WRITE)
def write_alias(request: HttpRequest, number: str, body: AliasIn) -> Status[LearnedOut]:
    """Write down an account or a name by which payments of this customer are known."""
    member = caller(request)
    customer = _customer(member, number)
    add_alias(
        customer_id=customer.pk,
        kind=body.kind,
        value=body.value,
        member=member,
        at=timezone.now(),
    )
    return Status(201, LearnedOut.about(customer))


@router.post("/{number}/aliases/{alias_id}/remove", response=LearnedOut, auth=WRITE)
def take_out_alias(request: HttpRequest, number: str, alias_id: int) -> LearnedOut:
    """Take out an account or a name that was learned or written down."""
    member = caller(request)
    customer = _customer(member, number)
    customer.aliases.get(pk=alias_id)
    remove_alias(alias_id=alias_id, member=member, at=timezone.now())
    return LearnedOut.about(customer)


@thresholds.get("/matching", response=list[ThresholdOut], auth=Scope("settings:read", *ADMINS))
def get_thresholds(request: HttpRequest) -> list[ThresholdOut]:
    """What matching tolerates and posts without a person."""
    return _thresholds(caller(request).entity)


@thresholds.post("/matching", response=list[ThresholdOut], auth=Scope("settings:write", *ADMINS))
def set_thresholds(request: HttpRequest, body: ThresholdsIn) -> list[ThresholdOut]:
    """Set some of them; they hold from the next payment that is matched."""
    entity = change_thresholds(wanted=body.values, by=caller(request), at=timezone.now())
    return _thresholds(entity)


def _thresholds(entity: Entity) -> list[ThresholdOut]:
    own, currency = entity.settings.get("matching", {}), entity.currency
    return [
        ThresholdOut(
            name=name,
            kind=str(threshold.kind),
            value=written(threshold, own.get(name, default_of(name, entity.country)), currency),
            default=written(threshold, default_of(name, entity.country), currency),
            is_own=name in own,
        )
        for name, threshold in THRESHOLDS.items()
    ]


def _customer(member: Membership, number: str) -> Customer:
    rows = Customer.objects.select_related("entity")
    return rows.get(entity_id=member.entity_id, number=number.replace("\x00", ""))
