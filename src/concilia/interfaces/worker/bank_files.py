"""
Bank files as rows for `cash.actions.load_statement`.

Runs inside the sandbox: strangers' bytes in, plain JSON values out, no Django and no database.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Any, Final

from concilia.documents.core.banking import Account, Adjustment, BankEntry, ReferredDocument
from concilia.documents.core.parsed import Source
from concilia.documents.ports import ParserFailed, StatementParser, parser_for
from concilia.foundation.sandboxed import note
from concilia.kernel.currencies import UnknownCurrency
from concilia.kernel.money import AmountUnreadable, Money

PENDING: Final = frozenset({"PDNG", "INFO", "FUTR"})
CREDIT_KINDS: Final = frozenset({"CREN"})
OPENING: Final = frozenset({"OPBD", "PRCD"})
CLOSING: Final = frozenset({"CLBD"})


def rows_of(payload: bytes, *, filename: str, document_format: str) -> Iterator[dict[str, Any]]:
    """
    This will yield what came in on each account, and what the bank took back, entry by entry.

    What we paid out, and what is only announced, is left out. An entry that cannot be booked
    (no date, an amount its currency cannot have) is yielded with its `problem`.

    :raises ParserFailed: if the file is no bank file, or damaged
    """
    parser = parser_for(document_format)
    if not isinstance(parser, StatementParser):
        raise ParserFailed(f"no reader of {document_format} files is installed")
    source = Source(content=payload, filename=filename, format=document_format)
    for number, (account, entry) in enumerate(parser.entries(source), start=1):
        note(f"entry {number}")
        if entry.status in PENDING or (entry.direction != "in" and not _is_return(entry)):
            continue
        try:
            yield {"account": _account(account, entry), "entry": _entry(account, entry)}
        except (AmountUnreadable, UnknownCurrency, ValueError) as error:
            yield {"problem": f"entry {number}: {error}"}


def _account(account: Account, entry: BankEntry) -> dict[str, Any]:
    """The account's part of the file; what names it there where the bank gives it no name."""
    currency = account.currency or entry.currency
    day = (account.created or entry.booking_date or entry.value_date or "")[:10]
    number = account.statement_id or account.number or f"{day} {account.identification or ''}"
    return {
        "iban": account.iban or account.identification or "",
        "currency": currency,
        "name": account.owner or "",
        "identification": number.strip(),
        "date": day,
        "opening": _balance(account, OPENING, currency),
        "closing": _balance(account, CLOSING, currency),
    }


def _entry(account: Account, entry: BankEntry) -> dict[str, Any]:
    booked = entry.booking_date or entry.value_date or (account.created or "")[:10]
    if not booked:
        raise ValueError("it has no date")
    reference = entry.bank_reference or entry.entry_reference or entry.transaction_id or ""
    text = " ".join((*entry.remittance_text, *entry.additional_remittance))
    return {
        "amount": _minor(entry.amount, entry.currency),
        "currency": entry.currency,
        "booked": booked[:10],
        "valued": (entry.value_date or booked)[:10],
        "key": f"{reference}/{entry.sequence}" if reference else "",
        "is_return": entry.direction != "in",
        "return_reason": entry.return_reason or "",
        "charges": _minor(entry.charges, entry.currency) if entry.charges else 0,
        "payer_name": entry.counterparty.name or "",
        "payer_iban": entry.counterparty.iban or "",
        "ultimate_debtor": entry.ultimate_debtor.name or "",
        "end_to_end_id": entry.end_to_end_id or "",
        "structured_reference": next(iter(entry.creditor_references), ""),
        "text": text or ("" if entry.documents else entry.additional_info or ""),
        "remittance": [_line(each, entry.currency) for each in entry.documents if each.number],
    }


def _is_return(entry: BankEntry) -> bool:
    """Money that had come in and was taken back: a returned debit, a reversed credit."""
    return bool(entry.reversal or entry.return_reason)


def _line(document: ReferredDocument, currency: str) -> dict[str, Any]:
    """One document of the payment, amounts as decimal text; what is lacking is None."""
    sign = -1 if document.kind in CREDIT_KINDS else 1
    kept = sum((each.amount for each in document.adjustments), start=Decimal(0))
    gross = document.due
    if gross is None and document.credited is not None:
        gross, sign = document.credited, -1
    return {
        "number": document.number,
        "gross": _text(gross, currency, sign),
        "discount": _text(document.discount, currency, 1),
        "deduction": _text(max(kept, Decimal(0)), currency, 1) if kept > 0 else None,
        "reason_text": _reasons(document.adjustments),
        "net": _text(document.remitted, currency, sign),
    }


def _reasons(adjustments: tuple[Adjustment, ...]) -> str:
    words = (word for each in adjustments for word in (each.text, each.reason) if word)
    return " ".join(words)


def _text(amount: Decimal | None, currency: str, sign: int) -> str | None:
    if amount is None:
        return None
    return Money(sign * abs(_minor(amount, currency)), currency).to_decimal_string()


def _balance(account: Account, kinds: frozenset[str], currency: str) -> int | None:
    found = next((one for one in account.balances if one.kind in kinds), None)
    return None if found is None else _minor(found.amount, currency)


def _minor(amount: Decimal, currency: str) -> int:
    """Banks write up to five decimals; those beyond the currency's must be zeros."""
    return Money.parse(f"{amount.normalize():f}", currency).minor
