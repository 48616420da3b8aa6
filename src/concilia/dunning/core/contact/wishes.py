"""What customers and people said about contacts; whoever asks the policy takes it into account."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Final

from concilia.dunning.core.contact.cases import Raised
from concilia.dunning.core.contact.terms import Channel, Flag

# The flags that a reason for not paying raises of itself (`everywhere.ALL-STOPS`).
FLAG_OF: Final[Mapping[str, Flag]] = {
    "NR-12": Flag.VULNERABLE,
    "NR-13": Flag.DECEASED,
    "NR-14": Flag.INSOLVENT,
    "NR-17": Flag.FRAUD,
    "NR-20": Flag.WRONG_PERSON,
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """
    How a customer may be contacted, as somebody wrote it down; hashable.

    :param zone: where their clock stands; empty: the country's
    :param raised: flags with the days on which they count
    :param preferred: how they like to be written to
    :param courtesy: they want a note before something falls due
    """

    zone: str = ""
    opted_out: frozenset[Channel] = frozenset()
    consents: frozenset[Channel] = frozenset()
    details_agreed: frozenset[Channel] = frozenset()
    raised: tuple[tuple[Flag, date | None, date | None], ...] = ()
    preferred: Channel | None = None
    courtesy: bool = False

    def __post_init__(self) -> None:
        # Who wants no calls wants none by a machine either.
        if Channel.CALL in self.opted_out:
            object.__setattr__(self, "opted_out", self.opted_out | {Channel.IVR})

    def agreeing_to(self, channel: Channel) -> Wishes:
        """The same, with their consent to a channel."""
        return replace(self, consents=self.consents | {channel})


NO_WISHES: Final = Wishes()


def flags_of(
    wishes: Wishes, reasons: Iterable[tuple[str, date | None, date | None]]
) -> dict[Flag, Raised]:
    """
    The flags that stand: those people raised, and those that reasons raise.

    :param reasons: in force for the customer as a whole: code, since when, and the last day
    """
    flags = {flag: Raised(since, until) for flag, since, until in wishes.raised}
    for code, since, until in reasons:
        if code in FLAG_OF:
            flags[FLAG_OF[code]] = Raised(since, until)
    return flags
