"""
Movements of a CODA file: records 2.1 to 2.3 and 3.1 to 3.3 that share a continuous number.

A movement with the detail number 0000 changes the balance; those that follow under the same number
are the payments it is made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from typing import Final

from concilia.documents.core.banking import Account, BankEntry, Party
from concilia.plugins.parsers.banklines import Findings, day
from concilia.plugins.parsers.coda.figures import amount_of

DEBIT, STRUCTURED = "1", "1"
WHOLE: Final = "0000"
# Structured communications by their type: a creditor reference (ISO 11649), the Belgian +++…+++ as
# it was written or put together by the bank, a direct debit.
REFERENCE, BELGIAN, DIRECT_DEBIT = "100", frozenset({"101", "102"}), "127"
FIGURES: Final = 12
FAMILY_DEBITS: Final = "05"
TAKEN_BACK: Final = frozenset({"03", "05"})  # an unpaid direct debit, a refunded one
CORRECTIONS: Final = frozenset({"49", "99"})
R_TRANSACTIONS: Final = frozenset({"1", "2", "3", "4", "5"})
# Why a direct debit was not paid, as its communication says it.
NOT_PAID: Final = frozenset({"2", "3", "4", "5", "6"})
WRITTEN: Final = re.compile(
    r"(?:\+{3}|\*{3})\s*([0-9]{3})/?([0-9]{4})/?([0-9]{5})\s*(?:\+{3}|\*{3})"
)


@dataclass(slots=True)
class Movement:
    """One movement, with the records that go on about it."""

    line: int
    amount: Decimal
    first: str
    second: str = ""
    third: str = ""
    information: list[str] = field(default_factory=list)

    @property
    def communication(self) -> str:
        """The three parts of the communication, end to end as the payer wrote them."""
        return self.first[62:115] + self.second[10:63] + self.third[82:125]

    @property
    def is_structured(self) -> bool:
        """Whether the communication is one of the standard's types."""
        return self.first[61] == STRUCTURED


def grouped(lines: list[tuple[int, str]], found: Findings) -> Iterator[list[Movement]]:
    """Yield the movements that share a number, the one that counts first."""
    group: list[Movement] = []
    expected = 1
    for movement in _movements(lines, found):
        sequence, detail = movement.first[2:6], movement.first[6:10]
        if group and sequence == group[0].first[2:6] and detail != WHOLE:
            group.append(movement)
            continue
        if group:
            yield group
        if sequence.isdecimal() and int(sequence) != expected:
            found.add(f"line {movement.line}: movement {sequence}, {expected:04d} was expected")
        expected = int(sequence) + 1 if sequence.isdecimal() else expected + 1
        group = [movement]
    if group:
        yield group


def _movements(lines: list[tuple[int, str]], found: Findings) -> Iterator[Movement]:
    current: Movement | None = None
    for number, line in lines:
        code = line[:2]
        if code == "21":
            if current is not None:
                yield current
            current = _movement(number, line, found)
        elif current is not None:
            _go_on(current, code, line)
    if current is not None:
        yield current


def _movement(number: int, line: str, found: Findings) -> Movement | None:
    try:
        amount = amount_of(line[32:47])
    except ValueError as error:
        found.add(f"line {number}: a movement is damaged: {error}")
        return None
    return Movement(number, -amount if line[31] == DEBIT else amount, line)


def _go_on(movement: Movement, code: str, line: str) -> None:
    if code == "22":
        movement.second = line
    elif code == "23":
        movement.third = line
    elif code == "31":
        movement.information.append(line[40:113])
    elif code == "32":
        movement.information.append(line[10:115])
    elif code == "33":
        movement.information.append(line[10:100])


def entries_of(group: list[Movement], account: Account, found: Findings) -> Iterator[BankEntry]:
    """Yield the payments of a group: its details where they make up the whole, else the whole."""
    first, details = group[0], _leaves(group)
    total = sum((each.amount for each in details), Decimal(0))
    one_way = all((each.amount > 0) == (first.amount > 0) for each in details)
    if details and total == first.amount and one_way:
        for sequence, each in enumerate(details, start=1):
            entry = _entry(each, account)
            yield replace(
                entry,
                sequence=sequence,
                bank_reference=_reference(first) or entry.bank_reference,
                batch_id=_reference(first),
                batch_count=len(details),
            )
        return
    if details and total != first.amount:
        found.add(f"line {first.line}: the details add up to {total}, not to {first.amount}")
    yield _with_charges(_entry(first, account), first, details)


def _leaves(group: list[Movement]) -> list[Movement]:
    """The details of the lowest level: a detail that is itself made of others is left out."""
    details = group[1:]
    leaves = []
    for movement in details:
        opens = movement.first[124]
        if opens.isdecimal() and opens != "0" and _has_more(movement, details):
            continue
        leaves.append(movement)
    return leaves


def _has_more(movement: Movement, details: list[Movement]) -> bool:
    """A globalisation code opens a level, and the same code closes it on the last detail."""
    after = details[details.index(movement) + 1 :]
    return any(each.first[124] == movement.first[124] for each in after)


def _with_charges(entry: BankEntry, first: Movement, details: list[Movement]) -> BankEntry:
    """A payment booked net: the one detail of its own direction is the payment, the others cost."""
    gross = [each for each in details if (each.amount > 0) == (first.amount > 0)]
    if len(gross) != 1 or len(gross) == len(details):
        return entry
    costs = sum((abs(each.amount) for each in details if each is not gross[0]), Decimal(0))
    if abs(gross[0].amount) - costs != abs(first.amount):
        return entry
    return replace(entry, charges=costs)


def _entry(movement: Movement, account: Account) -> BankEntry:
    line = movement.first
    out = movement.amount < 0
    reason = _reason(movement) if out else None
    text, references = _communication(movement)
    value_date, booked = day(line[47:53]), day(line[115:121])
    information = " ".join(" ".join(movement.information).split())
    return BankEntry(
        sequence=1,
        amount=abs(movement.amount),
        currency=account.currency or "",
        direction="out" if out else "in",
        status="BOOK",
        reversal=out and line[56:58] in CORRECTIONS,
        booking_date=booked or value_date or account.created,
        value_date=value_date or booked,
        bank_reference=_reference(movement),
        end_to_end_id=_customers(movement),
        mandate_id=_mandate(movement),
        transaction_code=line[53:61].strip() or None,
        counterparty=_counterparty(movement),
        remittance_text=(text,) if text else (),
        creditor_references=references,
        return_reason=reason,
        return_text=(information or text or None) if reason else None,
        additional_info=information or None,
    )


def _reference(movement: Movement) -> str | None:
    return movement.first[10:31].strip() or None


def _customers(movement: Movement) -> str | None:
    text = movement.second[63:98].strip()
    return None if not text or text.upper() in {"NOTPROVIDED", "NONREF"} else text


def _counterparty(movement: Movement) -> Party:
    number = "".join(movement.third[10:44].split())
    return Party(
        name=" ".join(movement.third[47:82].split()) or None,
        iban=number if re.fullmatch(r"[A-Z]{2}[0-9]{2}[A-Z0-9]{10,30}", number) else None,
        identification=number or None,
    )


def _communication(movement: Movement) -> tuple[str, tuple[str, ...]]:
    """Return the words, and the structured references that pass their own check."""
    said = movement.communication
    if not movement.is_structured:
        words = " ".join(said.split())
        written = ("".join(found.groups()) for found in WRITTEN.finditer(words))
        return words, tuple(each for each in written if is_valid_belgian(each))
    kind, content = said[:3], said[3:]
    if kind in BELGIAN and is_valid_belgian(figures := content[:FIGURES]):
        return f"+++{figures[:3]}/{figures[3:7]}/{figures[7:]}+++", (figures,)
    if kind == REFERENCE:
        reference = "".join(content[:35].split())
        return reference, (reference,) if reference else ()
    words = content[79:141] if kind == DIRECT_DEBIT else content
    return " ".join(words.split()), ()


def is_valid_belgian(figures: str) -> bool:
    """Twelve figures; the last two are the rest of the first ten by 97, or 97 instead of none."""
    if not re.fullmatch(r"[0-9]{12}", figures):
        return False
    return (int(figures[:10]) % 97 or 97) == int(figures[10:])


def _mandate(movement: Movement) -> str | None:
    said = movement.communication
    if not (movement.is_structured and said.startswith(DIRECT_DEBIT)):
        return None
    return said[47:82].strip() or None


def _reason(movement: Movement) -> str | None:
    """Why money was taken back: the ISO code, or just that it was."""
    line, second, said = movement.first, movement.second, movement.communication
    is_debit = movement.is_structured and said.startswith(DIRECT_DEBIT)
    for kind, code in ((second[112:113], second[113:117]), (said[144:145], said[145:149])):
        is_kept = second[112:113] == kind or is_debit
        if kind in R_TRANSACTIONS and is_kept:
            return code.strip() or "RETURN"
    if line[54:56] == FAMILY_DEBITS and line[56:58] in TAKEN_BACK:
        return "RETURN"
    return "RETURN" if is_debit and said[11:12] in NOT_PAID else None
