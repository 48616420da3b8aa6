"""Change control of limits: a draft, a second pair of eyes, and versions that stand."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from concilia.cases.core.limit_sheets import TEXT_MAX
from concilia.cases.models import LimitVersion
from concilia.cases.queries.limits import sheet_read
from concilia.cases.queries.processes import digest_of
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of

Status = LimitVersion.State
CONFIRMER_LEVEL_MIN: Final = 5
WHY_MAX: Final = 400


class LimitsRefused(Refused):
    """Limits cannot be written or published so; the message says why."""


@transaction.atomic(durable=True)
def write_limits(
    *, sheet: str, why: str, member: Membership, at: datetime, seen_sha256: str | None = None
) -> LimitVersion:
    """
    Keep a sheet as the draft of the entity's limits; it replaces the draft before.

    A draft may be wrong: what is, is said beside it, and publishing refuses it.

    :param seen_sha256: the digest of the draft the writer began with, empty for none; None where
        whatever is there is to be replaced
    :raises LimitsRefused: if the caller is no administrator, the sheet is too long, or the draft
        is another one than the writer saw
    """
    _require_writer(member)
    sheet = _clean(sheet)
    entity = _lock(member)
    draft = LimitVersion.objects.filter(entity=entity, state=Status.DRAFT).first()
    if draft is None:
        last = LimitVersion.objects.filter(entity=entity).aggregate(last=Max("version"))["last"]
        draft = LimitVersion(entity=entity, version=(last or 0) + 1)
    elif seen_sha256 is not None and draft.sha256 != seen_sha256:
        assert draft.written_by is not None, "people write drafts"
        raise LimitsRefused(
            _("{name} changed the draft meanwhile. Yours is still here; saving replaces theirs."),
            name=draft.written_by.user.name,
        )
    draft.sheet, draft.sha256, draft.why = sheet, digest_of(sheet), why.strip()[:WHY_MAX]
    draft.written_by, draft.written_at, draft.submitted_at = member, at, None
    draft.save()
    _log(draft, "limits.written", member, at)
    return draft


@transaction.atomic(durable=True)
def submit_limits(*, member: Membership, at: datetime) -> LimitVersion:
    """
    Ask a second person to put the draft in force.

    :raises LimitsRefused: if there is no draft, something in it must be put right, or the caller
        is no administrator
    """
    _require_writer(member)
    draft = _draft(_lock(member))
    _require_sound(draft)
    draft.submitted_at = at
    draft.save(update_fields=["submitted_at"])
    _log(draft, "limits.submitted", member, at)
    return draft


@transaction.atomic(durable=True)
def publish_limits(*, seen_sha256: str, member: Membership, at: datetime) -> LimitVersion:
    """
    Put a draft in force: what is asked from now on follows it, requests made keep theirs.

    :param seen_sha256: the digest of the sheet the second person looked at
    :raises LimitsRefused: if they wrote it (four eyes), may not publish, saw another sheet, it was
        not submitted, or something in it must be put right
    """
    if not may_confirm(member):
        raise LimitsRefused(_("Another administrator, the CFO or the board puts limits in force."))
    entity = _lock(member)
    draft = _draft(entity)
    if draft.written_by_id == member.pk:
        raise LimitsRefused(_("You wrote these limits: somebody else puts them in force."))
    if draft.submitted_at is None:
        raise LimitsRefused(_("This draft is still being written."))
    if draft.sha256 != seen_sha256:
        raise LimitsRefused(_("The draft changed since you opened it: look at it again."))
    _require_sound(draft)
    LimitVersion.objects.filter(entity=entity, state=Status.PUBLISHED).update(
        state=Status.RETIRED, retired_at=at
    )
    draft.state, draft.published_by, draft.published_at = Status.PUBLISHED, member, at
    draft.save(update_fields=["state", "published_by", "published_at"])
    _log(draft, "limits.published", member, at)
    return draft


@transaction.atomic(durable=True)
def drop_limits(*, member: Membership, at: datetime) -> None:
    """
    Throw the draft away; what is in force stays.

    :raises LimitsRefused: if there is none, or the caller is no administrator
    """
    _require_writer(member)
    draft = _draft(_lock(member))
    _log(draft, "limits.dropped", member, at)
    draft.delete()


def may_confirm(member: Membership) -> bool:
    """Whether somebody may put limits in force that others wrote: authority comes from above."""
    return member.role == Role.ADMIN or (
        member.role == Role.APPROVER and member.level >= CONFIRMER_LEVEL_MIN
    )


def _clean(sheet: str) -> str:
    if len(sheet) > TEXT_MAX:
        raise LimitsRefused(_("This sheet is too long for a table of limits."))
    if "\x00" in sheet:
        raise LimitsRefused(_("This line contains a sign one cannot see."))
    return sheet.replace("\r\n", "\n").lstrip("\ufeff").rstrip() + "\n"


def _require_sound(draft: LimitVersion) -> None:
    found = sheet_read(draft.sheet, draft.entity).problems
    if found:
        raise LimitsRefused(_("{n} things in this draft must be put right first."), n=len(found))


def _require_writer(member: Membership) -> None:
    if member.role != Role.ADMIN or not member.is_active:
        raise LimitsRefused(_("Only an administrator changes this."))


def _lock(member: Membership) -> Entity:
    """Writers and publishers of one entity wait for each other."""
    return Entity.objects.select_for_update(no_key=True).get(pk=member.entity_id)


def _draft(entity: Entity) -> LimitVersion:
    draft = LimitVersion.objects.filter(entity=entity, state=Status.DRAFT).first()
    if draft is None:
        raise LimitsRefused(_("There is no draft of limits."))
    return draft


def _log(row: LimitVersion, act: str, member: Membership, at: datetime) -> None:
    data = {"version": row.version, "sha256": row.sha256}
    acts = [Act(act, "limits", row.pk, data, row.why)]
    audit.log(entity_id=row.entity_id, actor=actor_of(member), at=at, acts=acts)
