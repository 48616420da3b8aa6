"""Webhooks: which programs are told of what, how each telling went, and once more."""

from __future__ import annotations

import json
from datetime import datetime
from typing import Any, Literal

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from concilia.identity.actions import add_webhook, change_webhook, ping_webhook, redeliver
from concilia.identity.core.webhooks import KINDS
from concilia.identity.models import Webhook, WebhookDelivery
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.once import keep_sealed
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.shapes import TEXT
from concilia.interfaces.components.rights import ADMINS

router = Router(tags=["webhooks"])
READ = Scope("settings:read", *ADMINS)
WRITE = Scope("settings:write", *ADMINS)


class WebhookIn(Schema):
    url: str = Field(pattern=TEXT, max_length=500)
    kinds: list[str] = Field(min_length=1, max_length=50)


class WebhookChange(Schema):
    """Empty `kinds` keeps them."""

    active: bool = True
    kinds: list[str] = Field(default=[], max_length=50)


class WebhookOut(Schema):
    id: int
    url: str
    kinds: list[str]
    active: bool
    created_at: datetime

    @classmethod
    def of(cls, row: Webhook) -> WebhookOut:
        """A subscription as JSON, without its secret."""
        return cls(
            id=row.pk,
            url=row.url,
            kinds=row.kinds,
            active=row.is_active,
            created_at=row.created_at,
        )


class NewWebhook(WebhookOut):
    """With the secret that signs: it is shown this once."""

    secret: str


class KindOut(Schema):
    kind: str
    means: str


class DeliveryOut(Schema):
    id: int
    key: str
    kind: str
    state: str
    attempts: int
    status: int | None
    error: str
    body: dict[str, Any]
    created_at: datetime
    next_attempt_at: datetime | None
    ended_at: datetime | None

    @classmethod
    def of(cls, row: WebhookDelivery) -> DeliveryOut:
        """A telling as JSON."""
        return cls(
            id=row.pk,
            key=row.key,
            kind=row.kind,
            state=row.state,
            attempts=row.attempts,
            status=row.status,
            error=row.error,
            body=json.loads(row.body),
            created_at=row.created_at,
            next_attempt_at=row.next_attempt_at,
            ended_at=row.ended_at,
        )


class DeliveryFilter(ListFilter):
    state: Literal["WAITING", "DELIVERED", "GIVEN_UP"] | None = None


@router.get("", response=Page[WebhookOut], auth=READ)
def list_webhooks(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, Any]:
    """Programs that are or were told, the newest first."""
    rows = Webhook.objects.filter(entity_id=caller(request).entity_id)
    return listed(rows, WebhookOut.of, order="created_at", asked=asked)


@router.post("", response={201: NewWebhook}, auth=WRITE)
def subscribe(request: HttpRequest, response: HttpResponse, body: WebhookIn) -> Status[NewWebhook]:
    """Tell a program from now on; the answer holds the secret, this once."""
    keep_sealed(response)
    row, secret = add_webhook(url=body.url, kinds=body.kinds, by=caller(request), at=timezone.now())
    return Status(201, NewWebhook(**WebhookOut.of(row).model_dump(), secret=secret))


@router.get("/kinds", response=list[KindOut], auth=READ)
def list_kinds(request: HttpRequest) -> list[KindOut]:
    """What a program can be told of."""
    return [KindOut(kind=kind, means=means) for kind, means in KINDS.items()]


@router.post("/deliveries/{delivery_id}/redeliver", response={202: DeliveryOut}, auth=WRITE)
def send_again(request: HttpRequest, delivery_id: int) -> Status[DeliveryOut]:
    """Send something again, by its old id."""
    row = redeliver(delivery_id=delivery_id, by=caller(request), at=timezone.now())
    return Status(202, DeliveryOut.of(row))


@router.get("/{webhook_id}", response=WebhookOut, auth=READ)
def get_webhook(request: HttpRequest, webhook_id: int) -> WebhookOut:
    """One subscription."""
    return WebhookOut.of(_webhook(request, webhook_id))


@router.post("/{webhook_id}", response=WebhookOut, auth=WRITE)
def change(request: HttpRequest, webhook_id: int, body: WebhookChange) -> WebhookOut:
    """Tell a program of other things, no more, or again."""
    row = change_webhook(
        webhook_id=_webhook(request, webhook_id).pk,
        is_active=body.active,
        kinds=body.kinds,
        by=caller(request),
        at=timezone.now(),
    )
    return WebhookOut.of(row)


@router.post("/{webhook_id}/ping", response={202: DeliveryOut}, auth=WRITE)
def ping(request: HttpRequest, webhook_id: int) -> Status[DeliveryOut]:
    """Send a program a word, to see whether it gets there."""
    row = ping_webhook(
        webhook_id=_webhook(request, webhook_id).pk, by=caller(request), at=timezone.now()
    )
    return Status(202, DeliveryOut.of(row))


@router.get("/{webhook_id}/deliveries", response=Page[DeliveryOut], auth=READ)
def list_deliveries(
    request: HttpRequest, webhook_id: int, asked: Query[DeliveryFilter]
) -> dict[str, Any]:
    """What a program was told, the newest first, and how that went; kept for thirty days."""
    rows = WebhookDelivery.objects.filter(webhook=_webhook(request, webhook_id))
    rows = rows.filter(state=asked.state) if asked.state else rows
    return listed(rows, DeliveryOut.of, order="created_at", asked=asked)


def _webhook(request: HttpRequest, webhook_id: int) -> Webhook:
    return Webhook.objects.get(pk=webhook_id, entity_id=caller(request).entity_id)
