from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.correspondence.core.numbers import NUMBER
from concilia.correspondence.models import ChannelAccess, Reach
from concilia.correspondence.ports import DeliveryFailed, GatewayInvalid
from concilia.correspondence.queries.lines import COSTS, REGISTRIES, line_kept, opened_values
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.foundation.secrets import seal
from concilia.identity.models import Entity, Membership, Role
from concilia.identity.queries import actor_of

COST_MAX: Final = 1_000_000
SOURCE_MAX: Final = 200
CHANNELS: Final = ("EMAIL", "SMS", "WHATSAPP", "IVR", "CALL", "LETTER")


class LineRefused(Refused):
    """A channel cannot be set so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LineDraft:
    """
    How an entity calls or chats; a secret that is left empty stays as it is.

    :param way: of `ChannelAccess.Way`
    """

    way: str
    is_on: bool
    gateway: str
    values: Mapping[str, str]


def change_line(*, draft: LineDraft, by: Membership, at: datetime) -> ChannelAccess:
    """
    Call, or chat, by a gateway from now on, or no more.

    It is asked before anything is kept, and no transaction waits for its answer.

    :raises LineRefused: if it cannot work with these values, or does not let us in
    """
    _require_admin(by)
    registry = REGISTRIES.get(draft.way)
    if registry is None or draft.gateway not in list(registry):
        raise LineRefused(_("There is no such gateway here."))
    if draft.is_on:
        try:
            given = {name: value for name, value in draft.values.items() if value}
            values = {**_kept_secrets(draft, by.entity_id), **given}
            registry[draft.gateway].configured(values).check()
        except (GatewayInvalid, DeliveryFailed) as refusal:
            raise LineRefused(str(refusal).replace("{", "(").replace("}", ")")) from refusal
    return _keep(draft=draft, by=by, at=at)


def _require_admin(by: Membership) -> None:
    if by.role != Role.ADMIN or not by.is_active:
        raise LineRefused(_("Only an administrator changes this."))


def _secret_names(draft: LineDraft) -> set[str]:
    settings = REGISTRIES[draft.way][draft.gateway].settings
    return {one.name for one in settings if one.secret}


def _kept_secrets(draft: LineDraft, entity_id: int) -> Mapping[str, object]:
    access = line_kept(entity_id=entity_id, way=draft.way)
    if access is None or access.gateway != draft.gateway:
        return {}
    secret = _secret_names(draft)
    # A secret that cannot be opened any more is in nobody's way if it is typed anew.
    if all(draft.values.get(name) for name in secret):
        return {}
    opened = opened_values(access)
    return {name: opened[name] for name in secret if name in opened}


@transaction.atomic(durable=True)
def _keep(*, draft: LineDraft, by: Membership, at: datetime) -> ChannelAccess:
    secret = _secret_names(draft)
    known = {one.name for one in REGISTRIES[draft.way][draft.gateway].settings}
    access, _is_new = ChannelAccess.objects.select_for_update(no_key=True).get_or_create(
        entity_id=by.entity_id, way=draft.way, defaults={"gateway": draft.gateway}
    )
    if access.gateway != draft.gateway:
        access.secrets = {}
    access.is_on, access.gateway, access.error = draft.is_on, draft.gateway, ""
    access.values = {
        name: value for name, value in draft.values.items() if name in known - secret and value
    }
    sealed = {name: seal(draft.values[name]) for name in secret if draft.values.get(name)}
    access.secrets = {**access.secrets, **sealed}
    access.save(update_fields=["is_on", "gateway", "values", "secrets", "error"])
    data = {"way": draft.way, "gateway": draft.gateway, "on": draft.is_on}
    act = Act("channel.changed", "entity", by.entity_id, data)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return access


@transaction.atomic(durable=True)
def record_line_trouble(*, entity_id: int, way: str, error: str) -> None:
    """Keep why a channel does not work, for the settings page; empty: it does."""
    rows = ChannelAccess.objects.filter(entity=entity_id, way=way).exclude(error=error[:300])
    rows.update(error=error[:300])


@transaction.atomic(durable=True)
def set_costs(*, costs: Mapping[str, int], by: Membership, at: datetime) -> None:
    """
    Keep what one contact by each channel costs, in minor units of the entity's currency.

    :raises LineRefused: for a channel that is none, or a cost below zero or out of all measure
    """
    _require_admin(by)
    if set(costs) - set(CHANNELS):
        raise LineRefused(_("There is no such channel."))
    if any(not 0 <= cost <= COST_MAX for cost in costs.values()):
        raise LineRefused(_("A contact costs something between nothing and 10,000."))
    entity = Entity.objects.select_for_update(no_key=True).get(pk=by.entity_id)
    entity.settings = {**entity.settings, COSTS: dict(costs)}
    entity.save(update_fields=["settings"])
    data = {"costs": dict(costs), "currency": entity.currency}
    act = Act("settings.channel_costs", "entity", entity.pk, data)
    audit.log(entity_id=entity.pk, actor=actor_of(by), at=at, acts=[act])


def mark_reach(
    *, entity_id: int, channel: str, number: str, at: datetime, what: str, why: str = ""
) -> Reach | None:
    """
    Keep something of a number inside the caller's transaction; the first time of it stays.

    :param what: `opted_out`, `agreed`, `dead` or `wrote`; who agrees is not opted out any more, who
        writes is not dead
    :return: None for what is no number
    """
    assert connection.in_atomic_block, "what is known of a number is kept with what showed it"
    if not NUMBER.fullmatch(number):
        return None
    Reach.objects.get_or_create(entity_id=entity_id, channel=channel, number=number)
    row = Reach.objects.select_for_update(no_key=True).get(
        entity_id=entity_id, channel=channel, number=number
    )
    if what == "wrote":
        row.wrote_at, row.dead_at, row.dead_why = at, None, ""
    elif what == "agreed":
        row.agreed_at, row.opted_out_at = row.agreed_at or at, None
    elif what == "opted_out":
        row.opted_out_at, row.agreed_at = row.opted_out_at or at, None
    elif row.dead_at is None:
        row.dead_at, row.dead_why = at, why[:300] or "Nobody can be reached there."
    row.save()
    return row


@transaction.atomic(durable=True)
def note_agreement(
    *, channel: str, number: str, agrees: bool, by: Membership, at: datetime, source: str = ""
) -> Reach:
    """
    Write down that somebody agreed to a channel, or wants no more of it, as a person heard it.

    :param source: how they said so: a form, a letter, a call; an agreement needs one
    :raises LineRefused: for what is no number or channel, or an agreement nobody can show
    """
    if channel not in CHANNELS:
        raise LineRefused(_("There is no such channel."))
    if agrees and not source.strip():
        raise LineRefused(_("Write how they agreed: a form, a letter, a call."))
    what = "agreed" if agrees else "opted_out"
    row = mark_reach(entity_id=by.entity_id, channel=channel, number=number, at=at, what=what)
    if row is None:
        raise LineRefused(_("This is no telephone number with its country."))
    data = {"channel": channel, "number": number, "agrees": agrees}
    act = Act("reach.noted", "entity", by.entity_id, data, source.strip()[:SOURCE_MAX])
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return row
