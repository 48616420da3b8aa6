"""What an administrator sets: the company, its people and limits, the ERP, mailboxes, tokens."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Final

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_GET, require_POST

from concilia.cases.queries.gone import still_held
from concilia.cash.actions import goes_to_erp
from concilia.identity.actions import (
    SCOPES,
    SIGN,
    NewPerson,
    Seating,
    SettingsRefused,
    TokenRefused,
    add_member,
    change_member,
    issue_token,
    revoke_token,
)
from concilia.identity.core.webhooks import KINDS
from concilia.identity.models import (
    ApiToken,
    Department,
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
from concilia.interfaces.components.formats import base_language
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.answers_section import answers_section
from concilia.interfaces.desk.calendar_section import calendar_section
from concilia.interfaces.desk.channels_section import channels_section
from concilia.interfaces.desk.claim_words import department_name, language
from concilia.interfaces.desk.links_section import links_section
from concilia.interfaces.desk.model_section import model_section
from concilia.interfaces.desk.paying_section import paying_section
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.settings_words import (
    country_name,
    said_of_settings,
    setting_words,
)
from concilia.interfaces.desk.texting_section import texting_section
from concilia.interfaces.desk.threshold_words import SWITCHES, threshold_fields
from concilia.interfaces.desk.weights_section import weights_section
from concilia.ledger.actions import ConnectorRefused, use_connector
from concilia.ledger.queries.connectors import Connector, connectors_of

Word = str | Promise
# Pages of their own: the limits are read by others than administrators, too, and texts are many.
ELSEWHERE: Final = {"limits": "desk:limits", "texts": "desk:texts"}
LEVELS: Final = range(1, 7)
SECTIONS: Final[Mapping[str, Word]] = {
    "people": gettext_lazy("People"),
    "limits": gettext_lazy("Signatures"),
    "links": gettext_lazy("Signing by link"),
    "calendars": gettext_lazy("Working days"),
    "texting": gettext_lazy("Short messages"),
    "texts": gettext_lazy("Texts"),
    "paying": gettext_lazy("How customers pay"),
    "channels": gettext_lazy("Channels"),
    "work": gettext_lazy("Order of work"),
    "matching": gettext_lazy("Matching"),
    "erp": gettext_lazy("ERP"),
    "sources": gettext_lazy("Where things arrive"),
    "tokens": gettext_lazy("Tokens for programs"),
    "webhooks": gettext_lazy("Webhooks"),
    "answers": gettext_lazy("Quick answers"),
    "model": gettext_lazy("Language model"),
}


@require_GET
@desk_page(allow=(Role.ADMIN,))
def settings(request: DeskRequest) -> HttpResponse:
    """What is set, a section at a time."""
    asked = request.GET.get("section", "")
    if asked in ELSEWHERE:
        return redirect(ELSEWHERE[asked])
    return page(request, asked if asked in SECTIONS else "people")


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
        return page(request, "people", error=words_of(refusal), given=given.dict())
    messages.success(request, _("%(name)s can log in now.") % {"name": added.user.name})
    return back_to("people")


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
        return page(request, "people", error=words_of(refusal), given={})
    messages.success(request, _("Saved: %(name)s.") % {"name": changed.user.name})
    return back_to("people")


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
    member = request.seat.membership
    try:
        use_connector(erp=name, values=values, by=member, at=timezone.now())
    except ConnectorRefused as refusal:
        return page(request, "erp", error=said_of_settings(str(refusal)))
    messages.success(request, _("The connector answers and is used from now on."))
    return back_to("erp")


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
        return page(request, "tokens", error=words_of(refusal))
    return page(request, "tokens", secret=secret, secret_name=token.name)


@require_POST
@desk_page(allow=(Role.ADMIN,))
def end_token(request: DeskRequest, token_id: int) -> HttpResponse:
    """End a token."""
    get_object_or_404(ApiToken, pk=token_id, entity=request.seat.entity)
    revoke_token(token_id=token_id, by=request.seat.membership, at=timezone.now())
    messages.success(request, _("The token is refused from now on."))
    return back_to("tokens")


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
        return page(request, "sources", error=words_of(refusal))
    messages.success(request, _("The mailbox is read from now on."))
    return back_to("sources")


@require_POST
@desk_page(allow=(Role.ADMIN,))
def end_mailbox(request: DeskRequest, mailbox_id: int) -> HttpResponse:
    """Read a mailbox no more."""
    get_object_or_404(Mailbox, pk=mailbox_id, entity=request.seat.entity)
    disconnect_mailbox(mailbox_id=mailbox_id, member=request.seat.membership, at=timezone.now())
    return back_to("sources")


@require_POST
@desk_page(allow=(Role.ADMIN,))
def add_folder(request: DeskRequest) -> HttpResponse:
    """Take in what is put into a folder of the server."""
    try:
        watch_folder(
            path=request.POST.get("path", ""), member=request.seat.membership, at=timezone.now()
        )
    except SourceRefused as refusal:
        return page(request, "sources", error=words_of(refusal))
    messages.success(request, _("The folder is watched from now on."))
    return back_to("sources")


@require_POST
@desk_page(allow=(Role.ADMIN,))
def end_folder(request: DeskRequest, folder_id: int) -> HttpResponse:
    """Watch a folder no more."""
    get_object_or_404(WatchedFolder, pk=folder_id, entity=request.seat.entity)
    unwatch_folder(folder_id=folder_id, member=request.seat.membership, at=timezone.now())
    return back_to("sources")


def back_to(section: str) -> HttpResponse:
    return redirect(reverse("desk:settings") + f"?section={section}")


def _connector(shown: Connector, typed: Mapping[str, str]) -> dict[str, object]:
    """A connector in the reader's words; what was typed stays, but no secret."""
    fields = [
        {
            "setting": each.setting,
            "label": setting_words(each.setting.label),
            "help": setting_words(each.setting.help_text),
            "lines": each.setting.lines,
            "is_kept": each.is_kept,
            "value": ""
            if each.setting.secret
            else typed.get(f"erp-{shown.name}-{each.setting.name}", each.value),
        }
        for each in shown.fields
    ]
    return {"name": shown.name, "label": setting_words(shown.label), "fields": fields}


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


def page(request: DeskRequest, section: str, *, error: str = "", **more: object) -> HttpResponse:
    """One section; with an error in words above it, and what was typed still in its fields."""
    entity = request.seat.entity
    context = {
        "entity": entity,
        "country": country_name(entity.country, language()),
        "section": section,
        "sections": SECTIONS.items(),
        "section_template": f"desk/settings/{section}.html",
        "error": error,
        **CONTENTS[section](request),
        **more,
    }
    if error and "given" not in context:
        context["given"] = request.POST.dict()
    return render(request, "desk/settings.html", context, status=422 if error else 200)


def _people(request: DeskRequest) -> dict[str, object]:
    members = Membership.objects.filter(entity=request.seat.entity).select_related("user")
    return {
        "members": [
            (member, department_name(member.department))
            for member in members.order_by("-is_active", "user__name")
        ],
        "still_held": still_held(request.seat.entity),
        "roles": Role.choices,
        "departments": sorted(
            ((code, department_name(code)) for code in Department.values),
            key=lambda choice: choice[1],
        ),
        "languages": Language.choices,
        "levels": list(LEVELS),
    }


def _erp(request: DeskRequest) -> dict[str, object]:
    entity, typed = request.seat.entity, request.POST.dict()
    return {
        "connectors": [_connector(each, typed) for each in connectors_of(entity=entity)],
        "chosen_erp": typed.get("erp", entity.erp),
        "payments_go": goes_to_erp(entity),
    }


def _matching(request: DeskRequest) -> dict[str, object]:
    groups = threshold_fields(request.seat.entity, request.POST.dict(), base_language(language()))
    return {"groups": groups, "switches": SWITCHES.items()}


def _sources(request: DeskRequest) -> dict[str, object]:
    entity = request.seat.entity
    return {
        "mailboxes": Mailbox.objects.filter(entity=entity).order_by("-is_active", "pk"),
        "folders": WatchedFolder.objects.filter(entity=entity).order_by("-is_active", "pk"),
    }


def _tokens(request: DeskRequest) -> dict[str, object]:
    tokens = ApiToken.objects.filter(entity=request.seat.entity).select_related("member__user")
    return {
        **_people(request),
        "tokens": tokens.order_by("revoked_at", "-created_at"),
        "scopes": [scope for scope in SCOPES if scope != SIGN],
    }


def _webhooks(request: DeskRequest) -> dict[str, object]:
    """Programs that are told, those that are no more last, with how many tellings are where."""
    of_state = {
        state: Count("deliveries", filter=Q(deliveries__state=state))
        for state in WebhookDelivery.State.values
    }
    rows = Webhook.objects.filter(entity=request.seat.entity).annotate(
        waiting=of_state["WAITING"], given_up=of_state["GIVEN_UP"]
    )
    return {"webhooks": rows.order_by("-is_active", "-created_at"), "kinds": list(KINDS)}


CONTENTS: Final[Mapping[str, Callable[[DeskRequest], dict[str, object]]]] = {
    "people": _people,
    "links": links_section,
    "calendars": calendar_section,
    "texting": texting_section,
    "paying": paying_section,
    "channels": channels_section,
    "work": weights_section,
    "matching": _matching,
    "erp": _erp,
    "sources": _sources,
    "tokens": _tokens,
    "webhooks": _webhooks,
    "model": model_section,
    "answers": answers_section,
}
