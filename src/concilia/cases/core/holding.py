"""Who has the ball today: the owner, who stands in, or else the department (domain.md §8.4)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from concilia.cases.core.people import Absence, absence_of


@dataclass(frozen=True, slots=True)
class Colleague:
    """Somebody with a seat: in which department, how high, and whether they still work here."""

    id: int
    department: str
    level: int = 1
    is_active: bool = True


@dataclass(frozen=True, slots=True)
class InView:
    """
    Whose cases a person sees as their own on a day.

    A case is theirs if its owner is one of `owners`, or if it has no owner, or one of `uncovered`,
    and its department is one of `departments`.

    :param standing_in_for: the absent people among `owners`
    """

    owners: frozenset[int]
    uncovered: frozenset[int]
    departments: frozenset[str]
    standing_in_for: frozenset[int]

    def shows(self, owner: int | None, department: str) -> bool:
        """Whether a case of this owner and department is among theirs."""
        if owner is not None and owner in self.owners:
            return True
        return (owner is None or owner in self.uncovered) and department in self.departments


class Office:
    """
    A company on one day: who is there, who stands in for whom, who looks after which department.

    What nobody can be asked about falls to the department, and what no department can look after
    to those present with the highest level: as long as one person has a seat, every case is on
    somebody's list.
    """

    def __init__(
        self, colleagues: Iterable[Colleague], absences: Iterable[Absence], on: date
    ) -> None:
        everybody = list(colleagues)
        self.everybody = frozenset(each.id for each in everybody)
        self._active = {each.id: each for each in everybody if each.is_active}
        known = list(absences)
        self._away = {
            person: absence for person in self._active if (absence := absence_of(person, known, on))
        }
        self._present = [each for each in self._active.values() if each.id not in self._away]

    @property
    def away(self) -> dict[int, Absence]:
        """Who is away today, with their absence."""
        return dict(self._away)

    def deputy_of(self, person: int) -> int | None:
        """Who stands in for somebody who is away; None if that one is not here either."""
        absence = self._away.get(person)
        deputy = absence.delegate if absence else None
        # What was handed to somebody is not handed on.
        return deputy if deputy in self._active and deputy not in self._away else None

    def uncovered(self, owners: Iterable[int]) -> frozenset[int]:
        """Those who can be asked neither themselves nor through who stands in for them."""
        return frozenset(
            owner
            for owner in owners
            if owner not in self._active or (owner in self._away and self.deputy_of(owner) is None)
        )

    def leads(self) -> list[int]:
        """Those who look after what no department does: the highest who are here, or anybody."""
        among = self._present or list(self._active.values())
        highest = max((each.level for each in among), default=0)
        return sorted(each.id for each in among if each.level == highest)

    def view_of(self, person: int, owners: Iterable[int], departments: Sequence[str]) -> InView:
        """
        Whose cases a person sees.

        :param owners: everybody who owns a case, also those who left
        :param departments: all there are
        """
        me = self._active.get(person)
        if me is None:
            return InView(frozenset(), frozenset(), frozenset(), frozenset())
        principals = frozenset(one for one in self._away if self.deputy_of(one) == person)
        looked_after = {each.department for each in self._present}
        mine = {me.department} if person not in self._away else set()
        if person in self.leads():
            mine |= {one for one in departments if one not in looked_after}
        return InView(
            frozenset({person}) | principals, self.uncovered(owners), frozenset(mine), principals
        )

    def holders_of(self, owner: int | None, department: str) -> list[int]:
        """Everybody on whose list a case stands today; nobody only where nobody has a seat."""
        views = (
            (one, self.view_of(one, [] if owner is None else [owner], [department]))
            for one in self._active
        )
        return sorted(one for one, view in views if view.shows(owner, department))
