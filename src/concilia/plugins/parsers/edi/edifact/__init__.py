"""UN/EDIFACT: remittances, disputes, invoices, despatch and receiving advices, credits, debits."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import ClassVar, Final

from concilia.documents.core.parsed import Attachment, ParsedDocument, Source
from concilia.plugins.parsers.edi.documents import Standard, messages, parse
from concilia.plugins.parsers.edi.edifact.goods import Despatch, Receipt
from concilia.plugins.parsers.edi.edifact.interchange import read_interchanges
from concilia.plugins.parsers.edi.edifact.invoices import Invoice
from concilia.plugins.parsers.edi.edifact.payments import (
    CreditAdvice,
    DebitAdvice,
    Dispute,
    Remittance,
)
from concilia.plugins.parsers.edi.edifact.words import MESSAGES, WORDS
from concilia.plugins.parsers.edi.papers import Draft
from concilia.plugins.parsers.edi.transcript import Line

READERS: Final[dict[str, Callable[[Draft, list[Line]], object]]] = {
    "REMADV": Remittance,
    "COMDIS": Dispute,
    "INVOIC": Invoice,
    "DESADV": Despatch,
    "RECADV": Receipt,
    "CREADV": CreditAdvice,
    "DEBADV": DebitAdvice,
}
EDIFACT: Final = Standard("edifact", read_interchanges, WORDS, MESSAGES, READERS)


class EdifactParser:
    """Every EDIFACT file; message types without a reader are named and shown in words."""

    formats: ClassVar[tuple[str, ...]] = (
        "edifact",
        *(f"edifact-{name.lower()}" for name in READERS),
    )

    def parse(self, source: Source) -> ParsedDocument:
        """Return the message in words with what it states; of several each is a part."""
        return parse(source, EDIFACT)

    def messages(self, source: Source) -> Iterator[Attachment]:
        """Yield every message of a file with several as a file of its own."""
        yield from messages(source, EDIFACT)
