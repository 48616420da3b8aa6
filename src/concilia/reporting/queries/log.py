"""The tamper-evident log as a person reads it: filtered, newest first, a page at a time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from concilia.claims.models import Claim
from concilia.foundation import audit
from concilia.foundation.models import AuditEntry, AuditHead

FAMILIES = ("claim", "decision", "case", "payment", "bank", "document", "arrival", "posting")


@dataclass(frozen=True, slots=True, kw_only=True)
class LogFilter:
    """
    What of the log to show; empty means everything.

    :param family: the first word of an act, of `FAMILIES`
    :param who: a part of the name of whoever acted
    :param people_only: leave out what rules and the system did
    """

    family: str = ""
    who: str = ""
    people_only: bool = False
    since: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChainState:
    """Whether the log is whole: how many entries, and the first that is not as it was written."""

    entries: int
    first_broken: int | None


def log_of(*, entity_id: int, asked: LogFilter) -> QuerySet[AuditEntry]:
    """The entries of an entity's log that fit, newest first."""
    rows = AuditEntry.objects.filter(entity_id=entity_id)
    if asked.family in FAMILIES:
        rows = rows.filter(act__startswith=f"{asked.family}.")
    if asked.who:
        rows = rows.filter(actor_name__icontains=asked.who)
    if asked.people_only:
        rows = rows.filter(actor_kind="user")
    if asked.since:
        rows = rows.filter(at__gte=asked.since)
    return rows.order_by("-seq")


def cases_of(*, entity_id: int, entries: list[AuditEntry]) -> dict[int, tuple[str, int]]:
    """The number and the claim of the cases some entries are about, by id. One query."""
    keys = {entry.subject_id for entry in entries if entry.subject_type == "case"}
    rows = Claim.objects.filter(case__entity_id=entity_id, case_id__in=keys)
    found = rows.values_list("case_id", "case__number", "pk")
    return {case_id: (number, claim_id) for case_id, number, claim_id in found}


def check_chain(*, entity_id: int) -> ChainState:
    """Read the whole log and compute every digest again."""
    head = AuditHead.objects.filter(pk=entity_id).first()
    broken = audit.first_broken_link(entity_id=entity_id)
    return ChainState(head.seq if head else 0, broken)
