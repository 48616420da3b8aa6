"""The page *Reading*: how well documents were read, what people put right, what was learned."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_GET, require_POST

from concilia.documents.models import Correction
from concilia.intake.actions import ArrivalRefused, undo_correction
from concilia.interfaces.components.formats import base_language, format_number
from concilia.interfaces.components.rights import HELPERS
from concilia.interfaces.desk.access import DeskRequest, desk_page
from concilia.interfaces.desk.field_words import field_words, value_words
from concilia.interfaces.desk.inbox_words import kind_words
from concilia.interfaces.desk.refusals import words_of
from concilia.kernel.reasons import UnknownReason, reason_name
from concilia.reporting.core.proposals import Kept
from concilia.reporting.core.quality import ClassQuality, Quality, Share
from concilia.reporting.queries.proposals import comparison
from concilia.reporting.queries.quality import (
    latest_corrections,
    latest_training,
    reading_quality,
)

CLASSES_MAX: Final = 20


@dataclass(frozen=True, slots=True)
class ShareWords:
    """A share as it is shown: per cent with one decimal, and of how many."""

    share: Share

    @property
    def percent(self) -> str:
        """`97.4`; a dash of nothing."""
        return _percent(self.share.value)

    @property
    def between(self) -> str:
        """The interval, `91.2–99.0`."""
        low, high = self.share.interval
        return f"{_percent(low)}–{_percent(high)}"


@dataclass(frozen=True, slots=True)
class ClassWords:
    """A kind or reason by its name, with both its shares."""

    name: str
    cases: int
    found: ShareWords
    right: ShareWords


@dataclass(frozen=True, slots=True)
class CorrectionWords:
    """A correction in words, and whether it can be taken back."""

    row: Correction
    field: str | Promise
    before: str
    after: str

    @property
    def is_undone(self) -> bool:
        return self.row.undone_at is not None


@dataclass(frozen=True, slots=True)
class KeptWords:
    """A field by its name: how often people kept what the reader said, and what the model said."""

    name: str | Promise
    reader: ShareWords
    model: ShareWords


@require_GET
@desk_page()
def reading(request: DeskRequest) -> HttpResponse:
    """The figures, the curve, the classes, the latest corrections and the last training."""
    entity = request.seat.entity
    quality = reading_quality(entity_id=entity.pk, at=timezone.now())
    training = latest_training(entity_id=entity.pk)
    compared = comparison(entity_id=entity.pk)
    context = {
        "quality": quality,
        "tiles": _tiles(quality),
        "drift": (ShareWords(quality.drift.recent), ShareWords(quality.drift.earlier)),
        "curve": _curve(quality),
        "steps": [
            (_percent(step.confidence, 0), ShareWords(step.coverage), ShareWords(step.precision))
            for step in quality.curve
        ],
        "kinds": [_class(each, str(kind_words(each.label))) for each in quality.kinds],
        "reasons": [_class(each, _reason(each.label)) for each in quality.reasons[:CLASSES_MAX]],
        "fields": [(field_words(name), count) for name, count in quality.fields],
        "corrections": [_correction(row) for row in latest_corrections(entity_id=entity.pk)],
        "training": training,
        "trained": list(_trained(training.figures)) if training else [],
        "compared": compared,
        "kept": [_kept(each) for each in compared.fields] if compared else [],
        "may_act": request.seat.may(*HELPERS),
    }
    return render(request, "desk/reading.html", context)


@require_POST
@desk_page(allow=HELPERS)
def undo(request: DeskRequest, correction_id: int) -> HttpResponse:
    """Take a correction back."""
    member = request.seat.membership
    get_object_or_404(Correction, entity_id=member.entity_id, pk=correction_id)
    try:
        undo_correction(correction_id=correction_id, member=member, at=timezone.now())
    except ArrivalRefused as refused:
        messages.error(request, words_of(refused))
    else:
        messages.success(request, gettext("Taken back: nothing is learned from it any more."))
    return redirect("desk:reading")


def _tiles(quality: Quality) -> list[tuple[str, ShareWords, str]]:
    """Name, share and what it is a share of."""
    return [
        (gettext("Kind right"), ShareWords(quality.kind), gettext("of all looked at")),
        (gettext("Reason right"), ShareWords(quality.reason), gettext("of those with a reason")),
        (
            gettext("Passed without review"),
            ShareWords(quality.unreviewed),
            gettext("of all looked at"),
        ),
        (
            gettext("Right without review"),
            ShareWords(quality.unreviewed_right),
            gettext("of those that passed"),
        ),
    ]


def _curve(quality: Quality) -> dict[str, Any]:
    steps = quality.curve
    return {
        "labels": [_percent(step.confidence, 0) for step in steps],
        "most": 100,
        "series": [
            {
                "name": gettext("Right"),
                "colour": "good",
                "line": True,
                "values": [_plain(step.precision.value) for step in steps],
            },
            {
                "name": gettext("Covered"),
                "colour": "quiet",
                "line": True,
                "dashed": True,
                "values": [_plain(step.coverage.value) for step in steps],
            },
        ],
    }


def _plain(share: float | None) -> str | None:
    return None if share is None else f"{share * 100:.1f}"


def _percent(share: float | None, places: int = 1) -> str:
    if share is None:
        return "–"
    return format_number(Decimal(str(share)) * 100, get_language() or "en", places=places)


def _class(each: ClassQuality, name: str) -> ClassWords:
    return ClassWords(name, each.found.cases, ShareWords(each.found), ShareWords(each.right))


def _kept(each: Kept) -> KeptWords:
    return KeptWords(field_words(each.field), ShareWords(each.reader), ShareWords(each.model))


def _reason(code: str) -> str:
    try:
        return reason_name(code, base_language(get_language()))
    except UnknownReason:
        return code


def _correction(row: Correction) -> CorrectionWords:
    return CorrectionWords(
        row=row,
        field=field_words(row.field),
        before=value_words(row.field, row.before),
        after=value_words(row.field, row.after),
    )


def _trained(figures: Mapping[str, Mapping[str, Any]]) -> Iterator[tuple[str | Promise, str, str]]:
    """Question, shipped and trained shares of right answers on held-out cases."""
    names = {"motive": "non_payment_reason"}
    for question, found in figures.items():
        cases = found["cases"]
        shipped, trained = (Share(found[f"{who}_right"], cases) for who in ("shipped", "trained"))
        yield (
            field_words(names.get(question, question)),
            _percent(shipped.value),
            _percent(trained.value),
        )
