"""Plain text, in any encoding."""

from __future__ import annotations

from typing import ClassVar

from concilia.documents.core.decoding import decode
from concilia.documents.core.parsed import ParsedDocument, Source


class TextParser:
    """Text files as they are. What looks like columns stays text."""

    formats: ClassVar[tuple[str, ...]] = ("txt",)

    def parse(self, source: Source) -> ParsedDocument:
        """Decode the file."""
        return ParsedDocument("txt", decode(source.content))
