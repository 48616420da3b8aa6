"""The fields of a reading that a person can put right, and how they are named."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

CORRECTABLE: Final = (
    "kind",
    "reason",
    "non_payment_reason",
    "currency",
    "claimed_amount",
    "total_amount",
    "references.invoice",
    "references.order",
    "references.delivery",
    "references.claim",
    "references.customer",
    "references.promotion",
    "references.return",
    "promise.date",
    "promise.amount",
)
NO_PROMISE: Final[Mapping[str, None]] = {"date": None, "amount": None}
LINE_REASON: Final = re.compile(r"lines\.(\d{1,4})\.reason")
COLUMN: Final = re.compile(r"columns\.([0-9a-f]{16})\.(\d{1,3})")
# What a column can mean; the empty role is "nothing of this".
COLUMN_ROLES: Final = (
    "",
    "document",
    "invoiced",
    "paid",
    "discount",
    "deducted",
    "reason",
    "reason_code",
    "order",
    "delivery",
    "date",
)


def is_correctable(field: str, values: Mapping[str, Any]) -> bool:
    """Whether a person can say what this is: a field, a line's reason, a column's meaning."""
    line = LINE_REASON.fullmatch(field)
    if line:
        return int(line[1]) < len(values.get("lines") or ())
    return field in CORRECTABLE or COLUMN.fullmatch(field) is not None


def value_in(values: Mapping[str, Any], field: str) -> Any:  # noqa: ANN401 (any JSON value)
    """What a reading says in a correctable field; None where it says nothing."""
    found: Any = values
    for name in field.split("."):
        if isinstance(found, Sequence) and not isinstance(found, str):
            found = found[int(name)] if int(name) < len(found) else None
        elif isinstance(found, Mapping):
            found = found.get(name)
        else:
            return None
    return found


def with_value(values: Mapping[str, Any], field: str, value: object) -> dict[str, Any]:
    """A reading with a person's word in a field."""
    head, _, rest = field.partition(".")
    inside = values.get(head) or (NO_PROMISE if head == "promise" else values.get(head))
    return {**values, head: _placed(inside, rest, value)}


def _placed(inside: Any, path: str, value: object) -> Any:  # noqa: ANN401 (any JSON value)
    if not path:
        return value
    head, _, rest = path.partition(".")
    if isinstance(inside, list):
        changed = list(inside)
        changed[int(head)] = _placed(changed[int(head)], rest, value)
        return changed
    known = dict(inside or {})
    return {**known, head: _placed(known.get(head), rest, value)}


def marked(values: Mapping[str, Any], field: str) -> dict[str, Any]:
    """A reading in which a field counts as said by a person."""
    return {**values, "corrected": [*_others(values, field), field]}


def unmarked(values: Mapping[str, Any], field: str) -> dict[str, Any]:
    """A reading in which a field counts as the machine's again."""
    return {**values, "corrected": _others(values, field)}


def _others(values: Mapping[str, Any], field: str) -> list[str]:
    return [name for name in values.get("corrected") or [] if name != field]
