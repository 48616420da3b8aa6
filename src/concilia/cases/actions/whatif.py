"""Past cases taken through another process or other limits: asked for, done by a job, stopped."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.actions.clocks import clock_of
from concilia.cases.core.process.validation import prove
from concilia.cases.core.whatif.axis import WorkingAxis
from concilia.cases.core.whatif.figures import added, figures_of, outcomes_of
from concilia.cases.core.whatif.history import Past, Times, past_of, times_of
from concilia.cases.core.whatif.replay import Draft, lived_so, lived_then
from concilia.cases.models import WhatIf, WhatIfCase
from concilia.cases.queries.limits import sheet_read
from concilia.cases.queries.processes import digest_of
from concilia.cases.queries.whatif import draft_of, past_cases, read_past
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.jobs import defer
from concilia.foundation.refusals import Refused
from concilia.foundation.rows import insert_rows
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of

CASES_MAX: Final = 100_000
CHUNK: Final = 2_000


class WhatIfRefused(Refused):
    """This cannot be tried; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tried:
    """
    What is tried on which past cases.

    `text`: the process, empty for the one each case had; `key` and `version` name it. `limits`: the
    sheet of limits, empty for those that counted; `limits_version` names it.
    """

    since: date
    until: date
    key: str = ""
    version: int = 0
    text: str = ""
    limits: str = ""
    limits_version: int = 0


@transaction.atomic(durable=True)
def ask_what_if(*, tried: Tried, member: Membership, at: datetime) -> WhatIf:
    """
    Have past cases taken through another process or other limits; a job does it.

    :raises WhatIfRefused: if nothing is tried, the text is not sound, no case was closed in these
        days, or more than 100,000 were
    """
    if not tried.text and not tried.limits:
        raise WhatIfRefused(_("Choose a draft of a process, of the limits, or both."))
    if tried.since > tried.until:
        raise WhatIfRefused(_("The first day is after the last one."))
    reading, problems = prove(tried.text) if tried.text else (None, [])
    if problems:
        raise WhatIfRefused(_("{n} things in this draft must be put right first."), n=len(problems))
    if tried.limits and sheet_read(tried.limits, member.entity).table is None:
        raise WhatIfRefused(_("These limits cannot be read: put them right first."))
    definition = reading.definition if reading else None
    cases = past_cases(
        entity=member.entity,
        since=tried.since,
        until=tried.until,
        reasons=definition.reasons if definition else (),
    )
    total = cases.count()
    if not total:
        raise WhatIfRefused(_("No such case was closed in these days."))
    if total > CASES_MAX:
        raise WhatIfRefused(_("These are too many cases: choose fewer days."))
    row = WhatIf.objects.create(
        entity=member.entity,
        key=tried.key,
        version=tried.version,
        text=tried.text,
        sha256=digest_of(tried.text) if tried.text else "",
        limits=tried.limits,
        limits_version=tried.limits_version,
        currency=member.entity.currency,
        since_date=tried.since,
        until_date=tried.until,
        total=total,
        asked_by=member,
        asked_at=at,
    )
    name = f"what-if:{row.pk}"
    defer("concilia.what_if", lock=name, once=name, what_if_id=row.pk)
    data = {"key": tried.key, "since": str(tried.since), "until": str(tried.until)}
    act = Act("what_if.asked", "what_if", row.pk, data)
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])
    return row


@transaction.atomic(durable=True)
def cancel_what_if(*, what_if_id: int, member: Membership, at: datetime) -> None:
    """Stop it; what it found so far stays to be seen."""
    WhatIf.objects.filter(
        pk=what_if_id, entity=member.entity_id, state=WhatIf.State.RUNNING
    ).update(state=WhatIf.State.CANCELLED, ended_at=at)


@transaction.atomic(durable=True)
def fail_what_if(*, what_if_id: int, error: str, at: datetime) -> None:
    """Keep that it ended in an error of the program."""
    WhatIf.objects.filter(pk=what_if_id, state=WhatIf.State.RUNNING).update(
        state=WhatIf.State.FAILED, error=error, ended_at=at
    )


def run_what_if(*, what_if_id: int, at: datetime) -> None:
    """
    Take the cases through, some thousand at a time, each part kept as it is done.

    Killed and started again it begins anew; the same cases give the same answer.
    """
    tried = WhatIf.objects.select_related("entity").get(pk=what_if_id)
    if not _begin(tried):
        return
    axis = WorkingAxis.of(clock_of(tried.entity), tried.since_date, tried.until_date)
    draft = draft_of(tried)
    pasts = _pasts(tried, axis, draft)
    if pasts is None:
        return
    times = times_of(pasts)
    for start in range(0, len(pasts), CHUNK):
        if not _replay(tried, pasts[start : start + CHUNK], (draft, times, axis)):
            return
    with transaction.atomic(durable=True):
        WhatIf.objects.filter(pk=tried.pk, state=WhatIf.State.RUNNING).update(
            state=WhatIf.State.DONE, ended_at=at
        )


@transaction.atomic(durable=True)
def _begin(tried: WhatIf) -> bool:
    WhatIfCase.objects.filter(what_if=tried).delete()
    is_wanted = WhatIf.objects.filter(pk=tried.pk, state=WhatIf.State.RUNNING)
    return bool(is_wanted.update(done=0, figures={}))


def _pasts(tried: WhatIf, axis: WorkingAxis, draft: Draft) -> list[Past] | None:
    """What happened to every case; None if somebody stopped it meanwhile."""
    cases = past_cases(
        entity=tried.entity,
        since=tried.since_date,
        until=tried.until_date,
        reasons=draft.definition.reasons if draft.definition else (),
    )
    pasts: list[Past] = []
    for some in read_past(cases, tried.currency):
        pasts += [past_of(case, axis) for case in some]
        if not WhatIf.objects.filter(pk=tried.pk, state=WhatIf.State.RUNNING).exists():
            return None
    return pasts


def _replay(tried: WhatIf, pasts: Sequence[Past], by: tuple[Draft, Times, WorkingAxis]) -> bool:
    """One part; False if somebody stopped it meanwhile."""
    draft, times, axis = by
    then = lived_then(pasts, axis)
    so = lived_so(pasts, then, draft, times, axis)
    figures = figures_of(pasts, then, so, axis)
    outcomes = zip(pasts, outcomes_of(pasts, then), outcomes_of(pasts, so), strict=True)
    rows = [
        WhatIfCase(
            what_if=tried,
            case_id=past.case.id,
            amount_minor=past.case.amount_minor,
            currency=tried.currency,
            late_before=was.is_late,
            late_after=now.is_late,
            minutes_before=was.minutes,
            minutes_after=now.minutes,
            steps_before=was.steps,
            steps_after=now.steps,
            level_before=was.level,
            level_after=now.level,
            holders_before=list(was.holders),
            holders_after=list(now.holders),
        )
        for past, was, now in outcomes
    ]
    with transaction.atomic(durable=True):
        kept = WhatIf.objects.select_for_update(no_key=True).get(pk=tried.pk)
        if kept.state != WhatIf.State.RUNNING:
            return False
        insert_rows(rows)
        kept.figures = added(kept.figures, figures)
        kept.done += len(pasts)
        kept.save(update_fields=["figures", "done"])
    return True
