"""Telephone numbers for short messages of runs: which work, which said no, who agreed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from concilia.correspondence.core.numbers import international
from concilia.correspondence.models import Reach
from concilia.correspondence.queries.lines import is_on
from concilia.correspondence.queries.texting import sends_texts
from concilia.customers.models import Contact
from concilia.dunning.core.strategy.placing import Number
from concilia.dunning.core.strategy.terms import CHANNEL_OF, Way
from concilia.identity.models import Entity

ROLES_FIRST = frozenset({"ap", "accounts payable"})


@dataclass(frozen=True, slots=True)
class Numbers:
    """Of each customer: whom a short message may go to by each way; ways all numbers refused."""

    working: dict[int, dict[Way, Number]] = field(default_factory=dict)
    unwanted: dict[int, frozenset[Way]] = field(default_factory=dict)


def carried_ways(*, entity: Entity) -> frozenset[Way]:
    """The ways by which the program of an entity can send."""
    found = {Way.EMAIL}
    if sends_texts(entity_id=entity.pk):
        found.add(Way.SMS)
    if is_on(entity_id=entity.pk, way="chat"):
        found.add(Way.WHATSAPP)
    return frozenset(found)


def numbers_of(*, entity: Entity, customers: list[int], ways: Iterable[Way]) -> Numbers:
    """The numbers of these customers, by two statements; who pays invoices there comes first."""
    people: dict[int, list[tuple[int, str]]] = defaultdict(list)
    rows = Contact.objects.filter(customer__in=customers).exclude(phone="")
    for pk, customer, phone, country, role in rows.order_by("pk").values_list(
        "pk", "customer", "phone", "customer__country", "role"
    ):
        if number := international(phone, country):
            place = 0 if role.lower() in ROLES_FIRST else len(people[customer])
            people[customer].insert(place, (pk, number))
    asked = {number for them in people.values() for _pk, number in them}
    known = reaches_of(entity=entity, numbers=asked)
    found = Numbers()
    for customer, them in people.items():
        _place(found, customer, them, known, ways)
    return found


def reaches_of(*, entity: Entity, numbers: Iterable[str]) -> Mapping[tuple[str, str], Reach]:
    """What is known of numbers, by channel and number; one statement."""
    rows = Reach.objects.filter(entity=entity, number__in=list(numbers))
    return {(row.channel, row.number): row for row in rows}


def _place(
    found: Numbers,
    customer: int,
    them: list[tuple[int, str]],
    known: Mapping[tuple[str, str], Reach],
    ways: Iterable[Way],
) -> None:
    working: dict[Way, Number] = {}
    unwanted: set[Way] = set()
    for way in ways:
        channel = CHANNEL_OF[way].value
        for pk, number in them:
            row = known.get((channel, number))
            if row is not None and row.opted_out_at is not None:
                unwanted.add(way)
            elif row is None or row.dead_at is None:
                agreed = row is not None and bool(row.agreed_at or row.wrote_at)
                working[way] = Number(pk, agreed)
                break
    found.working[customer] = working
    found.unwanted[customer] = frozenset(unwanted - set(working))
