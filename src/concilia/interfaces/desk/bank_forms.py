"""What a person has on the bank desk, read from the form they sent: a draft, never a posting."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Final

from django.http import QueryDict
from django.utils.translation import gettext

from concilia.cash.core.drafts import Difference, Draft, sum_of, with_deduction, without_difference
from concilia.cash.core.splits import TEXT_MAX, DifferenceKind
from concilia.cash.core.typed import amount_typed
from concilia.cash.queries.bank import SORTS, Wanted

ITEMS_MAX: Final = 500
DIFFERENCES_MAX: Final = 100
WORDS_MAX: Final = 80
KEY_MAX: Final = 2**63 - 1
SHOWS: Final = ("todo", "all", "returns", "advised")


@dataclass(frozen=True, slots=True)
class DraftForm:
    """The draft of a form, and what in it could not be read, each as a sentence."""

    draft: Draft
    problems: tuple[str, ...] = ()


def key_of(text: str | None) -> int | None:
    """A row's key from an address or a form; None if it is none."""
    text = text or ""
    if not (text.isascii() and text.isdecimal() and len(text) < 20):  # noqa: PLR2004 - 64 bits
        return None
    return key if 0 < (key := int(text)) <= KEY_MAX else None


def wanted_of(query: QueryDict, *, statement_id: int | None) -> Wanted:
    """Which entries the list shows; what makes no sense is as if it were not said."""
    show, sort = query.get("show", ""), query.get("sort", "")
    return Wanted(
        statement_id=statement_id,
        show=show if show in SHOWS else "todo",
        words=query.get("q", "").strip()[:WORDS_MAX],
        sort=sort if sort in SORTS else "sure",
    )


def read_draft(form: QueryDict, currency: str) -> DraftForm:
    """Read the draft; an amount that is none counts as nothing and is told."""
    problems: list[str] = []

    def amount(text: str) -> int:
        if not text.strip():
            return 0
        minor = amount_typed(text, currency)
        if minor is None:
            problems.append(gettext("“%(text)s” is no amount.") % {"text": text[:20]})
        return minor or 0

    taken = [key for text in form.getlist("take")[:ITEMS_MAX] if (key := key_of(text))]
    rows = zip(
        *(form.getlist(name)[:DIFFERENCES_MAX] for name in ("dk", "di", "dr", "dt", "da")),
        strict=False,
    )
    differences = [
        Difference(
            kind=DifferenceKind(kind),
            item_id=item,
            amount_minor=amount(typed),
            reason=reason if kind == DifferenceKind.DEDUCTION else "",
            text=text.strip()[:TEXT_MAX] if kind == DifferenceKind.DEDUCTION else "",
        )
        for kind, item_text, reason, text, typed in rows
        if kind in set(DifferenceKind) and (item := key_of(item_text))
    ]
    draft = Draft(
        customer_id=key_of(form.get("customer")),
        taken=tuple(taken),
        differences=tuple(differences),
        on_account_minor=max(0, amount(form.get("on_account", ""))),
    )
    return DraftForm(draft, tuple(problems))


def change_draft(
    draft: Draft, change: str, open_minor: Mapping[int, int], paid_minor: int
) -> Draft:
    """
    What a button of the desk does to the draft; nothing leaves the desk.

    :param change: `deduction`, `on_account`, `remove-N` or `clear`; anything else changes nothing
    """
    left = sum_of(draft, open_minor, paid_minor).left_minor
    if change == "deduction":
        return with_deduction(draft, open_minor, left)
    if change == "on_account":
        return replace(draft, on_account_minor=max(0, draft.on_account_minor - left))
    if change == "clear":
        return Draft(customer_id=draft.customer_id)
    name, _, place = change.partition("-")
    if name == "remove" and place.isdecimal():
        return without_difference(draft, int(place))
    return draft
