"""Change control of strategies: a draft, a second pair of eyes, and versions that stand."""

from __future__ import annotations

from datetime import datetime
from hashlib import sha256
from typing import Final

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_noop as _

from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.strategy.sheet import TEXT_MAX, read_strategy
from concilia.dunning.models import StrategyVersion
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of

Status = StrategyVersion.State
WHY_MAX: Final = 400
WRITERS: Final = frozenset({Role.APPROVER, Role.ADMIN})


def may_write_strategy(member: Membership) -> bool:
    """Whether somebody may write a strategy, or put in force what another one wrote."""
    return member.role in WRITERS and member.is_active


@transaction.atomic(durable=True)
def write_strategy_draft(*, sheet: str, why: str, by: Membership, at: datetime) -> StrategyVersion:
    """
    Keep a sheet as the draft of the strategy; it replaces the draft before.

    A draft may be wrong: what is, is said beside it, and publishing refuses it.

    :raises CollectionRefused: for a role that may not, or a sheet that is too long
    """
    _require_writer(by)
    if len(sheet) > TEXT_MAX:
        raise CollectionRefused(_("This is too long for a strategy."))
    entity = _lock(by)
    sheet = sheet.replace("\x00", "").replace("\r\n", "\n").rstrip() + "\n"
    draft = StrategyVersion.objects.filter(entity=entity, state=Status.DRAFT).first()
    if draft is None:
        last = StrategyVersion.objects.filter(entity=entity).aggregate(last=Max("version"))
        draft = StrategyVersion(entity=entity, version=(last["last"] or 0) + 1)
    draft.sheet, draft.sha256 = sheet, sha256(sheet.encode()).hexdigest()
    draft.why, draft.written_by, draft.written_at = why.strip()[:WHY_MAX], by, at
    draft.save()
    _log(draft, "strategy.written", by, at)
    return draft


@transaction.atomic(durable=True)
def publish_strategy(*, seen_sha256: str, by: Membership, at: datetime) -> StrategyVersion:
    """
    Put a draft in force; runs that wait keep the strategy they were planned by.

    :param seen_sha256: the digest of the sheet the second person looked at
    :raises CollectionRefused: if they wrote it (four eyes), may not, saw another one, or something
        in it must be put right
    """
    _require_writer(by)
    entity = _lock(by)
    draft = _draft(entity)
    if draft.written_by_id == by.pk:
        raise CollectionRefused(_("You wrote this strategy: somebody else puts it in force."))
    if draft.sha256 != seen_sha256:
        raise CollectionRefused(_("The draft changed since you opened it: look at it again."))
    if read_strategy(draft.sheet).strategy is None:
        raise CollectionRefused(_("Something in this draft must be put right first."))
    StrategyVersion.objects.filter(entity=entity, state=Status.PUBLISHED).update(
        state=Status.RETIRED, retired_at=at
    )
    draft.state, draft.published_by, draft.published_at = Status.PUBLISHED, by, at
    draft.save(update_fields=["state", "published_by", "published_at"])
    _log(draft, "strategy.published", by, at)
    return draft


@transaction.atomic(durable=True)
def drop_strategy_draft(*, by: Membership, at: datetime) -> None:
    """
    Throw the draft away; what is in force stays.

    :raises CollectionRefused: if there is none, or for a role that may not
    """
    _require_writer(by)
    draft = _draft(_lock(by))
    _log(draft, "strategy.dropped", by, at)
    draft.delete()


def _require_writer(by: Membership) -> None:
    if not may_write_strategy(by):
        raise CollectionRefused(_("Your role does not change this."))


def _lock(by: Membership) -> Entity:
    """Writers and publishers of one entity wait for each other."""
    return Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)


def _draft(entity: Entity) -> StrategyVersion:
    draft = StrategyVersion.objects.filter(entity=entity, state=Status.DRAFT).first()
    if draft is None:
        raise CollectionRefused(_("There is no draft of the strategy."))
    return draft


def _log(row: StrategyVersion, act: str, by: Membership, at: datetime) -> None:
    data = {"version": row.version, "sha256": row.sha256}
    acts = [Act(act, "strategy", row.pk, data, row.why)]
    audit.log(entity_id=row.entity_id, actor=actor_of(by), at=at, acts=acts)
