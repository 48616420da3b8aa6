"""Statements: 01 the old balance, 04 an operation, 05 more about it, 07 the new balance."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from concilia.documents.core.banking import Account, Balance, BankEntry, Party
from concilia.plugins.parsers.banklines import (
    Findings,
    Part,
    check_balance,
    day,
    digits,
    iban_of,
    says_returned,
    signed,
)
from concilia.plugins.parsers.banklines.blocks import Block, Shape, blocks

WIDTH: Final = 120
OLD, OPERATION, MORE, NEW = "01", "04", "05", "07"
# The last figure of an amount carries its sign: `{` is +0, `A` +1 …, `}` is −0, `J` −1 …
SIGNS: Final = {
    **{letter: (value, 1) for value, letter in enumerate("{ABCDEFGHI")},
    **{letter: (value, -1) for value, letter in enumerate("}JKLMNOPQR")},
}
# Operations of the interbank list that take money back: unpaid cheques, debits, bills, cards.
TAKEN_BACK: Final = frozenset({"03", "10", "26", "27", "33", "38", "98", "B3", "B4"})
LETTERS: Final = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
ISO_REASON: Final = re.compile(r"[A-Z]{2}[0-9A-Z]{2}\b")


SHAPE: Final = Shape(
    WIDTH,
    OLD,
    NEW,
    frozenset({OPERATION, MORE}),
    # Currency and number; the codes of bank and branch vary between the records of some banks.
    key=(slice(16, 19), slice(21, 32)),
)


def read(text: str, found: Findings) -> Iterator[Part]:
    """Yield every account's statement with its operations."""
    for statement in blocks(text, SHAPE, found):
        account = _account(statement, found)
        yield account, _entries(account, statement, found)


def iban(bank: str, branch: str, number: str) -> str | None:
    """Return the IBAN; French account numbers carry a key made of all three."""
    plain = number.upper().translate(LETTERS)
    if not (bank.isdecimal() and branch.isdecimal() and plain.isdecimal()):
        return None
    key = 97 - (89 * int(bank) + 15 * int(branch) + 3 * int(plain)) % 97
    return iban_of("FR", f"{bank}{branch}{number.upper()}{key:02d}")


def _account(statement: Block, found: Findings) -> Account:
    head = statement.head
    number = head[21:32].strip()
    balances = [
        balance
        for kind, line in (("OPBD", head), ("CLBD", statement.foot))
        if line is not None and (balance := _balance(kind, line, found)) is not None
    ]
    closing = day((statement.foot or head)[34:40])
    return Account(
        identification=f"{head[2:7]}{head[11:16]}{number}",
        iban=iban(head[2:7], head[11:16], number),
        currency=head[16:19].strip() or None,
        statement_id=f"{number}-{closing or 'undated'}",
        created=closing,
        balances=tuple(balances),
    )


def _balance(kind: str, line: str, found: Findings) -> Balance | None:
    booked = day(line[34:40])
    if booked is None:
        found.add(f"a balance has no readable date: {line[34:40].strip()!r}")
    try:
        return Balance(kind, _amount(line), line[16:19], booked)
    except ValueError as error:
        found.add(f"a balance is damaged: {error}")
        return None


def _amount(line: str) -> Decimal:
    value, sign = SIGNS.get(line[103], (None, 1))
    decimals = line[19]
    if value is None or not decimals.isdecimal():
        raise ValueError(f"{line[90:104].strip()!r} is no amount")
    return sign * digits(f"{line[90:103]}{value}", int(decimals))


def _entries(account: Account, statement: Block, found: Findings) -> Iterator[BankEntry]:
    """Yield the operations, each with the records that go on about it."""
    moved = Decimal(0)
    for number, operation, more in _operations(statement, found):
        try:
            entry = _entry(operation, more)
        except ValueError as error:
            found.add(f"line {number}: an operation is damaged: {error}")
            continue
        moved += signed(entry)
        yield entry
    check_balance(account, moved, found)


def _operations(
    statement: Block, found: Findings
) -> Iterator[tuple[int, str, dict[str, list[str]]]]:
    place, operation = 0, ""
    more: dict[str, list[str]] = {}
    for number, line in statement.lines:
        if line[:2] == OPERATION:
            if operation:
                yield place, operation, more
            place, operation, more = number, line, {}
        elif operation:
            more.setdefault(line[45:48], []).append(line[48:118])
        else:
            found.add(f"line {number}: a record 05 without an operation was not read")
    if operation:
        yield place, operation, more


def _entry(line: str, more: dict[str, list[str]]) -> BankEntry:
    amount = _amount(line)
    booked = day(line[34:40])
    if booked is None:
        raise ValueError(f"{line[34:40].strip()!r} is no date")
    label = " ".join(line[48:79].split())
    said = _texts(more, "LCC", "LC2", "LIB")
    reason = _reason(line, label, said, more) if amount < 0 else None
    payer, payee = _text(more, "NPY"), _text(more, "NBE")
    fee = _money(more, "FEE")
    original = _money(more, "MMO")
    return BankEntry(
        sequence=1,
        amount=abs(amount),
        currency=line[16:19],
        direction="out" if amount < 0 else "in",
        status="BOOK",
        booking_date=booked,
        value_date=day(line[42:48]) or booked,
        bank_reference=_text(more, "REF"),
        end_to_end_id=_unless_none(_text(more, "RCN", slice(0, 35))),
        mandate_id=_text(more, "RUM", slice(0, 35)),
        transaction_code=line[32:34],
        counterparty=Party(name=payer or payee, identification=_text(more, "IPY", slice(0, 35))),
        ultimate_debtor=Party(name=_text(more, "NPO")),
        ultimate_creditor=Party(name=_text(more, "NBU")),
        # The reference of the last columns is the payer's: it names no entry, many share one.
        remittance_text=tuple(
            each for each in (*(said or (label,)), line[104:120].strip()) if each
        ),
        creditor_references=_texts(more, "LCS"),
        return_reason=reason,
        return_text=_text(more, "RET", slice(4, 70)) or (label if reason else None),
        charges=fee[0] if fee else None,
        original_amount=original[0] if original else None,
        original_currency=original[1] if original else None,
        additional_info=label or None,
    )


def _reason(line: str, label: str, said: tuple[str, ...], more: dict[str, list[str]]) -> str | None:
    """Why money was taken back: the ISO code, the bank's own, or just that it was."""
    iso = ISO_REASON.match(_text(more, "RET") or "")
    rejected = line[40:42].strip(" 0")
    if iso:
        return iso[0]
    if rejected:
        return line[40:42].strip()
    taken_back = line[32:34] in TAKEN_BACK or says_returned(" ".join((label, *said)))
    return "RETURN" if taken_back or "RET" in more else None


def _money(more: dict[str, list[str]], key: str) -> tuple[Decimal, str] | None:
    """An amount in a record 05: currency, number of decimals, fourteen figures."""
    text = next(iter(more.get(key, ())), "")
    found = re.match(r"([A-Z]{3})([0-9])([0-9]{14})", text)
    return (digits(found[3], int(found[2])), found[1]) if found else None


def _text(more: dict[str, list[str]], key: str, part: slice = slice(None)) -> str | None:
    return next(
        (words for text in more.get(key, ()) if (words := " ".join(text[part].split()))), None
    )


def _texts(more: dict[str, list[str]], *keys: str) -> tuple[str, ...]:
    words = (" ".join(text.split()) for key in keys for text in more.get(key, ()))
    return tuple(dict.fromkeys(each for each in words if each))


def _unless_none(text: str | None) -> str | None:
    return None if text is None or text.upper() in {"NOTPROVIDED", "NONREF"} else text
