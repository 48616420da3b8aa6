"""Customers, open items and remittances from the CSV files of interfaces.md."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from functools import lru_cache
from pathlib import Path
from sys import intern
from typing import Any, TypeVar

import numpy as np
import numpy.typing as npt

from concilia.interfaces.cli.tables import (
    CellUnreadable,
    Chunk,
    Problems,
    Table,
    cell_amount,
    cell_amount_or_zero,
    cell_currency,
    cell_date_or_none,
    cell_list,
    cell_text,
    require_cells,
)
from concilia.kernel.currencies import exponent_of
from concilia.matching.book import OpenItems
from concilia.matching.gathering import Column, Columns
from concilia.matching.records import Customer, ItemKind, Remittance, RemittanceLine

CUSTOMER_COLUMNS = ("customer_id", "name", "payer_group", "ibans", "vat_number", "email_domains")
ITEM_COLUMNS = (
    "item_id",
    "customer_id",
    "document_kind",
    "document_number",
    "order_number",
    "delivery_number",
    "issue_date",
    "due_date",
    "currency",
    "original_amount",
    "open_amount",
    "disputed_amount",
    "discount_percent",
    "discount_until",
    "structured_reference",
)
REMITTANCE_COLUMNS = (
    "remittance_id",
    "payer_name",
    "payer_iban",
    "date",
    "currency",
    "total",
    "line",
    "document_number",
    "gross",
    "discount",
    "deduction",
    "reason_text",
    "net",
)
KINDS = {kind.value: kind.value for kind in ItemKind}
CREDITS = frozenset({ItemKind.CREDIT_NOTE.value, ItemKind.ON_ACCOUNT.value})
TWO_DECIMALS = 2
PERCENT_MAX = 100
DATES_MAX = 100_000
Kind = TypeVar("Kind", bound=Columns)
AMOUNTS = re.compile(r"(?:(?:-?[0-9]{1,15}\.[0-9]{2})?\n)*+")


def read_customers(path: Path, problems: Problems) -> Iterator[Customer]:
    """This will yield the customers that can be read."""
    for chunk in Table(path, CUSTOMER_COLUMNS, CUSTOMER_COLUMNS[2:]).chunks():
        for row, line in chunk.numbered():
            try:
                require_cells(row, CUSTOMER_COLUMNS)
                customer_id, name, group, ibans, vat_number, domains = row
                yield Customer(
                    cell_text(customer_id, "customer_id"),
                    name.strip(),
                    group.strip(),
                    cell_list(ibans),
                    vat_number.strip(),
                    cell_list(domains),
                )
            except CellUnreadable as error:
                problems.add(path, line, f"this customer was left out: {error}.")


def read_open_items(path: Path, problems: Problems) -> OpenItems:
    """
    This will read open items into columns, a chunk at a time.

    Most chunks have no fault and are read column by column; the others row by row.
    """
    return gathered_open_items(path, problems, Columns).items()


def gathered_open_items(path: Path, problems: Problems, kind: type[Kind]) -> Kind:
    """
    This will gather the open items of a file.

    Hardly any file has the same id twice: that is looked at once, at the end. One that has is read
    again, with an eye on each.
    """
    told: list[str] = []
    own = Problems(told.append)
    items = kind()
    try:
        _gather(path, own, items, None)
        if not items.are_unique():
            told.clear()
            own, items = Problems(told.append), kind()
            _gather(path, own, items, set())
    finally:
        for sentence in told:
            problems.tell(sentence)
        problems.take_over(own)
    return items


def _gather(path: Path, problems: Problems, items: Columns, seen: set[str] | None) -> None:
    """:param seen: ids that were met, where all are watched"""
    for chunk in Table(path, ITEM_COLUMNS, ITEM_COLUMNS[11:]).chunks():
        columns = _clean_columns(chunk)
        if columns is not None and seen is not None:
            ids = set(columns[0])
            if len(ids) < len(columns[0]) or ids & seen:
                columns = None
            else:
                seen |= ids
        if columns is None:
            rows = list(_clean_rows(chunk, problems, path, set() if seen is None else seen))
            columns = list(zip(*rows, strict=True))
        if columns:
            items.add(columns)


def _clean_columns(chunk: Chunk) -> list[Column] | None:
    """Return the columns of a chunk that has no fault, None if it has one."""
    try:
        columns = chunk.columns or list(zip(*chunk.rows, strict=True))
        ids, customers, kinds, *texts = columns[:6]
        issued, due, currencies, originals, opens = columns[6:11]
        disputed, percents, untils, references = columns[11:]
        usual = all(exponent_of(code) == TWO_DECIMALS for code in _different(currencies))
        open_minor = _minor_column(opens)
        known = [KINDS.get(kind, "") for kind in kinds]
        cleaned: list[Column] = [
            ids,
            customers,
            known,
            *texts,
            *([_DATES[text] for text in column] for column in (issued, due)),
            list(map(intern, currencies)),
            open_minor if originals == opens else _minor_column(originals),
            open_minor,
            _minor_column(disputed),
            [_basis_points(text) if text else 0 for text in percents],
            [_DATES[text] for text in untils],
            references,
        ]
    except ValueError:
        return None
    told = all(ids) and all(customers) and all(known)
    return cleaned if usual and told and _have_right_signs(known, open_minor) else None


def _different(texts: Sequence[str]) -> Iterable[str]:
    """The texts, each once: of most columns of codes there is only one."""
    return texts[:1] if texts.count(texts[0]) == len(texts) else set(texts)


class _Dates(dict[str, date | None]):
    """Dates by their text: a ledger of a million items has a few thousand of them."""

    def __missing__(self, text: str) -> date | None:
        day = date.fromisoformat(text) if text else None
        if len(self) < DATES_MAX:
            self[text] = day
        return day


_DATES = _Dates()


def _minor_column(texts: Sequence[str]) -> npt.NDArray[np.int64]:
    """
    Read a column of amounts with two decimals at once; an empty one is nothing.

    :raises ValueError: if one of them is written in any other way
    """
    count = texts.count(texts[0])
    joined = "\n".join(texts[:1] if count == len(texts) else texts)
    if not AMOUNTS.fullmatch(joined + "\n"):
        raise ValueError("not all of them are amounts like 1234.50")
    whole = joined.replace(".", "")
    if count == len(texts):
        return np.full(count, int(whole or "0"), dtype=np.int64)
    if "" in texts:
        return np.array([int(text or "0") for text in whole.split("\n")], dtype=np.int64)
    return np.fromstring(whole, dtype=np.int64, sep="\n")


def _have_right_signs(kinds: Sequence[str], amounts: npt.NDArray[np.int64]) -> bool:
    are_credits = np.fromiter(map(CREDITS.__contains__, kinds), dtype=bool, count=len(kinds))
    return bool(((amounts == 0) | (are_credits == (amounts < 0))).all())


@lru_cache(maxsize=1024)
def _basis_points(text: str) -> int:
    try:
        points = Decimal(text.strip()) * PERCENT_MAX
    except InvalidOperation:
        raise CellUnreadable(f"discount_percent: “{text[:40]}” is not a percentage") from None
    if points != int(points) or not 0 <= points < PERCENT_MAX**2:
        raise CellUnreadable(f"discount_percent: “{text[:40]}” is not a percentage like 2.00")
    return int(points)


def _clean_rows(
    chunk: Chunk, problems: Problems, path: Path, seen: set[str]
) -> Iterator[tuple[Any, ...]]:
    for row, line in chunk.numbered():
        try:
            cells = _clean_row(row)
            _refuse_again(cells[0], seen)
        except CellUnreadable as error:
            problems.add(path, line, f"this open item was left out: {error}.")
        else:
            seen.add(cells[0])
            yield cells


def _refuse_again(item_id: str, seen: set[str]) -> None:
    if item_id in seen:
        raise CellUnreadable(f"item_id {item_id[:40]} is already on another line")


def _clean_row(row: Sequence[str]) -> tuple[Any, ...]:
    require_cells(row, ITEM_COLUMNS)
    kind = KINDS.get(row[2].strip().lower())
    if kind is None:
        raise CellUnreadable(f"document_kind: “{row[2][:40]}” is not one of {', '.join(KINDS)}")
    currency = cell_currency(row[8])
    open_minor = cell_amount(row[10], currency, "open_amount")
    if open_minor and (kind in CREDITS) != (open_minor < 0):
        sign = "negative" if kind in CREDITS else "positive"
        raise CellUnreadable(f"open_amount of a {kind} is {sign}, not {row[10]}")
    return (
        cell_text(row[0], "item_id"),
        cell_text(row[1], "customer_id"),
        kind,
        *(text.strip() for text in row[3:6]),
        cell_date_or_none(row[6], "issue_date"),
        cell_date_or_none(row[7], "due_date"),
        intern(currency),
        cell_amount(row[9], currency, "original_amount"),
        open_minor,
        cell_amount_or_zero(row[11], currency, "disputed_amount"),
        _basis_points(row[12]) if row[12].strip() else 0,
        cell_date_or_none(row[13], "discount_until"),
        row[14].strip(),
    )


def read_remittances(path: Path, problems: Problems) -> list[Remittance]:
    """This will put the lines of each remittance together; a line that cannot be read spoils it."""
    heads: dict[str, tuple[str, ...]] = {}
    lines: dict[str, list[tuple[str, RemittanceLine]]] = {}
    spoilt: set[str] = set()
    for chunk in Table(path, REMITTANCE_COLUMNS).chunks():
        for row, line in chunk.numbered():
            try:
                require_cells(row, REMITTANCE_COLUMNS)
                key = cell_text(row[0], "remittance_id")
                currency = cell_currency(row[4])
                cell_amount(row[5], currency, "total")
                cell_date_or_none(row[3], "date")
                read = _remittance_line(row, currency)
            except CellUnreadable as error:
                spoilt.add(row[0].strip() if row else "")
                problems.add(path, line, f"this remittance was left out: {error}.")
                continue
            heads.setdefault(key, tuple(row[1:6]))
            lines.setdefault(key, []).append((row[6], read))
    return [_remittance(key, head, lines[key]) for key, head in heads.items() if key not in spoilt]


def _remittance_line(row: Sequence[str], currency: str) -> RemittanceLine:
    gross, discount, deduction, reason_text, net = row[8:]
    return RemittanceLine(
        number=row[7].strip(),
        gross_minor=cell_amount(gross, currency, "gross") if gross.strip() else None,
        discount_minor=cell_amount_or_zero(discount, currency, "discount"),
        deduction_minor=cell_amount_or_zero(deduction, currency, "deduction"),
        reason_text=reason_text.strip(),
        net_minor=cell_amount(net, currency, "net") if net.strip() else None,
    )


def _remittance(
    key: str, head: Sequence[str], lines: Sequence[tuple[str, RemittanceLine]]
) -> Remittance:
    payer_name, payer_iban, dated, code, total = head
    currency = cell_currency(code)
    ordered = sorted(lines, key=lambda line: (len(line[0]), line[0]))
    return Remittance(
        remittance_id=key,
        payer_name=payer_name.strip(),
        payer_iban=payer_iban.strip(),
        dated_on=cell_date_or_none(dated, "date"),
        currency=currency,
        total_minor=cell_amount(total, currency, "total"),
        lines=tuple(line for _, line in ordered),
    )
