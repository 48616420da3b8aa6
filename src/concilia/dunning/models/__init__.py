from __future__ import annotations

from concilia.dunning.models.promises import (
    AccountPaper,
    AccountVisit,
    Checkout,
    CustomerAccount,
    Mandate,
    Motive,
    Owing,
    Promise,
    PromiseItem,
)
from concilia.dunning.models.runs import ContactMade, Run, RunPass, RunTouch, RunTouchItem
from concilia.dunning.models.strategies import StrategyVersion

__all__ = [
    "AccountPaper",
    "AccountVisit",
    "Checkout",
    "ContactMade",
    "CustomerAccount",
    "Mandate",
    "Motive",
    "Owing",
    "Promise",
    "PromiseItem",
    "Run",
    "RunPass",
    "RunTouch",
    "RunTouchItem",
    "StrategyVersion",
]
