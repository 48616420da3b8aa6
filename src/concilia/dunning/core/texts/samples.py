"""Made-up facts for previews: what a message says before anybody is written to."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Final

from concilia.dunning.core.texts.facts import Facts, Item, PlanRow

LINK: Final = "https://account.example/a/7Qm2xV9cKd4TzR8wYpN3bL6s"
DAY: Final = timedelta(days=1)


def sample_items(today: date, currency: str) -> tuple[Item, ...]:
    """Two invoices past due; a part of the second is disputed."""
    return (
        Item(
            number="2026/0417",
            currency=currency,
            issued=today - 52 * DAY,
            due=today - 22 * DAY,
            days_late=22,
            open=128_400,
            asked=128_400,
        ),
        Item(
            number="2026/0455",
            currency=currency,
            issued=today - 40 * DAY,
            due=today - 10 * DAY,
            days_late=10,
            open=96_250,
            asked=76_250,
            disputed=20_000,
        ),
    )


def sample_facts(*, creditor: str, sender: str, country: str, currency: str, today: date) -> Facts:
    """Return facts with a value for everything a text may say; nobody real is in them."""
    return Facts(
        creditor=creditor,
        customer="Bottega Bianchi",
        contact="Anna Bianchi",
        sender=sender,
        holder=sender,
        country=country,
        currency=currency,
        items=sample_items(today, currency),
        account_link=LINK,
        pay_link=f"{LINK}/pay",
        reply_to="accounts@company.example",
        phone="+39 02 5550 1234",
        reference="RF18539007547034",
        deadline=today + 14 * DAY,
        interest=1_184,
        interest_until=today,
        compensation=4_000,
        next_holder="Studio Verdi",
        mandate=f"12/{today.year}",
        advice=("www.advice.example, 800 123 456",),
        amount=64_200,
        day=today + 8 * DAY,
        new_day=today + 20 * DAY,
        rows=(
            PlanRow(number=1, due=today + 8 * DAY, amount=32_100),
            PlanRow(number=2, due=today + 38 * DAY, amount=32_100),
        ),
        offer=160_000,
        waived=44_650,
        until=today + 10 * DAY,
        claim="CL-2026-00412",
        invoice="2026/0417",
    )
