"""The tamper-evident log as a person reads it: filtered, newest first, a page at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import QuerySet

from concilia.claims.models import Claim
from concilia.documents.models import Document
from concilia.foundation import audit
from concilia.foundation.models import AuditEntry, AuditHead
from concilia.intake.models import Arrival, ImportRun
from concilia.receivables.models import BankEntry

FAMILIES = (
    *("claim", "decision", "case", "payment", "bank", "document", "arrival", "posting"),
    *("import", "member"),
)


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


@dataclass(frozen=True, slots=True)
class Subject:
    """What an entry is about: its kind, its name as people know it, and the key of its page."""

    kind: str
    name: str
    page_key: int


def subjects_of(*, entity_id: int, entries: Iterable[AuditEntry]) -> dict[tuple[str, int], Subject]:
    """What some entries are about, by kind and key: a statement for each of five kinds."""
    keys: dict[str, set[int]] = defaultdict(set)
    for entry in entries:
        keys[entry.subject_type].add(entry.subject_id)
    of_entity: dict[str, Iterable[tuple[int, str, int]]] = {
        "case": Claim.objects.filter(
            case__entity_id=entity_id, case_id__in=keys["case"]
        ).values_list("case_id", "case__number", "pk"),
        "document": Document.objects.filter(
            entity_id=entity_id, pk__in=keys["document"]
        ).values_list("pk", "filename", "pk"),
        "arrival": Arrival.objects.filter(entity_id=entity_id, pk__in=keys["arrival"]).values_list(
            "pk", "filename", "pk"
        ),
        "bank_entry": BankEntry.objects.filter(
            entity_id=entity_id, pk__in=keys["bank_entry"]
        ).values_list("pk", "payer_name", "pk"),
        "import": ImportRun.objects.filter(entity_id=entity_id, pk__in=keys["import"]).values_list(
            "pk", "source", "pk"
        ),
    }
    return {
        (kind, key): Subject(kind, name, page_key)
        for kind, rows in of_entity.items()
        if keys[kind]
        for key, name, page_key in rows
    }


def check_chain(*, entity_id: int) -> ChainState:
    """Read the whole log and compute every digest again."""
    head = AuditHead.objects.filter(pk=entity_id).first()
    broken = audit.first_broken_link(entity_id=entity_id)
    return ChainState(head.seq if head else 0, broken)
