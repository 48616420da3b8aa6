"""Figures of claims, collections, cash application, satisfaction (domain.md §5.3-5.4, 5.6-5.7)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from types import MappingProxyType
from typing import Final

from concilia.kernel.money import Money, total
from concilia.kernel.numbers import Exact, quotient
from concilia.reporting.core.figures import DAYS, PERCENT, POINTS, Figure, figure, ratio, term

PERCENTILE: Final = 90
SATISFIED_FROM: Final = 4
PROMOTERS_FROM: Final = 9
DETRACTORS_TO: Final = 6

# Figures that are a part of a whole, in percent: what each is a part of.
SHARES: Final[Mapping[str, tuple[str, str]]] = MappingProxyType(
    {
        "invalid_rate": ("denied", "decided"),
        "invalid_deduction_recovery": ("repaid", "denied"),
        "leakage": ("written_off", "sales"),
        "dispute_rate_count": ("disputed_invoices", "invoices"),
        "dispute_rate_amount": ("disputed", "invoiced"),
        "first_contact_resolution": ("closed_at_first_contact", "closed"),
        "touchless_rate": ("decided_by_rule", "decided"),
        "root_cause_known": ("with_root_cause", "closed"),
        "repeat_rate": ("repeated", "closed"),
        "promises_kept_count": ("kept", "matured"),
        "promises_kept_amount": ("paid_of_promises", "promised"),
        "right_party_contact_rate": ("right_party_contacts", "attempts"),
        "contact_to_promise": ("promises", "right_party_contacts"),
        "recovery_rate": ("collected", "placed"),
        "recovery_rate_net": ("collected_less_fees", "placed"),
        "roll_rate": ("rolled_forward", "balance_before"),
        "cure_rate": ("back_to_current", "balance_before"),
        "plan_adherence": ("rows_paid_in_grace", "rows_due"),
        "cost_to_collect": ("cost", "collected"),
        "match_rate_payments": ("posted_without_touch", "payments"),
        "match_rate_lines": ("lines_auto", "lines"),
        "match_rate_amount": ("amount_auto", "amount"),
        "false_match_rate": ("reversed_in_30_days", "auto_posted"),
        "satisfaction": ("scores_4_and_5", "answers"),
    }
)


def share(name: str, part: Money | Exact, whole: Money | Exact) -> Figure:
    """
    Return one of the `SHARES` in percent; None where there is no whole.

    :raises KeyError: for a name that is not one of them
    """
    part_name, whole_name = SHARES[name]
    if isinstance(part, Money) and isinstance(whole, Money):
        value = ratio(part, whole)
    elif not isinstance(part, Money) and not isinstance(whole, Money):
        value = quotient(part, whole)
    else:
        raise TypeError(f"{name} compares amounts with amounts or counts with counts")
    percent = None if value is None else 100 * value
    return figure(f"{name}@1", percent, PERCENT, [term(part_name, part), term(whole_name, whole)])


@dataclass(frozen=True, slots=True)
class ResolvedCase:
    """A case closed in the period: its cycle in days, what was allowed, and its amount."""

    cycle_days: int
    sla_days: int
    amount: Money


def resolved_in_sla(cases: Sequence[ResolvedCase], overdue_open: int) -> Figure:
    """
    Return the share of resolved cases that were in time, in percent.

    :param overdue_open: cases still open past their deadline, shown next to it: leaving the late
        ones open must not improve the figure
    """
    in_time = sum(case.cycle_days <= case.sla_days for case in cases)
    return share_in_time(in_time, len(cases), overdue_open)


def share_in_time(in_time: int, resolved: int, overdue_open: int) -> Figure:
    """Return `resolved_in_sla` of cases counted elsewhere."""
    rows = [
        term("in_time", in_time),
        term("resolved", resolved),
        term("overdue_open", overdue_open),
    ]
    return figure("resolved_in_sla@1", quotient(100 * in_time, resolved), PERCENT, rows)


def resolved_in_sla_by_amount(cases: Sequence[ResolvedCase]) -> Figure:
    """Return the share of the resolved amount that was resolved in time, in percent."""
    in_time = _minor(case.amount for case in cases if case.cycle_days <= case.sla_days)
    value = quotient(100 * in_time, _minor(case.amount for case in cases))
    return figure("resolved_in_sla_amount@1", value, PERCENT, [term("resolved", len(cases))])


@dataclass(frozen=True, slots=True)
class CycleTimes:
    """How long cases took: the mean, the middle one, and what nine of ten stayed within."""

    mean: Figure
    median: Figure
    p90: Figure


def cycle_times(days: Sequence[int]) -> CycleTimes:
    """Return mean, median and 90th percentile (nearest rank); None of them without cases."""
    ordered = sorted(days)
    count = len(ordered)
    rows = [term("cases", count)]
    middle = ordered[(count - 1) // 2] + ordered[count // 2] if ordered else None
    rank = -(-PERCENTILE * count // 100)
    return CycleTimes(
        mean=figure("cycle_time_mean@1", quotient(sum(ordered), count), DAYS, rows),
        median=figure(
            "cycle_time_median@1", None if middle is None else Fraction(middle, 2), DAYS, rows
        ),
        p90=figure("cycle_time_p90@1", ordered[rank - 1] if ordered else None, DAYS, rows),
    )


def cycle_time_by_amount(cases: Sequence[tuple[Money, int]]) -> Figure:
    """Return the cycle time weighted by amount."""
    weighted = sum(amount.minor * days for amount, days in cases)
    value = quotient(weighted, _minor(amount for amount, _ in cases))
    return figure("cycle_time_amount@1", value, DAYS, [term("cases", len(cases))])


def deduction_days_outstanding(open_deductions: Money, taken: Money, days: int) -> Figure:
    """Return open deductions over what is deducted in a day of the period (DDO)."""
    share_of_taken = ratio(open_deductions, taken)
    rows = [
        term("open_deductions", open_deductions),
        term("deductions_taken", taken),
        term("days", days),
    ]
    value = None if share_of_taken is None else share_of_taken * days
    return figure("deduction_days_outstanding@1", value, DAYS, rows)


def cost_per_claim(cost: Money, closed: int) -> Figure:
    """Return what closing one claim costs, in currency units."""
    value = quotient(Fraction(cost.to_decimal()), closed)
    rows = [term("cost", cost), term("closed", closed)]
    return figure("cost_per_claim@1", value, cost.currency, rows)


@dataclass(frozen=True, slots=True)
class MaturedPromise:
    """A promise whose time is over: what was promised, what was paid, whether in time."""

    promised: Money
    paid: Money
    kept: bool


def promises_kept(promises: Sequence[MaturedPromise], currency: str) -> tuple[Figure, Figure]:
    """Return the share of promises kept, by count and by amount; overpaying one saves no other."""
    paid = total((min(each.paid, each.promised) for each in promises), currency)
    promised = total((each.promised for each in promises), currency)
    kept = sum(each.kept for each in promises)
    return (
        share("promises_kept_count", kept, len(promises)),
        share("promises_kept_amount", paid, promised),
    )


def roll_rates(steps: Sequence[tuple[Money, Money]]) -> tuple[list[Figure], Fraction | None]:
    """
    Return the roll rate of each step (rolled forward, balance before) and their product, exact.

    The product is the share of a balance that is not due which rolls through all the steps.
    """
    chain: Fraction | None = Fraction(1)
    for rolled, before in steps:
        rate = ratio(rolled, before)
        chain = None if chain is None or rate is None else chain * rate
    return [share("roll_rate", rolled, before) for rolled, before in steps], chain


@dataclass(frozen=True, slots=True)
class AppliedPayment:
    """How one payment was applied: by the rules or by hand, line by line."""

    amount: Money
    amount_auto: Money
    lines: int
    lines_auto: int
    touched: bool


def match_rates(payments: Sequence[AppliedPayment], currency: str) -> tuple[Figure, ...]:
    """Return the three auto-match rates, by payments, lines and amount; they differ."""
    amount = total((each.amount for each in payments), currency)
    amount_auto = total((each.amount_auto for each in payments), currency)
    return (
        share("match_rate_payments", sum(not each.touched for each in payments), len(payments)),
        share(
            "match_rate_lines",
            sum(each.lines_auto for each in payments),
            sum(each.lines for each in payments),
        ),
        share("match_rate_amount", amount_auto, amount),
    )


def satisfaction(scores: Sequence[int]) -> Figure:
    """Return the share of answers of 4 and 5 on a scale of 1 to 5."""
    return share("satisfaction", sum(score >= SATISFIED_FROM for score in scores), len(scores))


def net_promoter_score(scores: Sequence[int]) -> Figure:
    """Return the share of 9 and 10 less the share of 0 to 6, on a scale of 0 to 10."""
    promoters = sum(score >= PROMOTERS_FROM for score in scores)
    detractors = sum(score <= DETRACTORS_TO for score in scores)
    value = quotient(100 * (promoters - detractors), len(scores))
    rows = [
        term("promoters", promoters),
        term("detractors", detractors),
        term("answers", len(scores)),
    ]
    return figure("net_promoter_score@1", value, POINTS, rows)


def _minor(amounts: Iterable[Money]) -> int:
    """Add up in minor units; the first amount says in which currency all must be (INV-21)."""
    listed = list(amounts)
    return total(listed, listed[0].currency).minor if listed else 0
