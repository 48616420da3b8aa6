from __future__ import annotations

from concilia.cases.models.approvals import (
    ApprovalBatch,
    ApprovalBatchItem,
    ApprovalOverride,
    ApprovalRequest,
    ApprovalSeat,
)
from concilia.cases.models.cases import Case, ClockStop, Step
from concilia.cases.models.clocks import CaseClock, StepTime
from concilia.cases.models.limits import LimitVersion
from concilia.cases.models.links import ActionLink, LinkMail, LinkPaper
from concilia.cases.models.notices import (
    Notice,
    NoticeDelivery,
    NoticeHabit,
    NoticeKind,
    NoticePreference,
)
from concilia.cases.models.processes import ProcessDefinition, ProcessReason
from concilia.cases.models.thread import CaseDocument, CaseMessage, Mention

__all__ = [
    "ActionLink",
    "ApprovalBatch",
    "ApprovalBatchItem",
    "ApprovalOverride",
    "ApprovalRequest",
    "ApprovalSeat",
    "Case",
    "CaseClock",
    "CaseDocument",
    "CaseMessage",
    "ClockStop",
    "LimitVersion",
    "LinkMail",
    "LinkPaper",
    "Mention",
    "Notice",
    "NoticeDelivery",
    "NoticeHabit",
    "NoticeKind",
    "NoticePreference",
    "ProcessDefinition",
    "ProcessReason",
    "Step",
    "StepTime",
]
