"""One run of `concilia match`: what is read, who answers, and how an answer is written."""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from concilia.interfaces.cli.items_beside import Reading
from concilia.interfaces.cli.ledger_files import read_customers, read_remittances
from concilia.interfaces.cli.payment_files import read_payments
from concilia.interfaces.cli.shares import Ledger, match_in_shares
from concilia.interfaces.cli.tables import Bad, Problems
from concilia.kernel.currencies import exponent_of
from concilia.matching.engine import match_book
from concilia.matching.explanations import render
from concilia.matching.payers import PayerDirectory
from concilia.matching.policy import DEFAULT
from concilia.matching.records import Allocation, Deduction, Match, Payment

BASIS_POINTS = 10_000
CENTS = 2
ENCODER = json.JSONEncoder(ensure_ascii=False)


class Run:
    """The files of a run, read: then its lines, one for each payment, in input order."""

    def __init__(
        self, options: argparse.Namespace, read_items: Reading, problems: Problems
    ) -> None:
        """
        The open items are the longest file: with several processes one of them reads it alone.

        Meanwhile this one finds out who probably pays: that cuts the work.
        """
        self._options = options
        told: list[str] = []  # of the files that are named after the open items
        later = Problems(told.append)
        directory = PayerDirectory(read_customers(options.customers, problems), (), DEFAULT)
        remittances = read_remittances(options.remittances, later) if options.remittances else []
        self._payments = list(read_payments(options.payments, later))
        readable = [payment for payment in self._payments if isinstance(payment, Payment)]
        self._hints: Sequence[str] = ()
        if options.workers > 1:
            directory.prepare()
            self._hints = list(map(directory.likely_group, readable))
        open_items, prepare = read_items(problems)
        self._ledger = Ledger(readable, directory, remittances, open_items)
        prepare(self._ledger.book)
        for sentence in told:
            problems.tell(sentence)
        problems.take_over(later)
        problems.sum_up()
        _tell_strangers(self._ledger, problems)

    def lines(self) -> Iterator[str]:
        """Yield one JSON object for each payment."""
        answers = iter(self._answers())
        for payment in self._payments:
            if isinstance(payment, Bad):
                yield ENCODER.encode(_unreadable(payment))
            else:
                yield next(answers)

    def _answers(self) -> Iterable[str]:
        """The lines of the payments that could be read, in their order."""
        ledger, language = self._ledger, self._options.language

        def answer(match: Match, payment: Payment) -> str:
            return ENCODER.encode(as_json(match, payment.currency, language))

        if self._options.workers > 1:
            return match_in_shares(ledger, self._hints, answer, self._options.workers)
        matches = match_book(ledger.payments, ledger.book, ledger.directory, ledger.remittances)
        return map(answer, matches, ledger.payments)


def _tell_strangers(ledger: Ledger, problems: Problems) -> None:
    """Say whose open items nobody knows."""
    directory, items = ledger.directory, ledger.book.items
    if set(directory.groups.values()).issuperset(ledger.book.debtors):
        return
    strangers = set(items.customer_id).difference(directory.customers)
    some = ", ".join(sorted(strangers)[:3])
    problems.tell(
        f"{len(strangers)} customers of open items are not in the customer file: {some} …"
    )


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
