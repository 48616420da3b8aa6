"""What an administrator sets: the company, its people and limits, the ERP, mailboxes, tokens."""

from __future__ import annotations

from typing import Final

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.queries.company import LEVELS, LIMITED_ACTS, limits_shown
from concilia.identity.actions import (
    SCOPES,
    NewPerson,
    Seating,
    SettingsRefused,
    TokenRefused,
    add_member,
    add_webhook,
    change_erp,
    change_limits,
    change_member,
    change_webhook,
    issue_token,
    ping_webhook,
    redeliver,
    revoke_token,
)
from concilia.identity.core.webhooks import KINDS
from concilia.identity.models import (
    ApiToken,
    Department,
    Entity,
    Language,
    Membership,
    Role,
    Webhook,
    WebhookDelivery,
)
from concilia.intake.actions.sources import (
    MailboxDraft,
    SourceRefused,
    connect_mailbox,
    disconnect_mailbox,
    unwatch_folder,
    watch_folder,
)
from concilia.intake.models import Mailbox, WatchedFolder
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.refusals import REFUSALS, words_of
from concilia.ledger.queries.connectors import connectors_of, problem_with

DELIVERIES_SHOWN: Final = 50


@require_GET
@desk_page(allow=(Role.ADMIN,))
def settings(request: DeskRequest) -> HttpResponse:
    """Everything that is set, on one page."""
    return _page(request)


@require_POST
@desk_page(allow=(Role.ADMIN,))
def add_person(request: DeskRequest) -> HttpResponse:
    """Give somebody a seat."""
    given = request.POST
    try:
        added = add_member(
            person=NewPerson(
                email=given.get("email", ""),
                name=given.get("name", ""),
                password=given.get("password", ""),
                language=given.get("language", "en"),
            ),
            seating=_seating(request),
            by=request.seat.membership,
            at=timezone.now(),
        )
    except SettingsRefused as refusal:
        return _page(request, person_error=str(refusal), given=given.dict())
    messages.success(request, _("%(name)s can log in now.") % {"name": added.user.name})
    return redirect("desk:settings")


@require_POST
@desk_page(allow=(Role.ADMIN,))
def change_person(request: DeskRequest, member_id: int) -> HttpResponse:
    """Change somebody's role, department, level, or let them go."""
    get_object_or_404(Membership, pk=member_id, entity=request.seat.entity)
    try:
        changed = change_member(
            member_id=member_id,
            seating=_seating(request),
            is_active=request.POST.get("active") == "1",
            by=request.seat.membership,
            at=timezone.now(),
        )
    except SettingsRefused as refusal:
        return _page(request, person_error=str(refusal))
    messages.success(request, _("Saved: %(name)s.") % {"name": changed.user.name})
    return redirect("desk:settings")


@require_POST
@desk_page(allow=(Role.ADMIN,))
def limits(request: DeskRequest) -> HttpResponse:
    """Set who may sign for how much."""
    wanted = {
        (level, act): request.POST.get(f"{act}-{level}", "")
        for act in LIMITED_ACTS
        for level in LEVELS
    }
    try:
        change_limits(wanted=wanted, by=request.seat.membership, at=timezone.now())
    except SettingsRefused as refusal:
        return _page(request, limits_error=str(refusal))
    messages.success(request, _("Limits saved. Requests already made keep theirs."))
    return redirect("desk:settings")


@require_POST
@desk_page(allow=(Role.ADMIN,))
def erp(request: DeskRequest) -> HttpResponse:
    """Choose the connector and its settings; they are tried before they are kept."""
    name = request.POST.get("erp", "")
    prefix = f"erp-{name}-"
    values = {
        key.removeprefix(prefix): str(value)
        for key, value in request.POST.items()
        if key.startswith(prefix) and value
    }
    problem = problem_with(entity=request.seat.entity, erp=name, values=values)
    if problem:
        return _page(request, erp_error=problem)
    change_erp(erp=name, values=values, by=request.seat.membership, at=timezone.now())
    messages.success(request, _("The connector answers and is used from now on."))
    return redirect("desk:settings")


@require_POST
@desk_page(allow=(Role.ADMIN,))
def add_token(request: DeskRequest) -> HttpResponse:
    """Issue a token; its secret is shown once."""
    try:
        token, secret = issue_token(
            member_id=_number(request.POST.get("member", ""), 0),
            name=request.POST.get("name", ""),
            scopes=request.POST.getlist("scopes"),
            by=request.seat.membership,
            at=timezone.now(),
        )
    except TokenRefused as refusal:
        return _page(request, token_error=str(refusal))
    return _page(request, status=200, secret=secret, secret_name=token.name)


@require_POST
@desk_page(allow=(Role.ADMIN,))
def end_token(request: DeskRequest, token_id: int) -> HttpResponse:
    """End a token."""
    get_object_or_404(ApiToken, pk=token_id, entity=request.seat.entity)
    revoke_token(token_id=token_id, by=request.seat.membership, at=timezone.now())
    messages.success(request, _("The token is refused from now on."))
    return redirect("desk:settings")


@require_POST
@desk_page(allow=(Role.ADMIN,))
def webhook_add(request: DeskRequest) -> HttpResponse:
    """Tell a program from now on; the secret that signs is shown once."""
    try:
        webhook, secret = add_webhook(
            url=request.POST.get("url", ""),
            kinds=request.POST.getlist("kinds"),
            by=request.seat.membership,
            at=timezone.now(),
        )
    except REFUSALS as refusal:
        return _page(request, webhook_error=words_of(refusal), typed_url=request.POST.get("url"))
    return _page(request, status=200, webhook_secret=secret, webhook_url=webhook.url)


@require_POST
@desk_page(allow=(Role.ADMIN,))
def webhook_change(request: DeskRequest, webhook_id: int) -> HttpResponse:
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
        return _page(request, webhook_error=words_of(refusal))
    done = _("The webhook is on.") if is_active else _("The webhook is off.")
    messages.success(request, done)
    return redirect("desk:settings")


@require_GET
@desk_page(allow=(Role.ADMIN,))
def webhook_log(request: DeskRequest, webhook_id: int) -> HttpResponse:
    """What a program was told, the newest first, and how that went."""
    webhook = get_object_or_404(Webhook, pk=webhook_id, entity=request.seat.entity)
    rows = webhook.deliveries.order_by("-created_at", "-pk")
    page = Paginator(rows, DELIVERIES_SHOWN).get_page(request.GET.get("page"))
    return render(request, "desk/webhook.html", {"webhook": webhook, "page": page})


@require_POST
@desk_page(allow=(Role.ADMIN,))
def webhook_redeliver(request: DeskRequest, delivery_id: int) -> HttpResponse:
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


@require_POST
@desk_page(allow=(Role.ADMIN,))
def add_mailbox(request: DeskRequest) -> HttpResponse:
    """Read an IMAP mailbox from now on."""
    given = request.POST
    try:
        draft = MailboxDraft(
            host=given.get("host", ""),
            port=_number(given.get("port", ""), 993),
            security=given.get("security", "tls"),
            username=given.get("username", ""),
            password=given.get("password", ""),
            folder=given.get("folder") or "INBOX",
        )
        connect_mailbox(draft=draft, member=request.seat.membership, at=timezone.now())
    except SourceRefused as refusal:
        return _page(request, source_error=str(refusal))
    messages.success(request, _("The mailbox is read from now on."))
    return redirect("desk:settings")


@require_POST
@desk_page(allow=(Role.ADMIN,))
def end_mailbox(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """Read a mailbox no more."""
    get_object_or_404(Mailbox, pk=mailbox_id, entity=request.seat.entity)
    disconnect_mailbox(mailbox_id=mailbox_id, member=request.seat.membership, at=timezone.now())
    return redirect("desk:settings")


@require_POST
@desk_page(allow=(Role.ADMIN,))
def add_folder(request: DeskRequest) -> HttpResponse:
    """Take in what is put into a folder of the server."""
    try:
        watch_folder(
            path=request.POST.get("path", ""), member=request.seat.membership, at=timezone.now()
        )
    except SourceRefused as refusal:
        return _page(request, source_error=str(refusal))
    messages.success(request, _("The folder is watched from now on."))
    return redirect("desk:settings")


@require_POST
@desk_page(allow=(Role.ADMIN,))
def end_folder(request: DeskRequest, folder_id: int) -> HttpResponse:
    """Watch a folder no more."""
    get_object_or_404(WatchedFolder, pk=folder_id, entity=request.seat.entity)
    unwatch_folder(folder_id=folder_id, member=request.seat.membership, at=timezone.now())
    return redirect("desk:settings")


def _number(text: str, default: int) -> int:
    """A whole number as typed; what is none becomes one that no act accepts."""
    return int(text) if text.isdecimal() else (-1 if text else default)


def _seating(request: DeskRequest) -> Seating:
    given = request.POST
    return Seating(
        role=given.get("role", ""),
        department=given.get("department", ""),
        level=_number(given.get("level", ""), 1),
    )


def _webhooks(entity: Entity) -> list[Webhook]:
    """Programs that are told, those that are no more last, with how many tellings are where."""
    of_state = {
        state: Count("deliveries", filter=Q(deliveries__state=state))
        for state in WebhookDelivery.State.values
    }
    rows = Webhook.objects.filter(entity=entity).annotate(
        waiting=of_state["WAITING"], given_up=of_state["GIVEN_UP"]
    )
    return list(rows.order_by("-is_active", "-created_at"))


def _page(request: DeskRequest, *, status: int = 0, **more: object) -> HttpResponse:
    entity = request.seat.entity
    members = Membership.objects.filter(entity=entity).select_related("user")
    limits = limits_shown(entity)
    context = {
        "entity": entity,
        "members": members.order_by("-is_active", "user__name"),
        "roles": Role.choices,
        "departments": Department.choices,
        "languages": Language.choices,
        "levels": list(LEVELS),
        "limits": [(act, [(n, limits.texts[n, act]) for n in LEVELS]) for act in LIMITED_ACTS],
        "has_own_limits": limits.are_own,
        "connectors": connectors_of(entity=entity),
        "mailboxes": Mailbox.objects.filter(entity=entity).order_by("pk"),
        "folders": WatchedFolder.objects.filter(entity=entity).order_by("pk"),
        "tokens": ApiToken.objects.filter(entity=entity)
        .select_related("member__user")
        .order_by("revoked_at", "-created_at"),
        "scopes": SCOPES,
        "webhooks": _webhooks(entity),
        "kinds": list(KINDS),
    } | more
    default = 422 if any(key.endswith("_error") for key in more) else 200
    return render(request, "desk/settings.html", context, status=status or default)
