"""
SWIFT MT940 and MT942 bank statements, with the sub-fields of :86: that German, Dutch, French and
Italian banks use (domain.md §6.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Final

import mt940

from concilia.documents.core.banking import Account, Balance, BankEntry, Party, Statement
from concilia.documents.core.decoding import tidy
from concilia.documents.core.parsed import ParsedDocument, Source
from concilia.documents.ports import ParserFailed

ENTRIES_MAX: Final = 150_000
_BLOCK: Final = re.compile(r"(?m)^(?=:20:)")
_SLASHED: Final = re.compile(r"/([A-Z]{4})/")
_NOBODYS: Final = frozenset({"", "NONREF", "NOTPROVIDED"})
_RETURNED: Final = re.compile(
    r"\bRETOU?RE?N?\b|RUECKLAST|RÜCKLAST|RETURNED|REJECT|INSOLUT|IMPAYE|DEVOLUCION", re.IGNORECASE
)
_RETURN_CODES: Final = frozenset({"108", "109"})  # German GVC codes of returned direct debits
# What the library raises, of its own or by accident, when a field is damaged.
_FAULTS: Final = (ValueError, KeyError, IndexError, RuntimeError, ArithmeticError, TypeError)
_BALANCES: Final = {
    "final_opening_balance": "OPBD",
    "final_closing_balance": "CLBD",
    "available_balance": "CLAV",
}


class Mt940Parser:
    """Statements (MT940) and interim reports (MT942)."""

    formats: ClassVar[tuple[str, ...]] = ("mt940",)

    def parse(self, source: Source) -> ParsedDocument:
        """Return the whole statement; `text` is the file, as people of the trade read it."""
        accounts: list[Account] = []
        warnings: list[str] = []
        count = 0
        for account in _accounts(source, warnings):
            room = max(ENTRIES_MAX - count, 0)
            if len(account.entries) > room:
                warnings.append(
                    f"{len(account.entries) - room} entries beyond {ENTRIES_MAX} left out"
                )
            accounts.append(replace(account, entries=account.entries[:room]))
            count += len(account.entries)
        if not accounts:
            raise ParserFailed(warnings[0] if warnings else "not a bank statement: no field :20:")
        return ParsedDocument(
            source.format,
            tidy(_decoded(source.content)),
            statement=Statement(accounts[0].statement_id, tuple(accounts)),
            warnings=tuple(warnings),
        )

    def entries(self, source: Source) -> Iterator[tuple[Account, BankEntry]]:
        """Yield the entries of one statement after the other."""
        warnings: list[str] = []
        for account in _accounts(source, warnings):
            bare = replace(account, entries=())
            for entry in account.entries:
                yield bare, entry
        if warnings:
            raise ParserFailed(warnings[0])


def _decoded(content: bytes) -> str:
    for encoding in ("utf-8-sig", "cp1252"):
        try:
            return content.decode(encoding)
        except UnicodeDecodeError:
            continue
    return content.decode("cp850", "replace")


def _accounts(source: Source, warnings: list[str]) -> Iterator[Account]:
    """One statement at a time: a damaged one does not spoil the others."""
    blocks = [block for block in _BLOCK.split(_decoded(source.content)) if block.startswith(":20:")]
    for number, block in enumerate(blocks, start=1):
        try:
            yield _account(mt940.parse(block, options=mt940.Options.all()))
        except _FAULTS as error:
            warnings.append(f"statement {number} of the file is damaged: {str(error)[:120]}")


def _account(statement: mt940.models.Transactions) -> Account:
    data: Mapping[str, Any] = statement.data
    identification = _text(data.get("account_identification"))
    currency = _currency(data)
    account = Account(
        identification=identification,
        iban=identification if identification and _is_iban(identification) else None,
        currency=currency,
        statement_id=_text(data.get("transaction_reference")),
        number=_text(data.get("statement_number")),
        balances=tuple(_balances(data)),
    )
    entries = tuple(_entry(transaction.data, currency) for transaction in statement)
    return replace(account, entries=entries)


def _is_iban(text: str) -> bool:
    return bool(re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}", text))


def _currency(data: Mapping[str, Any]) -> str | None:
    for key in ("currency", *_BALANCES, "intermediate_opening_balance"):
        found = data.get(key)
        found = getattr(getattr(found, "amount", None), "currency", found)
        if isinstance(found, str) and found:
            return found
    return None


def _balances(data: Mapping[str, Any]) -> Iterator[Balance]:
    for key, kind in _BALANCES.items():
        balance: Any = data.get(key)
        amount = balance.amount if balance is not None else None
        if amount is not None and amount.currency:
            yield Balance(kind, Decimal(amount.amount), amount.currency, _day(balance.date))


def _entry(data: Mapping[str, Any], currency: str | None) -> BankEntry:
    status = str(data.get("status") or "").upper()
    slashed = _slashed(_text(data.get("transaction_details")) or "")
    value_date = _day(data.get("date"))
    return BankEntry(
        sequence=1,
        amount=abs(Decimal(data["amount"].amount)),
        currency=data["amount"].currency or _text(data.get("currency")) or currency or "",
        direction="in" if status in {"C", "RD"} else "out",
        status="BOOK",
        reversal=status in {"RC", "RD"},
        booking_date=_day(data.get("entry_date")) or value_date,
        value_date=value_date,
        bank_reference=_reference(data.get("bank_reference")),
        entry_reference=_reference(data.get("customer_reference")),
        end_to_end_id=_reference(data.get("end_to_end_reference")) or slashed.get("EREF"),
        mandate_id=_reference(data.get("additional_position_reference")) or slashed.get("MARF"),
        transaction_code=_text(data.get("transaction_code")) or _text(data.get("id")),
        counterparty=Party(
            name=_name(data) or slashed.get("NAME"),
            iban=_iban(data) or slashed.get("IBAN"),
        ),
        remittance_text=_remittance(data, slashed),
        return_reason=_return_reason(data),
        return_text=_text(data.get("posting_text")) if _return_reason(data) else None,
        additional_info=_text(data.get("posting_text")) or _text(data.get("extra_details")),
    )


def _slashed(details: str) -> dict[str, str]:
    """`/EREF/123/NAME/Jansen/REMI/FT 12`: the sub-fields of a :86: between slashes."""
    pieces = _SLASHED.split(" ".join(details.split("\n")))
    return {key: value.strip(" /") for key, value in zip(pieces[1::2], pieces[2::2], strict=True)}


def _name(data: Mapping[str, Any]) -> str | None:
    name = _text(data.get("applicant_name"))
    return " ".join(name.split()) if name else None


def _iban(data: Mapping[str, Any]) -> str | None:
    account = (_text(data.get("applicant_iban")) or "").replace(" ", "")
    return account if _is_iban(account) else None


def _remittance(data: Mapping[str, Any], slashed: Mapping[str, str]) -> tuple[str, ...]:
    """What the payer wrote, best source first."""
    purpose = [_text(data.get(key)) for key in ("purpose", "additional_purpose")]
    said = tuple(text for text in purpose if text)
    if said:
        return said
    if slashed.get("REMI"):
        return (slashed["REMI"],)
    details = _text(data.get("transaction_details")) or _text(data.get("non_swift_text")) or ""
    return tuple(line.strip() for line in details.split("\n") if line.strip())


def _return_reason(data: Mapping[str, Any]) -> str | None:
    said = f"{data.get('posting_text') or ''} {data.get('extra_details') or ''}"
    if str(data.get("transaction_code") or "") in _RETURN_CODES or _RETURNED.search(said):
        return _text(data.get("return_debit_notes")) or "RETURN"
    return None


def _reference(value: object) -> str | None:
    text = _text(value)
    return None if text is None or text.upper() in _NOBODYS else text


def _text(value: object) -> str | None:
    text = str(value).strip() if value is not None else ""
    return text or None


def _day(value: object) -> str | None:
    return date(value.year, value.month, value.day).isoformat() if isinstance(value, date) else None
