"""The open items a payment may settle, as their lines say them: up to a hundred on one page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language, gettext

from concilia.cash.queries.payment import ItemLine
from concilia.interfaces.components.amounts import amount_html
from concilia.interfaces.components.formats import base_language, format_day
from concilia.interfaces.desk.bank_words import WHY


@dataclass(frozen=True, slots=True)
class ClaimLink:
    """A claim by its number, and where it stands; no address while there is no such page."""

    number: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemRow:
    """
    A line with everything written, so that the template only puts it in its place.

    :param cents: what is open, in minor units, for the browser's sum
    :param take: what the tick is called for those who do not see it
    :param other: the customer, where the item is another one's
    :param due: the day; empty for credits
    """

    key: str
    cents: str
    number: str
    take: str
    issued: str
    other: str
    why: str
    due: str
    amount: SafeString
    is_taken: bool
    claim: ClaimLink | None


def item_rows(lines: Sequence[ItemLine], claims: Mapping[int, ClaimLink]) -> list[ItemRow]:
    """
    The lines in the words of the person's language.

    :param claims: the claim that contests an item, by the item's key
    """
    take, issued = gettext("Take %(number)s"), gettext("of %(when)s")
    words = {name: str(word) for name, word in WHY.items()}
    today, language = timezone.localdate(), base_language(get_language())
    return [
        ItemRow(
            key=str(line.item.pk),
            cents=str(line.item.open_minor),
            number=line.item.document_number,
            take=take % {"number": line.item.document_number},
            issued=issued % {"when": format_day(line.item.issue_date, today, language)},
            other=line.item.customer.name if line.is_other_customer else "",
            why=words[line.why],
            due=(
                format_day(line.item.due_date, today, language) if line.item.open_minor > 0 else ""
            ),
            amount=amount_html(line.item.open_minor, line.item.currency),
            is_taken=line.taken,
            claim=claims.get(line.item.pk),
        )
        for line in lines
    ]
