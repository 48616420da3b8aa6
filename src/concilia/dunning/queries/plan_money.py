"""What came for plans since they were agreed: by item, and by value date. One statement."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Final

from concilia.dunning.core.plan_judging import OnItem, Received, money_of_rows
from concilia.dunning.core.plan_progress import PlanState
from concilia.dunning.models import Plan, PlanRow
from concilia.dunning.queries.dunnable import rows_of
from concilia.dunning.queries.plans import rows_of_plan

# What a payment brought to an item counts if no version of it was posted to that item before the
# plan was agreed: a payment of before, taken back and posted again, pays no instalment. What of
# these payments waits on account can only be interest of the plan. Of a settlement any item of it
# takes the money, also where it gives something up.
MONEY: Final = """
SELECT i.plan_id, i.item_id, i.amount_minor + i.waived_minor AS most, o.open_minor, m.id AS match,
       b.value_date, a.applied_minor, greatest(m.on_account_minor, 0) AS on_account
  FROM dunning_planitem i
  JOIN dunning_plan p ON p.id = i.plan_id
  JOIN receivables_openitem o ON o.id = i.item_id
  LEFT JOIN cash_allocation a ON a.item_id = i.item_id AND a.applied_minor > 0
       AND a.id > p.after_allocation
       AND EXISTS (SELECT 1 FROM cash_match n WHERE n.id = a.match_id AND n.state = 'POSTED')
       AND NOT EXISTS (SELECT 1 FROM cash_match mine
                          JOIN cash_match n ON n.bank_entry_id = mine.bank_entry_id
                          JOIN cash_allocation e ON e.match_id = n.id AND e.item_id = a.item_id
                        WHERE mine.id = a.match_id AND e.id <= p.after_allocation
                          AND n.posted_at IS NOT NULL)
  LEFT JOIN cash_match m ON m.id = a.match_id
  LEFT JOIN receivables_bankentry b ON b.id = m.bank_entry_id
 WHERE i.plan_id = ANY(%(plans)s)
 ORDER BY i.plan_id, i.id, b.value_date, m.id
"""


@dataclass(slots=True)
class PlanMoney:
    """What came for one plan: on each of its items, and by value date."""

    items: dict[int, OnItem] = field(default_factory=dict)
    received: list[Received] = field(default_factory=list)

    @property
    def otherwise(self) -> int:
        """What of the debt is gone without money."""
        return sum(item.otherwise for item in self.items.values())


def money_of_plans(plans: Collection[int]) -> dict[int, PlanMoney]:
    """What came for these plans since each was agreed."""
    found: dict[int, PlanMoney] = {key: PlanMoney() for key in plans}
    counted: dict[int, set[int]] = defaultdict(set)
    for row in rows_of(MONEY, {"plans": list(plans)}):
        money = found[row["plan_id"]]
        before = money.items.get(row["item_id"]) or OnItem(row["most"], row["open_minor"], 0)
        cash = row["applied_minor"] or 0
        now = OnItem(before.amount, before.open, before.cash + cash)
        money.items[row["item_id"]] = now
        taken = now.by_cash - before.by_cash
        _receive(money, row["value_date"], taken)
        if row["match"] is not None and row["match"] not in counted[row["plan_id"]]:
            counted[row["plan_id"]].add(row["match"])
            _receive(money, row["value_date"], row["on_account"])
    return found


def progress_of(plan: Plan, rows: Sequence[PlanRow], money: PlanMoney) -> PlanState:
    """What the money makes of the rows, by their number, whatever is kept of them."""
    # A credit on what a settlement is about pays nothing of the offer.
    otherwise = 0 if plan.kind == Plan.Kind.SETTLEMENT else money.otherwise
    return money_of_rows(rows_of_plan(plan, rows), money.received, otherwise)


def _receive(money: PlanMoney, on: date | None, minor: int) -> None:
    if on is not None and minor > 0:
        money.received.append(Received(on, minor))
