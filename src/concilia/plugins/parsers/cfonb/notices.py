"""
Notices of transfers received: 31 the account, 34 one transfer, 39 their sum.

The same money stands on the statement of 120 columns, under no common reference. So what a notice
says is information (`INFO`), and never booked: booked twice it would pay two invoices.
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import Final

from concilia.documents.core.banking import Account, BankEntry, Party
from concilia.plugins.parsers.banklines import Findings, Part, day, digits
from concilia.plugins.parsers.banklines.blocks import Block, Shape, blocks
from concilia.plugins.parsers.cfonb.statements import iban

WIDTH: Final = 240
HEADER, TRANSFER, TOTAL = "31", "34", "39"
RECEIVED: Final = "20"  # the interbank operation of a transfer
EURO: Final = "E"


SHAPE: Final = Shape(WIDTH, HEADER, TOTAL, frozenset({TRANSFER}))


def read(text: str, found: Findings) -> Iterator[Part]:
    """Yield the account of every notice with its transfers."""
    for notice in blocks(text, SHAPE, found):
        account = _account(notice.head)
        yield account, _entries(notice, found)


def _account(head: str) -> Account:
    bank, branch, number = head[21:26], head[26:31], head[31:42].strip()
    created = day(head[10:16])
    return Account(
        identification=f"{bank}{branch}{number}",
        iban=iban(bank, branch, number),
        currency="EUR" if head[16] == EURO else None,
        owner=head[42:66].strip() or None,
        statement_id=f"{number}-{created}-{head[2:8]}",
        created=created,
    )


def _entries(notice: Block, found: Findings) -> Iterator[BankEntry]:
    total = Decimal(0)
    for number, line in notice.lines:
        if line[8:10] != RECEIVED:
            found.add(f"line {number}: operation {line[8:10]!r} is no transfer received, not read")
            continue
        if line[16] != EURO:
            found.add(f"line {number}: a transfer that is not in euro was not read")
            continue
        try:
            entry = _entry(line)
        except ValueError as error:
            found.add(f"line {number}: a transfer is damaged: {error}")
            continue
        total += entry.amount
        yield entry
    _check(notice, total, found)


def _check(notice: Block, total: Decimal, found: Findings) -> None:
    if notice.foot is None:
        return
    try:
        stated = digits(notice.foot[228:240], 2)
    except ValueError as error:
        found.add(f"the total is damaged: {error}")
        return
    if stated != total:
        found.add(f"the transfers add up to {total}, the bank says {stated}")


def _entry(line: str) -> BankEntry:
    bank, branch, number = line[21:26], line[26:31], line[31:42].strip()
    settled = day(line[10:16])
    words = " ".join(line[128:216].split())
    return BankEntry(
        sequence=1,
        amount=digits(line[228:240], 2),
        currency="EUR",
        direction="in",
        status="INFO",
        booking_date=settled,
        value_date=settled,
        entry_reference=line[122:128].strip() or None,
        transaction_code=line[8:10].strip() or None,
        counterparty=Party(
            name=" ".join(line[42:66].split()) or None, iban=iban(bank, branch, number)
        ),
        remittance_text=(words,) if words else (),
    )
