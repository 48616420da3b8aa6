"""Bank statements in fixed columns, as banks write them: CODA, CFONB, Norma 43."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

CODA_ACCOUNT = "BE68539007547034"
OVERPUNCHED = ("{ABCDEFGHI", "}JKLMNOPQR")


@dataclass(frozen=True)
class Moved:
    """One movement of a CODA file; `details` are the payments it is made of."""

    amount: str
    communication: str = ""
    structured: bool = False
    code: str = "00150000"
    reference: str = "BANKREF"
    customer: str = ""
    payer: str = ""
    payer_account: str = ""
    returned: str = ""  # kind of R-transaction and reason, as in 2AC04
    information: str = ""
    details: tuple[Moved, ...] = ()
    level: str = "0"


def coda(
    *moved: Moved,
    old: str = "1000.00",
    new: str | None = None,
    number: str = "045",
    date: str = "241126",
) -> str:
    """One statement; the new balance is what the movements make of the old one unless given."""
    total = Decimal(old) + sum(Decimal(each.amount) for each in moved)
    account = CODA_ACCOUNT.ljust(34) + "EUR"
    lines = [
        f"00000{date}53905        {'REF':<10}{'AURORA SA':<26}KREDBEBB   00{'':<9} 00000".ljust(127)
        + "2",
        f"12{number}{account}{_coda(old)}{date}{'AURORA SA':<26}{'CURRENT':<35}{number}",
    ]
    for sequence, each in enumerate(moved, start=1):
        lines += _movement(each, sequence, 0, date)
        for detail, one in enumerate(each.details, start=1):
            lines += _movement(one, sequence, detail, date)
    lines.append(f"8{number}{account}{_coda(new or str(total))}{date}".ljust(127) + "0")
    counted = sum(line[0] in "1238" for line in lines)
    out = sum(-Decimal(each.amount) for each in moved if each.amount.startswith("-"))
    came = sum(Decimal(each.amount) for each in moved if not each.amount.startswith("-"))
    lines.append(f"9{'':<15}{counted:06d}{_thousandths(out)}{_thousandths(came)}".ljust(127) + "2")
    return "".join(f"{line:<128}\r\n" for line in lines)


def _movement(one: Moved, sequence: int, detail: int, date: str) -> Iterable[str]:
    head = f"{sequence:04d}{detail:04d}"
    said = one.communication.ljust(53 + 53 + 43)
    yield (
        f"21{head}{one.reference:<21}{_coda(one.amount)}{date}{one.code}{int(one.structured)}"
        f"{said[:53]}{date}045{one.level}1 0"
    )
    yield f"22{head}{said[53:106]}{one.customer:<35}{'':<11}   {one.returned:<5}{'':<8}1 0"
    yield f"23{head}{one.payer_account:<34}EUR{one.payer:<35}{said[106:149]}0 0"
    if one.information:
        yield f"31{head}{one.reference:<21}{one.code}0{one.information:<73}{'':<12}0 0"


def _coda(amount: str) -> str:
    return f"{int(amount.startswith('-'))}{_thousandths(abs(Decimal(amount)))}"


def _thousandths(amount: Decimal | int) -> str:
    return f"{int(amount * 1000):015d}"


def cfonb(
    *operations: str, old: str = "100.00", new: str = "100.00", account: str = "98765432100"
) -> str:
    """A statement of 120 columns around operations made by `operation`."""
    lines = [
        _balance("01", old, "151126", account),
        *operations,
        _balance("07", new, "161126", account),
    ]
    return "\n".join(line.ljust(120) for line in lines) + "\n"


def _balance(code: str, amount: str, date: str, account: str) -> str:
    return f"{code}15589    00000EUR2 {account}  {date}{'':<50}{overpunched(amount)}"


def operation(
    amount: str,
    label: str,
    *,
    code: str = "05",
    reject: str = "",
    reference: str = "",
    account: str = "98765432100",
    **more: str,
) -> str:
    """A record 04 with a record 05 for each further word, by its qualifier (`NPY`, `LCC` …)."""
    head = f"15589916200000EUR2 {account}{code}161126"
    lines = [
        f"04{head}{reject:<2}161126{label:<31}  0000000  {overpunched(amount)}{reference:<16}",
        *(f"05{head}     {key}{words:<70}  " for key, words in more.items()),
    ]
    return "\n".join(lines)


def overpunched(amount: str) -> str:
    """Fourteen columns, the sign in the last figure."""
    value = int(abs(Decimal(amount)) * 100)
    return f"{value // 10:013d}{OVERPUNCHED[amount.startswith('-')][value % 10]}"


def cfonb240(*amounts: str, words: str = "FACTURE F2012017", total: str | None = None) -> str:
    """A notice of transfers received."""
    own = "300661077100020030401"
    lines = [f"3100000120161126E    {own}{'':<35}{own}"]
    for number, amount in enumerate(amounts, start=2):
        lines.append(
            f"34{number:06d}20161126E0066300030302100020116383{'CLIENT SARL':<24}{'':<11}{own}"
            f"{'AURORA SA':<24}{'':<6}{words:<88}161126      {_cents(amount)}"
        )
    stated = total or str(sum(map(Decimal, amounts)))
    lines.append(
        f"39{len(amounts) + 2:06d}20161126E    {own}{'':<35}{own}{'':<130}{_cents(stated)}"
    )
    return "\n".join(line.ljust(240) for line in lines) + "\n"


def _cents(amount: str) -> str:
    return f"{int(Decimal(amount) * 100):012d}"


def norma43(
    *movements: str,
    debits: str = "0",
    credits_: str = "0",
    old: str = "100.00",
    new: str = "100.00",
) -> str:
    """An account around movements made by `movement`; `debits` and `credits_` as `2 123.45`."""
    lines = [
        f"119999111101234567892611152611162{_long(old)}9783{'AURORA SA':<26}   ",
        *movements,
    ]
    totals = "".join(_total(each) for each in (debits, credits_))
    lines.append(f"33999911110123456789{totals}2{_long(new)}978    ")
    count = len("\n".join(lines).split("\n"))
    lines.append(f"88{'9' * 18}{count:06d}")
    return "\n".join(line.ljust(80) for line in "\n".join(lines).split("\n")) + "\n"


def movement(amount: str, *concepts: str, code: str = "04", references: str = "") -> str:
    """A record 22 with its concepts (23)."""
    side = "1" if amount.startswith("-") else "2"
    value = _long(amount.removeprefix("-"))
    head = f"22    1111261116261116{code}000{side}{value}0000000000{references:<28}"
    return "\n".join([head, *(f"2301{words:<76}" for words in concepts)])


def _total(stated: str) -> str:
    count, _, amount = stated.partition(" ")
    return f"{int(count):05d}{_long(amount or '0')}"


def _long(amount: str) -> str:
    return f"{int(Decimal(amount) * 100):014d}"
