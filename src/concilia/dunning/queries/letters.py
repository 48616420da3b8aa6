"""Letters by where they are: to print, to post, posted, taken out."""

from __future__ import annotations

from datetime import date

from django.db.models import Count, QuerySet

from concilia.dunning.models import Letter
from concilia.identity.models import Entity


def letters_in(*, entity: Entity, state: str) -> QuerySet[Letter]:
    """Letters of a state with customer and people; those that wait longest first, else newest."""
    rows = Letter.objects.filter(entity=entity, state=state).defer("content")
    rows = rows.select_related("customer", "written_by", "printed_by", "posted_by")
    waits = state in {Letter.State.WAITING, Letter.State.PRINTED}
    return rows.order_by("written_at", "pk") if waits else rows.order_by("-written_at", "-pk")


def letters_counted(*, entity: Entity) -> dict[str, int]:
    """How many letters are where."""
    rows = Letter.objects.filter(entity=entity).values_list("state").annotate(Count("pk"))
    return dict(rows)


def proof_missing(letter: Letter, today: date) -> bool:
    """Whether a registered letter was posted two weeks ago and nothing says that it arrived."""
    if not letter.is_registered or letter.posted_date is None or letter.proof_sha256:
        return False
    return (today - letter.posted_date).days >= PROOF_DAYS


PROOF_DAYS = 14
