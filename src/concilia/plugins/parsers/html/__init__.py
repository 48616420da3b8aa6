"""Web pages and saved mails."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from concilia.documents.core.decoding import decode
from concilia.documents.core.markup import render
from concilia.documents.core.parsed import ParsedDocument, Source

CHARSET: Final = re.compile(rb"charset\s*=\s*[\"']?([\w-]+)", re.IGNORECASE)
HEAD_BYTES: Final = 2048


class HtmlParser:
    """The text a person would see, with its tables. Nothing a page refers to is fetched."""

    formats: ClassVar[tuple[str, ...]] = ("html",)

    def parse(self, source: Source) -> ParsedDocument:
        """Decode as the page declares, then render."""
        declared = CHARSET.search(source.content[:HEAD_BYTES])
        html = decode(source.content, declared[1].decode("ascii") if declared else None)
        rendered = render(html)
        return ParsedDocument("html", rendered.text, tables=rendered.tables)
