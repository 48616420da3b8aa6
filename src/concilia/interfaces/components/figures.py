"""Amounts in pictures: money bars, buckets, waterfalls and sparklines, each with words and rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Final

from django.utils.functional import Promise

from concilia.interfaces.components.formats import format_amount

BAR_KINDS: Final = frozenset({"paid", "good", "bad", "open", "none", "accent", "soft"})
SPARK_WIDTH: Final = 120
SPARK_HEIGHT: Final = 28
SPARK_MARGIN: Final = 4
SPARK_POINTS_MIN: Final = 2


class SumMismatch(AssertionError):
    """The buckets do not add up to the whole; showing them would be a lie about money."""


@dataclass(frozen=True, slots=True)
class Part:
    """
    One slice of an amount: `minor` units, a colour `kind` (paid good bad open none accent soft) and
    its name. `note` is the small line under it, `href` opens the rows behind it.
    """

    kind: str
    minor: int
    label: str | Promise
    note: str | Promise = ""
    href: str = ""

    def __post_init__(self) -> None:
        assert self.kind in BAR_KINDS, self.kind
        assert self.minor >= 0, self.minor


def parts_of(parts: Iterable[Part | Mapping[str, Any]]) -> list[Part]:
    """The same parts, each as a `Part`; a mapping gives its fields by name."""
    return [part if isinstance(part, Part) else Part(**part) for part in parts]


def require_sum(parts: Sequence[Part], total: int | None) -> None:
    """
    Check that every cent of `total` is in exactly one part; nothing to check when it is None.

    :raises SumMismatch: if the parts add up to anything else
    """
    found = sum(part.minor for part in parts)
    if total is not None and found != total:
        raise SumMismatch(f"parts make {found}, the whole is {total}")


def bar_sentence(parts: Sequence[Part], currency: str, language: str, lead: str = "") -> str:
    """What the bar shows, for those who do not see it: `Paid 8,229.60; disputed 716.40`."""
    said = "; ".join(
        f"{part.label} {format_amount(part.minor, currency, language)}" for part in parts
    )
    return f"{lead}: {said}" if lead else said


def sparkline_points(values: Sequence[Decimal | float | int | None]) -> str:
    """
    The values as the `points` of a polyline in a 120 by 28 box, oldest first; gaps are left out.

    Fewer than two values make no line: the answer is empty.
    """
    known = [
        (index, Decimal(str(value))) for index, value in enumerate(values) if value is not None
    ]
    if len(known) < SPARK_POINTS_MIN:
        return ""
    lowest = min(value for _, value in known)
    reach = max(value for _, value in known) - lowest
    room = SPARK_HEIGHT - 2 * SPARK_MARGIN
    last = len(values) - 1
    floor = SPARK_HEIGHT - SPARK_MARGIN

    def height(value: Decimal) -> int:
        return floor - (int((value - lowest) * room / reach) if reach else room // 2)

    return " ".join(f"{index * SPARK_WIDTH // last},{height(value)}" for index, value in known)
