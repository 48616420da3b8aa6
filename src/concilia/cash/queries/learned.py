"""What is known of how one customer pays: accounts, names and habits, and where from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from django.db.models import Q

from concilia.cash.core.aliases import IBAN, alias_name, in_force
from concilia.cash.models import RETURNED, Match
from concilia.cash.queries.candidates import claim_of, payer_name_of, policy_of
from concilia.cash.queries.habits import habits_of
from concilia.customers.models import Customer, PayerAlias
from concilia.matching.habits import is_told
from concilia.matching.records import PayerHabit
from concilia.receivables.models import BankEntry

LOOKED_AT: Final = 300
SHOWN_MAX: Final = 3


@dataclass(frozen=True, slots=True)
class KnownAlias:
    """An account or a name: whether it counts, who else has it, and where it was learned."""

    alias: PayerAlias
    counts: bool
    others: tuple[Customer, ...]
    learned_from: tuple[BankEntry, ...]


@dataclass(frozen=True, slots=True)
class KnownHabit:
    """A habit; whether it is told with proposals, and whether it posts by the thresholds."""

    habit: PayerHabit
    is_told: bool
    may_post: bool

    @property
    def total(self) -> int:
        """How many decisions it rests on."""
        return self.habit.confirmations + self.habit.contradictions


@dataclass(frozen=True, slots=True)
class Learned:
    """All that was learned of a customer; habits are those of its payer group."""

    aliases: tuple[KnownAlias, ...]
    habits: tuple[KnownHabit, ...]
    members: tuple[Customer, ...]


def learned_of(*, customer: Customer) -> Learned:
    """What is known of a customer, in a constant number of queries."""
    members = payers_with(customer)
    return Learned(
        aliases=tuple(_aliases(customer)),
        habits=tuple(_habits(customer, members)),
        members=tuple(members),
    )


def payers_with(customer: Customer) -> list[Customer]:
    """The customers of the same payer group, this one among them."""
    if customer.payer_group_id is None:
        return [customer]
    return list(Customer.objects.filter(payer_group=customer.payer_group_id).order_by("name"))


def _aliases(customer: Customer) -> list[KnownAlias]:
    own = list(customer.aliases.exclude(kind="domain").select_related("written_by"))
    own.sort(key=lambda row: (row.kind, not row.is_stated, -row.hits, row.value))
    wanted = Q(pk__in=[])
    for kind in {row.kind for row in own}:
        wanted |= Q(kind=kind, value__in=[row.value for row in own if row.kind == kind])
    claims = list(
        PayerAlias.objects.filter(wanted, entity=customer.entity_id).select_related("customer")
    )
    counting = {(one.customer_id, one.kind, one.value) for one in in_force(map(claim_of, claims))}
    sources = _sources(customer)
    return [
        KnownAlias(
            alias=row,
            counts=(customer.pk, row.kind, row.value) in counting,
            others=tuple(
                claim.customer
                for claim in claims
                if (claim.kind, claim.value) == (row.kind, row.value)
                and claim.customer_id != customer.pk
            ),
            learned_from=tuple(_from(row, sources)),
        )
        for row in own
    ]


def _sources(customer: Customer) -> list[BankEntry]:
    """The payments a person posted for this customer, the newest first."""
    rows = Match.objects.filter(
        customer=customer, state=Match.State.POSTED, decided_by__isnull=False
    ).exclude(rule=RETURNED)
    rows = rows.select_related("bank_entry").order_by("-posted_at", "-pk")
    return [match.bank_entry for match in rows[:LOOKED_AT]]


def _from(alias: PayerAlias, sources: Sequence[BankEntry]) -> list[BankEntry]:
    def value(entry: BankEntry) -> str:
        return entry.payer_iban if alias.kind == IBAN else alias_name(payer_name_of(entry))

    return [entry for entry in sources if value(entry) == alias.value][:SHOWN_MAX]


def _habits(customer: Customer, members: Sequence[Customer]) -> list[KnownHabit]:
    policy = policy_of(customer.entity)
    found = habits_of({row.pk: "" for row in members})
    found.sort(key=lambda one: (-one.probability_bp, -one.confirmations, one.kind))
    return [
        KnownHabit(
            habit=one,
            is_told=is_told(one),
            may_post=one.confirmations >= policy.habit_confirmations_min
            and one.probability_bp >= policy.habit_probability_bp,
        )
        for one in found
    ]
