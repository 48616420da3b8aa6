from __future__ import annotations

from concilia.cases.models.approvals import (
    ApprovalBatch,
    ApprovalBatchItem,
    ApprovalOverride,
    ApprovalRequest,
    ApprovalSeat,
)
from concilia.cases.models.cases import Case, ClockStop, Step
from concilia.cases.models.limits import LimitVersion
from concilia.cases.models.notices import Notice, NoticeHabit, NoticeKind, NoticePreference
from concilia.cases.models.processes import ProcessDefinition, ProcessReason
from concilia.cases.models.thread import CaseDocument, CaseMessage, Mention
from concilia.cases.models.work import HandedOver, HandOver, Watch, WatchHead

__all__ = [
    "ApprovalBatch",
    "ApprovalBatchItem",
    "ApprovalOverride",
    "ApprovalRequest",
    "ApprovalSeat",
    "Case",
    "CaseDocument",
    "CaseMessage",
    "ClockStop",
    "HandOver",
    "HandedOver",
    "LimitVersion",
    "Mention",
    "Notice",
    "NoticeHabit",
    "NoticeKind",
    "NoticePreference",
    "ProcessDefinition",
    "ProcessReason",
    "Step",
    "Watch",
    "WatchHead",
]
