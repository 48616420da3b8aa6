"""The words of a hand-over: to whom, by which procedure, with which papers."""

from __future__ import annotations

from enum import StrEnum
from typing import Final


class Route(StrEnum):
    """To whom a debt is handed over."""

    AGENCY = "AGENCY"
    COURT = "COURT"


class PaperKind(StrEnum):
    """What a paper of the evidence proves."""

    INVOICE = "INVOICE"
    INVOICE_XML = "INVOICE_XML"
    DELIVERY = "DELIVERY"
    CONTRACT = "CONTRACT"
    ORDER = "ORDER"
    CORRESPONDENCE = "CORRESPONDENCE"
    STATEMENT = "STATEMENT"
    INTEREST = "INTEREST"
    NOTICE = "NOTICE"
    NOTICE_PROOF = "NOTICE_PROOF"
    ADR = "ADR"
    OTHER = "OTHER"


class ResultStatus(StrEnum):
    """What an agency says became of it."""

    ACCEPTED = "ACCEPTED"
    CONTACTED = "CONTACTED"
    PLAN = "PLAN"
    PARTLY_PAID = "PARTLY_PAID"
    PAID = "PAID"
    DISPUTED = "DISPUTED"
    COST = "COST"
    UNCOLLECTABLE = "UNCOLLECTABLE"
    CLOSED = "CLOSED"


# Written by the program from what is stored.
MADE: Final = frozenset({PaperKind.STATEMENT, PaperKind.INTEREST, PaperKind.CORRESPONDENCE})
