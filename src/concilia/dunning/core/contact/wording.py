"""What a rule says of a contact, in the five languages: en, it, fr, es, de."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from concilia.correspondence.core.figures import Language, day, smooth
from concilia.dunning.core.contact.policy import MINUTES_OF_A_DAY, Week
from concilia.dunning.core.contact.terms import Channel, Flag, Recipient, Verdict
from concilia.dunning.core.contact.wording_names import (
    CHANNEL_NAMES,
    DAY_NAMES,
    FLAG_NAMES,
    NO_HOURS,
    RECIPIENT_NAMES,
    Five,
)
from concilia.dunning.core.contact.wording_sentences import SENTENCES

_PLACES: Final = {language: place for place, language in enumerate(Language)}


def sentence(topic: str, verdict: Verdict, values: Mapping[str, object], language: str) -> str:
    """Return one sentence; English where we do not speak the language."""
    short = language[:2].lower()
    spoken = Language(short) if short in {each.value for each in Language} else Language.EN
    chosen = SENTENCES[_key(topic, verdict, values)][_PLACES[spoken]]
    written = {name: _written(value, spoken) for name, value in values.items()}
    return smooth(chosen.format(**written), spoken)


def _key(topic: str, verdict: Verdict, values: Mapping[str, Any]) -> str:
    """The sentence for a topic: some have one for a single day, an end, or an exception."""
    key = f"{topic} {verdict}"
    if values.get("exempt"):
        return "exempt"
    if topic in {"max_attempts", "max_conversations"}:
        return f"{key} day" if values["days"] == 1 else key
    if topic == "stops":
        return _stop_key(key, values)
    if topic == "content_limits":
        return f"{key} {values['limit']}" if verdict is Verdict.DENY else key
    return key


def _stop_key(key: str, values: Mapping[str, Any]) -> str:
    if not values["raised"]:
        return f"{key} none"
    return f"{key} until" if values["day"] and key.endswith(Verdict.DENY) else key


def _written(value: object, language: Language) -> str:
    match value:
        case datetime():
            return f"{_day_name(value.weekday(), language)} {value:%H:%M}"
        case date():
            return day(value, language)
        case Flag() | Channel() | Recipient():
            return _name(value, language)
        case tuple():
            return _week_or_channels(value, language)
        case _:
            return str(value)


def _name(value: Flag | Channel | Recipient, language: Language) -> str:
    names: dict[Any, Five] = {**FLAG_NAMES, **CHANNEL_NAMES, **RECIPIENT_NAMES}
    return names[value][_PLACES[language]]


def _week_or_channels(value: tuple[Any, ...], language: Language) -> str:
    if value and isinstance(value[0], Channel):
        return ", ".join(_name(channel, language) for channel in value)
    week: Week = value  # the only other tuple a rule says
    return hours(week, language)


def hours(week: Week, language: Language) -> str:
    """Write the hours of a week: `Mon–Fri 08:30–21:00, Sat 08:30–15:00`."""
    parts: list[str] = []
    first = 0
    while first < len(week):
        last = first
        while last + 1 < len(week) and week[last + 1] == week[first]:
            last += 1
        if week[first]:
            names = [_day_name(each, language) for each in sorted({first, last})]
            spans = " ".join(f"{_clock(begins)}–{_clock(ends)}" for begins, ends in week[first])
            parts.append(f"{'–'.join(names)} {spans}")
        first = last + 1
    return ", ".join(parts) or NO_HOURS[_PLACES[language]]


def _day_name(weekday: int, language: Language) -> str:
    return DAY_NAMES[weekday][_PLACES[language]]


def _clock(minute: int) -> str:
    return "24:00" if minute == MINUTES_OF_A_DAY else f"{minute // 60:02}:{minute % 60:02}"
