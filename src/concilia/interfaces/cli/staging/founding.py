"""A company from nothing: entity, people with their seats and limits, data, history."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from django.db import transaction

from concilia.claims.actions.history import PastClaim, load_history
from concilia.foundation.audit import SYSTEM
from concilia.identity.models import Entity, Membership, User
from concilia.intake.actions.imports import import_folder
from concilia.interfaces.cli.company import Company, SettledClaim

PASSWORD = "aurora-2026"  # noqa: S105 (of invented people in a throw-away database)
CAUSES = {
    "U": "warehouse_transport",
    "C": "customer",
    "T": "warehouse_transport",
    "A": "promotion_contract",
}
# What their terms of sale say about charges of either side.
NO_FEES: Final = {"agreed": False, "where": "Condizioni generali di vendita, art. 7"}


def found(company: Company, *, erp_folder: Path, at: datetime) -> Entity:
    """Make the entity with its people, load its data as any user would, and its settled claims."""
    entity = _entity(company, erp_folder)
    _people(entity, company)
    run = import_folder(entity_id=entity.pk, folder=dict(company.imports), at=at)
    wrong = [file for file in run.files.all() if file.state not in {"SAVED", "KNOWN"}]
    if wrong:
        raise RuntimeError(f"{wrong[0].filename}: {wrong[0].error or wrong[0].errors[:3]}")
    load_history(
        entity_id=entity.pk, claims=list(_past(company, company.settled)), actor=SYSTEM, at=at
    )
    return entity


@transaction.atomic
def _entity(company: Company, erp_folder: Path) -> Entity:
    erp_folder.mkdir(parents=True, exist_ok=True)
    return Entity.objects.create(
        code=company.code,
        name=company.name,
        legal_name=company.legal_name,
        country=company.country,
        currency=company.currency,
        language=company.language,
        timezone=company.timezone,
        vat_number=company.vat_number,
        email=company.email,
        erp="folder",
        settings={"clauses": [NO_FEES]},
        erp_settings={"folder": str(erp_folder), "language": company.language},
    )


@transaction.atomic
def _people(entity: Entity, company: Company) -> None:
    for person in company.staff:
        user = User.objects.filter(email=person.email).first() or User.objects.create_user(
            person.email, PASSWORD, name=person.name, language=person.language
        )
        Membership.objects.create(
            entity=entity,
            user=user,
            role=person.role,
            department=person.department,
            level=person.level,
        )


def _past(company: Company, settled: Iterable[SettledClaim]) -> Iterable[PastClaim]:
    def moment(day: date, hour: int) -> datetime:
        local = datetime.combine(day, time(hour), tzinfo=ZoneInfo(company.timezone))
        return local.astimezone(UTC)

    for claim in settled:
        yield PastClaim(
            number=claim.number,
            customer_number=claim.customer_number,
            reason=claim.reason,
            currency=claim.currency,
            claimed_minor=claim.claimed,
            approved_minor=claim.credited + claim.written_off,
            opened_at=moment(claim.opened, 9),
            due_at=moment(claim.due, 17),
            decided_at=moment(claim.decided, 15),
            closed_at=moment(claim.closed, 16),
            invoice_number=claim.invoice_number,
            root_cause=CAUSES.get(claim.fault, ""),
        )
