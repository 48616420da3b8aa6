"""`concilia instalments`: an instalment plan, row by row."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from decimal import Decimal

from concilia.dunning.core.instalments import Model, Plan, PlanTerms, down_payment, plan
from concilia.interfaces.cli.answers import (
    a_count,
    a_date,
    a_decimal,
    add_output_options,
    misused,
    write_answer,
)
from concilia.kernel.calendars import BusinessCalendar
from concilia.kernel.money import Money

HELP = "work out an instalment plan"
NEEDS_DJANGO = False

_RULES = {
    Model.EQUAL: ["R-3.20", "R-3.21", "R-3.24"],
    Model.LINEAR: ["R-3.20", "R-3.21", "R-3.22", "R-3.24"],
    Model.ANNUITY: ["R-3.21", "R-3.23", "R-3.24"],
}


def configure(parser: argparse.ArgumentParser) -> None:
    """This will declare the options."""
    parser.add_argument("--amount", required=True, help="the debt, like 1200.00")
    parser.add_argument("--currency", default="EUR")
    parser.add_argument("--count", type=a_count, required=True, help="monthly rows")
    parser.add_argument("--first-due", type=a_date, required=True)
    parser.add_argument("--down", help="down payment on the first date: 200.00 or 20%%")
    parser.add_argument(
        "--model",
        choices=[model.value for model in Model],
        help="equal without interest; with --rate linear (simple interest) unless annuity is asked",
    )
    parser.add_argument("--rate", type=a_decimal, default=Decimal(0), help="percent a year")
    parser.add_argument("--start", type=a_date, help="day from which interest runs")
    parser.add_argument("--calendar", help="collect on business days of IT FR ES DE UK US TARGET")
    add_output_options(parser)


def run(options: argparse.Namespace) -> int:
    """This will print the rows and the interest of the plan as one JSON object."""
    try:
        made = plan(_terms(options))
    except (ValueError, OverflowError, argparse.ArgumentTypeError) as problem:
        return misused(problem)
    answer: dict[str, object] = {
        "rows": list(_rows(made, explain=options.explain)),
        "interest_total": made.interest_total.to_decimal_string(),
    }
    if options.explain:
        answer |= _explanation(made)
    write_answer(answer, options)
    return 0


def _terms(options: argparse.Namespace) -> PlanTerms:
    principal = Money.parse(options.amount, options.currency)
    usual = Model.LINEAR if options.rate else Model.EQUAL
    return PlanTerms(
        principal=principal,
        count=options.count,
        first_due=options.first_due,
        model=Model(options.model) if options.model else usual,
        rate=options.rate,
        down_payment=_down(options.down, principal) if options.down else None,
        start=options.start,
        calendar=BusinessCalendar(options.calendar) if options.calendar else None,
    )


def _down(text: str, principal: Money) -> Money:
    if text.endswith("%"):
        return down_payment(principal, a_decimal(text[:-1].strip()))
    return Money.parse(text, principal.currency)


def _rows(made: Plan, *, explain: bool) -> Iterator[dict[str, object]]:
    for row in made.rows:
        answer: dict[str, object] = {
            "n": row.n,
            "due": row.due.isoformat(),
            "collect_on": row.collect_on.isoformat(),
            "principal": row.principal.to_decimal_string(),
            "interest": row.interest.to_decimal_string(),
            "payment": row.payment.to_decimal_string(),
            "balance": row.balance.to_decimal_string(),
        }
        if explain:
            answer["days"] = row.days
        yield answer


def _explanation(made: Plan) -> dict[str, object]:
    terms = made.terms
    return {
        "model": terms.model,
        "rate": str(terms.rate),
        "currency": terms.principal.currency,
        "interest_from": terms.interest_start.isoformat(),
        "payment_total": made.payment_total.to_decimal_string(),
        "rules": _RULES[terms.model],
    }
