"""Spanish bank statements (AEB, *Cuaderno 43*): lines of 80 columns."""

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
    digits,
    iban_of,
    lines_of,
    says_returned,
    signed,
)
from concilia.plugins.parsers.banklines.blocks import Block, Shape, blocks

PROBLEM: Final = "not a bank statement: no account record (11)"
WIDTH: Final = 80
ACCOUNT, MOVEMENT, CONCEPT, EQUIVALENT, ACCOUNT_END, FILE_END = "11", "22", "23", "24", "33", "88"
DEBIT, CREDIT = "1", "2"
DECIMALS: Final = 2  # the notebook has two, whatever the currency
CURRENCIES: Final = {"978": "EUR", "840": "USD", "826": "GBP", "756": "CHF", "392": "JPY"}
CURRENCIES_MORE: Final = {"752": "SEK", "578": "NOK", "208": "DKK", "124": "CAD", "985": "PLN"}
# *Conceptos comunes*: devoluciones e impagados; anulaciones y correcciones.
RETURNED, CANCELLED = "14", "98"
WEIGHTS: Final = (1, 2, 4, 8, 5, 10, 9, 7, 3, 6)


SHAPE: Final = Shape(
    WIDTH,
    ACCOUNT,
    ACCOUNT_END,
    frozenset({MOVEMENT, CONCEPT, EQUIVALENT}),
    ignored=frozenset({FILE_END}),
)


class Norma43Parser(LineParser):
    """Totals, balances and the count of records are checked: banks and programs cut these files."""

    formats: ClassVar[tuple[str, ...]] = ("norma43",)
    problem: ClassVar[str] = PROBLEM

    def read(self, text: str, found: Findings) -> Iterator[Part]:
        """Yield the statements, each from record 11 to record 33."""
        return _read(text, found)


def _read(text: str, found: Findings) -> Iterator[Part]:
    for statement in blocks(text, SHAPE, found):
        account = _account(statement, found)
        yield account, _entries(account, statement, found)
    _check_count(text, found)


def _check_count(text: str, found: Findings) -> None:
    """The last record counts all others."""
    records = [line for _, line in lines_of(text, WIDTH)]
    stated = records[-1][20:26] if records and records[-1][:2] == FILE_END else ""
    if stated.isdecimal() and int(stated) != len(records) - 1:
        found.add(f"the file has {len(records) - 1} records, its end says {int(stated)}")


def _account(statement: Block, found: Findings) -> Account:
    head, foot = statement.head, statement.foot
    bank, branch, number = head[2:6], head[6:10], head[10:20]
    currency = _currency(head[47:50], found)
    opened, closed = day(head[20:26], year_first=True), day(head[26:32], year_first=True)
    balances = [_balance("OPBD", head[32], head[33:47], currency, opened, found)]
    if foot is not None:
        balances.append(_balance("CLBD", foot[58], foot[59:73], currency, closed, found))
    return Account(
        identification=f"{bank}{branch}{number}",
        iban=_iban(bank, branch, number),
        currency=currency,
        owner=" ".join(head[51:77].split()) or None,
        statement_id=f"{number}-{opened}-{closed}",
        created=closed,
        balances=tuple(each for each in balances if each is not None),
    )


def _currency(code: str, found: Findings) -> str | None:
    name = CURRENCIES.get(code) or CURRENCIES_MORE.get(code)
    if name is None:
        found.add(f"currency {code!r} is not known")
    return name


def _iban(bank: str, branch: str, number: str) -> str | None:
    """Two check figures stand between the branch and the account in the full number."""
    if not (bank + branch + number).isdecimal():
        return None
    checks = "".join(_check_figure(text) for text in (f"00{bank}{branch}", number))
    return iban_of("ES", f"{bank}{branch}{checks}{number}")


def _check_figure(text: str) -> str:
    rest = 11 - sum(weight * int(figure) for weight, figure in zip(WEIGHTS, text, strict=True)) % 11
    return {11: "0", 10: "1"}.get(rest, str(rest))


def _balance(
    kind: str, side: str, amount: str, currency: str | None, on: str | None, found: Findings
) -> Balance | None:
    try:
        value = _amount(side, amount)
    except ValueError as error:
        found.add(f"a balance is damaged: {error}")
        return None
    return Balance(kind, value, currency, on) if currency else None


def _amount(side: str, amount: str) -> Decimal:
    """
    Return the amount with its sign.

    :raises ValueError: if it is neither debit nor credit, or no number
    """
    if side not in {DEBIT, CREDIT}:
        raise ValueError(f"{side!r} is neither debit (1) nor credit (2)")
    value = digits(amount, DECIMALS)
    return -value if side == DEBIT else value


@dataclass(slots=True)
class _Totals:
    """What the movements add up to, each side with its number."""

    count: dict[str, int] = field(default_factory=lambda: {"out": 0, "in": 0})
    total: dict[str, Decimal] = field(default_factory=lambda: {"out": Decimal(0), "in": Decimal(0)})


def _entries(account: Account, statement: Block, found: Findings) -> Iterator[BankEntry]:
    moved = Decimal(0)
    totals = _Totals()
    for number, movement, concepts in _movements(statement, found):
        try:
            entry = _entry(account, movement, concepts)
        except ValueError as error:
            found.add(f"line {number}: a movement is damaged: {error}")
            continue
        moved += signed(entry)
        totals.count[entry.direction] += 1
        totals.total[entry.direction] += entry.amount
        yield entry
    _check_totals(statement.foot, totals, found)
    check_balance(account, moved, found)


def _check_totals(foot: str | None, totals: _Totals, found: Findings) -> None:
    for side, words, start in (("out", "debits", 20), ("in", "credits", 39)):
        count, amount = (foot or "")[start : start + 5], (foot or "")[start + 5 : start + 19]
        if not (count + amount).isdecimal():
            continue
        stated = (int(count), digits(amount, DECIMALS))
        read = (totals.count[side], totals.total[side])
        if stated != read:
            found.add(
                f"{read[0]} {words} of {read[1]} in the file, the bank says {stated[0]} of"
                f" {stated[1]}"
            )


def _movements(statement: Block, found: Findings) -> Iterator[tuple[int, str, list[str]]]:
    """Yield every movement with what its concepts (23) say."""
    place, movement = 0, ""
    concepts: list[str] = []
    for number, line in statement.lines:
        if line[:2] == MOVEMENT:
            if movement:
                yield place, movement, concepts
            place, movement, concepts = number, line, []
        elif not movement:
            found.add(f"line {number}: a record {line[:2]} without a movement was not read")
        elif line[:2] == CONCEPT:
            concepts += [line[4:42], line[42:80]]
    if movement:
        yield place, movement, concepts


def _entry(account: Account, line: str, concepts: list[str]) -> BankEntry:
    amount = _amount(line[27], line[28:42])
    booked = day(line[10:16], year_first=True)
    if booked is None:
        raise ValueError(f"{line[10:16].strip()!r} is no date")
    # Neither the document's number nor the references name an entry: banks repeat them.
    texts = (line[42:52], line[52:64], line[64:80])
    references = [words for text in texts if (words := " ".join(text.split())).strip("0 ")]
    said = tuple(words for text in concepts if (words := " ".join(text.split())))
    shared = line[22:24]
    out = amount < 0
    back = out and (shared == RETURNED or says_returned(" ".join((*said, *references))))
    return BankEntry(
        sequence=1,
        amount=abs(amount),
        currency=account.currency or "",
        direction="out" if out else "in",
        status="BOOK",
        reversal=out and shared == CANCELLED,
        booking_date=booked,
        value_date=day(line[16:22], year_first=True) or booked,
        transaction_code=f"{shared}{line[24:27]}".strip(),
        remittance_text=(*said, *references),
        return_reason="RETURN" if back else None,
        return_text=" ".join(said) if back and said else None,
        additional_info=" ".join(references) or None,
    )
