"""What lists filter by, repeated beside a document's reading."""

from __future__ import annotations

from concilia.documents.models import Document
from concilia.intake.core.reading import amount_in


def apply_values(document: Document) -> None:
    """Repeat in columns what lists filter by; `document.values` is the truth."""
    values = document.values
    document.kind = str(values.get("kind") or "")[:30]
    document.reason = str(values.get("reason") or "")[:5]
    document.language = str(values.get("language") or "")[:2]
    document.currency = str(values.get("currency") or "")[:3]
    document.claimed_minor = amount_in(values, "claimed_amount", document.currency)
    document.needs_review = bool(values.get("needs_review"))
