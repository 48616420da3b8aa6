"""Closed cases in numbers, each lived through its process by the engine, the same every time."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from decimal import Decimal

from django.db import transaction

from concilia.cases.actions.processes import process_row_for
from concilia.cases.core.process.codec import to_data
from concilia.cases.core.process.conditions import Facts
from concilia.cases.core.process.engine import advance, start
from concilia.cases.core.process.model import Definition, Kind
from concilia.cases.core.process.state import ActDone, EventRefused, State, StepDone
from concilia.cases.models import ApprovalRequest, ApprovalSeat, Case
from concilia.cases.queries.processes import definition_of
from concilia.customers.models import Customer
from concilia.identity.models import Entity, Membership

REASONS = ("NC-01", "NC-02", "NC-05", "NC-08", "CO-01", "FI-01")
PAPERS = ("POD", "GRN", "DDT", "INV", "PL")
SLA_DAYS = 10
DAYS = 80


@transaction.atomic
def past_cases(
    entity: Entity, customers: list[Customer], member: Membership, n: int, until: datetime
) -> int:
    """Write `n` cases that were closed in the eighty days before; says how many it wrote."""
    draw = random.Random(7)
    rows = {
        reason: process_row_for(entity_id=entity.pk, reason=reason, at=until) for reason in REASONS
    }
    first = Case.objects.count()
    cases = []
    for number in range(n):
        reason = draw.choice(REASONS)
        opened = until - timedelta(days=draw.randrange(20, DAYS), hours=draw.randrange(24))
        state = lived(definition_of(rows[reason].text), _facts(draw, reason), opened, draw)
        closed = state.passed[-1].at if state.passed else opened
        cases.append(
            Case(
                entity=entity, number=f"PAST-{first + number:06d}",
                customer=customers[number % len(customers)],
                department=draw.choice(("LOG", "CUS", "SAL", "ACC")), owner=member,
                sla_days=SLA_DAYS, opened_at=opened, due_at=opened + timedelta(days=14),
                closed_at=min(closed, until - timedelta(hours=1)), process=rows[reason],
                process_state=to_data(state),
            )
        )  # fmt: skip
    kept = Case.objects.bulk_create(cases, batch_size=1_000)
    _sign(kept, member, draw)
    return len(kept)


def lived(definition: Definition, facts: Facts, at: datetime, draw: random.Random) -> State:
    """A case from its beginning to its end, some steps sent back, each after some hours."""
    state, _effects = start(definition, facts, at)
    for _ in range(60):
        if state.ended is not None:
            break
        at += timedelta(hours=draw.randrange(1, 40))
        step = definition.step(draw.choice(state.open).step)
        way = step.ways[0] if draw.random() < 0.9 else draw.choice(step.ways)
        event = ActDone(step.kind) if step.kind is Kind.VERDICT else StepDone(step.id, way.outcome)
        try:
            state, _effects = advance(definition, state, event, at)
        except EventRefused:
            continue
    return replace(state, facts=replace(state.facts, qualified=True, missing=frozenset()))


def _facts(draw: random.Random, reason: str) -> Facts:
    return Facts(
        reason=reason,
        amount=Decimal(draw.randrange(2_000, 900_000)).scaleb(-2),
        country=draw.choice(("IT", "DE", "FR")),
        customer=f"C-{draw.randrange(200)}",
        verdict=draw.choice(("VALID", "PARTLY_VALID", "NOT_VALID")),
        qualified=draw.random() < 0.8,
        money=draw.random() < 0.7,
        signatures=1,
        missing=frozenset(draw.sample(PAPERS, 2)),
    )


def _sign(cases: list[Case], member: Membership, draw: random.Random) -> None:
    requests = ApprovalRequest.objects.bulk_create(_requests(cases, member), batch_size=1_000)
    ApprovalSeat.objects.bulk_create(
        [
            ApprovalSeat(request=one, n=1, level=draw.randrange(1, 4), requested_by=member)
            for one in requests
        ],
        batch_size=1_000,
    )


def _requests(cases: list[Case], member: Membership) -> Iterator[ApprovalRequest]:
    for case in cases:
        assert case.process_state is not None
        amount = int(Decimal(case.process_state["facts"]["amount"]) * 100)
        yield ApprovalRequest(
            case=case, version=1, act="APPROVE_CLAIM", amount_minor=amount,
            rolling_minor=amount // 3, currency="EUR", content_sha256="0" * 64, state="APPROVED",
            requested_by=member, requested_at=case.opened_at, settled_at=case.closed_at,
        )  # fmt: skip
