"""Which signatures may be given from a mail: by whom, and up to which amount."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

SETTING: Final = "sign_by_link"
HIGHEST: Final = 6


@dataclass(frozen=True, slots=True)
class SignByLink:
    """
    What a company allows. Whether somebody may sign at all, the limits say; this only narrows.

    :param up_to_minor: in the company's currency; None: whatever they may sign
    :param level_max: people above it sign at the desk; `HIGHEST`: everybody may by link
    """

    is_on: bool = True
    up_to_minor: int | None = None
    level_max: int = HIGHEST

    def allows(self, *, level: int, minor: int) -> bool:
        """Whether a member of a level may sign for so much by a link."""
        if not self.is_on or level > self.level_max:
            return False
        return self.up_to_minor is None or abs(minor) <= self.up_to_minor

    def to_data(self) -> dict[str, object]:
        """As it is kept in the settings."""
        return {"on": self.is_on, "up_to_minor": self.up_to_minor, "level_max": self.level_max}


def read_setting(kept: object) -> SignByLink:
    """What the settings hold; `true` and `false`, as it was once kept, are understood."""
    if isinstance(kept, bool):
        return SignByLink(is_on=kept)
    if not isinstance(kept, Mapping):
        return SignByLink()
    return SignByLink(
        is_on=kept.get("on") is not False,
        up_to_minor=kept.get("up_to_minor"),
        level_max=kept.get("level_max", HIGHEST),
    )
