"""
Eighteen months of claims already settled: what analytics show before the first new claim comes
in.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random

from concilia.interfaces.cli.company.people import OWNERS, SLA_DAYS
from concilia.interfaces.cli.company.sales import ALPE_NORD
from concilia.interfaces.cli.company.shapes import Sale, SaleLine, SettledClaim, share
from concilia.interfaces.cli.company.workdays import shift_workdays

SHARE_OF_SALES = 0.13
LAST_DAYS = 14
REASONS = (
    ("NC-01", 30), ("NC-05", 17), ("NC-08", 18), ("CO-01", 8), ("NC-09", 5), ("NC-06", 5),
    ("NC-17", 3), ("NC-07", 4), ("NC-21", 3), ("NC-14", 3), ("NC-02", 3), ("FI-02", 6),
    ("NC-11", 3),
)  # fmt: skip
OUTCOMES = (("credited", 58), ("partly", 16), ("refused", 17), ("written_off", 9))
FAULTS = {"NC-01": "T", "NC-05": "T", "NC-02": "T", "FI-02": "C", "NC-11": "U", "NC-14": "A"}
WITHOUT_CREDIT = ("FI-02", "NC-11")
WORSE_FROM_DAYS = 120
IN_TIME = 0.84


@dataclass(slots=True)
class PastClaim:
    """A settled claim before invoices have their numbers."""

    sale: Sale
    reason: str
    opened: date
    due: date
    decided: date
    closed: date
    claimed: int
    credited: int
    outcome: str
    note: Sale | None

    def as_record(self, n: int) -> SettledClaim:
        """Give the record of it, once the invoice has its number."""
        rest = self.claimed - self.credited
        written_off = rest if self.outcome == "written_off" else 0
        return SettledClaim(
            number=f"H-{n:04d}",
            customer_number=self.sale.customer.number,
            invoice_number=self.sale.number,
            reason=self.reason,
            department=OWNERS[self.reason],
            opened=self.opened,
            due=self.due,
            decided=self.decided,
            closed=self.closed,
            currency=self.sale.customer.currency,
            claimed=self.claimed,
            credited=self.credited,
            collected_back=rest - written_off,
            written_off=written_off,
            outcome=self.outcome,
            fault=FAULTS.get(self.reason, "U") if self.credited else "C",
            carrier=self.sale.carrier,
        )


def settle_past(
    rng: Random, sales: Sequence[Sale], as_of: date
) -> tuple[list[PastClaim], list[Sale]]:
    """Choose which old invoices were contested, and give the credit notes issued for them."""
    chosen = [sale for sale in sales if _was_contested(rng, sale, as_of)]
    found = [_contest(rng, sale, as_of) for sale in chosen]
    kept = [claim for claim in found if claim.closed < as_of]
    return kept, [claim.note for claim in kept if claim.note is not None]


def _was_contested(rng: Random, sale: Sale, as_of: date) -> bool:
    if sale.is_story or sale.issued > shift_workdays(as_of, -LAST_DAYS):
        return False
    odds = SHARE_OF_SALES
    if sale.carrier == ALPE_NORD and (as_of - sale.issued).days < WORSE_FROM_DAYS:
        odds *= 1.9
    return rng.random() < odds


def _contest(rng: Random, sale: Sale, as_of: date) -> PastClaim:
    reason = _draw(rng, REASONS)
    if sale.carrier == ALPE_NORD and (as_of - sale.issued).days < WORSE_FROM_DAYS:
        reason = _draw(rng, (("NC-01", 6), ("NC-05", 4), (reason, 5)))
    outcome = _draw(rng, OUTCOMES)
    line = rng.choice(sale.lines)
    wanted = _wanted_line(rng, line, reason)
    allowed = _allowed(rng, wanted, outcome, reason)
    opened = shift_workdays(sale.delivered or sale.issued, rng.randint(1, 9))
    days = SLA_DAYS[reason]
    due = shift_workdays(opened, days)
    taken = rng.randint(1, days) if rng.random() < IN_TIME else days + rng.randint(1, 9)
    decided = shift_workdays(opened, taken)
    claim = PastClaim(
        sale=sale,
        reason=reason,
        opened=opened,
        due=due,
        decided=decided,
        closed=shift_workdays(decided, rng.randint(0, 3)),
        claimed=wanted.gross,
        credited=allowed.gross if allowed else 0,
        outcome=outcome,
        note=None,
    )
    if allowed is not None and decided < as_of:
        claim.note = _credit_note(sale, allowed, decided)
    return claim


def _draw(rng: Random, weighted: Sequence[tuple[str, int]]) -> str:
    return rng.choices([name for name, _ in weighted], [weight for _, weight in weighted])[0]


def _wanted_line(rng: Random, line: SaleLine, reason: str) -> SaleLine:
    quantity, unit = line.quantity, line.unit_price
    if reason in ("NC-08", "NC-09", "CO-01"):
        unit = max(share(unit, rng.choice((200, 300, 500, 1000, 1500))), 1)
    elif reason in WITHOUT_CREDIT:
        quantity, unit = 1, max(share(line.net, 2000), 1)
    elif reason != "NC-17":
        quantity = max(1, quantity * rng.randint(5, 35) // 100)
    return SaleLine(
        line.sku, line.description, quantity, unit, unit, line.vat_bp, pod_quantity=quantity
    )


def _allowed(rng: Random, wanted: SaleLine, outcome: str, reason: str) -> SaleLine | None:
    if outcome in ("refused", "written_off") or reason in WITHOUT_CREDIT:
        return None
    quantity = wanted.quantity
    if outcome == "partly":
        quantity = max(1, quantity * rng.randint(30, 80) // 100)
    return SaleLine(
        wanted.sku,
        wanted.description,
        quantity,
        wanted.unit_price,
        wanted.unit_price,
        wanted.vat_bp,
        pod_quantity=quantity,
    )


def _credit_note(sale: Sale, line: SaleLine, day: date) -> Sale:
    return Sale(
        key=f"{sale.key}-credit",
        customer=sale.customer,
        order_date=sale.order_date,
        requested=sale.requested,
        shipped=sale.shipped,
        delivered=sale.delivered,
        issued=day,
        due=day + timedelta(days=sale.customer.payment_days),
        carrier=sale.carrier,
        lines=[line],
        kind="credit_note",
        credits_invoice=sale,
    )
