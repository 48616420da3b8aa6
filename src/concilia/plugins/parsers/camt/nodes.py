"""Small questions to an ISO 20022 tree, asked by local names: banks use many versions at once."""

from __future__ import annotations

from decimal import Decimal, InvalidOperation
from typing import Final

from lxml import etree

from concilia.documents.core.decoding import tidy

Node = etree._Element  # noqa: SLF001 - lxml gives its element type no other name

DATE_CHARS: Final = 10
ANY: Final = "{*}"
DIGITS_MAX: Final = 20  # `1e999999999` is a number too, and gigabytes when written out


def first(node: Node | None, *names: str) -> Node | None:
    """Return the first node at a path of local names, in any namespace; None if there is none."""
    for name in names:
        if node is None:
            return None
        node = next(node.iterchildren(ANY + name), None)
    return node


def every(node: Node | None, *names: str) -> list[Node]:
    """Return all nodes at a path."""
    nodes = [] if node is None else [node]
    for name in names:
        nodes = [child for each in nodes for child in each.iterchildren(ANY + name)]
    return nodes


def text(node: Node | None, *names: str) -> str | None:
    """Return the trimmed text at a path, None where there is none."""
    found = first(node, *names) if names else node
    value = "" if found is None else " ".join((found.text or "").split())
    if not (value.isascii() and value.isprintable()):
        value = " ".join(tidy(value).split())
    return value or None


def either(node: Node | None, *paths: tuple[str, ...]) -> str | None:
    """Return the text at the first path that has one."""
    for names in paths:
        if value := text(node, *names):
            return value
    return None


def amount(node: Node | None) -> tuple[Decimal, str] | None:
    """
    Return an `Amt` node's amount, never negative, and currency.

    None if it is not a number, or more than a bank can book.
    """
    value = text(node)
    if node is None or value is None:
        return None
    try:
        number = Decimal(value)
    except InvalidOperation:
        return None
    if not number.is_finite() or abs(number.adjusted()) > DIGITS_MAX:
        return None
    return abs(number), node.get("Ccy") or ""


def decimal(node: Node | None, *names: str) -> Decimal | None:
    """Return the number at a path."""
    found = amount(first(node, *names))
    return None if found is None else found[0]


def date(node: Node | None, *names: str) -> str | None:
    """Return a date in ISO form from a `Dt` or `DtTm` choice at a path."""
    value = either(node, (*names, "Dt"), (*names, "DtTm"), names)
    return None if value is None else value[:DATE_CHARS]


def local(node: Node) -> str:
    """Return a node's name without its namespace."""
    return str(node.tag).rpartition("}")[2]
