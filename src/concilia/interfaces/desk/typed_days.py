"""Days and amounts of collections as they are typed into a form."""

from __future__ import annotations

from datetime import date

from django.http import QueryDict
from django.utils.translation import gettext_noop

from concilia.cash.core.typed import amount_typed
from concilia.dunning.actions import CollectionRefused
from concilia.kernel.currencies import EXPONENTS


def day_in(sent: QueryDict, name: str) -> date:
    """
    The day in a field.

    :raises CollectionRefused: if there is none
    """
    try:
        return date.fromisoformat(sent.get(name, ""))
    except ValueError as no_day:
        raise CollectionRefused(gettext_noop("Say until when.")) from no_day


def amount_in(sent: QueryDict, name: str, currency: str) -> int | None:
    """
    An amount as typed, in minor units; nothing typed means all that is due.

    :raises CollectionRefused: for a currency nobody knows, or what is no amount
    """
    if currency not in EXPONENTS:
        raise CollectionRefused(gettext_noop("Choose one of the list."))
    text = sent.get(name, "")
    if not text.strip():
        return None
    minor = amount_typed(text, currency)
    if minor is None:
        raise CollectionRefused(gettext_noop("This is no amount."))
    return minor
