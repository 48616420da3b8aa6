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
from concilia.dunning.models.letters import Letter, Letterhead
from concilia.dunning.models.plans import Plan, PlanItem, PlanRow, Settlement
from concilia.dunning.models.promises import Motive, Owing, Promise, PromiseItem
from concilia.dunning.models.runs import ContactMade, Run, RunPass, RunTouch, RunTouchItem
from concilia.dunning.models.strategies import StrategyVersion
from concilia.dunning.models.texts import OwnText

__all__ = [
    "AccountPaper",
    "AccountVisit",
    "Checkout",
    "ContactMade",
    "CustomerAccount",
    "DirectDebit",
    "DirectDebitFile",
    "Letter",
    "Letterhead",
    "Mandate",
    "Motive",
    "Owing",
    "OwnText",
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
