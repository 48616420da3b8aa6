"""Other tolerances tried on past payments: some hundreds at a time, and nothing else is changed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils.translation import gettext_noop as _

from concilia.cash.core.simulating import (
    ON_ACCOUNT,
    Compared,
    Does,
    Kind,
    Tolerances,
    added,
    compare,
    does_of,
    summed,
)
from concilia.cash.models import NOT_APPLIED, Allocation, Match, SimulatedAnswer, Simulation
from concilia.cash.queries.answers import engine_answers
from concilia.cash.queries.hindsight import candidates_at
from concilia.cash.queries.item_columns import key_of_item
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.jobs import defer
from concilia.foundation.refusals import Refused
from concilia.foundation.rows import insert_rows
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.matching import records
from concilia.receivables.models import BankEntry

PAYMENTS_MAX: Final = 50_000
CHUNK: Final = 1_000
LINES_MAX: Final = 50


class SimulationRefused(Refused):
    """A simulation cannot be run as asked; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Which payments, by booking day, and what is tried on them."""

    since: date
    until: date
    tolerances: Tolerances


@transaction.atomic(durable=True)
def ask_simulation(*, asked: Asked, member: Membership, at: datetime) -> Simulation:
    """
    Have other tolerances tried on the payments of some days; a job does it.

    :raises SimulationRefused: if nothing would be another one, or there are no payments, or more
        than 50,000
    """
    if not asked.tolerances.as_json():
        raise SimulationRefused(_("Change at least one tolerance."))
    if asked.since > asked.until:
        raise SimulationRefused(_("The first day is after the last one."))
    total = _payments(member.entity_id, asked.since, asked.until).count()
    if not total:
        raise SimulationRefused(_("No payment was booked in these days."))
    if total > PAYMENTS_MAX:
        raise SimulationRefused(_("These are too many payments: choose fewer days."))
    simulation = Simulation.objects.create(
        entity_id=member.entity_id,
        since_date=asked.since,
        until_date=asked.until,
        tolerances=asked.tolerances.as_json(),
        total=total,
        asked_by=member.user,
        asked_at=at,
    )
    name = f"simulation:{simulation.pk}"
    defer("concilia.simulate", lock=name, once=name, simulation_id=simulation.pk)
    data = {"since": str(asked.since), "until": str(asked.until), **simulation.tolerances}
    act = Act("simulation.asked", "simulation", simulation.pk, data)
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])
    return simulation


@transaction.atomic(durable=True)
def cancel_simulation(*, simulation_id: int, member: Membership, at: datetime) -> Simulation:
    """Stop a simulation that runs; what it found so far stays to be seen."""
    simulation = Simulation.objects.select_for_update(no_key=True).get(
        pk=simulation_id, entity=member.entity_id
    )
    if simulation.state == Simulation.State.RUNNING:
        simulation.state, simulation.ended_at = Simulation.State.CANCELLED, at
        simulation.save(update_fields=["state", "ended_at"])
    return simulation


@transaction.atomic(durable=True)
def fail_simulation(*, simulation_id: int, error: str, at: datetime) -> None:
    """Keep that a simulation ended in an error of the program."""
    Simulation.objects.filter(pk=simulation_id, state=Simulation.State.RUNNING).update(
        state=Simulation.State.FAILED, error=error, ended_at=at
    )


def simulate(*, simulation_id: int, at: datetime) -> None:
    """
    Try the tolerances on one moment's payments after the other, until there are none.

    Can be stopped anywhere and started again: what was tried is not tried twice.
    """
    while _simulate_some(simulation_id=simulation_id, at=at):
        pass


@transaction.atomic(durable=True)
def _simulate_some(*, simulation_id: int, at: datetime) -> bool:
    simulation = (
        Simulation.objects.select_for_update(of=("self",), no_key=True)
        .select_related("entity")
        .get(pk=simulation_id)
    )
    if simulation.state != Simulation.State.RUNNING:
        return False
    moment, entries = _next(simulation)
    if moment is None:
        simulation.state, simulation.ended_at = Simulation.State.DONE, at
        simulation.save(update_fields=["state", "ended_at"])
        return False
    for start in range(0, len(entries), CHUNK):
        _try(simulation, entries[start : start + CHUNK], moment)
    simulation.done += len(entries)
    simulation.reached_at = moment
    simulation.save(update_fields=["done", "reached_at", "figures"])
    return True


def _payments(entity_id: int, since: date, until: date) -> QuerySet[BankEntry]:
    """Payments of these days that the engine has answered; not what the bank took back."""
    return BankEntry.objects.filter(
        entity=entity_id,
        booking_date__gte=since,
        booking_date__lte=until,
        is_return=False,
        pk__in=Match.objects.filter(entity=entity_id, version=1).values("bank_entry"),
    )


def _next(simulation: Simulation) -> tuple[datetime | None, list[BankEntry]]:
    """The payments that were answered first at the next moment."""
    mine = _payments(simulation.entity_id, simulation.since_date, simulation.until_date)
    first = Match.objects.filter(bank_entry__in=mine, version=1)
    if simulation.reached_at:
        first = first.filter(matched_at__gt=simulation.reached_at)
    moment = first.aggregate(moment=Min("matched_at"))["moment"]
    if moment is None:
        return None, []
    keys = first.filter(matched_at=moment).values("bank_entry")
    return moment, list(BankEntry.objects.filter(pk__in=keys).order_by("pk"))


def _try(simulation: Simulation, entries: Sequence[BankEntry], moment: datetime) -> None:
    asked = candidates_at(entity=simulation.entity, entries=entries, at=moment)
    policy = Tolerances(**simulation.tolerances).over(asked.policy)
    before, now = engine_answers(asked, asked.policy), engine_answers(asked, policy)
    decided = _decided(entries)
    compared = []
    rows = []
    for entry, first, second in zip(entries, before, now, strict=True):
        does = {"before": does_of(first, key_of_item), "now": does_of(second, key_of_item)}
        one = compare(first, second, decided.get(entry.pk), does)
        compared.append((entry.currency, one))
        if one.kind is not Kind.SAME:
            rows.append(_row(simulation, entry, second, one, does["now"]))
    insert_rows(rows)
    simulation.figures = added(simulation.figures, summed(compared))


def _decided(entries: Sequence[BankEntry]) -> Mapping[int, Does]:
    """What was posted in the end, by payment; those set aside or taken back were not applied."""
    matches = Match.objects.filter(bank_entry__in=entries, state=Match.State.POSTED).exclude(
        rule__in=NOT_APPLIED
    )
    found: dict[int, dict[int, tuple[int, int, int, int]]] = {}
    for match in matches:
        rest = match.on_account_minor
        found[match.bank_entry_id] = {ON_ACCOUNT: (rest, 0, 0, 0)} if rest else {}
    for row in Allocation.objects.filter(match__in=matches).select_related("match"):
        found[row.match.bank_entry_id][row.item_id] = (
            row.applied_minor,
            row.discount_minor,
            row.writeoff_minor,
            row.deduction_minor,
        )
    return found


def _row(
    simulation: Simulation,
    entry: BankEntry,
    answer: records.Match,
    one: Compared,
    does: Does,
) -> SimulatedAnswer:
    return SimulatedAnswer(
        simulation=simulation,
        bank_entry=entry,
        customer_id=int(answer.customer_id) if answer.customer_id else None,
        kind=one.kind,
        verdict=one.verdict,
        rule=answer.rule,
        currency=entry.currency,
        writeoff_minor=one.writeoff_minor,
        lines=[[item, *amounts] for item, amounts in list(does.items())[:LINES_MAX]],
    )
