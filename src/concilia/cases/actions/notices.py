from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final
from zoneinfo import available_timezones

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.core.notices import PhoneRefused, Reach, phone_of
from concilia.cases.models import Notice, NoticeHabit, NoticeKind, NoticePreference
from concilia.cases.queries.notices import reaches_of
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership

KEY_LENGTH_MAX: Final = 120
AT_ONCE: Final = 10_000
HOURS: Final = 24
INSERT: Final = """
INSERT INTO cases_notice
    (entity_id, person_id, kind, case_id, facts, key, raised_at, mail_due_at, text_due_at)
SELECT %s, said.person, said.kind, said.about, said.facts, said.key, %s, said.mail, said.text
FROM jsonb_to_recordset(%s::jsonb) AS said(
    person bigint, kind text, about bigint, facts jsonb, key text,
    mail timestamptz, text timestamptz)
ON CONFLICT (person_id, key) DO NOTHING
"""


class NoticesRefused(Refused):
    """A member cannot be reached so; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewNotice:
    """
    Something a member is to be told.

    :param person_id: the membership
    :param kind: of `NoticeKind`
    :param key: names what happened among all that this member is told; said once
    :param facts: JSON values its sentence is made of; money as minor units beside its currency
    """

    person_id: int
    kind: str
    key: str
    case_id: int | None = None
    facts: Mapping[str, Any] = field(default_factory=dict)


def record_notices(
    *,
    entity_id: int,
    notices: Sequence[NewNotice],
    at: datetime,
    reaches: Mapping[tuple[int, str], Reach] | None = None,
) -> int:
    """
    Tell members something, inside the caller's transaction; what they were told is not said again.

    It stands on the desk at once. Whether and when it leaves by mail or as a short message follows
    what each member set, at this moment.

    :param reaches: how members are reached, where a run over many knows it already
    :return: how many were new
    """
    assert connection.in_atomic_block, "a notice is recorded with what happened"
    if not notices:
        return 0
    if reaches is None:
        reaches = reaches_of(entity_id=entity_id, people={one.person_id for one in notices})
    known = [one for one in notices if (one.person_id, one.kind) in reaches]
    dues = {
        who: (_text(reach.mail_due(at)), _text(reach.text_due(at)))
        for who, reach in reaches.items()
    }
    new = 0
    with connection.cursor() as cursor:
        for begin in range(0, len(known), AT_ONCE):
            # As one value: in an array, each text would be quoted once more in Python.
            rows = [_said(one, dues) for one in known[begin : begin + AT_ONCE]]
            cursor.execute(INSERT, [entity_id, at, json.dumps(rows)])
            new += cursor.rowcount
    return new


def _said(
    one: NewNotice, dues: Mapping[tuple[int, str], tuple[str | None, str | None]]
) -> dict[str, Any]:
    assert len(one.key) <= KEY_LENGTH_MAX, f"{one.key} is too long for a key"
    mail, text = dues[one.person_id, one.kind]
    return {
        "person": one.person_id,
        "kind": one.kind,
        "about": one.case_id,
        "facts": dict(one.facts),
        "key": one.key,
        "mail": mail,
        "text": text,
    }


def _text(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()


def mailed_otherwise(*, person_id: int, key: str) -> None:
    """
    Keep a notice from leaving by mail, inside the caller's transaction: another mail says it.

    It stands on the desk, and leaves as a short message, as before.
    """
    assert connection.in_atomic_block, "a notice gives way to a mail with the act that writes it"
    told = Notice.objects.filter(person=person_id, key=key, mailed_at=None)
    told.update(mail_due_at=None)


@transaction.atomic(durable=True)
def see_notices(
    *, member: Membership, at: datetime, ids: Collection[int] = (), case_id: int | None = None
) -> int:
    """
    Mark notices of a member as seen: those named, or all about a case; they leave by mail no more.

    :return: how many were unseen
    """
    mine = Notice.objects.filter(person=member, seen_at=None)
    chosen = mine.filter(case_id=case_id) if case_id is not None else mine.filter(pk__in=ids)
    return chosen.update(seen_at=at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Habits:
    """
    How a member wants to be reached.

    :param ways: kind to (mail, sms); kinds that are missing stay as they are
    :param time_zone: empty for the entity's
    """

    ways: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    phone: str = ""
    time_zone: str = ""
    digest_hour: int = 7


@transaction.atomic(durable=True)
def set_habits(*, habits: Habits, member: Membership) -> None:
    """
    Keep how a member wants to hear of what concerns them, from the next notice on.

    :raises NoticesRefused: for an unknown way or time zone, or what is no telephone number
    """
    phone = _phone(habits.phone)
    wants_texts = any(sms == NoticePreference.Sms.NOW for _mail, sms in habits.ways.values())
    if wants_texts and not phone:
        raise NoticesRefused(_("Short messages need a mobile number."))
    if habits.time_zone and habits.time_zone not in available_timezones():
        raise NoticesRefused(_("This time zone is not known."))
    if not 0 <= habits.digest_hour < HOURS:
        raise NoticesRefused(_("The hour of the digest is one of 0 to 23."))
    NoticeHabit.objects.update_or_create(
        person=member,
        defaults={
            "phone": phone,
            "time_zone": habits.time_zone,
            "digest_hour": habits.digest_hour,
        },
    )
    for kind, (mail, sms) in habits.ways.items():
        _require_known(kind, mail, sms)
        NoticePreference.objects.update_or_create(
            person=member, kind=kind, defaults={"mail": mail, "sms": sms}
        )


def _phone(text: str) -> str:
    try:
        return phone_of(text)
    except PhoneRefused as refusal:
        raise NoticesRefused(
            _("“{text}” is no telephone number with its country, such as +39 333 1234567."),
            text=text[:30],
        ) from refusal


def _require_known(kind: str, mail: str, sms: str) -> None:
    if (
        kind not in NoticeKind.values
        or mail not in NoticePreference.Mail.values
        or sms not in NoticePreference.Sms.values
    ):
        raise NoticesRefused(_("Choose how you want to hear of it."))
