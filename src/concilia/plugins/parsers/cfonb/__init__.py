"""
French bank statements of 120 columns (CFONB, *relevé de compte*), and the 240 columns in which
banks announce the transfers they received one by one.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar, Final

from concilia.documents.core.parsed import Source
from concilia.plugins.parsers.banklines import Findings, LineParser, Part
from concilia.plugins.parsers.cfonb import notices, statements

PROBLEM: Final = "not a bank statement: no opening balance (record 01)"
NO_NOTICE: Final = "not a notice of transfers: no header (record 31)"


class CfonbParser(LineParser):
    """Statements as such; a notice of transfers is read but books nothing, its statement does."""

    formats: ClassVar[tuple[str, ...]] = ("cfonb120", "cfonb240")

    def parts(self, source: Source, text: str, found: Findings) -> tuple[Iterator[Part], str]:
        """Return the accounts of statements, or of notices."""
        if source.format == "cfonb240":
            return notices.read(text, found), NO_NOTICE
        return statements.read(text, found), PROBLEM
