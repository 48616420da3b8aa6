"""What a person was told and has not seen, in sentences, for Home."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext, ngettext

from concilia.cases.models import Notice, NoticeKind
from concilia.cases.queries.notices import unseen_of
from concilia.claims.models import Claim
from concilia.interfaces.desk.access import Seat
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.log_words import WORDS
from concilia.interfaces.desk.notice_words import KINDS

SHOWN: Final = 8


@dataclass(frozen=True, slots=True)
class Told:
    """A notice ready to print; `href` is empty where it leads nowhere."""

    pk: int
    kind: str
    says: str
    note: str
    number: str
    href: str
    at: datetime


def notices_panel(seat: Seat) -> dict[str, object]:
    """The newest notices and how many there are; mentions stand in a panel of their own."""
    found = unseen_of(seat.membership).exclude(kind=NoticeKind.MENTION)
    rows = list(found[:SHOWN])
    cases = [row.case_id for row in rows if row.case_id]
    claims = dict(Claim.objects.filter(case__in=cases).values_list("case_id", "pk"))
    return {
        "notices": [_told(row, claims) for row in rows],
        "notices_total": found.count() if len(rows) == SHOWN else len(rows),
    }


def _told(row: Notice, claims: Mapping[int, int]) -> Told:
    claim = claims.get(row.case_id or 0)
    hand_over = row.facts.get("hand_over")
    href = address("claim", claim) if claim else ""
    if not href and isinstance(hand_over, int):
        href = address("team-handed", hand_over)
    return Told(
        pk=row.pk,
        kind=str(KINDS[row.kind][0]),
        says=sentence_of(row),
        note=str(row.facts.get("note", "")),
        number=row.case.number if row.case else "",
        href=href,
        at=row.raised_at,
    )


def sentence_of(row: Notice) -> str:
    """What happened, in the reader's language."""
    facts: Mapping[str, Any] = row.facts
    who = str(facts.get("by", ""))
    if row.kind == NoticeKind.HANDED_OVER and "cases" in facts:
        count = int(facts["cases"])
        text = ngettext(
            "%(who)s handed %(n)s case over to you", "%(who)s handed %(n)s cases over to you", count
        )
        return text % {"who": who or gettext("Somebody"), "n": count}
    if row.kind == NoticeKind.WATCHED and "act" in facts:
        done = str(WORDS.get(str(facts["act"]), ""))
        return f"{who}: {done}" if who else done[:1].upper() + done[1:]
    return str(KINDS[row.kind][1])
