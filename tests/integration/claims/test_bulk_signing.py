"""Many like claims signed together: the sample, one wrong, limits that grow, and the postings."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.world.builders import NOON, a_customer, an_entity, an_invoice
from tests.world.claims import a_claim, a_team, pod, propose

from concilia.cases.core.authority import Level
from concilia.cases.core.routes import SignOutcome
from concilia.cases.models import ApprovalBatch, ApprovalSeat
from concilia.claims.actions import Said, sign_decision
from concilia.claims.actions.bulk_signing import (
    BatchRefused,
    follow_signed,
    lay_together,
    sign_together,
)
from concilia.claims.core.states import ClaimState
from concilia.claims.models import Claim, Decision
from concilia.claims.queries.signatures import alike_groups, judged_of, waiting_for
from concilia.foundation.models import AuditEntry
from concilia.interfaces.worker.following import follow_batch

pytestmark = pytest.mark.django_db
LINES = [("PEN-500", "100", "21.60", 2200)]


@pytest.fixture
def entity():
    return an_entity()


@pytest.fixture
def team(entity):
    return a_team(entity)


def shortages(entity, team, count, *, customers=None):
    """Like claims of 8 of 12 cartons, each proposed and waiting for Marta."""
    made = []
    for n in range(count):
        payer = customers[n % len(customers)] if customers else a_customer(entity, f"Payer {n}")
        claim = a_claim(team["giulia"], an_invoice(payer, LINES), pieces=(("PEN-500", "8"),))
        pod(claim, team["marco"])
        propose(claim, team["giulia"])
        made.append(claim)
    return made


def key_of(team):
    (group,) = alike_groups(waiting_for(member=team["marta"], at=NOON))
    return group.alike.key


def judge(batch, team, outcome=SignOutcome.APPROVE, most=99):
    said = Said(outcome=outcome, comment="looked at")
    seats = ApprovalSeat.objects.filter(pk__in=batch.items.filter(is_sample=True).values("seat"))
    for seat in seats.filter(signed_by=None)[:most]:
        sign_decision(seat_id=seat.pk, said=said, member=team["marta"], at=NOON)


def test_the_sample_is_judged_and_the_rest_signed_at_once(entity, team):
    shortages(entity, team, 8)
    batch = lay_together(alike=key_of(team), member=team["marta"], at=NOON)
    assert (batch.items.filter(is_sample=True).count(), batch.items.count()) == (5, 8)
    with pytest.raises(BatchRefused, match="5 are left"):
        sign_together(batch_id=batch.pk, member=team["marta"], at=NOON)
    judge(batch, team)
    again = lay_together(alike=batch.alike, member=team["marta"], at=NOON)
    assert (again, judged_of(again).right) == (batch, 5)

    done = sign_together(batch_id=batch.pk, member=team["marta"], at=NOON)
    assert (done.signed, list(done.left_out)) == (3, [])
    assert not waiting_for(member=team["marta"], at=NOON)
    signed = AuditEntry.objects.filter(act="decision.signed", data__batch=batch.pk)
    assert {entry.actor_name for entry in signed} == {"Marta Conti"}
    assert Claim.objects.filter(decided_at=None).count() == 3
    follow_batch(batch_id=batch.pk, at=NOON)
    follow_batch(batch_id=batch.pk, at=NOON)
    assert not Claim.objects.filter(decided_at=None).exists()
    assert set(Claim.objects.values_list("state", flat=True)) == {ClaimState.POSTING}
    assert set(Decision.objects.values_list("settlements__kind", flat=True)) == {"CREDIT_NOTE"}
    with pytest.raises(BatchRefused, match="already"):
        sign_together(batch_id=batch.pk, member=team["marta"], at=NOON)


def test_one_wrong_in_the_sample_stops_all_of_it(entity, team):
    shortages(entity, team, 7)
    batch = lay_together(alike=key_of(team), member=team["marta"], at=NOON)
    judge(batch, team, most=4)
    judge(batch, team, SignOutcome.RETURN)
    done = sign_together(batch_id=batch.pk, member=team["marta"], at=NOON)
    assert (done.signed, done.batch.state) == (0, "STOPPED")
    with pytest.raises(BatchRefused):
        lay_together(alike=batch.alike, member=team["marta"], at=NOON)
    assert len(waiting_for(member=team["marta"], at=NOON)) == 2


def test_the_customers_total_grows_within_the_batch(entity, team):
    """Each of 172.80 is small; together they pass what one pair of eyes may sign."""
    (payer,) = (a_customer(entity, "Grosso Srl"),)
    claims = shortages(entity, team, 20, customers=[payer])
    ApprovalSeat.objects.update(expected=team["marta"])
    batch = lay_together(alike=key_of(team), member=team["marta"], at=NOON)
    judge(batch, team)
    done = sign_together(batch_id=batch.pk, member=team["marta"], at=NOON)
    each = claims[0].decisions.get().approved_minor
    most = 250_000 // each - 5
    assert (done.signed, {why for _number, why in done.left_out}) == (most, {"LIMIT_TOO_LOW"})
    assert ApprovalSeat.objects.filter(is_open=True).count() == 15 - most
    assert team["marta"].level == Level.L2


def test_what_changed_since_is_left_out(entity, team):
    shortages(entity, team, 7)
    batch = lay_together(alike=key_of(team), member=team["marta"], at=NOON)
    judge(batch, team)
    rest = batch.items.filter(is_sample=False).order_by("pk")
    changed = Claim.objects.get(case=rest[0].seat.request.case_id)
    pod(changed, team["marco"])
    done = sign_together(batch_id=batch.pk, member=team["marta"], at=NOON)
    assert (done.signed, [why for _n, why in done.left_out]) == (1, ["CONTENT_CHANGED"])


def test_what_cannot_be_booked_goes_back_to_its_owner(entity, team):
    shortages(entity, team, 7)
    batch = lay_together(alike=key_of(team), member=team["marta"], at=NOON)
    judge(batch, team)
    sign_together(batch_id=batch.pk, member=team["marta"], at=NOON)
    item = batch.items.filter(is_sample=False).order_by("pk")[0]
    claim = Claim.objects.get(case=item.seat.request.case_id)
    twin = Claim.objects.exclude(pk=claim.pk).filter(decided_at__isnull=False)[0]
    claim.merge_proposals.create(twin=twin, score_bp=9000, proposed_at=NOON)
    later = NOON + timedelta(minutes=1)
    follow_signed(request_id=item.seat.request_id, at=later)
    claim.refresh_from_db()
    assert (claim.state, claim.decisions.get().state) == (ClaimState.INVESTIGATING, "RETURNED")


def test_signing_costs_as_many_statements_for_many_as_for_few(entity, team):
    counts = []
    for size in (8, 14):
        shortages(entity, team, size)
        batch = lay_together(alike=key_of(team), member=team["marta"], at=NOON)
        judge(batch, team)
        with CaptureQueriesContext(connection) as told:
            sign_together(batch_id=batch.pk, member=team["marta"], at=NOON)
        counts.append(len(told))
    assert counts[0] == counts[1]
    assert ApprovalBatch.objects.filter(state="SIGNED").count() == 2
