from __future__ import annotations

from concilia.dunning.models.plans import Plan, PlanItem, PlanRow, Settlement
from concilia.dunning.models.promises import Motive, Owing, Promise, PromiseItem

__all__ = ["Motive", "Owing", "Plan", "PlanItem", "PlanRow", "Promise", "PromiseItem", "Settlement"]
