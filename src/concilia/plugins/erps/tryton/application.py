"""Applying what was posted to its invoice, so that Tryton asks for no more than is due."""

from __future__ import annotations

from concilia.ledger.core.accounts import RECEIVABLE_ROLES
from concilia.ledger.ports import DocumentType, PostingFailed, PostingRequest
from concilia.plugins.erps.tryton.records import OriginalInvoice, Records


def apply_to_original(records: Records, request: PostingRequest, document: int) -> tuple[str, ...]:
    """
    This will set the credit off against the original invoice, and reconcile what is fully paid.

    It may be repeated: what is applied already is left alone. The document stands whatever happens
    here, so a failure is a note for a person, not an error.

    :param document: Tryton's key of the booked invoice or move
    :return: one sentence for each thing that could not be done
    """
    number = request.references[0] if request.references else None
    if number is None or not reduces_receivable(request):
        return ()
    try:
        original = records.original(number)
        if original is None:
            return (f"invoice {number} is not in Tryton; the credit is not applied to it",)
        lines = _open_lines(records, request, document, original)
        if lines:
            records.client.call(
                "model.account.invoice.write", [original.id], {"payment_lines": [["add", lines]]}
            )
        _reconcile_if_paid(records, original)
    except PostingFailed as failure:
        return (f"the credit is not applied to invoice {number}: {failure}",)
    return ()


def reduces_receivable(request: PostingRequest) -> bool:
    """This will say whether the posting makes the customer owe less."""
    return sum(line.net_minor for line in request.lines if line.role in RECEIVABLE_ROLES) < 0


def _open_lines(
    records: Records, request: PostingRequest, document: int, original: OriginalInvoice
) -> list[int]:
    """Return the credit's receivable lines that pay no invoice yet."""
    if request.document_type is DocumentType.JOURNAL:
        move = document
    else:
        rows = records.rows("account.invoice", [["id", "=", document]], ["move"])
        move = int(rows[0]["move"])
    domain = [
        ["move", "=", move],
        ["account", "=", original.account],
        ["party", "=", original.party],
        ["credit", ">", 0],
        ["reconciliation", "=", None],
        ["invoice_payments", "=", None],
    ]
    return [int(row["id"]) for row in records.rows("account.move.line", domain, ["id"])]


def _reconcile_if_paid(records: Records, original: OriginalInvoice) -> None:
    rows = records.rows(
        "account.invoice",
        [["id", "=", original.id], ["state", "=", "posted"]],
        ["amount_to_pay", "lines_to_pay", "payment_lines"],
    )
    if rows and rows[0]["amount_to_pay"] == 0:
        lines = [*rows[0]["lines_to_pay"], *rows[0]["payment_lines"]]
        records.client.wizard(
            "account.move.reconcile_lines", {"start": {}}, model="account.move.line", ids=lines
        )
