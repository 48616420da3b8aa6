"""What the list of claims is asked for: read from its address, shown as sentences and tabs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.http import QueryDict
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext

from concilia.cash.core.typed import amount_typed
from concilia.claims.queries.worklist import SORTS, Tally, Wanted
from concilia.customers.models import Customer
from concilia.identity.models import Membership
from concilia.identity.queries import members_of
from concilia.interfaces.components.formats import format_day
from concilia.interfaces.components.states import CLAIM_STATES, face_of
from concilia.interfaces.desk import claim_words as words
from concilia.interfaces.desk.access import DeskRequest, Seat
from concilia.interfaces.desk.inputs import words_in
from concilia.interfaces.desk.saved_views import own_views
from concilia.kernel.reasons import REASONS, reason_name

PAGE: Final = "claims"
KEPT: Final = (
    *("q", "country", "reason", "state", "currency", "owner", "due", "customer"),
    *("since", "until"),
)
NOBODY: Final = "none"
TYPED_MAX: Final = 80
COUNTRY_LENGTH: Final = 2
CURRENCY_LENGTH: Final = 3
KEY_DIGITS_MAX: Final = 18


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter as a sentence; `without` is the address of the list without it."""

    name: str | Promise
    value: str
    without: str


@dataclass(frozen=True, slots=True)
class Tab:
    """A view of the list; saved ones can be dropped."""

    label: str | Promise
    href: str
    count: int | None
    is_current: bool
    drop: str = ""


def read_wanted(query: QueryDict, seat: Seat) -> Wanted:
    """What the address asks for; what makes no sense is as if it were not said."""
    view, sort = query.get("view", ""), query.get("sort", "")
    typed = words_in(query, "q", most=TYPED_MAX)
    codes = [code for text in query.getlist("reason") for code in text.split(",")]
    currency = query.get("currency", "").upper()
    return Wanted(
        view=view if view in words.VIEWS or view in words.SIDE_VIEWS else "open",
        sort=sort if sort in SORTS else "worth",
        typed=typed,
        minor=amount_typed(typed, seat.entity.currency) if typed else None,
        countries=_listed(query, "country", COUNTRY_LENGTH),
        reasons=[code for code in codes if code in REASONS],
        states=[text for text in query.getlist("state") if text in CLAIM_STATES],
        currency=currency if len(currency) == CURRENCY_LENGTH and currency.isalpha() else "",
        owner_id=_key(query.get("owner")),
        is_free=query.get("owner") == NOBODY,
        due=due if (due := query.get("due", "")) in words.DUE else "",
        customer_id=_key(query.get("customer")),
        since=_day(query.get("since")),
        until=_day(query.get("until")),
    )


def _listed(query: QueryDict, name: str, length: int) -> list[str]:
    parts = [part.strip().upper() for text in query.getlist(name) for part in text.split(",")]
    return [part for part in parts if len(part) == length and part.isalpha()]


def _key(text: str | None) -> int | None:
    digits = bool(text) and text.isascii() and text.isdecimal() if text else False
    return int(text or 0) if digits and len(text or "") <= KEY_DIGITS_MAX else None


def _day(text: str | None) -> date | None:
    try:
        return date.fromisoformat(text or "")
    except ValueError:
        return None


def is_filtered(wanted: Wanted) -> bool:
    asked = (
        wanted.typed, wanted.countries, wanted.reasons, wanted.states, wanted.currency,
        wanted.owner_id, wanted.is_free, wanted.due, wanted.customer_id, wanted.since,
        wanted.until,
    )  # fmt: skip
    return any(asked)


def tabs_of(request: DeskRequest, wanted: Wanted, tally: Tally) -> list[Tab]:
    here = reverse("desk:claims")
    saved = own_views(request, PAGE)
    own = [
        Tab(
            label=view.name,
            href=f"{here}?{view.query}",
            count=None,
            is_current=_same_query(view.query, request.GET),
            drop=reverse("desk:claims-view-drop", args=[view.pk]),
        )
        for view in saved.order_by("name")
    ]
    taken = any(tab.is_current for tab in own)
    return [
        Tab(
            label=label,
            href=f"{here}?view={name}",
            count=tally.counts.get(name),
            is_current=not taken and wanted.view == name,
        )
        for name, label in {**words.VIEWS, **words.SIDE_VIEWS}.items()
        if name in words.VIEWS or name == wanted.view
    ] + own


def _same_query(stored: str, query: QueryDict) -> bool:
    def plain(one: QueryDict) -> list[tuple[str, list[str]]]:
        return sorted(
            (name, sorted(values)) for name, values in one.lists() if name != "page" and any(values)
        )

    return plain(QueryDict(stored)) == plain(query)


def clean_query(text: str) -> str:
    """Only what the list understands, so that a saved view leads nowhere else."""
    query = QueryDict(text, mutable=True)
    for name in list(query):
        if name not in {*KEPT, "view", "sort"}:
            del query[name]
    return query.urlencode()


def chips_of(request: DeskRequest, wanted: Wanted) -> list[Chip]:
    """The filters as sentences, each with the address of the list without it."""

    def without(name: str) -> str:
        query = request.GET.copy()
        for gone in (name, "page"):
            query.pop(gone, None)
        return f"?{query.urlencode()}"

    reasons = [reason_name(code, words.language()) for code in wanted.reasons]
    asked = [
        (gettext("Country"), ", ".join(wanted.countries), "country"),
        (gettext("Reason"), ", ".join(reasons), "reason"),
        (gettext("State"), ", ".join(str(face_of(one).word) for one in wanted.states), "state"),
        (gettext("Currency"), wanted.currency, "currency"),
        (gettext("With"), _with(request.seat, wanted), "owner"),
        (gettext("Ends"), str(words.DUE.get(wanted.due, "")), "due"),
        (gettext("Customer"), _customer_name(request.seat, wanted.customer_id), "customer"),
        (gettext("Opened"), _dated(gettext("since %(day)s"), wanted.since), "since"),
        (gettext("Opened"), _dated(gettext("until %(day)s"), wanted.until), "until"),
        (gettext("Found"), f"“{wanted.typed}”" if wanted.typed else "", "q"),
    ]
    return [Chip(label, value, without(name)) for label, value, name in asked if value]


def choices_of(seat: Seat) -> Mapping[str, Sequence[tuple[object, object]]]:
    """What the filter form offers."""
    people = members_of(entity_id=seat.entity.pk)
    return {
        "owners": [(row.pk, row.user.name) for row in people],
        "dues": list(words.DUE.items()),
        "states": [(state, face.word) for state, face in CLAIM_STATES.items()],
        "reasons": words.reason_groups(),
    }


def _dated(text: str, day: date | None) -> str:
    today = timezone.localdate()
    return text % {"day": format_day(day, today, words.language())} if day else ""


def _with(seat: Seat, wanted: Wanted) -> str:
    if wanted.is_free:
        return gettext("nobody")
    if wanted.owner_id is None:
        return ""
    found = Membership.objects.filter(pk=wanted.owner_id, entity=seat.entity)
    member = found.select_related("user").first()
    return member.user.name if member else gettext("somebody unknown")


def _customer_name(seat: Seat, key: int | None) -> str:
    if key is None:
        return ""
    customer = Customer.objects.filter(pk=key, entity=seat.entity).first()
    return customer.name if customer else gettext("nobody")
