"""What an answer to a reminder means, for a person to confirm: a reason, and perhaps a promise."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.http import QueryDict
from django.utils.translation import gettext_noop

from concilia.cash.core.typed import amount_typed
from concilia.documents.models import Document
from concilia.dunning.actions import AnswerMeans, CollectionRefused
from concilia.dunning.core.courses import CONTESTS
from concilia.dunning.core.protocols import PROTOCOLS
from concilia.intake.models import Arrival
from concilia.interfaces.desk.collection_words import act_words, motive_choices
from concilia.kernel.currencies import EXPONENTS
from concilia.kernel.money import AmountUnreadable, Money
from concilia.kernel.non_payment import UNKNOWN

REPLY: Final = "payment_reply"


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPanel:
    """
    What was read of an answer, as the fields of a form.

    :param contests: it is a dispute: a claim opens for the part it is about
    """

    code: str
    choices: list[tuple[str, str]]
    act: str
    contests: bool
    due: str
    amount: str
    currency: str


def answer_panel(arrival: Arrival, document: Document) -> AnswerPanel | None:
    """What an answer says; None where it is none, or something came of it already."""
    if document.kind != REPLY or arrival.state == Arrival.State.DONE:
        return None
    code = str(document.values.get("non_payment_reason") or UNKNOWN)
    code = code if code in PROTOCOLS else UNKNOWN
    promise = document.values.get("promise") or {}
    currency = _currency(document)
    return AnswerPanel(
        code=code,
        choices=motive_choices(),
        act=act_words(code),
        contests=code in CONTESTS,
        due=_day(promise),
        amount=_amount(promise, currency),
        currency=currency,
    )


def means_typed(sent: QueryDict, document: Document) -> AnswerMeans:
    """
    What the person says the answer means; what they did not touch is as it was read.

    :raises CollectionRefused: for a day or an amount that is none
    """
    panel_code = str(document.values.get("non_payment_reason") or UNKNOWN)
    currency = _currency(document)
    promise = document.values.get("promise") or {}
    due = sent.get("due", _day(promise))
    typed = sent.get("amount", _amount(promise, currency)).strip()
    minor = amount_typed(typed, currency) if typed else None
    if typed and minor is None:
        raise CollectionRefused(gettext_noop("This is no amount."))
    try:
        day = date.fromisoformat(due) if due else None
    except ValueError as no_day:
        raise CollectionRefused(gettext_noop("Say until when.")) from no_day
    return AnswerMeans(
        code=sent.get("code", panel_code), due_date=day, amount_minor=minor, currency=currency
    )


def _currency(document: Document) -> str:
    known = document.currency or (document.customer.currency if document.customer else "")
    return known if known in EXPONENTS else "EUR"


def _day(promise: dict[str, Any]) -> str:
    try:
        return date.fromisoformat(str(promise.get("date") or "")).isoformat()
    except ValueError:
        return ""


def _amount(promise: dict[str, Any], currency: str) -> str:
    try:
        return Money.parse(str(promise.get("amount") or ""), currency).to_decimal_string()
    except AmountUnreadable:
        return ""
