"""What customers may agree on alone, as an administrator sets it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.plan_policy import (
    BOUNDS,
    PlanPolicy,
    PolicyUnreadable,
    policy_from,
)
from concilia.dunning.queries.plan_drafts import SETTING
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of


@transaction.atomic(durable=True)
def change_plan_policy(*, wanted: Mapping[str, str], by: Membership, at: datetime) -> PlanPolicy:
    """
    Set some of the bounds of plans; they hold for what is asked for from now on.

    :param wanted: names of `PlanPolicy` to values as they are typed; an empty one goes back to the
        default
    :raises CollectionRefused: for a name that is none, a value that is none or beyond its bounds,
        or for others than administrators
    """
    if by.role != Role.ADMIN:
        raise CollectionRefused(_("Only an administrator changes this."))
    entity = Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)
    before = dict(entity.settings.get(SETTING, {}))
    after = {name: text.strip() for name, text in (before | dict(wanted)).items() if text.strip()}
    try:
        policy = policy_from(after)
    except PolicyUnreadable as unreadable:
        raise _refusal(unreadable) from unreadable
    if after != before:
        entity.settings = entity.settings | {SETTING: after}
        entity.save(update_fields=["settings"])
        data = {
            one.name: {"before": before.get(one.name, ""), "after": after.get(one.name, "")}
            for one in fields(PlanPolicy)
            if before.get(one.name, "") != after.get(one.name, "")
        }
        act = Act("plan_policy.changed", "entity", entity.pk, data)
        audit.log(entity_id=entity.pk, actor=actor_of(by), at=at, acts=[act])
    return policy


def _refusal(unreadable: PolicyUnreadable) -> CollectionRefused:
    if unreadable.name in BOUNDS:
        least, most = BOUNDS[unreadable.name]
        return CollectionRefused(
            _("{name}: “{text}” is not between {least} and {most}."),
            name=unreadable.name,
            text=unreadable.text,
            least=least,
            most=most,
        )
    return CollectionRefused(
        _("{name}: “{text}” cannot be set here."), name=unreadable.name, text=unreadable.text
    )
