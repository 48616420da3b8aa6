"""Who hears of what is late, one rung after the other, and who takes over (§8.2, §8.5)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

LEAD: Final = 2  # L2 team lead, L3 department manager, L4 head of credit (domain.md §8.1)
HEAD: Final = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """
    A member as the ladder sees them.

    :param load: what they have open: cases and steps
    :param stand_in: who stands in for them while they are away
    """

    id: int
    department: str
    level: int
    load: int = 0
    is_away: bool = False
    stand_in: int | None = None


def ladder(people: Sequence[Person], department: str, holder: int | None) -> tuple[int, ...]:
    """
    Whom to tell, rung by rung: the department's lead, its manager, then the heads of the house.

    Each rung is above the one before and above who holds the matter. Who is away is stood in for;
    without a stand-in the rung is left out, unless nobody is left at all.
    """
    own = next((one.level for one in people if one.id == holder), 0)
    rungs: list[int] = []
    least = max(LEAD, own + 1)
    team = [one for one in people if one.department == department and one.level < HEAD]
    heads = [one for one in people if one.level >= HEAD]
    for ranks in (team, heads):
        for level in sorted({one.level for one in ranks if one.level >= least}):
            least = level + 1
            if (chosen := _present(ranks, level, people, holder)) is not None:
                rungs.append(chosen)
    return tuple(dict.fromkeys(rungs))


def _present(
    ranks: Sequence[Person], level: int, people: Sequence[Person], holder: int | None
) -> int | None:
    """The one of this level with least to do who is here, or the stand-in of one who is not."""
    of_level = sorted(
        (one for one in ranks if one.level == level and one.id != holder),
        key=lambda one: (one.load, one.id),
    )
    here = {one.id for one in people if not one.is_away}
    found = (one.id if one.id in here else one.stand_in for one in of_level)
    return next((one for one in found if one in here and one != holder), None)


def successor(people: Sequence[Person], department: str, holder: int | None) -> int | None:
    """
    Who takes over what its holder does not do in time; None if there is nobody.

    The stand-in of a holder who is away; else the colleague of the department with least to do,
    whose level is no further above than it must be.
    """
    here = [one for one in people if not one.is_away and one.id != holder]
    named = next((one.stand_in for one in people if one.id == holder and one.is_away), None)
    if named is not None and any(one.id == named for one in here):
        return named
    team = (one for one in here if one.department == department)
    return min(team, key=lambda one: (one.load, one.level, one.id), default=_NOBODY).id or None


def with_load(people: Iterable[Person], more: dict[int, int]) -> list[Person]:
    """The same people with what each was given meanwhile."""
    return [
        Person(
            id=one.id,
            department=one.department,
            level=one.level,
            load=one.load + more.get(one.id, 0),
            is_away=one.is_away,
            stand_in=one.stand_in,
        )
        for one in people
    ]


_NOBODY: Final = Person(id=0, department="", level=0)
