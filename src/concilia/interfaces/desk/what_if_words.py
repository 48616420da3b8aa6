"""What would have been, in figures people compare: as it was, as tried, and the change."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.db.models import QuerySet
from django.utils.translation import gettext, ngettext

from concilia.cases.models import WhatIf, WhatIfCase
from concilia.interfaces.components.formats import format_number, format_percent, money_text
from concilia.interfaces.desk.claim_words import department_name, language
from concilia.interfaces.desk.process_words import ROLES

MINUTES_A_DAY: Final = 9 * 60
MINUTES_AN_HOUR: Final = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """
    One figure: as it was, as tried, and how much that is more or less.

    `query` opens it into its cases. `tone`: good, warn, or empty where it is neither.
    """

    name: str
    before: str
    after: str
    change: str
    tone: str = ""
    query: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What one holder has: steps, working hours, the fullest week, steps that took too long."""

    holder: str
    name: str
    steps: tuple[int, int]
    hours: tuple[int, int]
    peak: tuple[int, int]
    late: tuple[int, int]


def holder_words(holder: str) -> str:
    """Whose load it is: `department LOG` as Logistics, `level 3` as who signs on that level."""
    kind, _space, name = holder.partition(" ")
    fixed = {
        "customer": gettext("The customer"),
        "third": gettext("A third party"),
        "account-owner": gettext("Account manager"),
        "matrix": gettext("By the limits"),
        "owner": gettext("Owner of the case"),
    }
    if holder in fixed:
        return fixed[holder]
    if kind == "department":
        return department_name(name)
    if kind == "level":
        return gettext("Signatures of level %(n)s") % {"n": name}
    return str(ROLES.get(name, name)) if kind == "role" else name


def lines_of(tried: WhatIf) -> list[Line]:
    """The figures in all: in time, how long, by how many hands, signatures, late steps."""
    figures = tried.figures
    if not figures.get("cases"):
        return []
    before, after = figures["before"], figures["after"]
    cases = tried.cases.all()
    return [
        _share(figures["cases"], before["late"], after["late"]),
        _median(cases),
        _counted(gettext("Signatures asked for"), before["signatures"], after["signatures"]),
        _counted(gettext("Steps people do"), _sum(before, "steps"), _sum(after, "steps")),
        _counted(gettext("Steps that took too long"), _sum(before, "late"), _sum(after, "late")),
    ]


def loads_of(tried: WhatIf) -> list[Load]:
    """Who would have had what, the fullest first."""
    figures = tried.figures
    if not figures.get("cases"):
        return []
    before, after = figures["before"]["holders"], figures["after"]["holders"]
    loads = [
        Load(
            holder=name,
            name=holder_words(name),
            steps=_pair(before, after, name, "steps"),
            hours=tuple(  # type: ignore[arg-type]
                n // MINUTES_AN_HOUR for n in _pair(before, after, name, "minutes")
            ),
            peak=(_peak(before.get(name)), _peak(after.get(name))),
            late=_pair(before, after, name, "late"),
        )
        for name in {**before, **after}
    ]
    return sorted(loads, key=lambda load: (-max(load.steps), load.holder))


@dataclass(frozen=True, slots=True, kw_only=True)
class Signing:
    """A level of the limits: how many cases it decides and how much; level 0 is nobody."""

    level: int
    name: str
    cases: tuple[int, int]
    amounts: tuple[str, str]


def signing_of(tried: WhatIf) -> list[Signing]:
    """How much would have been decided by whom, by level."""
    figures = tried.figures
    if not figures.get("cases"):
        return []
    before, after = figures["before"]["levels"], figures["after"]["levels"]
    nothing = [0, 0]
    return [
        Signing(
            level=int(level),
            name=gettext("Level %(n)s") % {"n": level} if int(level) else gettext("Nobody signs"),
            cases=(before.get(level, nothing)[0], after.get(level, nothing)[0]),
            amounts=(
                money_text(before.get(level, nothing)[1], tried.currency, language()),
                money_text(after.get(level, nothing)[1], tried.currency, language()),
            ),
        )
        for level in sorted({**before, **after}, key=int)
    ]


def days_words(minutes: int) -> str:
    """Working minutes as working days of nine hours."""
    return format_number(_days(minutes), language(), places=1)


def _days(minutes: int) -> Decimal:
    return Decimal(round(10 * minutes / MINUTES_A_DAY)).scaleb(-1)


def _share(cases: int, before: int, after: int) -> Line:
    points = round(100 * (before - after) / cases)
    words = ngettext("%(n)s point", "%(n)s points", abs(points)) % {"n": _signed(points)}
    return Line(
        name=gettext("In time"),
        before=format_percent((cases - before) / cases, language()),
        after=format_percent((cases - after) / cases, language()),
        change=words,
        tone=_tone(points),
        query="changed=late",
    )


def _median(cases: QuerySet[WhatIfCase]) -> Line:
    before, after = _middle(cases, "minutes_before"), _middle(cases, "minutes_after")
    change = _days(after - before)
    return Line(
        name=gettext("Median, working days"),
        before=days_words(before),
        after=days_words(after),
        change=_signed(change, places=1),
        tone=_tone(-change),
        query="changed=slower",
    )


def _middle(cases: QuerySet[WhatIfCase], name: str) -> int:
    n = cases.count()
    found = cases.order_by(name, "pk").values_list(name, flat=True)[n // 2 : n // 2 + 1]
    return found[0] if found else 0


def _counted(name: str, before: int, after: int) -> Line:
    return Line(
        name=name,
        before=format_number(before, language()),
        after=format_number(after, language()),
        change=_signed(after - before),
        tone=_tone(before - after),
    )


def _sum(figures: Mapping[str, Any], name: str) -> int:
    outside = {"customer", "third"}
    return sum(one[name] for holder, one in figures["holders"].items() if holder not in outside)


def _pair(
    before: Mapping[str, Any], after: Mapping[str, Any], holder: str, name: str
) -> tuple[int, int]:
    return before.get(holder, {}).get(name, 0), after.get(holder, {}).get(name, 0)


def _peak(load: Mapping[str, Any] | None) -> int:
    weeks: Sequence[int] = list(load["weeks"].values()) if load else []
    return max(weeks, default=0)


def _signed(value: Decimal | int, places: int = 0) -> str:
    sign = "+" if value > 0 else "−" if value < 0 else "±"
    size = value if value >= 0 else -value
    return f"{sign}{format_number(size, language(), places=places)}"


def _tone(better: Decimal | int) -> str:
    return "good-t" if better > 0 else "warn-t" if better < 0 else ""
