from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.claims.models import BulkRow, BulkRun, Claim
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.jobs import defer
from concilia.foundation.refusals import Refused
from concilia.foundation.rows import insert_rows
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of

CLAIMS_MAX: Final = 10_000


class BulkRefused(Refused):
    """A run over many claims cannot begin; the message says why."""


@transaction.atomic(durable=True)
def start_bulk(*, act: str, claims: Sequence[int], member: Membership, at: datetime) -> BulkRun:
    """
    Write down which claims an act is for, and have the worker take them one by one.

    :param claims: keys of claims of the entity, taken in the order of their cases
    :raises BulkRefused: if there is none, or there are too many
    """
    if len(claims) > CLAIMS_MAX:
        raise BulkRefused(_("At most {most} claims go at once."), most=CLAIMS_MAX)
    found = Claim.objects.filter(entity_id=member.entity_id, pk__in=list(claims))
    keys = list(found.order_by("case_id").values_list("pk", flat=True))
    if not keys:
        raise BulkRefused(_("Nothing fits these filters any more."))
    run = BulkRun.objects.create(
        entity_id=member.entity_id, by=member, act=act, claims=len(keys), asked_at=at
    )
    insert_rows([BulkRow(run=run, n=n, claim_id=key) for n, key in enumerate(keys, start=1)])
    go_on_with(run.pk)
    logged = Act("claim.bulk_started", "bulk_run", run.pk, {"act": act, "claims": len(keys)})
    audit.log(entity_id=run.entity_id, actor=actor_of(member), at=at, acts=[logged])
    return run


def go_on_with(run_id: int) -> None:
    """Queue the next stretch of a run, in the caller's transaction; one of a run waits at most."""
    name = f"bulk:{run_id}"
    defer("concilia.go_on_bulk", lock=name, once=name, run_id=run_id)


@transaction.atomic(durable=True)
def record_outcome(*, row_id: int, outcome: str, why: Mapping[str, Any], at: datetime) -> None:
    """Say what became of one claim of a run, once; the last one ends the run."""
    row = BulkRow.objects.select_for_update(no_key=True).get(pk=row_id)
    if row.outcome:
        return
    row.outcome, row.why = outcome, dict(why)
    row.save(update_fields=["outcome", "why"])
    if not BulkRow.objects.filter(run=row.run_id, outcome="").exists():
        BulkRun.objects.filter(pk=row.run_id, ended_at=None).update(ended_at=at)


@transaction.atomic(durable=True)
def rest_for_next(*, run_id: int) -> None:
    """Let other work of the worker come in between before a run goes on."""
    go_on_with(run_id)


@transaction.atomic(durable=True)
def cancel_bulk(*, run_id: int, member: Membership, at: datetime) -> int:
    """Leave the claims of a run that were not taken up yet as they are; returns how many."""
    run = BulkRun.objects.select_for_update(no_key=True).get(pk=run_id, entity=member.entity_id)
    if run.ended_at:
        return 0
    left = BulkRow.objects.filter(run=run, outcome="").update(outcome=BulkRow.Outcome.LEFT)
    run.ended_at = run.cancelled_at = at
    run.save(update_fields=["ended_at", "cancelled_at"])
    act = Act("claim.bulk_cancelled", "bulk_run", run.pk, {"left": left})
    audit.log(entity_id=run.entity_id, actor=actor_of(member), at=at, acts=[act])
    return left
