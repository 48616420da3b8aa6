from __future__ import annotations

from concilia.dunning.models.accounts import (
    AccountPaper,
    AccountVisit,
    Checkout,
    CustomerAccount,
    DirectDebit,
    DirectDebitFile,
    Mandate,
    PaymentAccess,
)
from concilia.dunning.models.plans import Plan, PlanItem, PlanRow, Settlement
from concilia.dunning.models.promises import Motive, Owing, Promise, PromiseItem
from concilia.dunning.models.runs import ContactMade, Run, RunPass, RunTouch, RunTouchItem
from concilia.dunning.models.strategies import StrategyVersion

__all__ = [
    "AccountPaper",
    "AccountVisit",
    "Checkout",
    "ContactMade",
    "CustomerAccount",
    "DirectDebit",
    "DirectDebitFile",
    "Mandate",
    "Motive",
    "Owing",
    "PaymentAccess",
    "Plan",
    "PlanItem",
    "PlanRow",
    "Promise",
    "PromiseItem",
    "Run",
    "RunPass",
    "RunTouch",
    "RunTouchItem",
    "Settlement",
    "StrategyVersion",
]
