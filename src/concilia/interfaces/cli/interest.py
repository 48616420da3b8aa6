"""`concilia interest`: what the law grants on a debt paid late."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from datetime import date

from concilia.dunning.core.interest import LateInterest, LateItem, late_interest
from concilia.dunning.core.interest_rates import RateMissing
from concilia.dunning.core.interest_regimes import Basis, Kind, RegimeUnknown, regime_for
from concilia.interfaces.cli.answers import (
    UNREADABLE,
    a_date,
    a_decimal,
    add_output_options,
    misused,
    write_answer,
)
from concilia.kernel.money import Money
from concilia.kernel.numbers import to_places

HELP = "compute late-payment interest and fixed compensation"
NEEDS_DJANGO = False
RAW_PLACES = 6


def configure(parser: argparse.ArgumentParser) -> None:
    """This will declare the options."""
    parser.add_argument("--country", required=True, help="IT FR ES DE UK IE US: whose law")
    parser.add_argument("--kind", choices=[kind.value for kind in Kind], default=Kind.B2B.value)
    parser.add_argument("--amount", required=True, help="the debt, like 10000.00")
    parser.add_argument("--currency", default="EUR")
    parser.add_argument("--due", type=a_date, required=True)
    parser.add_argument("--paid", type=a_date, required=True, help="value date, or as-of date")
    parser.add_argument(
        "--reduced",
        action="append",
        default=[],
        metavar="DATE=AMOUNT",
        help="a payment imputed to principal before; may be repeated",
    )
    parser.add_argument("--notice", type=a_date, help="formal notice, where the law counts from it")
    parser.add_argument("--rate", type=a_decimal, help="rate agreed by contract, percent a year")
    parser.add_argument("--contract-date", type=a_date, help="for margins that changed over time")
    parser.add_argument("--basis", choices=[basis.value for basis in Basis])
    parser.add_argument(
        "--provisional",
        action="store_true",
        help="estimate an unknown half-year with the last known rate: not to be demanded",
    )
    add_output_options(parser)


def run(options: argparse.Namespace) -> int:
    """This will print interest, compensation, segments and sources as one JSON object."""
    try:
        result = _compute(options)
    except RateMissing as missing:
        write_answer({"error": str(missing), "half_year": missing.half_year}, options)
        misused(f"{missing}: load it, or use --provisional for an estimate")
        return UNREADABLE
    except (RegimeUnknown, ValueError, OverflowError, argparse.ArgumentTypeError) as problem:
        return misused(problem)
    write_answer(_answer(result, explain=options.explain), options)
    return 0


def _compute(options: argparse.Namespace) -> LateInterest:
    regime = regime_for(options.country, Kind(options.kind), options.contract_date)
    item = LateItem(
        principal=Money.parse(options.amount, options.currency),
        due=options.due,
        until=options.paid,
        reductions=tuple(_reductions(options)),
        notice=options.notice,
        agreed_rate=options.rate,
    )
    basis = Basis(options.basis) if options.basis else None
    return late_interest(item, regime, basis=basis, provisional=options.provisional)


def _reductions(options: argparse.Namespace) -> Iterator[tuple[date, Money]]:
    for text in options.reduced:
        value_date, _, amount = text.partition("=")
        yield a_date(value_date), Money.parse(amount, options.currency)


def _answer(result: LateInterest, *, explain: bool) -> dict[str, object]:
    compensation = result.compensation
    answer: dict[str, object] = {
        "interest": result.interest.to_decimal_string(),
        "compensation": compensation.to_decimal_string() if compensation is not None else None,
        "currency": result.interest.currency,
        "days": result.days,
        "segments": list(_segments(result, explain=explain)),
        "sources": list(result.sources),
        "provisional": result.provisional,
    }
    if compensation is not None and compensation.currency != result.interest.currency:
        answer["compensation_currency"] = compensation.currency
    if explain:
        answer |= _explanation(result)
    return answer


def _segments(result: LateInterest, *, explain: bool) -> Iterator[dict[str, object]]:
    for segment, amount in zip(result.segments, result.by_segment(), strict=True):
        row: dict[str, object] = {
            "from": segment.period.start.isoformat(),
            "to": segment.period.last.isoformat(),
            "days": segment.days,
            "rate": str(segment.rate),
            "amount": amount.to_decimal_string(),
        }
        if explain:
            unrounded = segment.raw / 10**segment.principal.exponent
            row |= {
                "principal": segment.principal.to_decimal_string(),
                "year_days": segment.year_days,
                "unrounded": str(to_places(unrounded, RAW_PLACES)),
            }
        yield row


def _explanation(result: LateInterest) -> dict[str, object]:
    regime = result.regime
    return {
        "rule": regime.id,
        "formula": "principal x rate % x days / days of the year, rounded half up once",
        "reference_series": regime.series,
        "margin": str(regime.margin),
        "rate_mode": regime.mode,
        "start_rule": regime.start,
        "demandable": not result.provisional,
    }
