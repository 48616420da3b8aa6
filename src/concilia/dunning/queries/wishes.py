"""What customers want of contacts, as their row of contact terms says."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from concilia.dunning.core.contact.terms import Channel, Flag
from concilia.dunning.core.contact.wishes import Wishes
from concilia.dunning.models import ContactTerms


def wishes_of(customers: Iterable[int]) -> dict[int, Wishes]:
    """The wishes of those who have any; one statement."""
    rows = ContactTerms.objects.filter(customer__in=list(customers))
    return {
        row.customer_id: Wishes(
            zone=row.time_zone,
            opted_out=_channels(row.opted_out),
            consents=_channels(row.consents),
            details_agreed=_channels(row.details_agreed),
            raised=_raised(row.flags),
            preferred=Channel(row.preferred) if row.preferred else None,
            courtesy=row.courtesy,
        )
        for row in rows
    }


def _channels(names: Sequence[str]) -> frozenset[Channel]:
    return frozenset(Channel(name) for name in names if name in Channel.__members__)


def _raised(flags: Mapping[str, Any]) -> tuple[tuple[Flag, date | None, date | None], ...]:
    return tuple(
        (Flag(name), _day(days.get("since")), _day(days.get("until")))
        for name, days in sorted(flags.items())
        if name in Flag.__members__
    )


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
