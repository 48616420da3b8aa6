"""What an administrator sets: the company, its people and limits, the ERP, mailboxes, tokens."""

from __future__ import annotations

from django.contrib import messages
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
    change_erp,
    change_limits,
    change_member,
    issue_token,
    revoke_token,
)
from concilia.identity.models import ApiToken, Department, Language, Membership, Role
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
from concilia.ledger.queries.connectors import connectors_of, problem_with


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
    } | more
    default = 422 if any(key.endswith("_error") for key in more) else 200
    return render(request, "desk/settings.html", context, status=status or default)
