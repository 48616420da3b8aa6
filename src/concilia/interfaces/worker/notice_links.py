"""The links that mails to our own people carry, so that what is asked is answered from the mail."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime
from typing import Final

from django.conf import settings
from django.utils.crypto import constant_time_compare, salted_hmac

from concilia.cases.actions import colleague, link_to_answer, link_to_sign
from concilia.cases.actions.links import LinkRefused
from concilia.cases.actions.outside import asks_outsiders
from concilia.cases.core.process.model import Kind
from concilia.cases.models import (
    ActionLink,
    ApprovalSeat,
    Notice,
    NoticeDelivery,
    NoticeKind,
    Step,
)
from concilia.cases.queries.links import LEFT_OUT, address_of_link
from concilia.identity.models import Membership

# What asks the reader for something; those above who are told of it are asked for nothing.
ASKS: Final = frozenset(
    {
        NoticeKind.STEP,
        NoticeKind.APPROVAL,
        NoticeKind.REMINDER,
        NoticeKind.LATE,
        NoticeKind.HANDED_OVER,
    }
)
ANSWERED_BY_LINK: Final = ("question", "evidence")
DIGITS: Final = 20
OUR_NAME: Final = re.compile(r"<notice\.(email\.[0-9]+)\.([0-9a-f]{20})@")


def link_for(notice: Notice, member: Membership, at: datetime) -> ActionLink | None:
    """
    The link to what a notice asks of its reader, inside the caller's transaction; None if nothing.

    The one they have already, while it is good; a new one where the old one expired.
    """
    if notice.kind not in ASKS:
        return None
    try:
        if Kind.APPROVAL in (notice.kind, notice.facts.get("kind")):
            return _to_sign(notice, member, at)
        return _to_answer(notice, member, at)
    except LinkRefused:
        return None


def place_of(link: ActionLink) -> str:
    """The address of a link as a delivery keeps it: its number instead of its token."""
    return f"{settings.BASE_URL}{LEFT_OUT}{link.pk}"


def links_in(row: NoticeDelivery) -> list[ActionLink]:
    """The links a mail to a member carries; theirs alone, whatever its words say."""
    numbers = {int(found) for found in _placed().findall(row.body)}
    return list(ActionLink.objects.filter(pk__in=numbers, member=row.person_id).order_by("pk"))


def with_tokens(row: NoticeDelivery) -> str:
    """The words of a mail as they leave: each link with its whole address, kept nowhere."""
    known = {link.pk: address_of_link(link) for link in links_in(row)}
    return _placed().sub(lambda found: known.get(int(found[1]), settings.BASE_URL), row.body)


def message_id_of(row: NoticeDelivery) -> str:
    """The Message-ID of a mail to a member: the same each time it is sent, guessed by nobody."""
    name = row.key.replace(":", ".")
    return f"<notice.{name}.{_digest(row.key)}@{row.entity.code}.concilia>"


def mails_named(entity_id: int, message_ids: Collection[str]) -> list[NoticeDelivery]:
    """The mails to members with these Message-IDs; a guessed one names none."""
    found = [match for name in message_ids if (match := OUR_NAME.match(name.lower()))]
    keys = {match[1].replace(".", ":"): match[2] for match in found}
    genuine = [key for key, said in keys.items() if constant_time_compare(_digest(key), said)]
    rows = NoticeDelivery.objects.filter(entity=entity_id, key__in=genuine)
    return list(rows.select_related("person__user"))


def _to_answer(notice: Notice, member: Membership, at: datetime) -> ActionLink | None:
    number = notice.facts.get("question")
    if not isinstance(number, int):
        return None
    step = Step.objects.filter(pk=number, case=notice.case_id, holder="us").first()
    if step is None or step.kind not in ANSWERED_BY_LINK or asks_outsiders(step):
        return None
    return link_to_answer(step=step, to=colleague(member=member), at=at)


def _to_sign(notice: Notice, member: Membership, at: datetime) -> ActionLink | None:
    seats = ApprovalSeat.objects.filter(
        request__case=notice.case_id, request__state="OPEN", is_open=True, expected=member
    )
    seat = seats.order_by("n").first()
    return link_to_sign(seat=seat, to=member, at=at) if seat else None


def _placed() -> re.Pattern[str]:
    return re.compile(re.escape(f"{settings.BASE_URL}{LEFT_OUT}") + r"(\d{1,18})")


def _digest(key: str) -> str:
    return salted_hmac("concilia.notice-mail", key, algorithm="sha256").hexdigest()[:DIGITS]
