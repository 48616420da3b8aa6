"""What the command palette finds: cases, customers, documents, amounts and the usual acts."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from concilia.cases.queries.talk_search import find_talk
from concilia.interfaces.components.formats import base_language, money_text
from concilia.interfaces.desk.access import Seat
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.palette import RESULTS_PER_GROUP, Find
from concilia.reporting.queries.customers import find_customers
from concilia.reporting.queries.home import claims_of_cases
from concilia.reporting.queries.search import (
    Found,
    find_amount,
    find_claims,
    find_items,
    find_payments,
)

NAME_MIN: Final = 2
TALK_ICONS: Final = {"in": "mail", "out": "send", "note": "lock"}
# Word of the act, the page where it is done, icon, key.
ACTS: Final[tuple[tuple[str | Promise, str, str, str], ...]] = (
    (_("Import invoices, orders, deliveries"), "imports", "upload", ""),
    (_("See what ends today"), "home", "clock", ""),
)


def cases(seat: Seat, typed: str) -> Iterator[Find]:
    """Claims by number; the latest before anything is typed."""
    own = seat.entity
    for found in find_claims(entity_id=own.pk, text=typed, currency=own.currency):
        words = f"{found.name} · {found.customer}"
        yield Find(words, address("claim", found.pk), "scale", note=_amount(found))


def customers(seat: Seat, typed: str) -> Iterator[Find]:
    """Customers by name or number."""
    if len(typed) < NAME_MIN:
        return
    for customer in find_customers(entity_id=seat.entity.pk, text=typed, most=RESULTS_PER_GROUP):
        yield Find(customer.name, address("customer", customer.pk), "users", note=customer.number)


def documents(seat: Seat, typed: str) -> Iterator[Find]:
    """Invoices and other documents by number, on the page of who owes them."""
    for found in find_items(entity_id=seat.entity.pk, text=typed):
        yield _item(found)


def amounts(seat: Seat, typed: str) -> Iterator[Find]:
    """Open items of exactly the amount typed; payments by their reference."""
    for found in find_amount(entity_id=seat.entity.pk, text=typed, currency=seat.entity.currency):
        yield _item(found)
    for found in find_payments(entity_id=seat.entity.pk, text=typed):
        href = address("bank-payment", found.pk)
        yield Find(found.name, href, "building-bank", note=_amount(found))


def acts(seat: Seat, typed: str) -> Iterator[Find]:
    """What a person often does, by its words."""
    wanted = typed.casefold()
    for words, page, icon, key in ACTS:
        href = address(page)
        if href and wanted in str(words).casefold():
            yield Find(words, href, icon, key=key)


def _item(found: Found) -> Find:
    assert found.customer_id is not None
    href = address("customer", found.customer_id, q=found.name, currency=found.currency)
    note = _amount(found) if found.minor else gettext("settled")
    return Find(f"{found.name} · {found.customer}", f"{href}#items", "file-invoice", note=note)


def _amount(found: Found) -> str:
    return money_text(found.minor, found.currency, base_language(get_language()))


def talk(seat: Seat, typed: str) -> Iterator[Find]:
    """What was said in conversations, the newest first; the last line opens all of it."""
    found = find_talk(entity_id=seat.entity.pk, text=typed, most=RESULTS_PER_GROUP - 1)
    claims = claims_of_cases([one.case_id for one in found])
    for one in found:
        if claim := claims.get(one.case_id):
            href = f"{address('claim', claim)}#msg-{one.entry_id}"
            icon = TALK_ICONS[one.lane]
            yield Find(one.excerpt, href, icon, note=f"{one.number} · {one.who}")
    if found:
        words = gettext("All that was said about “%(words)s”") % {"words": typed}
        yield Find(words, address("talk", q=typed), "message")


SOURCES: Final = (
    ("cases", _("Cases"), cases),
    ("customers", _("Customers"), customers),
    ("documents", _("Documents"), documents),
    ("amounts", _("Open with this amount"), amounts),
    ("talk", _("Said in conversations"), talk),
    ("acts", pgettext_lazy("palette", "Do"), acts),
)
