"""A bank statement in the terms of the contract: a line for each document a payment names."""

from __future__ import annotations

from decimal import Decimal

from concilia.documents.core.amounts import money
from concilia.documents.core.banking import BankEntry, ReferredDocument, Statement
from concilia.documents.core.line_reading import ReadLine, reason_of_words


def statement_lines(statement: Statement) -> tuple[ReadLine, ...]:
    """Return the documents named by the incoming payments, with what was cut and why."""
    return tuple(
        _line(entry, document)
        for account in statement.accounts
        for entry in account.entries
        if entry.direction == "in"
        for document in entry.documents
    )


def statement_total(statement: Statement) -> str | None:
    """Return the sum of what came in, if the whole statement is in one currency."""
    incoming = [
        entry
        for account in statement.accounts
        for entry in account.entries
        if entry.direction == "in"
    ]
    currencies = {entry.currency for entry in incoming}
    if len(currencies) != 1:
        return None
    return money(sum((entry.amount for entry in incoming), Decimal(0)), currencies.pop())


def _line(entry: BankEntry, document: ReferredDocument) -> ReadLine:
    currency = document.currency or entry.currency
    cut = sum((each.amount for each in document.adjustments), Decimal(0))
    words = " ".join(each.text for each in document.adjustments if each.text)
    code = next((each.reason for each in document.adjustments if each.reason), None)
    reason = reason_of_words(words, None, code) if cut else None
    return ReadLine(
        document=document.number,
        invoiced=_shown(document.due, currency),
        paid=_shown(document.remitted, currency),
        discount=_shown(document.discount, currency),
        deducted=_shown(cut, currency) if cut > 0 else None,
        reason=reason.label if reason else None,
        reason_text=words or code,
    )


def _shown(value: Decimal | None, currency: str) -> str | None:
    return None if value is None else money(value, currency)
