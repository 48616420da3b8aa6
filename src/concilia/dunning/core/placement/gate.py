"""
Whether a debt may be handed over (R-3.40): every condition that is missing, not only the first.

Pure: what is known comes in, and the list goes out. A person decides; this refuses.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from concilia.dunning.core.placement.terms import PaperKind, Route
from concilia.kernel.non_payment import UNKNOWN

# Nobody is taken to court who is vulnerable, dead, insolvent, or was robbed of their name.
BARRED: Final = frozenset({"NR-12", "NR-13", "NR-14", "NR-17"})
LIMITATION_DAYS_MIN: Final = 60
LEAST_UNITS: Final[Mapping[Route, int]] = MappingProxyType({Route.AGENCY: 50, Route.COURT: 150})
_NOTICE: Final = (PaperKind.NOTICE, PaperKind.NOTICE_PROOF)
_OF_AGENCY: Final = (PaperKind.INVOICE, PaperKind.STATEMENT, *_NOTICE)
# What a court of the country wants to see (§3.10); one of a tuple is enough.
Wanted = PaperKind | tuple[PaperKind, ...]
EVIDENCE: Final[Mapping[str, tuple[Wanted, ...]]] = MappingProxyType(
    {
        "IT": (
            PaperKind.INVOICE,
            PaperKind.INVOICE_XML,
            PaperKind.DELIVERY,
            (PaperKind.CONTRACT, PaperKind.ORDER),
            PaperKind.STATEMENT,
            *_NOTICE,
        ),
        "ES": (
            PaperKind.INVOICE,
            PaperKind.DELIVERY,
            (PaperKind.CONTRACT, PaperKind.ORDER),
            PaperKind.ADR,
            *_NOTICE,
        ),
        "FR": (
            PaperKind.INVOICE,
            (PaperKind.ORDER, PaperKind.CONTRACT),
            PaperKind.DELIVERY,
            *_NOTICE,
        ),
        "DE": (PaperKind.INVOICE, *_NOTICE),
        "UK": (PaperKind.INVOICE, PaperKind.STATEMENT, PaperKind.INTEREST, *_NOTICE),
        "EU": (PaperKind.INVOICE, PaperKind.INTEREST, *_NOTICE),
    }
)


class Condition(StrEnum):
    """A condition of the gate."""

    REASON_UNKNOWN = "REASON_UNKNOWN"
    BARRED = "BARRED"
    NOTHING = "NOTHING"
    DISPUTED = "DISPUTED"
    TOO_LITTLE = "TOO_LITTLE"
    LIMITATION = "LIMITATION"
    NOTICE_NOT_PROVEN = "NOTICE_NOT_PROVEN"
    NOTICE_RUNS = "NOTICE_RUNS"
    INVOICE_MISSING = "INVOICE_MISSING"
    PAPER_MISSING = "PAPER_MISSING"
    PARTNER_MISSING = "PARTNER_MISSING"
    NOT_APPROVED = "NOT_APPROVED"


@dataclass(frozen=True, slots=True)
class Missing:
    """A condition that is not met; `values` are what its sentence needs."""

    condition: Condition
    values: Mapping[str, str | int | date] = field(default_factory=lambda: MappingProxyType({}))


@dataclass(frozen=True, slots=True)
class ItemFacts:
    """An item about to be handed over, in minor units; `asked` is what goes."""

    number: str
    asked: int
    dunnable: int
    disputed: int
    due: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """
    What the gate looks at.

    :param country: whose court it goes to: IT ES FR DE UK EU; of an agency it says nothing
    :param reasons: those in force, for the customer and for these items
    :param exhausted: every way of asking for the reason was tried (R-3.1)
    :param unit: minor units of a whole unit of the currency
    :param notice_delivered: the day on which the formal notice is proven to have arrived
    :param notice_until: the last day of the time it gave
    :param papers: what the evidence has by now
    :param without_invoice: the items whose invoice it lacks
    """

    route: Route
    country: str
    today: date
    items: Sequence[ItemFacts]
    reasons: Collection[str]
    unit: int
    is_business: bool = True
    exhausted: bool = False
    is_urgent: bool = False
    has_partner: bool = False
    notice_delivered: date | None = None
    notice_until: date | None = None
    papers: Collection[PaperKind] = ()
    without_invoice: Collection[str] = ()
    is_approved: bool = False


def missing(facts: Facts) -> tuple[Missing, ...]:
    """Return every condition of R-3.40 that is not met, in the order of the rule."""
    found = [
        *_of_reasons(facts),
        *_of_items(facts),
        *_of_limitation(facts),
        *_of_notice(facts),
        *_of_papers(facts),
    ]
    if facts.route is Route.AGENCY and not facts.has_partner:
        found.append(Missing(Condition.PARTNER_MISSING))
    if not facts.is_approved:
        found.append(Missing(Condition.NOT_APPROVED))
    return tuple(found)


def _of_reasons(facts: Facts) -> list[Missing]:
    known = [code for code in facts.reasons if code != UNKNOWN]
    found = [
        Missing(Condition.BARRED, {"code": code}) for code in sorted(BARRED.intersection(known))
    ]
    days = [limitation_date(facts.country, each.due, is_business=facts.is_business)
            for each in facts.items]  # fmt: skip
    forced = bool(days) and (min(days) - facts.today).days <= LIMITATION_DAYS_MIN
    if not known and not facts.exhausted and not (forced and facts.is_urgent):
        found.insert(0, Missing(Condition.REASON_UNKNOWN))
    return found


def _of_items(facts: Facts) -> list[Missing]:
    total = sum(each.asked for each in facts.items)
    if total <= 0:
        return [Missing(Condition.NOTHING)]
    found = [
        Missing(Condition.DISPUTED, {"number": each.number})
        for each in facts.items
        if each.disputed > 0 or each.asked > each.dunnable
    ]
    least = LEAST_UNITS[facts.route]
    if total < least * facts.unit:
        found.append(Missing(Condition.TOO_LITTLE, {"least": least}))
    return found


def _of_limitation(facts: Facts) -> list[Missing]:
    if facts.is_urgent:
        return []
    last = facts.today + timedelta(days=LIMITATION_DAYS_MIN)
    return [
        Missing(Condition.LIMITATION, {"number": each.number, "day": day})
        for each in facts.items
        if (day := limitation_date(facts.country, each.due, is_business=facts.is_business)) <= last
    ]


def _of_notice(facts: Facts) -> list[Missing]:
    if facts.notice_delivered is None or facts.notice_delivered > facts.today:
        return [Missing(Condition.NOTICE_NOT_PROVEN)]
    if facts.notice_until is not None and facts.notice_until >= facts.today:
        return [Missing(Condition.NOTICE_RUNS, {"day": facts.notice_until})]
    return []


def _of_papers(facts: Facts) -> list[Missing]:
    have = set(facts.papers)
    found = [
        Missing(Condition.INVOICE_MISSING, {"number": number})
        for number in sorted(facts.without_invoice)
    ]
    for wanted in papers_wanted(facts.route, facts.country):
        kinds = wanted if isinstance(wanted, tuple) else (wanted,)
        if kinds != (PaperKind.INVOICE,) and not have.intersection(kinds):
            found.append(Missing(Condition.PAPER_MISSING, {"kinds": " ".join(kinds)}))
    return found


def papers_wanted(route: Route, country: str) -> tuple[Wanted, ...]:
    """Return what the evidence must hold; where we know no court, what an agency needs."""
    return _OF_AGENCY if route is Route.AGENCY else EVIDENCE.get(country, _OF_AGENCY)


@dataclass(frozen=True, slots=True)
class _Years:
    business: int
    consumer: int
    from_year_end: bool = False


# §3.10; where a country is not named, the shortest of them.
_LIMITATION: Final[Mapping[str, _Years]] = MappingProxyType(
    {
        "IT": _Years(10, 10),
        "ES": _Years(5, 5),
        "FR": _Years(5, 2),
        "DE": _Years(3, 3, from_year_end=True),
        "UK": _Years(6, 6),
    }
)
_SHORTEST: Final = _Years(3, 2)


def limitation_date(country: str, due: date, *, is_business: bool) -> date:
    """Return the last day on which a claim for the price of goods can be brought."""
    law = _LIMITATION.get(country, _SHORTEST)
    years = law.business if is_business else law.consumer
    start = date(due.year, 12, 31) if law.from_year_end else due
    try:
        return start.replace(year=start.year + years)
    except ValueError:  # 29 February
        return start.replace(year=start.year + years, day=28)
