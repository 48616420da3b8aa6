from __future__ import annotations

from concilia.ledger.actions.booking import Booking, append_entries, book_entries
from concilia.ledger.actions.connectors import ConnectorRefused, use_connector
from concilia.ledger.actions.postings import (
    PostingOrder,
    mark_sent,
    put_again,
    record_acceptance,
    record_missing,
    record_posting_failure,
    record_posting_result,
    request_posting,
    retry_posting,
)

__all__ = [
    "Booking",
    "ConnectorRefused",
    "PostingOrder",
    "append_entries",
    "book_entries",
    "mark_sent",
    "put_again",
    "record_acceptance",
    "record_missing",
    "record_posting_failure",
    "record_posting_result",
    "request_posting",
    "retry_posting",
    "use_connector",
]
