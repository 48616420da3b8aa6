from __future__ import annotations

from concilia.ledger.actions.booking import Booking, book_entries

__all__ = ["Booking", "book_entries"]
