"""What was and what would have been, added up: by who has the load, by who signs, and in all."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

import numpy as np

from concilia.cases.core.whatif.axis import WorkingAxis
from concilia.cases.core.whatif.history import NOBODY, Past
from concilia.cases.core.whatif.replay import Lived

MINUTE: Final = 60
BEFORE: Final = "before"
AFTER: Final = "after"


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseOutcome:
    """How one case fared, or would have: working minutes, steps people had, who had them."""

    is_late: bool
    minutes: int
    steps: int
    late_steps: int
    level: int
    signatures: int
    holders: tuple[str, ...]


def outcomes_of(pasts: Sequence[Past], lived: Lived) -> list[CaseOutcome]:
    """One for each case, in order."""
    holders: list[dict[str, None]] = [{} for _ in pasts]
    steps = [0] * len(pasts)
    late = [0] * len(pasts)
    for n, holder, is_late in zip(
        lived.case.tolist(), lived.holder, lived.late.tolist(), strict=True
    ):
        if holder != NOBODY:
            holders[n][holder] = None
            steps[n] += 1
            late[n] += is_late
    return [
        CaseOutcome(
            is_late=bool(lived.is_late[n]),
            minutes=max(0, int(lived.ends[n]) - past.opened) // MINUTE,
            steps=steps[n],
            late_steps=late[n],
            level=int(lived.level[n]),
            signatures=int(lived.signatures[n]),
            holders=tuple(sorted(holders[n])),
        )
        for n, past in enumerate(pasts)
    ]


def figures_of(pasts: Sequence[Past], then: Lived, so: Lived, axis: WorkingAxis) -> dict[str, Any]:
    """Whole numbers that can be added: in all, by holder (with weeks), by level."""
    amounts = np.array([past.case.amount_minor for past in pasts], dtype=np.int64)
    return {
        "cases": len(pasts),
        **{
            name: {
                "late": int(lived.is_late.sum()),
                "signatures": int(lived.signatures.sum()),
                "holders": _holders(lived, axis),
                "levels": _levels(lived, amounts),
            }
            for name, lived in ((BEFORE, then), (AFTER, so))
        },
    }


def _holders(lived: Lived, axis: WorkingAxis) -> dict[str, dict[str, Any]]:
    names, codes = np.unique(np.array(lived.holder, dtype=str), return_inverse=True)
    weeks = axis.week(lived.opened)
    found = {}
    for code, name in enumerate(names.tolist()):
        if name == NOBODY:
            continue
        mine = codes == code
        week, counts = np.unique(weeks[mine], return_counts=True)
        found[name] = {
            "steps": int(mine.sum()),
            "minutes": int((lived.closed[mine] - lived.opened[mine]).sum()) // MINUTE,
            "late": int(lived.late[mine].sum()),
            "weeks": dict(zip(map(str, week.tolist()), counts.tolist(), strict=True)),
        }
    return found


def _levels(lived: Lived, amounts: np.ndarray[Any, np.dtype[np.int64]]) -> dict[str, list[int]]:
    found = {}
    for level in np.unique(lived.level).tolist():
        mine = lived.level == level
        found[str(level)] = [int(mine.sum()), int(amounts[mine].sum())]
    return found


def added(before: dict[str, Any], more: dict[str, Any]) -> dict[str, Any]:
    """Figures of two parts together."""
    if not before:
        return more
    total = dict(before)
    for name, value in more.items():
        kept = total.get(name)
        if kept is None:
            total[name] = value
        elif isinstance(value, dict):
            total[name] = added(kept, value)
        elif isinstance(value, list):
            total[name] = [a + b for a, b in zip(kept, value, strict=True)]
        else:
            total[name] = kept + value
    return total
