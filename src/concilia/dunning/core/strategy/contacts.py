"""Past contacts as a run sees them: whether enough was tried, and which of them caps count."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta
from typing import Final

from concilia.dunning.core.contact.asking import Asked as PastContact
from concilia.dunning.core.contact.terms import Channel, Direction, Outcome
from concilia.dunning.core.motives import Asked, are_exhausted

LOOKS_BACK: Final = timedelta(days=180)  # how far what they did or we tried still counts
CAPS_LOOK_BACK: Final = timedelta(days=35)

# Channel, direction and outcome by their words, and the day.
Contact = tuple[str, str, str, date]


def exhausted_by(contacts: Iterable[Contact], today: date) -> bool:
    """Whether enough was tried to learn why they do not pay (`are_exhausted`)."""
    tried = [
        Asked(on, channel)
        for channel, direction, outcome, on in contacts
        if direction == Direction.OUT and outcome != Outcome.NOT_CONNECTED
    ]
    return bool(tried) and are_exhausted(tried, today)


def recent_of(contacts: Iterable[Contact], today: date) -> tuple[PastContact, ...]:
    """The contacts that limits look at."""
    return tuple(
        PastContact(on, Channel(channel), Direction(direction), Outcome(outcome))
        for channel, direction, outcome, on in contacts
        if today - on <= CAPS_LOOK_BACK
    )
