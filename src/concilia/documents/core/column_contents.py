"""
What columns are by what stands in them, whatever their names say.

Pieces are no money where other columns have cents; net and tax make the gross; a debit and a credit
column are one sum with a sign; numbers that differ from row to row are a paper's.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import combinations
from typing import Final

from concilia.documents.core.amounts import parse_cell
from concilia.documents.core.column_names import role_weights
from concilia.documents.core.dates import parse_date
from concilia.documents.core.lexicon.column_words import BALANCE, CREDIT_SIDE, DEBIT_SIDE, MEASURED
from concilia.documents.core.parsed import Cell
from concilia.documents.core.scoring import reason_matcher, score
from concilia.documents.core.words import Joined, fold, tokenize

ROWS_MAX: Final = 40
MONEY: Final = frozenset({"invoiced", "paid", "discount", "deducted", "amount"})
OPEN: Final = frozenset({None, "amount", "vat"})
CENTS: Final = re.compile(r"(?<!\d[.,]\d)[.,]\d{1,2}(?!\d)")
COUNT: Final = re.compile(r"[+-]?\d{1,9}(?:[.,]\d{3})?")
NUMBER: Final = re.compile(r"\d{4,12}")
DIGIT: Final = re.compile(r"\d")
SMALL: Final = re.compile(r"\d{1,3}")
SUM: Final = re.compile(r"-?[\d.,' ]*\d")
CODE: Final = re.compile(r"[A-Za-z]{0,2}[-.]?\d{0,3}|[A-Z]{1,4}")
WORDS: Final = re.compile(r"[^\W\d_]{3,}")
BESIDE: Final = re.compile(r"[().:/*]")
DEBIT_NAME: Final = re.compile(DEBIT_SIDE)
CREDIT_NAME: Final = re.compile(CREDIT_SIDE)
BALANCE_NAME: Final = re.compile(BALANCE)
MEASURED_NAME: Final = re.compile(MEASURED)
ROWS_MIN: Final = 2
TRIED_MAX: Final = 8  # different cells that are looked at for reasons
WORDY: Final = 0.5
NEAR: Final = 0.02
CENT: Final = Decimal("0.011")
RATE_NAME: Final = re.compile(r"(\d{1,2}(?:[.,]\d{1,2})?) ?%")
REASON_SCORE_MIN: Final = 2.0
Columns = Mapping[int, Sequence[str]]


def fitted(
    roles: Mapping[int, str],
    names: Sequence[str],
    rows: Sequence[Sequence[Cell]],
    point: str | None,
) -> dict[int, str]:
    """
    Return the roles that names gave, with those put right that what stands below them denies.

    :param names: of the header's columns
    :param rows: what stands below it, without totals
    """
    width = max([len(names), *(len(row) for row in rows)], default=0)
    columns = {
        at: [row[at].text.strip() if at < len(row) else "" for row in rows[:ROWS_MAX]]
        for at in range(width)
    }
    called = {at: _plain(name) for at, name in enumerate(names)}
    found = _with_sides(dict(roles), called)
    found = _without_counts(found, called, columns)
    found = _with_own(_without_counter(_with_numbers(found, called, columns), columns), columns)
    found = _with_gross(_with_rate(found, called, columns, point), columns, point)
    return _with_explained(_with_money(found, called, columns), columns)


def _with_numbers(
    roles: dict[int, str], names: Mapping[int, str], columns: Columns
) -> dict[int, str]:
    """A column of papers has numbers: one of words says what they are, and another one is meant."""
    at = next((at for at, role in roles.items() if role == "document"), None)
    if at is None or _share_of(columns[at], DIGIT) >= WORDY:
        return roles
    kept: dict[int, str] = {each: role for each, role in roles.items() if each != at}
    if "kind" not in kept.values():
        kept[at] = "kind"
    others = [
        (-role_weights(name).get("document", 0.0), each)
        for each, name in names.items()
        if each not in kept and _share_of(columns[each], DIGIT) >= WORDY
    ]
    best = min(others, default=(0.0, -1))
    return {**kept, best[1]: "document"} if best[0] < 0 else kept


def _share_of(cells: Sequence[str], pattern: re.Pattern[str]) -> float:
    filled = [cell for cell in cells if cell]
    return sum(bool(pattern.search(cell)) for cell in filled) / max(len(filled), 1)


def _without_counter(roles: dict[int, str], columns: Columns) -> dict[int, str]:
    """The number of a row is no number of a paper."""
    return {
        at: role
        for at, role in roles.items()
        if role not in {"document", "own"} or not _counts_rows(columns[at])
    }


def _counts_rows(cells: Sequence[str]) -> bool:
    filled = [cell for cell in cells if cell]
    if len(filled) < ROWS_MIN or not _all(filled, SMALL):
        return False
    first = int(filled[0])
    return first <= 1 and [int(cell) for cell in filled] == [*range(first, first + len(filled))]


def _with_money(
    roles: dict[int, str], names: Mapping[int, str], columns: Columns
) -> dict[int, str]:
    """Where no column has a name of money, it is the last that has cents."""
    if {*MONEY, "debit", "credit"} & set(roles.values()):
        return roles
    able = [
        at
        for at, cells in columns.items()
        if at not in roles and _has_cents(cells) and not _is_measured(at, names)
    ]
    return {**roles, **dict.fromkeys(able[-1:], "amount")}


def _plain(name: str) -> str:
    return " ".join(BESIDE.sub(" ", fold(name)).split())


def _with_sides(roles: dict[int, str], names: Mapping[int, str]) -> dict[int, str]:
    """A debit and a credit column, and the balance beside them, are those of an account."""
    debit = [at for at, name in names.items() if DEBIT_NAME.fullmatch(name)]
    credit = [at for at, name in names.items() if CREDIT_NAME.fullmatch(name)]
    if len(debit) != 1 or len(credit) != 1:
        return roles
    if "deducted" in {role for at, role in roles.items() if at not in {*debit, *credit}}:
        return roles
    balance = {at: "balance" for at, name in names.items() if BALANCE_NAME.fullmatch(name)}
    return {**roles, debit[0]: "debit", credit[0]: "credit", **balance}


def _without_counts(
    roles: dict[int, str], names: Mapping[int, str], columns: Columns
) -> dict[int, str]:
    """
    Take money from columns of pieces and of weights: another column has the cents. Where no money
    is left, it is that other one.
    """
    cents = [
        at
        for at, cells in columns.items()
        if _has_cents(cells) and "price" not in role_weights(names.get(at, ""))
    ]
    free = [at for at in cents if roles.get(at) in OPEN and not _is_measured(at, names)]
    counted = {
        at
        for at, role in roles.items()
        if role in MONEY
        and (_all(columns[at], COUNT) or _is_measured(at, names))
        and not _is_product(at, columns)
    }
    priced = {"price", "quantity"} & set(roles.values())
    if not counted or not (free or (priced and set(cents) - counted)):
        return roles
    kept = {at: role for at, role in roles.items() if at not in counted}
    if not MONEY & set(kept.values()):
        last = [at for at in free if roles.get(at) != "vat"][-1:]
        kept |= dict.fromkeys(last, "amount")
    return kept


def _is_product(at: int, columns: Columns) -> bool:
    """Whether two other columns multiplied make this one in every row: pieces and a price do."""
    rows = [row for row, cell in enumerate(columns[at]) if cell]
    values = {
        column: [parse_cell(cells[row]) for row in rows if row < len(cells)]
        for column, cells in columns.items()
    }
    wanted = values.pop(at)
    able = [each for each in values.values() if len(each) == len(rows) and None not in each]
    return len(rows) >= ROWS_MIN and any(
        _make(one, two, wanted) for one, two in combinations(able, 2) if {1} not in ({*one}, {*two})
    )


def _make(
    one: Sequence[Decimal | None], two: Sequence[Decimal | None], wanted: Sequence[Decimal | None]
) -> bool:
    return all(
        a is not None and b is not None and whole is not None and abs(a * b - whole) < CENT
        for a, b, whole in zip(one, two, wanted, strict=True)
    )


def _is_measured(at: int, names: Mapping[int, str]) -> bool:
    """Whether the name of a column, if it has one, says a unit of measure."""
    return MEASURED_NAME.search(names.get(at, "")) is not None


def _with_own(roles: dict[int, str], columns: Columns) -> dict[int, str]:
    """
    Numbers of the sender's own are no sums. Small ones that are called a paper's where another
    paper stands in its column are pieces.
    """
    kept = dict(roles)
    cents = any(map(_has_cents, columns.values()))
    for at, role in roles.items():
        cells = [cell for cell in columns.get(at, ()) if cell]
        several = cents and len(cells) >= ROWS_MIN and len(set(cells)) == len(cells)
        several = several and _is_series(cells)
        if (
            role in MONEY
            and several
            and _all(cells, NUMBER)
            and len(MONEY & set(roles.values())) > 1
        ):
            kept[at] = "own"
        papers = {"delivery", "order", "own"} & {each for one, each in roles.items() if one != at}
        goods = {"price", "quantity"} & set(roles.values())
        if role == "document" and papers and goods and _all(cells, SMALL):
            del kept[at]
    return kept


def _is_series(cells: Sequence[str]) -> bool:
    """Whether numbers are near each other, as those a firm gives its papers are: no sums are."""
    if not _all(cells, NUMBER):
        return False
    values = [int(cell) for cell in cells]
    return max(values) - min(values) <= NEAR * max(values)


def _with_rate(
    roles: dict[int, str], names: Mapping[int, str], columns: Columns, point: str | None
) -> dict[int, str]:
    """A column called `15 %` that is so much of another in every row is what was taken off it."""
    if {"discount", "deducted"} & set(roles.values()):
        return roles
    for at, name in names.items():
        rate = RATE_NAME.search(name)
        if rate is None or roles.get(at) not in {None, "amount"} or "vat" in role_weights(name):
            continue
        share = Decimal(rate[1].replace(",", ".")) / 100
        parts = [parse_cell(cell, point=point) for cell in columns[at]]
        for whole, cells in columns.items():
            values = [parse_cell(cell, point=point) for cell in cells]
            pairs = [(one, two) for one, two in zip(values, parts, strict=True) if one and two]
            if whole != at and pairs and all(abs(a * share - b) < CENT for a, b in pairs):
                kept = {each: role for each, role in roles.items() if role != "invoiced"}
                return {**kept, whole: "invoiced", at: "discount"}
    return roles


def _with_gross(roles: dict[int, str], columns: Columns, point: str | None) -> dict[int, str]:
    """Where a net sum and its tax make a third sum in every row, the third is what was billed."""
    taxes = [at for at, role in roles.items() if role == "vat"]
    if len(taxes) != 1:
        return roles
    values = {
        at: [parse_cell(cell, point=point) or Decimal(0) for cell in cells]
        for at, cells in columns.items()
        if at in taxes or roles.get(at) in {None, *MONEY}
    }
    tax = values[taxes[0]]
    for net, one in values.items():
        for gross, two in values.items():
            rows = [row for row in zip(one, tax, two, strict=True) if any(row)]
            if len({net, gross, *taxes}) == len("net") and rows and _adds_up(rows):
                kept = {at: role for at, role in roles.items() if at not in {net, gross}}
                role = roles.get(gross)
                billed = role if role in {"paid", "deducted"} else "invoiced"
                others = {at: each for at, each in kept.items() if each != billed or at == gross}
                return {**others, net: "net", gross: billed}
    return roles


def _adds_up(rows: Sequence[tuple[Decimal, Decimal, Decimal]]) -> bool:
    return any(tax for _, tax, _ in rows) and all(net + tax == gross for net, tax, gross in rows)


def _with_explained(roles: dict[int, str], columns: Columns) -> dict[int, str]:
    """A column of reasons that holds codes leaves the words to the next one that has some."""
    reason = next((at for at, role in roles.items() if role == "reason"), None)
    if reason is not None and _all(columns[reason], SUM) and not _all(columns[reason], CODE):
        roles = {at: role for at, role in roles.items() if at != reason}
        reason = None
    if reason is None and "reason_code" not in roles.values():
        return _with_codes(roles, columns)
    if reason is None or "reason_code" in roles.values() or not _all(columns[reason], CODE):
        return roles
    wordy = [
        at
        for at, cells in columns.items()
        if at not in roles or roles[at] == "item"
        if sum(bool(WORDS.search(cell)) and parse_date(cell) is None for cell in cells)
        > WORDY * len(cells)
    ]
    coded = {**roles, reason: "reason_code"}
    return {**coded, wordy[0]: "reason"} if wordy else coded


def _with_codes(roles: dict[int, str], columns: Columns) -> dict[int, str]:
    """A column without a known name that holds a code in some rows holds reasons."""
    for at, cells in columns.items():
        filled = [cell for cell in cells if cell]
        some = 0 < len(filled) < len(cells)
        if at not in roles and some and _all(filled, CODE) and MONEY & set(roles.values()):
            return {**roles, at: "reason_code"}
    return roles


def says_why(rows: Sequence[Sequence[Cell]], roles: Mapping[int, str]) -> dict[int, str]:
    """Return the roles with the column of words, if one has no name, that give reasons for cuts."""
    if "reason" in roles.values() or not MONEY & set(roles.values()):
        return dict(roles)
    for at in range(max(map(len, rows), default=0)):
        if roles.get(at) not in {None, "item"}:
            continue
        filled = [row[at].text for row in rows[:ROWS_MAX] if at < len(row) and row[at].text.strip()]
        cells = list(dict.fromkeys(filled))[:TRIED_MAX]
        told = sum(map(_is_reason, cells))
        if told and told >= WORDY * len(cells):
            return {**roles, at: "reason"}
    return dict(roles)


def _is_reason(words: str) -> bool:
    if not WORDS.search(words) or parse_date(words) is not None:
        return False
    found = score(Joined(tokenize(words)), reason_matcher(None))
    return bool(found) and max(each.score for each in found) >= REASON_SCORE_MIN


def _has_cents(cells: Sequence[str]) -> bool:
    return any(CENTS.search(cell) and parse_cell(cell) is not None for cell in cells)


def _all(cells: Sequence[str], pattern: re.Pattern[str]) -> bool:
    filled = [cell for cell in cells if cell]
    return bool(filled) and all(pattern.fullmatch(cell) for cell in filled)
