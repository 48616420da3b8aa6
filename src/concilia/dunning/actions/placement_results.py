"""What an agency reports, loaded from its file: each line once, bad lines named."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.dunning.actions.motives import require_collector
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.placement.mandate import BadRow, ResultsUnreadable, read_results
from concilia.dunning.models import Placement, PlacementResult
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Loaded:
    """What came of a file: new lines, those known before, and those that could not be taken."""

    new: int
    known: int
    bad: Sequence[BadRow]


@transaction.atomic(durable=True)
def load_results(*, content: bytes, by: Membership, at: datetime) -> Loaded:
    """
    Load results of mandates. The same file twice changes nothing; nothing is booked.

    :raises CollectionRefused: if the file cannot be read at all
    """
    require_collector(by)
    try:
        rows, bad = read_results(content, by.entity.currency)
    except ResultsUnreadable as unreadable:
        raise CollectionRefused(
            _("This is no table of results ({why}): its columns are mandate, reference, date,"
              " status, paid, cost, currency, note."),
            why=str(unreadable),
        ) from unreadable  # fmt: skip
    numbers = {_number(row.mandate) for row in rows} - {0}
    mine = {
        row.name: row
        for row in Placement.objects.select_for_update(no_key=True)
        .filter(entity=by.entity, number__in=numbers)
        .exclude(state__in=[Placement.State.DRAFT, Placement.State.ASKED])
        .order_by("pk")
    }
    known = set(
        PlacementResult.objects.filter(placement__in=mine.values()).values_list(
            "placement", "reference"
        )
    )
    made, again = [], 0
    for row in rows:
        placement = mine.get(row.mandate)
        if placement is None:
            bad.append(BadRow(row.line, "mandate", row.mandate))
        elif row.paid.currency != placement.currency:
            bad.append(BadRow(row.line, "currency", row.paid.currency))
        elif (placement.pk, row.reference) in known:
            again += 1
        else:
            known.add((placement.pk, row.reference))
            made.append(
                PlacementResult(
                    placement=placement,
                    reference=row.reference,
                    on_date=row.on,
                    status=row.status,
                    paid_minor=row.paid.minor,
                    cost_minor=row.cost.minor,
                    currency=row.paid.currency,
                    note=row.note,
                    loaded_by=by,
                    loaded_at=at,
                )
            )
    PlacementResult.objects.bulk_create(made)
    act = Act("placement.results_loaded", "entity", by.entity_id, {"rows": len(made)})
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return Loaded(new=len(made), known=again, bad=sorted(bad, key=lambda each: each.line))


def _number(name: str) -> int:
    """The number in `MAN-000042`; 0 for anything else."""
    prefix, _dash, digits = name.partition("-")
    return int(digits) if prefix == "MAN" and digits.isdecimal() and len(digits) < 10 else 0  # noqa: PLR2004 - more digits are no number of ours
