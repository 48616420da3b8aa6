"""Mails, bank days and people's acts in the order of time, through the production code."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog

from concilia.identity.models import Entity, Membership
from concilia.intake.actions import Incoming, receive
from concilia.intake.models import Arrival
from concilia.interfaces.cli.company import Act, Company, Mail, Statement
from concilia.interfaces.cli.staging.jobs import work_off

BANK_HOUR = time(6, 5)
EVENING = timedelta(hours=10)
logger = structlog.get_logger()
Cue = Mail | Statement | Act


@dataclass(slots=True)
class Stage:
    """
    What the play needs to know: who is who, and what became of each mail.

    `skipped` counts acts the engine did not need or refused, by verb and reason: the play was
    written before anybody knew how the engine would judge. `agreed` are the keys of what was agreed
    with late payers, by its name in the story; `transfers` counts what arrived for it, `received`
    sums it, in minor units.
    """

    entity: Entity
    company: Company
    erp_folder: Path
    members: dict[str, Membership]
    arrivals: dict[str, int] = field(default_factory=dict)
    proposals: dict[str, Act] = field(default_factory=dict)
    skipped: Counter[str] = field(default_factory=Counter)
    refusals: list[str] = field(default_factory=list)
    agreed: dict[str, int] = field(default_factory=dict)
    transfers: int = 0
    received: int = 0

    @property
    def ends_at(self) -> datetime:
        """The morning on which the visitor comes in."""
        zone = ZoneInfo(self.company.timezone)
        return datetime.combine(self.company.as_of, BANK_HOUR, tzinfo=zone)


def play(
    stage: Stage,
    perform: Callable[[Stage, Act], None],
    do_chores: Callable[[Stage, datetime], None],
) -> None:
    """
    Play everything that happened to a company.

    :param perform: called with the stage and each act of a person
    :param do_chores: called on the evening of each bank day
    """
    for at, cue in _in_order(stage.company):
        if isinstance(cue, Mail):
            stage.arrivals[cue.key] = _deliver(stage, cue, at).pk
        elif isinstance(cue, Statement):
            _bank_day(stage, cue, at)
            work_off(at + timedelta(seconds=1))
            do_chores(stage, at + EVENING)
        else:
            perform(stage, cue)
        work_off(at + timedelta(seconds=1))


def members_of(entity: Entity) -> dict[str, Membership]:
    """The people of an entity by their e-mail address."""
    rows = Membership.objects.filter(entity=entity).select_related("user", "entity")
    return {row.user.email: row for row in rows}


def _in_order(company: Company) -> Iterable[tuple[datetime, Cue]]:
    zone = ZoneInfo(company.timezone)

    def of_statement(statement: Statement) -> datetime:
        local = datetime.combine(statement.booking_date + timedelta(days=1), BANK_HOUR, tzinfo=zone)
        return local.astimezone(UTC)

    cues: list[tuple[datetime, int, Cue]] = [
        *((mail.received_at, 0, mail) for mail in company.mails),
        *((of_statement(one), 1, one) for one in company.statements),
        *((act.at, 2, act) for act in company.acts),
    ]
    return [(at, cue) for at, _, cue in sorted(cues, key=lambda item: item[:2])]


def _deliver(stage: Stage, mail: Mail, at: datetime) -> Arrival:
    incoming = Incoming(
        channel=Arrival.Channel.MAILBOX,
        filename=f"{mail.key.replace('/', '-')}.eml",
        content=mail.raw,
        source=stage.company.email,
    )
    return receive(entity_id=stage.entity.pk, incoming=incoming, at=at)


def _bank_day(stage: Stage, statement: Statement, at: datetime) -> None:
    incoming = Incoming(
        channel=Arrival.Channel.FOLDER,
        filename=statement.filename,
        content=statement.content,
        source="bank",
    )
    receive(entity_id=stage.entity.pk, incoming=incoming, at=at)
