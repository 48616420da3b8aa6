"""Facts for the texts of collections: everything a text may want, for every key."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

from concilia.dunning.core.texts import Facts, Item, PlanRow

ACCOUNT_LINK = "https://pay.aurora.example/a/abcdefghijklmnopqrstuvwxyz012345"
COUNTRY_OF = {"en": "GB", "it": "IT", "fr": "FR", "es": "ES", "de": "DE"}


def items(count: int = 3, *, disputed: int = 20_000) -> tuple[Item, ...]:
    """So many open items; a part of the second is disputed."""
    return tuple(
        Item(
            number=f"2026/{100 + place}",
            currency="EUR",
            issued=date(2026, 9, 3) + timedelta(days=place % 20),
            due=date(2026, 10, 3) + timedelta(days=place % 20),
            days_late=40 - place % 20,
            open=128_400 + place,
            asked=128_400 + place - (disputed if place == 1 else 0),
            disputed=disputed if place == 1 else 0,
        )
        for place in range(count)
    )


def facts(**others: Any) -> Facts:
    """Everything known; `others` says otherwise."""
    known = Facts(
        creditor="Molino Aurora S.p.A.",
        customer="Forno Rossi",
        items=items(),
        currency="EUR",
        contact="Anna Rossi",
        sender="Giulia Ferri",
        country="IT",
        account_link=ACCOUNT_LINK,
        pay_link="https://pay.aurora.example/p/1",
        reply_to="crediti@aurora.example",
        phone="+39 011 555 0100",
        iban="IT60X0542811101000000123456",
        reference="RF18539007547034",
        deadline=date(2026, 12, 1),
        interest=1_234,
        interest_until=date(2026, 11, 30),
        compensation=4_000,
        next_holder="Studio Verdi",
        mandate="12 / 2026",
        advice=("Sportello famiglie, 800 000 000",),
        amount=50_000,
        day=date(2026, 12, 8),
        new_day=date(2026, 12, 20),
        rows=(
            PlanRow(number=1, due=date(2026, 12, 8), amount=25_000, paid=25_000),
            PlanRow(number=2, due=date(2027, 1, 8), amount=25_000),
        ),
        offer=80_000,
        waived=20_000,
        until=date(2026, 12, 15),
        claim="CL-2026-0012",
        invoice="2026/101",
        holder="Giulia Ferri",
        motive_links={"NR-08": "https://pay.aurora.example/m/8"},
    )
    return replace(known, **others)
