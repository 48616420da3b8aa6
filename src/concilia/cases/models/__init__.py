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
from concilia.cases.models.process_moves import MovedCase, ProcessMove
from concilia.cases.models.processes import ProcessDefinition, ProcessReason, ProcessText
from concilia.cases.models.thread import CaseDocument, CaseMessage, Mention
from concilia.cases.models.whatif import WhatIf, WhatIfCase

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
    "LimitVersion",
    "Mention",
    "MovedCase",
    "Notice",
    "NoticeHabit",
    "NoticeKind",
    "NoticePreference",
    "ProcessDefinition",
    "ProcessMove",
    "ProcessReason",
    "ProcessText",
    "Step",
    "WhatIf",
    "WhatIfCase",
]
