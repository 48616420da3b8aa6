"""Webhooks on the settings page: which programs are told, and how each telling went."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from concilia.identity.actions import add_webhook, change_webhook, ping_webhook, redeliver
from concilia.identity.models import Role, Webhook, WebhookDelivery
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.interfaces.desk.views.settings import back_to, page

DELIVERIES_SHOWN: Final = 50


@require_POST
@desk_page(allow=(Role.ADMIN,))
def add_one(request: DeskRequest) -> HttpResponse:
    """Tell a program from now on; the secret that signs is shown once."""
    try:
        webhook, secret = add_webhook(
            url=request.POST.get("url", ""),
            kinds=request.POST.getlist("kinds"),
            by=request.seat.membership,
            at=timezone.now(),
        )
    except REFUSALS as refusal:
        return page(request, "webhooks", error=words_of(refusal))
    return page(request, "webhooks", secret=secret, webhook_url=webhook.url)


@require_POST
@desk_page(allow=(Role.ADMIN,))
def change_one(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """Tell a program no more, again, or a word to see whether it gets there."""
    webhook = get_object_or_404(Webhook, pk=webhook_id, entity=request.seat.entity)
    member, at, wanted = request.seat.membership, timezone.now(), request.POST.get("act")
    try:
        if wanted == "ping":
            ping_webhook(webhook_id=webhook.pk, by=member, at=at)
            messages.success(request, _("Sent. The list below says how it went."))
            return redirect("desk:settings-webhook", webhook.pk)
        is_active = wanted == "resume"
        change_webhook(webhook_id=webhook.pk, is_active=is_active, by=member, at=at)
    except REFUSALS as refusal:
        return page(request, "webhooks", error=words_of(refusal), given={})
    done = _("The webhook is on.") if is_active else _("The webhook is off.")
    messages.success(request, done)
    return back_to("webhooks")


@require_GET
@desk_page(allow=(Role.ADMIN,))
def deliveries(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """What a program was told, the newest first, and how that went."""
    webhook = get_object_or_404(Webhook, pk=webhook_id, entity=request.seat.entity)
    rows = webhook.deliveries.order_by("-created_at", "-pk")
    shown = Paginator(rows, DELIVERIES_SHOWN).get_page(request.GET.get("page"))
    return render(request, "desk/webhook.html", {"webhook": webhook, "page": shown})


@require_POST
@desk_page(allow=(Role.ADMIN,))
def send_again(request: DeskRequest, delivery_id: int) -> HttpResponse:
    """Send something again."""
    rows = WebhookDelivery.objects.filter(webhook__entity=request.seat.entity)
    delivery = get_object_or_404(rows, pk=delivery_id)
    try:
        redeliver(delivery_id=delivery.pk, by=request.seat.membership, at=timezone.now())
    except REFUSALS as refusal:
        messages.error(request, words_of(refusal))
    else:
        messages.success(request, _("On its way again."))
    return redirect("desk:settings-webhook", delivery.webhook_id)
