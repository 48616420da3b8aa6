"""Calls and messaging services of an entity, and what is known of a telephone number."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from concilia.correspondence.models import ChannelAccess, Delivery, Reach
from concilia.correspondence.ports import (
    CHATS,
    VOICES,
    ChatGateway,
    GatewayInvalid,
    VoiceGateway,
)
from concilia.foundation.models import AuditEntry
from concilia.foundation.plugins import Registry, UnknownPlugin
from concilia.foundation.secrets import SecretUnreadable, unseal
from concilia.identity.models import Entity

REGISTRIES: Final[Mapping[str, Registry[Any]]] = {"voice": VOICES, "chat": CHATS}
COSTS: Final = "channel_costs"
ASKED_AT_ONCE: Final = 200
AGREEMENTS_SHOWN: Final = 20


def line_kept(*, entity_id: int, way: str) -> ChannelAccess | None:
    """How an entity calls or chats; None where it never set that."""
    return ChannelAccess.objects.filter(entity=entity_id, way=way).first()


def is_on(*, entity_id: int, way: str) -> bool:
    """Whether an entity calls, or chats."""
    return ChannelAccess.objects.filter(entity=entity_id, way=way, is_on=True).exists()


def opened_values(access: ChannelAccess) -> dict[str, Any]:
    """
    What is set, secrets opened: for the gateway alone.

    :raises GatewayInvalid: if a secret cannot be opened any more
    """
    try:
        secrets = {name: unseal(sealed) for name, sealed in access.secrets.items()}
    except SecretUnreadable as error:
        raise GatewayInvalid(str(error)) from error
    return {**access.values, **secrets}


def voice_of_entity(*, entity_id: int) -> VoiceGateway:
    """
    The gateway an entity calls by.

    :raises GatewayInvalid: if it has none, or it cannot work with its settings
    """
    access = _access(entity_id, ChannelAccess.Way.VOICE)
    try:
        return VOICES[access.gateway].configured(opened_values(access))
    except UnknownPlugin as error:
        raise GatewayInvalid("There is no such gateway here.") from error


def chat_of_entity(*, entity_id: int) -> ChatGateway:
    """
    The messaging service an entity writes on.

    :raises GatewayInvalid: if it has none, or it cannot work with its settings
    """
    access = _access(entity_id, ChannelAccess.Way.CHAT)
    try:
        return CHATS[access.gateway].configured(opened_values(access))
    except UnknownPlugin as error:
        raise GatewayInvalid("There is no such gateway here.") from error


def _access(entity_id: int, way: str) -> ChannelAccess:
    access = ChannelAccess.objects.filter(entity=entity_id, way=way, is_on=True).first()
    if access is None:
        raise GatewayInvalid("This channel is not set up.")
    return access


def reach_of(*, entity_id: int, number: str) -> dict[str, Reach]:
    """What is known of a number, by channel."""
    rows = Reach.objects.filter(entity=entity_id, number=number)
    return {row.channel: row for row in rows}


@dataclass(frozen=True, slots=True)
class Agreement:
    """That somebody agreed to be called automatically, or took it back: who wrote it down, when."""

    number: str
    agrees: bool
    source: str
    by: str
    at: datetime


def agreements_of(*, entity: Entity) -> list[Agreement]:
    """What people wrote down of automatic calls, the newest first; the log keeps all of it."""
    rows = AuditEntry.objects.filter(
        entity_id=entity.pk,
        subject_type="entity",
        subject_id=entity.pk,
        act="reach.noted",
        data__channel="IVR",
    ).order_by("-pk")[:AGREEMENTS_SHOWN]
    return [
        Agreement(row.data["number"], row.data["agrees"], row.reason, row.actor_name, row.at)
        for row in rows
    ]


def cost_of(entity: Entity, channel: str) -> int:
    """What one contact by a channel costs, in minor units of the entity's currency; no query."""
    costs = entity.settings.get(COSTS, {})
    cost = costs.get(channel, 0) if isinstance(costs, dict) else 0
    return cost if isinstance(cost, int) and cost > 0 else 0


def deliveries_to_ask(*, since: datetime) -> list[Delivery]:
    """Short messages that carriers took lately and nobody has told us the fate of."""
    rows = Delivery.objects.filter(
        state=Delivery.State.SENT, told_at__gte=since, message__channel="sms"
    ).exclude(reference="")
    return list(rows.select_related("entity").order_by("pk")[:ASKED_AT_ONCE])
