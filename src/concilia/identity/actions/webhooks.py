"""Programs that are told of what happens: who is told, of what, and how it went."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final
from uuid import uuid4

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.calling import require_address
from concilia.foundation.jobs import defer
from concilia.foundation.refusals import Refused
from concilia.foundation.secrets import seal
from concilia.foundation.signing import new_secret
from concilia.identity.core.webhooks import KINDS, PING, outcome_of
from concilia.identity.models import Membership, Role, Webhook, WebhookDelivery
from concilia.identity.queries import actor_of
from concilia.kernel.hashing import canonical_json

State = WebhookDelivery.State
WEBHOOKS_MAX: Final = 20
DUE_MAX: Final = 500
KEPT: Final = timedelta(days=30)


class WebhookRefused(Refused):
    """A subscription cannot be made or changed so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """
    Something that happened, as programs are told it: ids and numbers, nobody's name or words.

    :param key: names it for ever; told twice with one key, it is one delivery
    """

    entity_id: int
    key: str
    kind: str
    data: Mapping[str, Any]


@transaction.atomic(durable=True)
def add_webhook(
    *, url: str, kinds: Sequence[str], by: Membership, at: datetime
) -> tuple[Webhook, str]:
    """
    Tell a program from now on; its secret is shown once and kept sealed.

    :raises WebhookRefused: if the caller is no administrator, or the list of kinds makes no sense
    :raises AddressRefused: if the address is none we call
    """
    _require_admin(by)
    url = url.strip()
    parts = require_address(url)
    if Webhook.objects.filter(entity_id=by.entity_id, is_active=True).count() >= WEBHOOKS_MAX:
        raise WebhookRefused(
            _("There are {most} already: switch one off first."), most=WEBHOOKS_MAX
        )
    secret = new_secret()
    webhook = Webhook.objects.create(
        entity_id=by.entity_id, url=url, kinds=_known(kinds), secret=seal(secret), created_at=at
    )
    # The rest of an address may be a password of its own: the log is read by more people.
    data = {"host": parts.hostname, "kinds": webhook.kinds}
    _log(by, at, "webhook.added", webhook, data)
    return webhook, secret


@transaction.atomic(durable=True)
def change_webhook(
    *, webhook_id: int, is_active: bool, by: Membership, at: datetime, kinds: Sequence[str] = ()
) -> Webhook:
    """
    Tell a program of other things, no more, or again; what waits for one that ended is given up.

    :param kinds: empty keeps them
    :raises WebhookRefused: if the caller is no administrator, or a kind is unknown
    """
    _require_admin(by)
    webhook = _locked(webhook_id, by)
    webhook.is_active = is_active
    webhook.kinds = _known(kinds) if kinds else webhook.kinds
    webhook.save(update_fields=["is_active", "kinds"])
    if not is_active:
        webhook.deliveries.filter(state=State.WAITING).update(
            state=State.GIVEN_UP, next_attempt_at=None, ended_at=at, error=ENDED
        )
    _log(by, at, "webhook.changed", webhook, {"active": is_active, "kinds": webhook.kinds})
    return webhook


@transaction.atomic(durable=True)
def ping_webhook(*, webhook_id: int, by: Membership, at: datetime) -> WebhookDelivery:
    """
    Send a program a word, so that somebody sees whether it gets there.

    :raises WebhookRefused: if the caller is no administrator, or the program is told no more
    """
    _require_admin(by)
    webhook = _locked(webhook_id, by)
    if not webhook.is_active:
        raise WebhookRefused(_("This webhook is off: switch it on first."))
    fact = Fact(entity_id=by.entity_id, key=uuid4().hex, kind=PING, data={})
    delivery = _delivery(webhook, fact, by.entity.code, at)
    delivery.save()
    _queue(delivery.pk)
    return delivery


@transaction.atomic(durable=True)
def redeliver(*, delivery_id: int, by: Membership, at: datetime) -> WebhookDelivery:
    """
    Send something again, with its old key and body, as often as patience allows.

    :raises WebhookRefused: if the caller is no administrator, or the program is told no more
    """
    _require_admin(by)
    delivery = (
        WebhookDelivery.objects.select_for_update(of=("self",), no_key=True)
        .select_related("webhook")
        .get(pk=delivery_id, webhook__entity_id=by.entity_id)
    )
    if not delivery.webhook.is_active:
        raise WebhookRefused(_("This webhook is off: switch it on first."))
    delivery.state, delivery.attempts, delivery.error = State.WAITING, 0, ""
    delivery.next_attempt_at, delivery.ended_at = at, None
    delivery.save()
    _queue(delivery.pk)
    data = {"delivery": delivery.pk, "kind": delivery.kind}
    _log(by, at, "webhook.redelivered", delivery.webhook, data)
    return delivery


@transaction.atomic(durable=True)
def announce(*, fact: Fact, code: str, at: datetime) -> int:
    """
    Write down for every program that listens that it is to be told, with the job that does it.

    Told again (a worker died between its commit and its receipt), it changes nothing.

    :param code: of the entity
    :return: how many are told of it now
    """
    listeners = Webhook.objects.filter(
        entity_id=fact.entity_id, is_active=True, kinds__contains=[fact.kind]
    )
    told = set(
        WebhookDelivery.objects.filter(webhook__entity_id=fact.entity_id, key=fact.key).values_list(
            "webhook_id", flat=True
        )
    )
    fresh = [_delivery(each, fact, code, at) for each in listeners if each.pk not in told]
    # Two workers at once: the database keeps one, and the other's job finds nothing to do.
    WebhookDelivery.objects.bulk_create(fresh, ignore_conflicts=True)
    kept = WebhookDelivery.objects.filter(
        webhook__in=[each.webhook_id for each in fresh], key=fact.key, state=State.WAITING
    )
    for key in kept.values_list("pk", flat=True):
        _queue(key)
    return len(fresh)


@transaction.atomic(durable=True)
def record_attempt(*, delivery_id: int, status: int | None, error: str, at: datetime) -> None:
    """
    Keep how an attempt to tell a program went, and when the next one is due.

    :param status: what it answered; None if it did not
    :param error: why it did not, or why it could not be called; empty if it answered
    """
    delivery = WebhookDelivery.objects.select_for_update(no_key=True).get(pk=delivery_id)
    if delivery.state != State.WAITING:
        return
    delivery.attempts += 1
    delivery.status, delivery.error = status, error[:300]
    outcome = outcome_of(status=status, attempts=delivery.attempts, at=at)
    delivery.next_attempt_at = outcome.again_at
    if outcome.is_delivered:
        delivery.state, delivery.error = State.DELIVERED, ""
    elif outcome.again_at is None:
        delivery.state = State.GIVEN_UP
    delivery.ended_at = None if delivery.state == State.WAITING else at
    delivery.save()


@transaction.atomic(durable=True)
def give_up_delivery(*, delivery_id: int, error: str, at: datetime) -> None:
    """Keep that something is not told any more, and why."""
    WebhookDelivery.objects.filter(pk=delivery_id, state=State.WAITING).update(
        state=State.GIVEN_UP, next_attempt_at=None, ended_at=at, error=error[:300]
    )


@transaction.atomic(durable=True)
def take_up_due(*, at: datetime) -> int:
    """Queue what waits for its next attempt, once its moment has come; returns how many."""
    due = WebhookDelivery.objects.filter(state=State.WAITING, next_attempt_at__lte=at)
    keys = list(due.order_by("next_attempt_at").values_list("pk", flat=True)[:DUE_MAX])
    for key in keys:
        _queue(key)
    return len(keys)


@transaction.atomic(durable=True)
def forget_old_deliveries(*, at: datetime) -> int:
    """Drop what ended thirty days ago; returns how many rows."""
    dropped, _by_model = WebhookDelivery.objects.filter(ended_at__lt=at - KEPT).delete()
    return dropped


ENDED: Final = "The webhook was switched off."


def _delivery(webhook: Webhook, fact: Fact, code: str, at: datetime) -> WebhookDelivery:
    told = {
        "id": fact.key,
        "type": fact.kind,
        "timestamp": at.isoformat(timespec="seconds"),
        "entity": code,
        "data": dict(fact.data),
    }
    return WebhookDelivery(
        webhook=webhook,
        key=fact.key,
        kind=fact.kind,
        body=canonical_json(told),
        created_at=at,
        next_attempt_at=at,
    )


def _queue(delivery_id: int) -> None:
    name = f"webhook:{delivery_id}"
    defer("concilia.call_webhook", lock=name, once=name, delivery_id=delivery_id)


def _known(kinds: Sequence[str]) -> list[str]:
    unknown = sorted(set(kinds) - set(KINDS))
    if unknown or not kinds:
        raise WebhookRefused(_("Choose events among {kinds}."), kinds=", ".join(KINDS))
    return sorted(set(kinds))


def _locked(webhook_id: int, by: Membership) -> Webhook:
    return Webhook.objects.select_for_update(no_key=True).get(pk=webhook_id, entity_id=by.entity_id)


def _require_admin(by: Membership) -> None:
    if by.role != Role.ADMIN or not by.is_active:
        raise WebhookRefused(_("Only an administrator changes this."))


def _log(
    by: Membership, at: datetime, act: str, webhook: Webhook, data: Mapping[str, object]
) -> None:
    acts = [Act(act, "webhook", webhook.pk, dict(data))]
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=acts)
