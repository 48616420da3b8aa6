"""What a step of a call says, in words: sentences with amounts and days as people hear them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import Final

from concilia.correspondence.core.figures import Language, amount, day, smooth
from concilia.dunning.core.calls import wording_de, wording_en, wording_es, wording_fr, wording_it
from concilia.kernel.currencies import exponent_of

TEXTS: Final[Mapping[Language, Mapping[str, str]]] = MappingProxyType(
    {
        Language.EN: wording_en.TEXTS,
        Language.IT: wording_it.TEXTS,
        Language.FR: wording_fr.TEXTS,
        Language.ES: wording_es.TEXTS,
        Language.DE: wording_de.TEXTS,
    }
)
# How a voice says the commonest currencies; others by their code, which voices spell.
NAMES: Final[Mapping[str, tuple[str, str, str, str, str]]] = MappingProxyType(
    {
        "EUR": ("euros", "euro", "euros", "euros", "Euro"),
        "GBP": ("pounds", "sterline", "livres sterling", "libras", "Pfund"),
        "USD": ("dollars", "dollari", "dollars", "dólares", "Dollar"),
        "CHF": ("Swiss francs", "franchi svizzeri", "francs suisses", "francos suizos", "Franken"),
    }
)
PLACES: Final = {language: place for place, language in enumerate(Language)}
KNOWN: Final = frozenset.intersection(*(frozenset(texts) for texts in TEXTS.values()))


class _Blanks(dict[str, str]):
    def __missing__(self, key: str) -> str:
        return ""


def spoken(keys: Iterable[str], values: Mapping[str, str], language: Language) -> tuple[str, ...]:
    """Return sentences for the keys of a step; what has no value is left out."""
    known = _Blanks(values)
    return tuple(smooth(TEXTS[language][key].format_map(known), language) for key in keys)


def spoken_money(minor: int, currency: str, language: Language) -> str:
    """Say an amount: `1,284.00 euros`."""
    names = NAMES.get(currency)
    name = names[PLACES[language]] if names else currency
    return f"{amount(minor, language, exponent=exponent_of(currency))} {name}"


def spoken_sums(sums: Sequence[tuple[int, str]], language: Language) -> str:
    """Say amounts of several currencies one after the other."""
    return ", ".join(spoken_money(minor, currency, language) for minor, currency in sums)


def spoken_dates(days: Sequence[date], language: Language) -> str:
    """Say which key stands for which day."""
    choice = TEXTS[language]["date_choice"]
    said = (
        smooth(choice.format(date=day(one, language), key=key), language)
        for key, one in enumerate(days, start=1)
    )
    return " ".join(said)


def language_of(*codes: str) -> Language:
    """Return the first of these that we speak; English if none is."""
    known = {each.value for each in Language}
    return next((Language(code) for code in codes if code in known), Language.EN)
