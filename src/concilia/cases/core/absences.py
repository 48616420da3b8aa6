"""Whether an absence can be planned as asked (domain.md §8.4)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum

from concilia.cases.core.people import Absence


class AbsenceProblem(StrEnum):
    """Why an absence cannot be planned so; for translations."""

    DATES = "DATES"
    PAST = "PAST"
    TOO_LONG = "TOO_LONG"
    ONESELF = "ONESELF"
    OVERLAPS = "OVERLAPS"
    DEPUTY_AWAY = "DEPUTY_AWAY"
    STANDS_IN = "STANDS_IN"


def meet(one: Absence, other: Absence) -> bool:
    """Whether two absences have a day in common."""
    return one.starts_on <= other.ends_on and other.starts_on <= one.ends_on


def problem_with(
    asked: Absence, others: Iterable[Absence], today: date
) -> tuple[AbsenceProblem, Absence | None] | None:
    """
    Return what is wrong with an absence, and with which other one; None if nothing is.

    No chains and so no cycles: who stands in is there themselves, and who goes away stands in for
    nobody meanwhile.

    :param others: the absences planned already, without the one that is being changed
    """
    plain = _by_itself(asked, today)
    if plain is not None:
        return plain, None
    for other in others:
        if not meet(asked, other):
            continue
        if other.person == asked.person:
            return AbsenceProblem.OVERLAPS, other
        if other.person == asked.delegate:
            return AbsenceProblem.DEPUTY_AWAY, other
        if other.delegate == asked.person:
            return AbsenceProblem.STANDS_IN, other
    return None


def _by_itself(asked: Absence, today: date) -> AbsenceProblem | None:
    if asked.ends_on < asked.starts_on:
        return AbsenceProblem.DATES
    if asked.ends_on < today:
        return AbsenceProblem.PAST
    if asked.is_too_long:
        return AbsenceProblem.TOO_LONG
    return AbsenceProblem.ONESELF if asked.person == asked.delegate else None
