"""Rich text: letters of word processors, and the bodies of mails from Outlook."""

from __future__ import annotations

import re
from typing import ClassVar

from concilia.documents.core.decoding import tidy
from concilia.documents.core.markup import Rendered, render
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed
from concilia.plugins.parsers.rtf.tokens import read_rich_text


class RtfParser:
    """Its words; the cells of a row stand on one line. Pictures and embedded files are left out."""

    formats: ClassVar[tuple[str, ...]] = ("rtf",)

    def parse(self, source: Source) -> ParsedDocument:
        """Return the text."""
        rendered = rendered_rich_text(source.content)
        if not rendered.text.strip() and not source.content.lstrip().startswith(b"{\\rtf"):
            raise ParserFailed("not a rich text file")
        warnings = () if rendered.text.strip() else ("no text in the file: pictures only, or none",)
        return ParsedDocument("rtf", rendered.text, tables=rendered.tables, warnings=warnings)


def rendered_rich_text(content: bytes) -> Rendered:
    """Return the text a person would see; a page wrapped in rich text is rendered as a page."""
    rich = read_rich_text(content)
    if rich.is_html:
        return render(tidy(rich.text))
    lines = (re.sub(r"[ \t]+$", "", line) for line in tidy(rich.text).split("\n"))
    return Rendered(re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip("\n") + "\n", ())
