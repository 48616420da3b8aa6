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
from concilia.dunning.models.backtests import Backtest, BacktestCustomer
from concilia.dunning.models.calls import Call, CallBack
from concilia.dunning.models.care import CustomerCare
from concilia.dunning.models.contacts import ContactTerms, PhoneCall
from concilia.dunning.models.letters import Letter, Letterhead
from concilia.dunning.models.placements import (
    Partner,
    Placement,
    PlacementItem,
    PlacementPaper,
    PlacementResult,
    PlacementStep,
)
from concilia.dunning.models.plans import Plan, PlanItem, PlanRow, Settlement
from concilia.dunning.models.promises import Motive, Owing, Promise, PromiseItem
from concilia.dunning.models.runs import ContactMade, Run, RunPass, RunTouch, RunTouchItem
from concilia.dunning.models.strategies import StrategyVersion
from concilia.dunning.models.surveys import Survey
from concilia.dunning.models.texts import OwnText
from concilia.dunning.models.waivers import Waiver, WaiverSignature

__all__ = [
    "AccountPaper",
    "AccountVisit",
    "Backtest",
    "BacktestCustomer",
    "Call",
    "CallBack",
    "Checkout",
    "ContactMade",
    "ContactTerms",
    "CustomerAccount",
    "CustomerCare",
    "DirectDebit",
    "DirectDebitFile",
    "Letter",
    "Letterhead",
    "Mandate",
    "Motive",
    "Owing",
    "OwnText",
    "Partner",
    "PaymentAccess",
    "PhoneCall",
    "Placement",
    "PlacementItem",
    "PlacementPaper",
    "PlacementResult",
    "PlacementStep",
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
    "Survey",
    "Waiver",
    "WaiverSignature",
]
