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

__all__ = [
    "AccountPaper",
    "AccountVisit",
    "Checkout",
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
    "Settlement",
]
