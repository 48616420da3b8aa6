"""What a parser of one file format must do. Ours and other people's are found the same way."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final, Protocol, runtime_checkable

from concilia.documents.core.banking import Account, BankEntry
from concilia.documents.core.parsed import Attachment, ParsedDocument, Source
from concilia.foundation.plugins import Registry


class ParserFailed(Exception):
    """
    The document could not be parsed; the message is one sentence for a person.

    A permanent failure is the document's own (damaged, encrypted); it will not get better.
    """

    def __init__(self, message: str, *, permanent: bool = True) -> None:
        super().__init__(message)
        self.permanent = permanent


@runtime_checkable
class Parser(Protocol):
    """One file format, or a family of them. Parsers run inside the sandbox and keep no state."""

    formats: ClassVar[tuple[str, ...]]

    def parse(self, source: Source) -> ParsedDocument:
        """
        Say what the document says: text with positions, tables, attachments.

        :raises ParserFailed: if nothing can be read; what is merely odd becomes a warning
        """
        ...


@runtime_checkable
class StatementParser(Parser, Protocol):
    """A parser of bank statements that can hand out entries one by one, in flat memory."""

    def entries(self, source: Source) -> Iterator[tuple[Account, BankEntry]]:
        """
        Yield every entry with the account it is on (that account's own entries left out).

        :raises ParserFailed: if the file is damaged; entries before the damage have been yielded
        """
        ...


@runtime_checkable
class MessageParser(Parser, Protocol):
    """A parser of files that may hold several messages, each a document of its own."""

    def messages(self, source: Source) -> Iterator[Attachment]:
        """
        Yield every message as a file of its own; of a file with one message, nothing.

        :raises ParserFailed: if nothing can be read
        """
        ...


PARSERS: Final[Registry[Parser]] = Registry("concilia.parsers")


def parser_for(document_format: str) -> Parser | None:
    """Return a parser of this format; None where none is installed."""
    for name in PARSERS:
        if document_format in PARSERS[name].formats:
            return PARSERS[name]()
    return None
