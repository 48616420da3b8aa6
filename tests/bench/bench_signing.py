"""
Many like claims signed together, once their sample is judged.

    python -m pytest tests/bench/bench_signing.py -s

Claims with their decisions and requests are laid into the tables, a tenth each of those measured
last; what is timed is the act of the person: every rule for every claim, signatures, log.
"""

from __future__ import annotations

import resource
import sys
import time

import pytest
from django.db import transaction
from tests.world.builders import NOON, a_customer, an_entity
from tests.world.claims import a_team

from concilia.cases.models import (
    ApprovalBatch,
    ApprovalBatchItem,
    ApprovalRequest,
    ApprovalSeat,
    Case,
)
from concilia.claims.actions.bulk_signing import sign_together
from concilia.claims.actions.deciding import digest_with
from concilia.claims.models import Claim, ClaimLine, Decision

pytestmark = pytest.mark.django_db(transaction=True)
CUSTOMERS = 50
GRANTED = 4_000  # twenty of them are 800.00 of a customer in 30 days


def waiting(count):
    """So many claims that wait for Marta, as a batch whose sample is judged already."""
    entity = an_entity(f"bench{count}")
    team = a_team(entity)
    payers = [a_customer(entity, f"Payer {n}") for n in range(max(CUSTOMERS, count // 20))]
    cases = Case.objects.bulk_create(
        Case(
            entity=entity,
            number=f"B-{n:06d}",
            customer=payers[n % len(payers)],
            department="LOG",
            owner=team["giulia"],
            opened_at=NOON,
        )
        for n in range(count)
    )
    claims = Claim.objects.bulk_create(
        Claim(
            entity=entity,
            case=case,
            customer=case.customer,
            origin=Claim.Origin.PERSON,
            state="IN_APPROVAL",
            reason="NC-01",
            currency="EUR",
            claimed_minor=GRANTED,
            received_at=NOON,
        )
        for case in cases
    )
    ClaimLine.objects.bulk_create(
        ClaimLine(claim=claim, n=1, reason="NC-01", currency="EUR", claimed_minor=GRANTED)
        for claim in claims
    )
    decisions = [_decision(claim, team) for claim in claims]
    contents = [
        digest_with(claim=claim, decision=decision, papers=[])
        for claim, decision in zip(claims, decisions, strict=True)
    ]
    requests = ApprovalRequest.objects.bulk_create(
        ApprovalRequest(
            case=claim.case,
            version=1,
            act="APPROVE_CLAIM",
            amount_minor=GRANTED,
            rolling_minor=0,
            currency="EUR",
            content_sha256=content,
            requested_by=team["giulia"],
            requested_at=NOON,
        )
        for claim, content in zip(claims, contents, strict=True)
    )
    for decision, row in zip(decisions, requests, strict=True):
        decision.approval = row
    Decision.objects.bulk_create(decisions)
    seats = ApprovalSeat.objects.bulk_create(
        ApprovalSeat(
            request=row,
            n=1,
            level=1,
            expected=team["marta"],
            requested_by=team["giulia"],
            is_open=True,
        )
        for row in requests
    )
    batch = ApprovalBatch.objects.create(
        entity=entity, member=team["marta"], alike="bench", seed="0", made_at=NOON
    )
    ApprovalBatchItem.objects.bulk_create(
        ApprovalBatchItem(
            batch=batch, seat=seat, content_sha256=row.content_sha256, is_sample=False
        )
        for seat, row in zip(seats, requests, strict=True)
    )
    return batch, team["marta"]


def _decision(claim, team):
    return Decision(
        claim=claim,
        version=1,
        outcome="APPROVED",
        state=Decision.State.IN_APPROVAL,
        currency="EUR",
        approved_minor=GRANTED,
        denied_minor=0,
        lines=[{"n": 1, "approved_minor": GRANTED, "denied_minor": 0}],
        resolution="CREDIT_NOTE",
        proposed_by=team["giulia"],
        proposed_at=NOON,
    )


def test_a_thousand_are_signed_in_seconds():
    took = {}
    for count in (100, 1_000):
        with transaction.atomic():  # a claim and its lines are looked at together
            batch, member = waiting(count)
        begun, worked = time.perf_counter(), time.process_time()
        done = sign_together(batch_id=batch.pk, member=member, at=NOON)
        took[count] = time.perf_counter() - begun
        worked = time.process_time() - worked
        assert done.signed == count, list(done.left_out)[:3]
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
        sys.stdout.write(
            f"{count} claims: {took[count]:.2f} s by the clock, {worked:.2f} s of processor, "
            f"{count / took[count]:.0f} a second, peak {peak} MB\n"
        )
    sys.stdout.write(f"ten times the claims: {took[1_000] / took[100]:.1f} times the time\n")
