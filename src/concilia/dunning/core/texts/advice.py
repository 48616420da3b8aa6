"""Where consumers find free and independent advice, by country (domain.md §3.3 T4, §4.3)."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

# Public or charitable bodies, by their own names; a company may name others in the facts.
_BODIES: Final[Mapping[str, tuple[str, ...]]] = {
    "IT": ("Associazioni dei consumatori e degli utenti riconosciute dal CNCU",),
    "FR": ("Points conseil budget, www.mesquestionsdargent.fr",),
    "ES": ("Oficina Municipal de Información al Consumidor (OMIC)",),
    "DE": (
        "Schuldnerberatung, www.meine-schulden.de",
        "Verbraucherzentrale, www.verbraucherzentrale.de",
    ),
    "GB": (
        "MoneyHelper, www.moneyhelper.org.uk",
        "StepChange, www.stepchange.org",
        "National Debtline, www.nationaldebtline.org",
    ),
    "US": (
        "National Foundation for Credit Counseling, www.nfcc.org",
        "Consumer Financial Protection Bureau, www.consumerfinance.gov",
    ),
}
_SAME: Final = {"UK": "GB"}


def advice_in(country: str) -> tuple[str, ...]:
    """Return the bodies of a country; none where we know none."""
    return _BODIES.get(_SAME.get(country, country), ())
