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
from concilia.cases.models.process_moves import MovedCase, ProcessMove
from concilia.cases.models.processes import ProcessDefinition, ProcessReason, ProcessText
from concilia.cases.models.thread import (
    CaseDocument,
    CaseMessage,
    CustomerLane,
    Mention,
    NoteFile,
    Reaction,
    ThreadRead,
)
from concilia.cases.models.whatif import WhatIf, WhatIfCase
from concilia.cases.models.work import HandedOver, HandOver, Watch, WatchHead

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
    "CustomerLane",
    "HandOver",
    "HandedOver",
    "LimitVersion",
    "LinkMail",
    "LinkPaper",
    "Mention",
    "MovedCase",
    "NoteFile",
    "Notice",
    "NoticeDelivery",
    "NoticeHabit",
    "NoticeKind",
    "NoticePreference",
    "ProcessDefinition",
    "ProcessMove",
    "ProcessReason",
    "ProcessText",
    "Reaction",
    "Step",
    "StepTime",
    "ThreadRead",
    "Watch",
    "WatchHead",
    "WhatIf",
    "WhatIfCase",
]
