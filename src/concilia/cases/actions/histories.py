"""What forecasts rest on: how long steps took, and which are still ahead."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from concilia.cases.core.forecast import Road, taken
from concilia.cases.core.process.codec import from_data
from concilia.cases.core.process.state import State
from concilia.cases.models import Case, CaseClock, StepTime
from concilia.cases.queries.calendars import clock_of


def keep_times(*, case: Case, before: Mapping[str, Any] | None, state: State, at: datetime) -> None:
    """Keep how long the steps took that are done now, inside the caller's transaction."""
    if before is None or case.process is None:
        return
    clock = clock_of(case.entity, case.department)
    StepTime.objects.bulk_create(
        [
            StepTime(
                entity_id=case.entity_id,
                case=case,
                process_key=case.process.key,
                step=one.step,
                opened_at=one.opened_at,
                closed_at=at,
                working_minutes=clock.working_seconds(one.opened_at, at) // 60,
            )
            for one in taken(from_data(before), state)
        ],
        ignore_conflicts=True,
    )


def keep_road(*, case_id: int, road: Road) -> None:
    """Keep which steps are ahead of a case, inside the caller's transaction."""
    CaseClock.objects.bulk_create(
        [CaseClock(case_id=case_id, road=road)],
        update_conflicts=True,
        unique_fields=["case"],
        update_fields=["road"],
    )
