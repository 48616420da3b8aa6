"""How work is ordered, on the settings page: each weight in words, and what it does to today."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from concilia.cases.core.worth import SHIPPED, WEIGHT_NAMES, Weights
from concilia.cases.queries.office import weights_of
from concilia.cash.core.typed import amount_typed
from concilia.claims.models import Claim
from concilia.claims.queries.worklist import Wanted, claims_wanted
from concilia.interfaces.components.formats import format_amount
from concilia.interfaces.desk.access import DeskRequest
from concilia.interfaces.desk.claim_words import language

Word = str | Promise
MONEY: Final = "touch_minor"
LOOKED_AT: Final = 100
SHOWN: Final = 12
DIGITS_MAX: Final = 9
UNREADABLE: Final = -1
# Name, unit, what it does.
WORDS: Final[Mapping[str, tuple[Word, Word, Word]]] = {
    "recovered_percent": (
        _("Money that is not owed"),
        "%",
        _("What counts of an amount the customer keeps without a right to it."),
    ),
    "granted_percent": (
        _("Money rightly asked"),
        "%",
        _("What counts of an amount that is theirs: once it is settled the rest gets paid."),
    ),
    MONEY: (
        _("Taking a case up once"),
        "",
        _("What it costs. New claims are taken up three times, judged ones once."),
    ),
    "deadline_percent": (
        _("Weight on the last day"),
        "%",
        _("A case weighs 100 on its first day and grows to this until its deadline."),
    ),
    "late_percent": (
        _("Weight at most, when late"),
        "%",
        _("From its deadline on it goes on growing to this."),
    ),
    "prior_cases": (
        _("Average cases added to history"),
        "",
        _("The more, the later a customer's own history counts against that of the reason."),
    ),
    "case_minutes": (
        _("Minutes to take a case up"),
        "min",
        _("For the load of a person on the team's pages."),
    ),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A weight as the form has it."""

    name: str
    label: Word
    unit: Word
    help: Word
    value: str
    default: str

    @property
    def is_own(self) -> bool:
        """Whether it is not as Concilia came."""
        return self.value != self.default


@dataclass(frozen=True, slots=True)
class Moved:
    """A claim in the order that would be, and where it stands now; None: beyond those looked at."""

    claim: Claim
    place: int
    before: int | None

    @property
    def up(self) -> int:
        """How many places it goes up; below zero: down."""
        return (LOOKED_AT + 1 if self.before is None else self.before) - self.place


def weights_section(request: DeskRequest) -> dict[str, object]:
    """The fields with what is set, or what was typed."""
    entity, typed = request.seat.entity, request.POST
    kept, shipped = asdict(weights_of(entity)), asdict(SHIPPED)

    def written(name: str, value: int) -> str:
        if name == MONEY:
            return str(format_amount(value, entity.currency, language()))
        return str(value)

    fields = [
        Field(
            name, label, entity.currency if name == MONEY else unit, says,
            typed.get(name, written(name, kept[name]))[:20], written(name, shipped[name]),
        )
        for name, (label, unit, says) in WORDS.items()
    ]  # fmt: skip
    return {"weights": fields, "moved": today_by(request, weights_of(entity), timezone.now())}


def typed_weights(sent: QueryDict, currency: str) -> dict[str, int | None]:
    """What was typed: empty is as Concilia came, what is no number is refused later."""
    return {name: _number(sent.get(name, "").strip(), name, currency) for name in WEIGHT_NAMES}


def _number(text: str, name: str, currency: str) -> int | None:
    if not text:
        return None
    if name == MONEY:
        minor = amount_typed(text, currency)
        return UNREADABLE if minor is None else minor
    fits = text.isascii() and text.isdecimal() and len(text) <= DIGITS_MAX
    return int(text) if fits else UNREADABLE


def today_by(request: DeskRequest, weights: Weights, at: datetime) -> list[Moved]:
    """The first of today's open claims as these weights order them, each with its place now."""
    seat = request.seat

    def first(by: Weights | None, most: int) -> list[int]:
        found = claims_wanted(
            entity=seat.entity, member=seat.membership, wanted=Wanted(), at=at, weights=by
        )
        return list(found.values_list("pk", flat=True)[:most])

    now = {key: place for place, key in enumerate(first(None, LOOKED_AT), start=1)}
    then = first(weights, SHOWN)
    rows = Claim.objects.select_related("case", "customer").in_bulk(then)
    return [Moved(rows[key], place, now.get(key)) for place, key in enumerate(then, start=1)]
