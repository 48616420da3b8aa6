"""
French bank statements of 120 columns (CFONB, *relevé de compte*), and the 240 columns in which
banks announce the transfers they received one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from concilia.documents.core.banking import Account, BankEntry
from concilia.documents.core.decoding import decode
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.plugins.parsers.banklines import Findings, Part, one_by_one, whole
from concilia.plugins.parsers.cfonb import notices, statements

PROBLEM: Final = "not a bank statement: no opening balance (record 01)"
NO_NOTICE: Final = "not a notice of transfers: no header (record 31)"


class CfonbParser:
    """Statements as such; a notice of transfers is read but books nothing, its statement does."""

    formats: ClassVar[tuple[str, ...]] = ("cfonb120", "cfonb240")

    def parse(self, source: Source) -> ParsedDocument:
        """Return every account's statement; records out of place become warnings."""
        found = Findings()
        text = decode(source.content)
        parts, problem = _parts(source, text, found)
        return whole(source, text, parts, found, problem)

    def entries(self, source: Source) -> Iterator[tuple[Account, BankEntry]]:
        """Yield the entries one by one."""
        found = Findings()
        parts, problem = _parts(source, decode(source.content), found)
        yield from one_by_one(parts, found, problem)


def _parts(source: Source, text: str, found: Findings) -> tuple[Iterator[Part], str]:
    if source.format == "cfonb240":
        return notices.read(text, found), NO_NOTICE
    return statements.read(text, found), PROBLEM
