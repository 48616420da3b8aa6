"""What the law of a country grants on late payment, by kind of debtor (domain.md §4.2)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Final

from concilia.dunning.core.interest_rates import Series
from concilia.kernel.money import Money


class Kind(StrEnum):
    """Who owes, and under which law."""

    B2B = "b2b"
    B2C = "b2c"
    PUBLIC = "public"
    AGRI = "agri"


class RateMode(StrEnum):
    """Which half-year's rate runs."""

    SEGMENTED = "SEGMENTED"  # it changes within the delay
    LOCK_AT_START = "LOCK_AT_START"  # the one in which interest starts, for the whole delay
    LOCK_AT_PAYMENT = "LOCK_AT_PAYMENT"  # the one in force on the day of payment


class Basis(StrEnum):
    """How many days a year has."""

    FIXED_365 = "365"
    ACTUAL = "actual"


class StartRule(StrEnum):
    """What makes interest run."""

    DUE = "DUE"  # the due date alone
    NOTICE = "NOTICE"  # a formal notice or claim


class AgreedRate(StrEnum):
    """Whether the parties may agree on another rate."""

    FREE = "FREE"
    NOT_BELOW_THREE_LEGAL = "NOT_BELOW_THREE_LEGAL"
    NOT_ALLOWED = "NOT_ALLOWED"
    NEEDED = "NEEDED"  # the law itself grants none


@dataclass(frozen=True, slots=True)
class Compensation:
    """A fixed sum for recovery costs, by the size of the debt: the last tier reached counts."""

    tiers: tuple[tuple[Money, Money], ...]

    def due_on(self, principal: Money) -> Money | None:
        """
        Return the sum; None where tiers in another currency would need an exchange rate.
        """
        if len(self.tiers) == 1:
            return self.tiers[0][1]
        if principal.currency != self.tiers[0][0].currency:
            return None
        return max(sum_ for from_, sum_ in self.tiers if principal >= from_)


@dataclass(frozen=True, kw_only=True, slots=True)
class Regime:
    """
    One row of late-payment law.

    :param margin: percentage points on top of the reference rate
    :param contracts_until: the row holds for contracts made before this day; None for all later
    """

    id: str
    country: str
    kind: Kind
    series: Series | None
    margin: Decimal = Decimal(0)
    mode: RateMode = RateMode.SEGMENTED
    basis: Basis = Basis.FIXED_365
    start: StartRule = StartRule.DUE
    agreed: AgreedRate = AgreedRate.FREE
    compensation: Compensation | None = None
    contracts_until: date | None = None
    legal_base: str


class RegimeUnknown(LookupError):
    """We do not know what the law grants there."""


_EURO_40: Final = Compensation(((Money(0, "EUR"), Money(40_00, "EUR")),))
_UK_TIERS: Final = Compensation(
    (
        (Money(0, "GBP"), Money(40_00, "GBP")),
        (Money(1_000_00, "GBP"), Money(70_00, "GBP")),
        (Money(10_000_00, "GBP"), Money(100_00, "GBP")),
    )
)
_EIGHT, _NINE, _TEN = Decimal(8), Decimal(9), Decimal(10)

REGIMES: Final[tuple[Regime, ...]] = (
    Regime(
        id="L-IT-B2B",
        country="IT",
        kind=Kind.B2B,
        series=Series.ECB,
        margin=_EIGHT,
        compensation=_EURO_40,
        legal_base="D.Lgs. 231/2002 arts. 3-6",
    ),
    Regime(
        id="L-IT-AGRI",
        country="IT",
        kind=Kind.AGRI,
        series=Series.ECB,
        margin=Decimal(12),
        agreed=AgreedRate.NOT_ALLOWED,
        compensation=_EURO_40,
        legal_base="D.Lgs. 198/2021 (8 points and 4 more; to be confirmed by counsel)",
    ),
    Regime(
        id="L-IT-B2C",
        country="IT",
        kind=Kind.B2C,
        series=Series.IT_LEGAL,
        start=StartRule.NOTICE,
        legal_base="c.c. arts. 1224, 1284",
    ),
    Regime(
        id="L-FR-B2B",
        country="FR",
        kind=Kind.B2B,
        series=Series.ECB,
        margin=_TEN,
        agreed=AgreedRate.NOT_BELOW_THREE_LEGAL,
        compensation=_EURO_40,
        legal_base="C. com. arts. L441-10, D441-5",
    ),
    Regime(
        id="L-FR-PUB",
        country="FR",
        kind=Kind.PUBLIC,
        series=Series.ECB,
        margin=_EIGHT,
        mode=RateMode.LOCK_AT_START,
        agreed=AgreedRate.NOT_ALLOWED,
        compensation=_EURO_40,
        legal_base="Code de la commande publique",
    ),
    Regime(
        id="L-FR-B2C",
        country="FR",
        kind=Kind.B2C,
        series=Series.FR_LEGAL,
        start=StartRule.NOTICE,
        legal_base="C. civ. art. 1231-6; no recovery costs: CPCE art. L111-8",
    ),
    Regime(
        id="L-ES-B2B",
        country="ES",
        kind=Kind.B2B,
        series=Series.ECB,
        margin=_EIGHT,
        compensation=_EURO_40,
        legal_base="Ley 3/2004 arts. 7, 8",
    ),
    Regime(
        id="L-ES-B2C",
        country="ES",
        kind=Kind.B2C,
        series=Series.ES_LEGAL,
        start=StartRule.NOTICE,
        legal_base="CC arts. 1100, 1108",
    ),
    Regime(
        id="L-DE-B2B",
        country="DE",
        kind=Kind.B2B,
        series=Series.BASISZINS,
        margin=_EIGHT,
        contracts_until=date(2014, 7, 29),
        legal_base="BGB § 288(2) as in force before 29-Jul-2014",
    ),
    Regime(
        id="L-DE-B2B",
        country="DE",
        kind=Kind.B2B,
        series=Series.BASISZINS,
        margin=_NINE,
        compensation=_EURO_40,
        legal_base="BGB §§ 286, 288(2) and (5), 247",
    ),
    Regime(
        id="L-DE-B2C",
        country="DE",
        kind=Kind.B2C,
        series=Series.BASISZINS,
        margin=Decimal(5),
        legal_base="BGB § 288(1)",
    ),
    Regime(
        id="L-UK-B2B",
        country="UK",
        kind=Kind.B2B,
        series=Series.BOE,
        margin=_EIGHT,
        mode=RateMode.LOCK_AT_START,
        compensation=_UK_TIERS,
        legal_base="Late Payment of Commercial Debts (Interest) Act 1998; SI 2002/1675",
    ),
    Regime(
        id="L-UK-B2C",
        country="UK",
        kind=Kind.B2C,
        series=None,
        start=StartRule.NOTICE,
        agreed=AgreedRate.NEEDED,
        legal_base="Contract; a court may grant 8 % (County Courts Act 1984 s. 69)",
    ),
    Regime(
        id="L-IE-B2B",
        country="IE",
        kind=Kind.B2B,
        series=Series.ECB,
        margin=_EIGHT,
        mode=RateMode.LOCK_AT_PAYMENT,
        compensation=_EURO_40,
        legal_base="SI 580/2012; fixed sum: the minimum of Directive 2011/7/EU art. 6",
    ),
    Regime(
        id="L-US",
        country="US",
        kind=Kind.B2B,
        series=None,
        agreed=AgreedRate.NEEDED,
        legal_base="Contract and state law",
    ),
    Regime(
        id="L-US",
        country="US",
        kind=Kind.B2C,
        series=None,
        agreed=AgreedRate.NEEDED,
        legal_base="Contract and state law; FDCPA s. 808(1)",
    ),
)
_ALIASES: Final[Mapping[str, str]] = {"GB": "UK"}


def regime_for(country: str, kind: Kind, contract_date: date | None = None) -> Regime:
    """
    Return the law that applies to a debt.

    :param contract_date: when the contract was made; today's law where unknown
    :raises RegimeUnknown: if we have no row for the country and kind; it names those we have
    """
    code = _ALIASES.get(country.upper(), country.upper())
    rows = [row for row in REGIMES if row.country == code]
    for row in rows:
        if row.kind is kind and _holds(row, contract_date):
            return row
    if not rows:
        known = ", ".join(dict.fromkeys(row.country for row in REGIMES))
        raise RegimeUnknown(f"no law of late payment is known for {country[:20]!r}; known: {known}")
    kinds = ", ".join(dict.fromkeys(row.kind for row in rows))
    raise RegimeUnknown(f"no law of late payment is known for {code} {kind}; known there: {kinds}")


def _holds(row: Regime, contract_date: date | None) -> bool:
    if row.contracts_until is None:
        return True
    return contract_date is not None and contract_date < row.contracts_until
