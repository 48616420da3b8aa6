"""The bank desk: its addresses, what its form sends, where a payment stands."""

from __future__ import annotations

from django.urls import reverse
from tests.world.bank_day import BankDay

from concilia.cash.models import Match
from concilia.receivables.models import BankEntry, OpenItem


def page(entry: BankEntry, **query: object) -> str:
    """The address of a payment on the desk."""
    return reverse("desk:bank-payment", args=[entry.pk], query=query)


def item_of(day: BankDay, name: str) -> OpenItem:
    """The open item of an invoice of the day."""
    return OpenItem.objects.get(invoice=day.invoices[name], kind="invoice")


def desk_form(day: BankDay, *names: str, **more: object) -> dict[str, object]:
    """What the form of the desk sends when these invoices are taken."""
    return {"take": [item_of(day, name).pk for name in names], **more}


def do(clerk, entry: BankEntry, what: str, data: dict[str, object] | None = None, **headers):
    """Send the form of an act on a payment; the answer of the server."""
    return clerk.post(reverse(f"desk:bank-{what}", args=[entry.pk]), data or {}, headers=headers)


def state_of(entry: BankEntry) -> str:
    """Where the live answer to a payment stands."""
    return Match.objects.exclude(state__in=["REPLACED", "REVERSED"]).get(bank_entry=entry).state
