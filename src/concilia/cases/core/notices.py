"""How members hear of what concerns them: at once, once a day, or on the desk alone."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType
from typing import Final
from zoneinfo import ZoneInfo

NOW: Final = "now"
DIGEST: Final = "digest"
NEVER: Final = "never"
PHONE: Final = re.compile(r"\+[1-9][0-9]{6,14}")
SEPARATORS: Final = re.compile(r"[\s().\-/\u00a0]+")
# What somebody waits for leaves at once; the rest once a day. Nobody gets short messages unasked.
USUAL_MAIL: Final[Mapping[str, str]] = MappingProxyType(
    {
        "mention": NOW,
        "message": DIGEST,
        "step": NOW,
        "approval": NOW,
        "reminder": DIGEST,
        "late": DIGEST,
        "escalation": NOW,
        "handed-over": NOW,
        "watched": DIGEST,
        "informed": DIGEST,
    }
)


class PhoneRefused(ValueError):
    """What was typed is no telephone number in international form."""


@dataclass(frozen=True, slots=True)
class Reach:
    """How a member wants to hear of a kind of notice, and when their day begins."""

    mail: str
    sms: str
    zone: str
    digest_hour: int
    has_phone: bool

    def mail_due(self, at: datetime) -> datetime | None:
        """When a notice raised at a moment leaves by mail; None: never."""
        if self.mail == NOW:
            return at
        return next_digest(at, self.zone, self.digest_hour) if self.mail == DIGEST else None

    def text_due(self, at: datetime) -> datetime | None:
        """When it leaves as a short message; None: never."""
        return at if self.sms == NOW and self.has_phone else None


def next_digest(at: datetime, zone: str, hour: int) -> datetime:
    """The next moment after `at` when it is `hour` o'clock where the member is, in UTC."""
    tz = ZoneInfo(zone)
    day = at.astimezone(tz).date()
    while True:
        # An hour that a clock put forward leaves out comes as the one after it.
        moment = datetime.combine(day, time(hour), tzinfo=tz).astimezone(UTC)
        if moment > at:
            return moment
        day += timedelta(days=1)


def phone_of(text: str) -> str:
    """
    A telephone number as typed, in international form without separators; empty stays empty.

    :raises PhoneRefused: if it does not begin with + or 00 and the country's number
    """
    bare = SEPARATORS.sub("", text)
    if not bare:
        return ""
    if bare.startswith("00"):
        bare = f"+{bare[2:]}"
    if not PHONE.fullmatch(bare):
        raise PhoneRefused(text)
    return bare
