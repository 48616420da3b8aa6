"""`concilia match`: cash application without a database (interfaces.md)."""

from __future__ import annotations

import argparse
import gc
import json
import sys
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from concilia.interfaces.cli.items_beside import ShareFailed, read_beside, read_here
from concilia.interfaces.cli.ledger_files import read_customers, read_remittances
from concilia.interfaces.cli.payment_files import Bad, read_payments
from concilia.interfaces.cli.shares import Ledger, match_in_shares
from concilia.interfaces.cli.tables import Problems, TableUnreadable
from concilia.kernel.currencies import exponent_of
from concilia.matching.engine import match_book
from concilia.matching.explanations import LANGUAGES, render
from concilia.matching.payers import PayerDirectory
from concilia.matching.policy import DEFAULT
from concilia.matching.records import Allocation, Deduction, Match, Payment

HELP = "say which payment settles which open items, from files"
NEEDS_DJANGO = False

BASIS_POINTS = 10_000
CENTS = 2
ENCODER = json.JSONEncoder(ensure_ascii=False)


def configure(parser: argparse.ArgumentParser) -> None:
    """This will add the files."""
    parser.add_argument("--customers", required=True, type=Path, metavar="F", help="customers, CSV")
    parser.add_argument(
        "--open-items", required=True, type=Path, metavar="F", help="open items, CSV"
    )
    parser.add_argument(
        "--payments",
        required=True,
        type=Path,
        metavar="F",
        help="CSV or a bank statement (camt, MT940, BAI2, CODA, CFONB, Norma 43, OFX)",
    )
    parser.add_argument("--remittances", type=Path, metavar="F", help="remittance advices, CSV")
    parser.add_argument("--out", type=Path, metavar="F", help="write here, not to standard output")
    parser.add_argument(
        "--workers", type=int, default=1, metavar="N", help="processes (default: 1)"
    )
    parser.add_argument(
        "--language", choices=LANGUAGES, default="en", help="of the explanations (default: en)"
    )


def run(options: argparse.Namespace) -> int:
    """This will print one JSON object for each payment, in input order."""
    problems = Problems(tell=_tell)
    gc.disable()  # millions of small values and no cycles: looking for these takes a third
    try:
        payments, ledger, hints = _read(options, problems)
        problems.sum_up()
        _tell_strangers(ledger)
        lines = iter(_answers(ledger, hints, options))
        with _opened(options.out) as file:
            for payment in payments:
                line = (
                    ENCODER.encode(_unreadable(payment))
                    if isinstance(payment, Bad)
                    else next(lines)
                )
                file.write(line + "\n")
    except (TableUnreadable, ShareFailed) as error:
        _tell(str(error))
        return 1
    finally:
        gc.enable()
    return 1 if problems.count else 0


def _tell(sentence: str) -> None:
    print(f"concilia: {sentence}", file=sys.stderr)


@contextmanager
def _opened(path: Path | None) -> Iterator[TextIO]:
    if path is None:
        yield sys.stdout
        return
    with path.open("w", encoding="utf-8") as file:
        yield file


def _read(
    options: argparse.Namespace, problems: Problems
) -> tuple[list[Payment | Bad], Ledger, Sequence[str]]:
    """
    The open items are the longest file: with several processes one of them reads it alone.

    Meanwhile this one finds out who probably pays: that cuts the work.
    """
    reading = read_beside if options.workers > 1 else read_here
    told: list[str] = []  # of the files that are named after the open items
    later = Problems(told.append)
    with reading(options.open_items) as read_items:
        directory = PayerDirectory(read_customers(options.customers, problems), (), DEFAULT)
        remittances = read_remittances(options.remittances, later) if options.remittances else []
        payments = list(read_payments(options.payments, later))
        readable = [payment for payment in payments if isinstance(payment, Payment)]
        hints: Sequence[str] = ()
        if options.workers > 1:
            directory.prepare()
            hints = list(map(directory.likely_group, readable))
        open_items, prepare = read_items(problems)
        ledger = Ledger(readable, directory, remittances, open_items)
        prepare(ledger.book)
    for sentence in told:
        _tell(sentence)
    problems.take_over(later)
    return payments, ledger, hints


def _tell_strangers(ledger: Ledger) -> None:
    """Say whose open items nobody knows."""
    directory, items = ledger.directory, ledger.book.items
    if set(directory.groups.values()).issuperset(ledger.book.debtors):
        return
    strangers = set(items.customer_id).difference(directory.customers)
    some = ", ".join(sorted(strangers)[:3])
    _tell(f"{len(strangers)} customers of open items are not in the customer file: {some} …")


def _answers(ledger: Ledger, hints: Sequence[str], options: argparse.Namespace) -> Iterable[str]:
    """The lines of the payments that could be read, in their order."""

    def answer(match: Match, payment: Payment) -> str:
        return ENCODER.encode(as_json(match, payment.currency, options.language))

    if options.workers > 1:
        return match_in_shares(ledger, hints, answer, options.workers)
    matches = match_book(ledger.payments, ledger.book, ledger.directory, ledger.remittances)
    return map(answer, matches, ledger.payments)


def _unreadable(payment: Bad) -> dict[str, Any]:
    return {
        "payment_id": payment.payment_id,
        "status": "unmatched",
        "rule": "M13",
        "confidence": 0.0,
        "customer_id": None,
        "allocations": [],
        "deductions": [],
        "on_account": None,
        "explanation": f"The payment could not be read: {payment.problem}.",
        "alternatives": [],
        "error": payment.problem,
    }


def as_json(match: Match, currency: str, language: str) -> dict[str, Any]:
    """Return one line of the answer, amounts as decimal strings."""
    exponent = exponent_of(currency)
    return {
        "payment_id": match.payment_id,
        "status": match.status.value,
        "rule": match.rule,
        "confidence": match.confidence_bp / BASIS_POINTS,
        "customer_id": match.customer_id,
        "allocations": _allocations(match.allocations, exponent),
        "deductions": _deductions(match.deductions, exponent),
        "on_account": decimal(match.on_account_minor, exponent),
        "explanation": render(match.explanation, language),
        "alternatives": [
            {
                "customer_id": other.customer_id,
                "allocations": _allocations(other.allocations, exponent),
                "deductions": _deductions(other.deductions, exponent),
                "on_account": decimal(other.on_account_minor, exponent),
            }
            for other in match.alternatives
        ],
    }


def _allocations(allocations: Sequence[Allocation], exponent: int) -> list[dict[str, str]]:
    return [
        {
            "item_id": allocation.item_id,
            "applied": decimal(allocation.applied_minor, exponent),
            "discount": decimal(allocation.discount_minor, exponent),
            "writeoff": decimal(allocation.writeoff_minor, exponent),
        }
        for allocation in allocations
    ]


def _deductions(deductions: Sequence[Deduction], exponent: int) -> list[dict[str, str]]:
    return [
        {
            "item_id": deduction.item_id,
            "amount": decimal(deduction.amount_minor, exponent),
            "reason": deduction.reason,
        }
        for deduction in deductions
    ]


def decimal(minor: int, exponent: int) -> str:
    """Return minor units as `1234.50`, with the currency's decimals."""
    if not minor and exponent == CENTS:
        return "0.00"  # most of them
    if not exponent:
        return str(minor)
    digits = str(abs(minor)).rjust(exponent + 1, "0")
    return f"{'-' if minor < 0 else ''}{digits[:-exponent]}.{digits[-exponent:]}"
