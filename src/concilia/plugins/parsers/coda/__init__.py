"""
Belgian bank statements (CODA, Febelfin's standard 2): lines of 128 columns.

0 the file, 1 the old balance, 2 and 3 movements with their communication, 8 the new balance, 4
words to the customer, 9 the totals.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import ClassVar, Final

from concilia.documents.core.banking import Account, Balance, BankEntry
from concilia.plugins.parsers.banklines import (
    Findings,
    LineParser,
    Part,
    check_balance,
    day,
    iban_of,
    lines_of,
)
from concilia.plugins.parsers.coda.figures import amount_of
from concilia.plugins.parsers.coda.movements import Movement, entries_of, grouped

PROBLEM: Final = "not a bank statement: no old balance (record 1)"
WIDTH: Final = 128
FILE, OLD, MOVEMENT, MORE, WORDS, NEW, END = "0", "1", "2", "3", "4", "8", "9"
COUNTED: Final = frozenset({OLD, MOVEMENT, MORE, NEW})
BELGIAN, FOREIGN, BELGIAN_IBAN, FOREIGN_IBAN = "0", "1", "2", "3"
DEBIT: Final = "1"


@dataclass(slots=True)
class _Statement:
    """The lines of one account's statement."""

    owner: str = ""
    created: str | None = None
    head: str | None = None
    foot: str | None = None
    lines: list[tuple[int, str]] = field(default_factory=list)
    count: int = 0
    end: str | None = None


class CodaParser(LineParser):
    """Sequence numbers, the new balance and the totals are checked."""

    formats: ClassVar[tuple[str, ...]] = ("coda",)
    problem: ClassVar[str] = PROBLEM

    def read(self, text: str, found: Findings) -> Iterator[Part]:
        """Yield the statements, each from record 0 to record 9."""
        return _read(text, found)


def _read(text: str, found: Findings) -> Iterator[Part]:
    for statement in _statements(text, found):
        if statement.head is not None:
            account = _account(statement, statement.head, found)
            yield account, _entries(account, statement, found)
        elif statement.lines:
            found.add("a statement has no old balance (record 1) and was not read")


def _statements(text: str, found: Findings) -> Iterator[_Statement]:
    """Cut the file at the records 0; a statement without its end is named."""
    current: _Statement | None = None
    for number, line in lines_of(text, WIDTH):
        code = line[0]
        if code == FILE:
            if current is not None:
                found.add(f"line {number}: a new statement begins, the one before has no end (9)")
                yield current
            current = _Statement(" ".join(line[34:60].split()), day(line[5:11]))
            continue
        if current is None:
            current = _Statement()
            found.add("the file has no header (record 0)")
        _take(current, number, line, found)
        if code == END:
            yield current
            current = None
    if current is not None:
        found.add("the file ends before its totals (record 9): it is cut off")
        yield current


def _take(statement: _Statement, number: int, line: str, found: Findings) -> None:
    code = line[0]
    statement.count += code in COUNTED
    if code == OLD:
        statement.head = line
    elif code in {MOVEMENT, MORE}:
        statement.lines.append((number, line))
    elif code == NEW:
        statement.foot = line
    elif code == END:
        statement.end = line
    elif code != WORDS:
        found.add(f"line {number}: a record {code!r} is not known")


def _account(statement: _Statement, head: str, found: Findings) -> Account:
    number, currency = _number(head[1], head[5:42])
    opened = _balance("OPBD", head[42:58], head[58:64], currency, found)
    closed = None
    if statement.foot is None:
        found.add("the statement has no new balance (record 8)")
    else:
        foot = statement.foot
        closed = _balance("CLBD", foot[41:57], foot[57:63], currency, found)
        if foot[1:4] != head[2:5]:
            found.add(f"the new balance is of statement {foot[1:4]}, the old one of {head[2:5]}")
    date = (closed and closed.date) or statement.created
    return Account(
        identification=number or None,
        iban=_iban(head[1], number),
        currency=currency,
        owner=" ".join(head[64:90].split()) or statement.owner or None,
        # Numbers begin anew every year; the one of the coded statement is always there.
        statement_id=f"{(date or '')[:4]}-{head[125:128].strip() or head[2:5]}",
        number=head[2:5],
        created=date,
        balances=tuple(each for each in (opened, closed) if each is not None),
    )


def _number(structure: str, text: str) -> tuple[str, str | None]:
    """Return the account's number and currency; where they stand depends on the structure."""
    if structure == BELGIAN:
        return text[:12].strip(), text[13:16].strip() or None
    length = 31 if structure == BELGIAN_IBAN else 34
    return "".join(text[:length].split()), text[34:37].strip() or None


def _iban(structure: str, number: str) -> str | None:
    if structure == BELGIAN:
        return iban_of("BE", number) if number.isdecimal() else None
    return number if structure in {BELGIAN_IBAN, FOREIGN_IBAN} and number else None


def _balance(
    kind: str, amount: str, on: str, currency: str | None, found: Findings
) -> Balance | None:
    """A sign (1 is overdrawn) and fifteen figures."""
    try:
        value = amount_of(amount[1:])
    except ValueError as error:
        found.add(f"a balance is damaged: {error}")
        return None
    if currency is None:
        found.add("the account has no currency")
        return None
    return Balance(kind, -value if amount[0] == DEBIT else value, currency, day(on))


def _entries(account: Account, statement: _Statement, found: Findings) -> Iterator[BankEntry]:
    moved = Decimal(0)
    totals = {"out": Decimal(0), "in": Decimal(0)}
    for group in grouped(statement.lines, found):
        moved += _sum(group, totals)
        yield from entries_of(group, account, found)
    check_balance(account, moved, found)
    _check_end(statement, totals, found)


def _sum(group: list[Movement], totals: dict[str, Decimal]) -> Decimal:
    """What a group does to the balance: its first movement, the others are its details."""
    first = group[0]
    totals["in" if first.amount > 0 else "out"] += abs(first.amount)
    return first.amount


def _check_end(statement: _Statement, totals: dict[str, Decimal], found: Findings) -> None:
    end = statement.end
    if end is None:
        return
    count = end[16:22]
    if count.isdecimal() and int(count) != statement.count:
        found.add(f"the statement has {statement.count} records, its end says {int(count)}")
    for side, words, text in (("out", "debits", end[22:37]), ("in", "credits", end[37:52])):
        if text.isdecimal() and amount_of(text) != totals[side]:
            found.add(f"{words} of {totals[side]}, the bank says {amount_of(text)}")
