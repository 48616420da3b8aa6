"""A bank's file as the cash desk takes it in: money that came, and money the bank took back."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any, Final

from concilia.documents.core.banking import Account, Balance, BankEntry, ReferredDocument, Statement
from concilia.kernel.currencies import EXPONENTS
from concilia.kernel.money import DIGITS_MAX

BOOKED: Final = frozenset({None, "", "BOOK"})
CREDIT_NOTE: Final = "CREN"
# Sub-families of ISO 20022 transaction codes that say: money we had got goes back (unpaid or
# refunded debits and cheques, transfers called back), where the bank sets no reversal mark.
TAKEN_BACK: Final = frozenset({"UPDD", "PRDD", "RCDD", "UPCQ", "RPCR", "RRTN"})
OPENING, CLOSING = ("OPBD", "PRCD"), ("CLBD",)
IDENTIFICATION_MAX: Final = 60
NO_CURRENCY: Final = "XXX"


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementEntry:
    """
    One credit, or one amount the bank took back, as a statement says it; amounts in minor units.

    :param key: the bank's reference and sequence; empty where the bank gives none
    :param remittance: structured lines: number, gross, discount, deduction, reason_text, net
    """

    amount_minor: int
    currency: str
    booking_date: date
    value_date: date
    key: str = ""
    is_return: bool = False
    return_reason: str = ""
    charges_minor: int = 0
    payer_name: str = ""
    payer_iban: str = ""
    ultimate_debtor: str = ""
    end_to_end_id: str = ""
    structured_reference: str = ""
    text: str = ""
    remittance: list[dict[str, Any]] = field(default_factory=list)


@dataclass(frozen=True, slots=True, kw_only=True)
class StatementDraft:
    """
    One account's part of a bank file.

    :param left_out: entries that could not be taken, each with its reason in one sentence
    """

    iban: str
    currency: str
    identification: str
    statement_date: date
    entries: Sequence[StatementEntry]
    account_name: str = ""
    opening_minor: int | None = None
    closing_minor: int | None = None
    left_out: Sequence[str] = ()


class EntryUnreadable(ValueError):
    """An entry has no date, or an amount its currency cannot have; the message says which."""


def drafts_from(statement: Statement) -> list[StatementDraft]:
    """
    Return what the cash desk takes of a bank file: one draft for each account's statement.

    Money that came in and money the bank took back are kept, with charges and structured
    remittance; what we paid ourselves and what is not booked yet is left out in silence. An entry
    that cannot be read is named in `left_out`; a statement without any date is left out whole.
    """
    drafts = [_draft(statement, n, account) for n, account in enumerate(statement.accounts, 1)]
    return [draft for draft in drafts if draft is not None]


def _draft(statement: Statement, n: int, account: Account) -> StatementDraft | None:
    currency = _currency(account)
    entries: list[StatementEntry] = []
    left_out: list[str] = []
    for place, entry in enumerate(account.entries, start=1):
        if entry.status not in BOOKED or not (entry.direction == "in" or is_taken_back(entry)):
            continue
        try:
            entries.append(_entry(account, entry))
        except EntryUnreadable as error:
            left_out.append(f"Entry {place} ({entry.bank_reference or 'no reference'}): {error}.")
    day = _statement_date(account, entries)
    if day is None:
        return None
    return StatementDraft(
        iban=(account.iban or account.identification or "").replace(" ", "")[:40],
        currency=currency,
        identification=_identification(statement, n, account, day),
        statement_date=day,
        entries=tuple(entries),
        account_name=account.owner or "",
        opening_minor=_balance(account.balances, OPENING, currency),
        closing_minor=_balance(reversed(account.balances), CLOSING, currency),
        left_out=tuple(left_out),
    )


def is_taken_back(entry: BankEntry) -> bool:
    """Whether money that had come in went out again: a returned debit, a reversed credit."""
    if entry.direction == "in":
        return False
    family = (entry.transaction_code or "").rpartition("/")[2]
    return bool(entry.reversal or entry.return_reason or family in TAKEN_BACK)


def _entry(account: Account, entry: BankEntry) -> StatementEntry:
    currency = entry.currency or account.currency or ""
    booked = _date(entry.booking_date or entry.value_date or account.created)
    if booked is None:
        raise EntryUnreadable("it has no date")
    amount = minor_of(entry.amount, currency)
    if amount <= 0:
        raise EntryUnreadable("its amount is zero")
    payer, back = entry.counterparty, is_taken_back(entry)
    first, *others = entry.creditor_references or ("",)
    return StatementEntry(
        amount_minor=amount,
        currency=currency,
        booking_date=booked,
        value_date=_date(entry.value_date) or booked,
        key=_key(entry),
        is_return=back,
        return_reason=entry.return_reason or "",
        charges_minor=_charges(entry, currency),
        payer_name=payer.name or entry.ultimate_debtor.name or "",
        payer_iban=payer.iban or entry.ultimate_debtor.iban or "",
        ultimate_debtor=entry.ultimate_debtor.name or "",
        end_to_end_id=entry.end_to_end_id or "",
        structured_reference=first,
        text=_text(entry, others),
        remittance=[
            line for document in entry.documents if (line := _line(document, currency)) is not None
        ],
    )


def minor_of(amount: Decimal, currency: str) -> int:
    """
    Return an amount in minor units, exactly.

    :raises EntryUnreadable: if the currency is none, or the amount has more decimals or more digits
        than the currency's amounts have
    """
    exponent = EXPONENTS.get(currency)
    if exponent is None:
        raise EntryUnreadable(f"{currency[:10]!r} is no currency")
    scaled = amount.scaleb(exponent)
    if scaled != scaled.to_integral_value():
        raise EntryUnreadable(f"{amount} has more decimals than {currency} has")
    if scaled.adjusted() >= DIGITS_MAX:
        raise EntryUnreadable(f"{amount} is larger than any amount we can book")
    return int(scaled)


def _charges(entry: BankEntry, currency: str) -> int:
    """What the bank kept, where it says so in the entry's currency; never a reason to refuse it."""
    try:
        return max(0, minor_of(entry.charges or Decimal(0), currency))
    except EntryUnreadable:
        return 0


def _key(entry: BankEntry) -> str:
    reference = entry.bank_reference or entry.transaction_id or ""
    return f"{reference}/{entry.sequence}" if reference and entry.sequence > 1 else reference


def _text(entry: BankEntry, references: Sequence[str]) -> str:
    """All words a person would read, each piece once; the bank's own only where there are none."""
    said = dict.fromkeys([*entry.remittance_text, *entry.additional_remittance, *references])
    if not said and not entry.documents:
        said = dict.fromkeys(
            part for part in (entry.return_text, entry.additional_info) if part is not None
        )
    elif is_taken_back(entry) and entry.return_text:
        said[entry.return_text] = None
    return " ".join(said)


def _line(document: ReferredDocument, currency: str) -> dict[str, Any] | None:
    """
    One document as a remittance line: `net = gross - discount - deduction`, credits negative.

    None where the line says nothing, or is in another currency than the payment.
    """
    if document.currency not in {None, "", currency}:
        return None
    sign = -1 if document.kind == CREDIT_NOTE else 1
    kept = sum((one.amount for one in document.adjustments), start=Decimal(0))
    words = (word for one in document.adjustments for word in (one.text, one.reason) if word)
    gross = None if document.due is None else sign * abs(document.due)
    net = None if document.remitted is None else sign * abs(document.remitted)
    if document.credited is not None and gross is None:
        gross = -abs(document.credited)
    if document.number is None and gross is None and net is None and not kept:
        return None
    return {
        "number": document.number or "",
        "gross": _plain(gross),
        "discount": _plain(document.discount),
        "deduction": _plain(kept) if kept > 0 else None,
        "reason_text": " ".join(words),
        "net": _plain(net),
    }


def _plain(amount: Decimal | None) -> str | None:
    return None if amount is None else f"{amount:f}"


def _identification(statement: Statement, n: int, account: Account, day: date) -> str:
    """The bank's name of the statement; never cut, for two long ones may begin alike."""
    name = account.statement_id or (f"{statement.message_id}/{n}" if statement.message_id else "")
    name = name or f"{day.isoformat()}/{account.number or n}"
    if len(name) <= IDENTIFICATION_MAX:
        return name
    return "sha:" + hashlib.sha256(name.encode()).hexdigest()[: IDENTIFICATION_MAX - 4]


def _statement_date(account: Account, entries: Sequence[StatementEntry]) -> date | None:
    closing = [_date(one.date) for one in account.balances if one.kind in CLOSING]
    days = [day for day in closing if day] or [one.booking_date for one in entries]
    return max(days) if days else _date(account.created)


def _balance(balances: Iterable[Balance], kinds: Sequence[str], currency: str) -> int | None:
    for one in balances:
        if one.kind in kinds and one.currency == currency:
            try:
                return minor_of(one.amount, currency)
            except EntryUnreadable:
                return None
    return None


def _currency(account: Account) -> str:
    said = [account.currency, *(one.currency for one in account.balances)]
    said += [one.currency for one in account.entries]
    return next((one for one in said if one), NO_CURRENCY)


def _date(text: str | None) -> date | None:
    """The day of an ISO date or moment; banks write odd ones, which say nothing."""
    try:
        return date.fromisoformat((text or "")[:10])
    except ValueError:
        return None
