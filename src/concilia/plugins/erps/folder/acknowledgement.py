"""What the other system answers: `<reference>.ack.json`, read as a stranger's text."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any, Final

from concilia.kernel.currencies import UnknownCurrency
from concilia.kernel.money import AmountUnreadable, Money
from concilia.ledger.ports import PostingFailed, PostingResult, PostingStatus, Totals

BYTES_MAX: Final = 64 * 1024
TEXT_MAX: Final = 500
NUMBER_MAX: Final = 60
STATUSES: Final = {"posted": PostingStatus.POSTED, "rejected": PostingStatus.REJECTED}


def read_acknowledgement(folder: Path, external_ref: str) -> PostingResult | None:
    """
    This will read the answer to a reference, or be `None` while there is none.

    :raises PostingFailed: if there is an answer and it cannot be understood; a file that is still
        being written looks like this too, so it is tried again
    """
    path = folder / f"{external_ref}.ack.json"
    try:
        with path.open("rb") as file:
            raw = file.read(BYTES_MAX + 1)
    except FileNotFoundError:
        return None
    if len(raw) > BYTES_MAX:
        raise _unreadable(path, "it is larger than 64 KB")
    try:
        answer = json.loads(raw)
    except (ValueError, RecursionError):
        raise _unreadable(path, "it is not JSON") from None
    if not isinstance(answer, dict):
        raise _unreadable(path, "it is not a JSON object")
    return _as_result(answer, path, external_ref)


def _as_result(answer: dict[str, Any], path: Path, external_ref: str) -> PostingResult:
    status = STATUSES.get(str(answer.get("status")))
    if status is None:
        raise _unreadable(path, 'its "status" is neither "posted" nor "rejected"')
    number = _text(answer, "number", NUMBER_MAX)
    if status is PostingStatus.POSTED and not number:
        raise _unreadable(path, 'it says "posted" without a "number"')
    return PostingResult(
        external_ref=external_ref,
        status=status,
        erp_document=_text(answer, "document", NUMBER_MAX) or number,
        erp_number=number,
        fiscal_number=_text(answer, "fiscal_number", NUMBER_MAX) or None,
        erp_period=_text(answer, "period", NUMBER_MAX) or None,
        totals=_totals(answer, path),
        error=_text(answer, "reason", TEXT_MAX),
    )


def _totals(answer: dict[str, Any], path: Path) -> Totals | None:
    if not answer.keys() & {"net", "vat"}:
        return None
    currency = str(answer.get("currency"))
    try:
        net, vat = (Money.parse(str(answer.get(name)), currency) for name in ("net", "vat"))
    except (AmountUnreadable, UnknownCurrency) as error:
        raise _unreadable(path, str(error)) from None
    return Totals(currency=currency, net_minor=net.minor, vat_minor=vat.minor)


def _text(answer: dict[str, Any], name: str, length_max: int) -> str:
    value = answer.get(name)
    if value is None:
        return ""
    printable = "".join(each if each.isprintable() else " " for each in str(value))
    return printable.strip()[:length_max]


def _unreadable(path: Path, why: str) -> PostingFailed:
    return PostingFailed(
        f"{path.name} cannot be understood: {why}", permanent=False, lost=True, code="answer"
    )
