"""`concilia evaluate`: how well a company's own documents were read, as its people found."""

from __future__ import annotations

import argparse
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from concilia.interfaces.cli.answers import a_date, misused, write_answer

HELP = "say how well a company's own documents were read, as its people found"
NEEDS_DJANGO = True


def configure(parser: argparse.ArgumentParser) -> None:
    """This will declare the options."""
    parser.add_argument("--entity", metavar="CODE", help="needed where there are several")
    parser.add_argument("--since", type=a_date, help="documents read from this day on")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write the answer there")


def run(options: argparse.Namespace) -> int:
    """This will print the figures as one JSON object."""
    from concilia.identity.models import Entity
    from concilia.reporting.queries.proposals import comparison
    from concilia.reporting.queries.quality import latest_training, reading_quality

    entities = Entity.objects.order_by("code")
    if options.entity:
        entities = entities.filter(code=options.entity)
    found = list(entities[:2])
    if not found:
        return misused(
            f"there is no company {options.entity!r}" if options.entity else "no company"
        )
    if len(found) > 1:
        return misused("there are several companies: choose one with --entity")
    entity, now = found[0], datetime.now(UTC)
    quality = reading_quality(entity_id=entity.pk, at=now, since=_start(options.since))
    training = latest_training(entity_id=entity.pk)
    answer: dict[str, Any] = {"entity": entity.code, **quality.to_json()}
    answer["training"] = training and {
        "made_at": training.made_at.isoformat(),
        "cases": training.cases,
        "kept": training.is_kept,
        "figures": training.figures,
    }
    compared = comparison(entity_id=entity.pk, since=_start(options.since))
    answer["language_model"] = compared and compared.to_json()
    write_answer(answer, options)
    return 0


def _start(day: date | None) -> datetime | None:
    return datetime.combine(day, time.min, UTC) if day else None
