"""What language models are asked, and what they proposed."""

from __future__ import annotations

from datetime import date, datetime
from zoneinfo import ZoneInfo

from concilia.documents.models import Document, ModelAccess, ModelMonth, Proposal
from concilia.identity.models import Entity
from concilia.intake.core.proposals.question import Source, sources_of


def next_due(*, at: datetime) -> Proposal | None:
    """The question that waits longest of those whose moment has come, whatever the company."""
    rows = Proposal.objects.filter(state=Proposal.State.WAITING, next_attempt_at__lte=at)
    return rows.select_related("document", "entity").order_by("next_attempt_at", "pk").first()


def has_due(*, at: datetime) -> bool:
    """Whether a question waits whose moment has come."""
    return Proposal.objects.filter(state=Proposal.State.WAITING, next_attempt_at__lte=at).exists()


def access_of(*, entity_id: int) -> ModelAccess:
    """How a company asks a model; off where nothing was set yet."""
    found = ModelAccess.objects.filter(entity_id=entity_id).first()
    return found or ModelAccess(entity_id=entity_id)


def month_of(*, entity: Entity, at: datetime) -> date:
    """The first day of the month it is where the company works."""
    return at.astimezone(ZoneInfo(entity.timezone)).date().replace(day=1)


def calls_in(*, entity_id: int, first_date: date) -> int:
    """How often a model was asked for a company in a month."""
    rows = ModelMonth.objects.filter(entity_id=entity_id, first_date=first_date)
    return rows.values_list("calls", flat=True).first() or 0


def proposal_of(*, document_id: int) -> Proposal | None:
    """What a model proposes for a document, or that it is to be asked."""
    return Proposal.objects.filter(document=document_id).first()


def sources_in(*, document: Document) -> list[Source]:
    """The text of a document and of the files in it, as far as a model is shown it."""
    texts: list[tuple[str | None, str]] = [(None, str(document.values.get("text") or ""))]
    for n, values in document.parts.order_by("n").values_list("n", "values"):
        texts.append((str(values.get("place") or n), str(values.get("text") or "")))
    return sources_of(texts)
