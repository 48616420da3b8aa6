"""X12: invoices (810), adjustments (812), payments (820), ship notices (856), receipts (861)."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Final

from concilia.documents.core.parsed import Attachment, ParsedDocument, Source
from concilia.plugins.parsers.edi.documents import Standard, messages, parse
from concilia.plugins.parsers.edi.papers import Draft
from concilia.plugins.parsers.edi.transcript import Line
from concilia.plugins.parsers.edi.x12.adjustments import Adjustment
from concilia.plugins.parsers.edi.x12.goods import Receipt, Shipment
from concilia.plugins.parsers.edi.x12.interchange import read_interchanges
from concilia.plugins.parsers.edi.x12.invoices import Invoice
from concilia.plugins.parsers.edi.x12.payments import Remittance
from concilia.plugins.parsers.edi.x12.words import SETS, WORDS

READERS: Final[dict[str, Callable[[Draft, list[Line]], object]]] = {
    "810": Invoice,
    "812": Adjustment,
    "820": Remittance,
    "856": Shipment,
    "861": Receipt,
}
X12: Final = Standard("x12", read_interchanges, WORDS, SETS, READERS)


class X12Parser:
    """Every X12 file; message types without a reader are named and shown in words."""

    formats: ClassVar[tuple[str, ...]] = ("x12", *(f"x12-{name}" for name in READERS))

    def parse(self, source: Source) -> ParsedDocument:
        """Return the message in words with what it states; of several each is a part."""
        return parse(source, X12)

    def messages(self, source: Source) -> Iterator[Attachment]:
        """Yield every message of a file with several as a file of its own."""
        yield from messages(source, X12)
