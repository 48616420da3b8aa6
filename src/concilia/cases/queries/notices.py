from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import QuerySet

from concilia.cases.core.notices import NEVER, USUAL_MAIL, Reach
from concilia.cases.models import Notice, NoticeHabit, NoticeKind, NoticePreference
from concilia.cases.models.notices import DIGEST_HOUR
from concilia.identity.models import Membership


@dataclass(frozen=True, slots=True)
class HabitsShown:
    """How a member is reached now: each kind's way by mail and as a short message."""

    ways: dict[str, tuple[str, str]]
    phone: str
    time_zone: str
    digest_hour: int


def unseen_of(member: Membership) -> QuerySet[Notice]:
    """What a member was told and has not seen, the newest first."""
    rows = Notice.objects.filter(person=member, seen_at=None)
    return rows.select_related("case").order_by("-raised_at", "-pk")


def habits_of(member: Membership) -> HabitsShown:
    """How a member wants to be reached; the usual way where they set nothing."""
    kept = {row.kind: row for row in NoticePreference.objects.filter(person=member)}
    habit = NoticeHabit.objects.filter(person=member).first()
    ways = {
        kind: (kept[kind].mail, kept[kind].sms) if kind in kept else (USUAL_MAIL[kind], NEVER)
        for kind in NoticeKind.values
    }
    if habit is None:
        return HabitsShown(ways, "", "", DIGEST_HOUR)
    return HabitsShown(ways, habit.phone, habit.time_zone, habit.digest_hour)


def reaches_of(*, entity_id: int, people: Collection[int]) -> dict[tuple[int, str], Reach]:
    """
    How members are reached, by member and kind of notice, in three queries.

    Who does not work for the entity any more is not in it: nobody is told.
    """
    seats = Membership.objects.filter(pk__in=people, entity=entity_id, is_active=True)
    zones = dict(seats.values_list("pk", "entity__timezone"))
    habits = {row.person_id: row for row in NoticeHabit.objects.filter(person__in=zones)}
    ways = {
        (row.person_id, row.kind): (row.mail, row.sms)
        for row in NoticePreference.objects.filter(person__in=zones)
    }
    return {
        (person, kind): _reach(ways.get((person, kind), (USUAL_MAIL[kind], NEVER)), habit, zone)
        for person, zone in zones.items()
        for habit in [habits.get(person)]
        for kind in NoticeKind.values
    }


def _reach(way: tuple[str, str], habit: NoticeHabit | None, zone: str) -> Reach:
    return Reach(
        mail=way[0],
        sms=way[1],
        zone=(habit.time_zone if habit else "") or zone,
        digest_hour=habit.digest_hour if habit else DIGEST_HOUR,
        has_phone=bool(habit and habit.phone),
    )
