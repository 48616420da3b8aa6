from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.correspondence.models import TextAccess
from concilia.correspondence.ports import GATEWAYS, DeliveryFailed, GatewayInvalid, ShortMessage
from concilia.correspondence.queries.texting import access_kept, gateway_for, gateway_of, values_of
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.foundation.secrets import seal
from concilia.identity.models import Membership, Role
from concilia.identity.queries import actor_of


class TextingRefused(Refused):
    """Short messages cannot be sent so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TextDraft:
    """How short messages shall leave; a secret that is left empty stays as it is."""

    is_on: bool
    gateway: str
    values: Mapping[str, str]


def change_texting(*, draft: TextDraft, by: Membership, at: datetime) -> TextAccess:
    """
    Send short messages by a gateway from now on, or no more.

    It is asked before anything is kept, and no transaction waits for its answer.

    :raises TextingRefused: if it cannot work with these values, or does not let us in
    """
    if by.role != Role.ADMIN or not by.is_active:
        raise TextingRefused(_("Only an administrator changes this."))
    if draft.gateway not in list(GATEWAYS):
        raise TextingRefused(_("There is no such gateway here."))
    if draft.is_on:
        _try(draft, by.entity_id)
    return _keep(draft=draft, by=by, at=at)


def _try(draft: TextDraft, entity_id: int) -> None:
    try:
        kept = _kept_of(draft, entity_id)
        given = {name: value for name, value in draft.values.items() if value}
        gateway_for(name=draft.gateway, values={**kept, **given}).check()
    except (GatewayInvalid, DeliveryFailed) as refusal:
        raise TextingRefused(str(refusal).replace("{", "(").replace("}", ")")) from refusal


def _kept_of(draft: TextDraft, entity_id: int) -> Mapping[str, object]:
    access = access_kept(entity_id=entity_id)
    if access is None or access.gateway != draft.gateway:
        return {}
    secret = {one.name for one in GATEWAYS[draft.gateway].settings if one.secret}
    # A secret that cannot be opened any more is in nobody's way if it is typed anew.
    if all(draft.values.get(name) for name in secret):
        return {}
    opened = values_of(access)
    return {name: opened[name] for name in secret if name in opened}


def try_text(*, number: str, words: str, by: Membership, at: datetime) -> None:
    """
    Send a short message to one's own number, to see whether they leave.

    :raises TextingRefused: if they are not set up, or the gateway did not take it
    """
    if by.role != Role.ADMIN or not by.is_active:
        raise TextingRefused(_("Only an administrator changes this."))
    try:
        gateway_of(entity_id=by.entity_id).send(ShortMessage(recipient=number, body=words))
    except (GatewayInvalid, DeliveryFailed) as refusal:
        raise TextingRefused(str(refusal).replace("{", "(").replace("}", ")")) from refusal
    _log_tried(by=by, at=at)


@transaction.atomic(durable=True)
def _log_tried(*, by: Membership, at: datetime) -> None:
    act = Act("texting.tried", "entity", by.entity_id)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])


@transaction.atomic(durable=True)
def _keep(*, draft: TextDraft, by: Membership, at: datetime) -> TextAccess:
    secret = {one.name for one in GATEWAYS[draft.gateway].settings if one.secret}
    known = {one.name for one in GATEWAYS[draft.gateway].settings}
    access, _is_new = TextAccess.objects.select_for_update(no_key=True).get_or_create(
        entity_id=by.entity_id, defaults={"gateway": draft.gateway}
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
    data = {"gateway": draft.gateway, "on": draft.is_on, "settings": sorted(access.values)}
    act = Act("texting.changed", "entity", by.entity_id, data)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return access


@transaction.atomic(durable=True)
def record_gateway_trouble(*, entity_id: int, error: str) -> None:
    """Keep why an entity's gateway does not work, for the settings page; empty: it does."""
    TextAccess.objects.filter(entity=entity_id).exclude(error=error[:300]).update(error=error[:300])
