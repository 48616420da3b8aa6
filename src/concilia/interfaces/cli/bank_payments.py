"""Payments from a bank's own file: camt, MT940, BAI2, CODA, CFONB, Norma 43, OFX."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Final

from concilia.documents.core.banking import Account, BankEntry, ReferredDocument
from concilia.documents.core.parsed import Source
from concilia.documents.ports import ParserFailed, StatementParser, parser_for
from concilia.interfaces.cli.tables import (
    Bad,
    CellUnreadable,
    Problems,
    TableUnreadable,
    cell_amount,
    cell_currency,
    cell_date,
)
from concilia.matching.records import Payment, RemittanceLine

CREDIT_KINDS: Final = frozenset({"CREN"})


def read_bank_file(path: Path, name: str, problems: Problems) -> Iterator[Payment | Bad]:
    """
    This will yield the payments of a bank's file, and what could not be read in its place.

    :param name: of the format
    """
    parser = parser_for(name)
    if not isinstance(parser, StatementParser):
        raise TableUnreadable(f"{path}: no reader of {name} files is installed.")
    source = Source(content=path.read_bytes(), filename=path.name, format=name)
    seen: dict[str, int] = {}
    number = 0
    try:
        for number, (account, entry) in enumerate(parser.entries(source), start=1):
            if entry.direction != "in" and not _is_return(entry):
                continue
            try:
                yield _named_once(payment_of(account, entry, number), seen)
            except CellUnreadable as error:
                problems.add(path, number, f"it was not matched: {error}.", unit="entry")
                yield Bad(entry.bank_reference, f"entry {number}: {error}")
    except ParserFailed as error:
        problems.add(path, number + 1, f"the file ends here: {error}", unit="entry")


def _is_return(entry: BankEntry) -> bool:
    """Money that had come in and was taken back: a returned debit, a reversed credit."""
    return entry.direction == "out" and bool(entry.reversal or entry.return_reason)


def _named_once(payment: Payment, seen: dict[str, int]) -> Payment:
    """Banks repeat references; an id of ours names one payment."""
    count = seen.get(payment.payment_id, 0) + 1
    seen[payment.payment_id] = count
    if count == 1:
        return payment
    return payment._replace(payment_id=f"{payment.payment_id}-{count}")


def payment_of(account: Account, entry: BankEntry, number: int) -> Payment:
    """
    Return a bank entry as a payment.

    :param number: its place in the file, which names it where the bank does not
    :raises CellUnreadable: if it has no date, or an amount its currency cannot have
    """
    currency = cell_currency(entry.currency)
    booked = entry.booking_date or entry.value_date or account.created or ""
    amount = _minor(entry.amount, currency)
    reference = entry.bank_reference or entry.entry_reference or entry.transaction_id
    name = f"{reference}/{entry.sequence}" if reference and entry.sequence > 1 else reference
    payer = entry.ultimate_debtor if entry.ultimate_debtor.name else entry.counterparty
    text = " ".join((*entry.remittance_text, *entry.additional_remittance))
    return Payment(
        payment_id=name or f"{account.statement_id or account.iban or 'entry'}-{number}",
        booked_on=cell_date(booked, "booking date"),
        valued_on=cell_date(entry.value_date or booked, "value date"),
        currency=currency,
        amount_minor=amount if entry.direction == "in" else -amount,
        payer_name=entry.counterparty.name or payer.name or "",
        payer_iban=entry.counterparty.iban or payer.iban or "",
        text=text or ("" if entry.documents else entry.additional_info or ""),
        structured_reference=entry.creditor_references[0] if entry.creditor_references else "",
        end_to_end_id=entry.end_to_end_id or "",
        lines=tuple(_line(document, currency) for document in entry.documents if document.number),
    )


def _line(document: ReferredDocument, currency: str) -> RemittanceLine:
    sign = -1 if document.kind in CREDIT_KINDS else 1
    kept = sum((_minor(one.amount, currency) for one in document.adjustments), start=0)
    reasons = " ".join(word for one in document.adjustments if (word := one.text or one.reason))
    net = None if document.remitted is None else sign * abs(_minor(document.remitted, currency))
    gross = None if document.due is None else sign * abs(_minor(document.due, currency))
    if document.credited is not None and gross is None:
        gross = -abs(_minor(document.credited, currency))
    return RemittanceLine(
        number=document.number or "",
        gross_minor=gross,
        discount_minor=_minor(document.discount, currency) if document.discount else 0,
        deduction_minor=max(kept, 0),
        reason_text=reasons,
        net_minor=net if net is not None or gross is None or document.adjustments else None,
    )


def _minor(amount: Decimal, currency: str) -> int:
    return cell_amount(f"{amount.normalize():f}", currency, "amount")  # 8.850 is 8.85
