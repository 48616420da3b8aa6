"""Telling other programs: written down with what happened, called, and called again."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import datetime

from django.conf import settings

from concilia.foundation.calling import AddressRefused, NotAnswered, post
from concilia.foundation.locks import alone
from concilia.foundation.secrets import SecretUnreadable, unseal
from concilia.foundation.signing import signed_headers
from concilia.identity.actions import (
    Fact,
    announce,
    forget_old_deliveries,
    give_up_delivery,
    record_attempt,
    take_up_due,
)
from concilia.identity.models import Webhook, WebhookDelivery
from concilia.interfaces.worker.tellings import Told


def tell_programs(
    *, facts: Callable[[], Iterable[Told]], kind: str, key: str, at: datetime
) -> None:
    """
    This will write down for every program that listens what it is to be told.

    :param facts: reads what there is to tell; asked only if somebody listens at all
    """
    if not Webhook.objects.filter(is_active=True, kinds__contains=[kind]).exists():
        return
    for told in facts():
        named = f"{key}.{told.part}" if told.part else key
        fact = Fact(entity_id=told.entity.pk, key=named, kind=kind, data=told.data)
        announce(fact=fact, code=told.entity.code, at=at)


def call_webhook(*, delivery_id: int, at: datetime) -> None:
    """
    This will tell a program one thing and keep how that went.

    A worker killed between the program's answer and our commit tells it again, by the same id.
    """
    with alone(f"webhook:{delivery_id}") as is_ours:
        delivery = _waiting(delivery_id, at) if is_ours else None
        if delivery is None:
            return
        try:
            status = _call(delivery, at)
        except NotAnswered as failure:
            record_attempt(delivery_id=delivery_id, status=None, error=str(failure), at=at)
        except (AddressRefused, SecretUnreadable) as refusal:
            give_up_delivery(delivery_id=delivery_id, error=str(refusal), at=at)
        else:
            error = f"It answered {status}."
            record_attempt(delivery_id=delivery_id, status=status, error=error, at=at)


def give_up_calling(*, delivery_id: int, error: str, at: datetime) -> None:
    """This will show a delivery as given up after an error of the program itself."""
    give_up_delivery(delivery_id=delivery_id, error=error, at=at)


def take_up_due_calls(*, at: datetime) -> None:
    """This will call again whoever did not answer, once the moment has come."""
    take_up_due(at=at)


def forget_old_tellings(*, at: datetime) -> None:
    """This will drop deliveries that ended thirty days ago."""
    forget_old_deliveries(at=at)


def _waiting(delivery_id: int, at: datetime) -> WebhookDelivery | None:
    rows = WebhookDelivery.objects.select_related("webhook").filter(
        pk=delivery_id, state=WebhookDelivery.State.WAITING, next_attempt_at__lte=at
    )
    return rows.first()


def _call(delivery: WebhookDelivery, at: datetime) -> int:
    body = delivery.body.encode()
    secret = unseal(delivery.webhook.secret)
    headers = signed_headers(secret=secret, key=delivery.key, body=body, at=at) | {
        "Content-Type": "application/json",
        "User-Agent": "Concilia",
    }
    return post(delivery.webhook.url, body, headers, networks=settings.WEBHOOK_NETWORKS)
