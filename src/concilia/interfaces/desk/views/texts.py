"""The texts of collections: what comes with the product, a company's own, checked and tried."""

from __future__ import annotations

from typing import Any, Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_GET, require_POST

from concilia.correspondence.core.figures import Language
from concilia.customers.models import Customer
from concilia.dunning.actions import TextRefused, drop_text, publish_text, write_text
from concilia.dunning.core.texts import (
    Composed,
    Key,
    TextIncomplete,
    Way,
    Wording,
    WordingInvalid,
    compose,
    ways_of,
    wording_of,
)
from concilia.dunning.core.texts.lints import lint
from concilia.dunning.core.texts.segments import Segments, segments_of
from concilia.dunning.core.texts.wording import BLOCKS, VALUES
from concilia.dunning.queries.facts import preview_facts
from concilia.dunning.queries.texts import Place, states_of, versions_of
from concilia.identity.models import Language as Tongue
from concilia.identity.models import Role
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.inputs import key_in, words_in
from concilia.interfaces.desk.refusals import words_of
from concilia.interfaces.desk.text_words import KEYS, WAYS, finding_said

ADMINS: Final = (Role.ADMIN,)
BODY_MAX: Final = 10_000
SUBJECT_MAX: Final = 300
CUSTOMERS_SHOWN: Final = 200


@require_GET
@desk_page(allow=ADMINS)
def texts(request: DeskRequest) -> HttpResponse:
    """Every text of a way, and in which languages the company speaks in its own words."""
    asked = request.GET.get("way", "")
    way = next((one for one in Way if one == asked), Way.EMAIL)
    states = states_of(entity=request.seat.entity)
    rows = [
        (
            name,
            key,
            [
                (language, label, states.get((key, way, Language(language)), frozenset()))
                for language, label in Tongue.choices
            ],
        )
        for key, name in KEYS.items()
        if way in ways_of(key)
    ]
    context = {
        "rows": rows,
        "languages": Tongue.choices,
        "way": way,
        "ways": [(one.value, words, icon, one is way) for one, (words, icon) in WAYS.items()],
        "drafts": sum("DRAFT" in found for found in states.values()),
        "own": sum("PUBLISHED" in found for found in states.values()),
    }
    return render(request, "desk/texts/list.html", context)


@require_GET
@desk_page(allow=ADMINS)
def text(request: DeskRequest, text_key: str, way: str, language: str) -> HttpResponse:
    """One text: its words, what its lints say, and how it reads to a customer."""
    place = _place(text_key, way, language)
    return _page(request, place, None)


@require_POST
@desk_page(allow=ADMINS)
def preview(request: DeskRequest, text_key: str, way: str, language: str) -> HttpResponse:
    """How the words as typed read, and what their lints say."""
    place = _place(text_key, way, language)
    return render(request, "desk/texts/tried.html", _tried(request, place, _typed(request)))


@require_POST
@desk_page(allow=ADMINS)
def act(request: DeskRequest, text_key: str, way: str, language: str) -> HttpResponse:
    """Keep the words as a draft, put a draft in force, or drop what is the company's own."""
    place = _place(text_key, way, language)
    member, at, sent = request.seat.membership, timezone.now(), request.POST
    try:
        if sent.get("act") == "save":
            write_text(place=place, wording=_typed(request), member=member, at=at)
            said = gettext("The draft is saved. A second person puts it in force.")
        elif sent.get("act") == "publish":
            seen = sent.get("sha256", "")
            publish_text(text_id=key_in(sent, "text") or 0, seen_sha256=seen, member=member, at=at)
            said = gettext("In force for what is written from now on.")
        else:
            drop_text(text_id=key_in(sent, "text") or 0, member=member, at=at)
            said = gettext("Done. The words before count again.")
    except TextRefused as refused:
        messages.error(request, words_of(refused))
        typed = _typed(request) if sent.get("act") == "save" else None
        return _page(request, place, typed)
    messages.success(request, said)
    return redirect("desk:text", text_key=place[0], way=place[1], language=place[2])


def _place(text_key: str, way: str, language: str) -> Place:
    try:
        place = Key(text_key), Way(way), Language(language)
    except ValueError as unknown:
        raise Http404 from unknown
    if place[1] not in ways_of(place[0]):
        raise Http404
    return place


def _typed(request: DeskRequest) -> Wording:
    sent = request.POST
    return Wording(
        words_in(sent, "subject", most=SUBJECT_MAX), words_in(sent, "body", most=BODY_MAX)
    )


def _page(request: DeskRequest, place: Place, typed: Wording | None) -> HttpResponse:
    key, way, language = place
    versions = versions_of(entity=request.seat.entity, place=place)
    draft = next((row for row in versions if row.state == "DRAFT"), None)
    live = next((row for row in versions if row.state == "PUBLISHED"), None)
    kept = draft or live
    shipped = wording_of(key, way, language)
    shown = typed or (Wording(kept.subject, kept.body) if kept else shipped)
    customers = Customer.objects.filter(entity=request.seat.entity).order_by("name")
    context = {
        "name": KEYS[key],
        "key": key,
        "way": way,
        "way_words": WAYS[way][0],
        "language": language,
        "languages": Tongue.choices,
        "ways": [(one, WAYS[one][0], one is way) for one in ways_of(key)],
        "shown": shown,
        "shipped": shipped,
        "draft": draft,
        "live": live,
        "versions": versions,
        "may_publish": draft is not None and draft.written_by_id != request.seat.membership.pk,
        "values": VALUES,
        "blocks": BLOCKS,
        "customers": customers[:CUSTOMERS_SHOWN],
        **_tried(request, place, shown),
    }
    return render(request, "desk/texts/text.html", context)


def _tried(request: DeskRequest, place: Place, wording: Wording) -> dict[str, Any]:
    key, way, language = place
    findings = lint(key, way, language, wording)
    composed, missing = _composed(request, place, wording)
    counted: Segments | None = segments_of(composed.text) if composed and way is Way.SMS else None
    return {
        "findings": [(one.rule, one.where, finding_said(one)) for one in findings],
        "composed": composed,
        "missing": missing,
        "counted": counted,
        "language": language,
    }


def _composed(request: DeskRequest, place: Place, wording: Wording) -> tuple[Composed | None, str]:
    """The message to the customer chosen, or what it has no value for."""
    key, way, language = place
    chosen = key_in(request.POST, "customer") or key_in(request.GET, "customer")
    entity = request.seat.entity
    customer = Customer.objects.filter(pk=chosen, entity=entity).first() if chosen else None
    facts = preview_facts(
        entity=entity,
        customer=customer,
        sender=request.seat.user.name,
        today=timezone.localdate(),
    )
    try:
        return compose(key, way, language, facts, wording), ""
    except TextIncomplete as incomplete:
        return None, incomplete.field
    except WordingInvalid:
        return None, ""
