"""Read the members of a JSON object one by one, each with a sentence for what is wrong with it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, datetime, tzinfo
from enum import StrEnum
from typing import Any, Final, TypeVar
from zoneinfo import ZoneInfo

from concilia.dunning.core.contact.hours import week
from concilia.dunning.core.contact.policy import PolicyRefused, Week
from concilia.kernel.holidays import CalendarUnknown, country_code

Word = TypeVar("Word", bound=StrEnum)

SHOWN: Final = 40  # characters of a stranger's text in a sentence
FIRST_YEAR, LAST_YEAR = 1990, 2150
TEXT_MAX: Final = 300


class Unreadable(ValueError):
    """What was given cannot be read; the message is one sentence."""


class Fields:
    """
    The members of one object. Each may be asked for once; `close` refuses those nobody asked for.

    :raises Unreadable: from every method, naming the member
    """

    def __init__(self, data: object, where: str) -> None:
        if not isinstance(data, Mapping):
            raise Unreadable(f"{where} is not an object like {{…}}")
        self._left: dict[str, Any] = dict(data)
        self._where = where

    def close(self) -> None:
        """Refuse what nobody asked for: a misspelt limit must not be no limit."""
        if self._left:
            name = sorted(map(str, self._left))[0]
            raise Unreadable(f"{self._where} has a member {name[:SHOWN]!r} that nobody knows")

    def take(self, name: str) -> Any:  # noqa: ANN401 - JSON may hold anything
        """Return a member as it stands; None if it is missing or null."""
        return self._left.pop(name, None)

    def wrong(self, name: str, value: object, wanted: str) -> Unreadable:
        """Say what is wrong with a member."""
        shown = repr(value) if not isinstance(value, dict | list) else type(value).__name__
        return Unreadable(f"{self._where}.{name}: {shown[:SHOWN]} is no {wanted}")

    def text(self, name: str) -> str | None:
        """Words, not empty."""
        value = self.take(name)
        if value is None:
            return None
        return self.as_text(name, value)

    def as_text(self, name: str, value: object) -> str:
        """Read words that stand in a member: one line that can be printed."""
        is_text = isinstance(value, str) and value.strip() and value.isprintable()
        if not is_text or len(str(value)) > TEXT_MAX:
            raise self.wrong(name, value, f"line of 1 to {TEXT_MAX} characters")
        return str(value)

    def needed(self, name: str) -> str:
        """Words that must be there."""
        found = self.text(name)
        if found is None:
            raise Unreadable(f"{self._where}.{name} is missing")
        return found

    def truth(self, name: str, *, usual: bool = False) -> bool:
        """True or false."""
        value = self.take(name)
        if value is None:
            return usual
        if not isinstance(value, bool):
            raise self.wrong(name, value, "true or false")
        return value

    def number(self, name: str, least: int, most: int) -> int | None:
        """A whole number within bounds."""
        value = self.take(name)
        if value is None:
            return None
        is_whole = isinstance(value, int) and not isinstance(value, bool)
        if not is_whole or not least <= value <= most:
            raise self.wrong(name, value, f"whole number from {least} to {most}")
        return int(value)

    def day(self, name: str) -> date | None:
        """A date."""
        value = self.take(name)
        return None if value is None else self.as_day(name, value)

    def as_day(self, name: str, value: object) -> date:
        """Read a date that stands in a member."""
        try:
            found = date.fromisoformat(value) if isinstance(value, str) else None
        except ValueError:
            found = None
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise self.wrong(name, value, "date like 2026-01-31")
        return found

    def moment(self, name: str, zone: tzinfo) -> datetime:
        """A time, which must be there; without offset it is local."""
        value = self.needed(name)
        try:
            found = datetime.fromisoformat(value)
        except ValueError:
            found = None
        if found is None or not FIRST_YEAR <= found.year <= LAST_YEAR:
            raise self.wrong(name, value, "time like 2026-01-31T16:30 or 2026-01-31T16:30+01:00")
        return found if found.tzinfo else found.replace(tzinfo=zone)

    def word(self, name: str, words: type[Word]) -> Word | None:
        """One of some words."""
        value = self.take(name)
        return None if value is None else self.as_word(name, value, words)

    def as_word(self, name: str, value: object, words: type[Word]) -> Word:
        """Read one of some words that stands in a member, in any case."""
        try:
            return words(value.upper() if isinstance(value, str) else "")
        except ValueError:
            raise self.wrong(name, value, f"word of {', '.join(words)}") from None

    def words(self, name: str, words: type[Word]) -> frozenset[Word] | None:
        """One or several of some words; None if nothing is said."""
        value = self.take(name)
        if value is None:
            return None
        return frozenset(self.as_word(name, each, words) for each in listed(value))

    def texts(self, name: str) -> tuple[str, ...]:
        """One text or several."""
        return tuple(self.as_text(name, each) for each in listed(self.take(name)))

    def week(self, name: str) -> Week | None:
        """Hours of a week."""
        value = self.take(name)
        if value is None:
            return None
        if not isinstance(value, Mapping):
            raise self.wrong(name, value, 'week like {"MON..FRI": ["08:30-21:00"]}')
        spans = {str(each): listed(hours) for each, hours in value.items()}
        if not all(isinstance(span, str) for hours in spans.values() for span in hours):
            raise self.wrong(name, value, 'week like {"MON..FRI": ["08:30-21:00"]}')
        try:
            return week(spans)
        except PolicyRefused as problem:
            raise Unreadable(f"{self._where}.{name}: {problem}") from None

    def countries(self, name: str) -> tuple[str, ...]:
        """One country or several, by the codes of the calendars: UK is GB."""
        return tuple(self.as_country(name, each) for each in self.texts(name))

    def as_country(self, name: str, value: str) -> str:
        """Read the code of a country that we know."""
        try:
            code = country_code(value)
        except CalendarUnknown:
            code = "TARGET"
        if code == "TARGET":  # where euros settle nobody lives
            raise self.wrong(name, value, "country we know rules of: IT, FR, ES, DE, UK, US")
        return code

    def zones(self, name: str) -> tuple[ZoneInfo, ...]:
        """One time zone or several."""
        return tuple(self._zone(name, each) for each in self.texts(name))

    def _zone(self, name: str, value: str) -> ZoneInfo:
        try:
            return ZoneInfo(value)
        except (KeyError, ValueError, OSError):
            raise self.wrong(name, value, "time zone like Europe/Rome") from None

    def objects(self, name: str) -> Iterator[Fields]:
        """Several objects; one alone may stand without brackets."""
        for index, each in enumerate(listed(self.take(name))):
            yield Fields(each, f"{self._where}.{name}[{index}]")


def listed(value: object) -> list[Any]:
    """Return a list as it is, nothing as none, and one value as the only one."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]
