from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from concilia.cases.models import Notice, NoticeDelivery, NoticeHabit
from concilia.identity.models import Membership

TOGETHER_MAX = 200


@dataclass(frozen=True, slots=True)
class Due:
    """What is due to leave for one member by one channel, the oldest first."""

    person: Membership
    channel: str
    address: str
    notices: Sequence[Notice]


def due_notices(*, at: datetime) -> list[Due]:
    """
    What is due to leave, by member and channel.

    What was seen stays; of what a member without an address is told nothing leaves.
    """
    found = [*_due(NoticeDelivery.Channel.EMAIL, at), *_due(NoticeDelivery.Channel.SMS, at)]
    return [one for one in found if one.address]


def _due(channel: str, at: datetime) -> list[Due]:
    is_mail = channel == NoticeDelivery.Channel.EMAIL
    unsent = {"mailed_at": None} if is_mail else {"texted_at": None}
    when = {"mail_due_at__lte": at} if is_mail else {"text_due_at__lte": at}
    rows = Notice.objects.filter(seen_at=None, person__is_active=True, **unsent, **when)
    people: dict[int, list[Notice]] = {}
    for notice in rows.select_related("case").order_by("person", "pk"):
        people.setdefault(notice.person_id, []).append(notice)
    members = Membership.objects.filter(pk__in=people).select_related("user", "entity")
    phones = dict(NoticeHabit.objects.filter(person__in=people).values_list("person", "phone"))
    return [
        Due(
            member,
            channel,
            member.user.email if is_mail else phones.get(member.pk, ""),
            people[member.pk][:TOGETHER_MAX],
        )
        for member in members
    ]


def deliveries_due(*, at: datetime) -> list[int]:
    """Messages that wait to be handed to their carrier, the oldest first."""
    rows = NoticeDelivery.objects.filter(state=NoticeDelivery.State.QUEUED, next_attempt_at__lte=at)
    return list(rows.order_by("next_attempt_at").values_list("pk", flat=True))


def texts_under_way(*, since: datetime) -> list[NoticeDelivery]:
    """Short messages that a carrier took since a moment, and of which nothing more is known."""
    rows = NoticeDelivery.objects.filter(
        channel=NoticeDelivery.Channel.SMS, state=NoticeDelivery.State.SENT, sent_at__gte=since
    )
    return list(rows.exclude(reference="").order_by("sent_at"))


def last_deliveries(member: Membership, count: int = 5) -> list[NoticeDelivery]:
    """What left for a member last, the newest first."""
    return list(NoticeDelivery.objects.filter(person=member).order_by("-written_at")[:count])
