"""
The steps a case goes through by default: the chain of domain.md §8.2, shortened to what it needs.

Papers are asked for in parallel, from whoever has them; a step nobody needs is not planned.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Final

STEPS_MAX: Final = 12


class Kind(StrEnum):
    """What a step asks for."""

    QUALIFY = "qualify"
    EVIDENCE = "evidence"
    VERDICT = "verdict"
    PROPOSE = "propose"
    APPROVAL = "approval"
    POST = "post"
    NOTIFY = "notify"
    ROOT_CAUSE = "root_cause"


class Holder(StrEnum):
    """Who has the ball; our clock stands still with the customer and with third parties."""

    US = "us"
    CUSTOMER = "customer"
    THIRD = "third"


class OnTimeOut(StrEnum):
    """What happens when a step takes too long. Approving by itself is not among the choices."""

    REMIND = "REMIND"
    ESCALATE = "ESCALATE"
    DELEGATE = "DELEGATE"


@dataclass(frozen=True, slots=True)
class PlannedStep:
    """
    One step: steps with the same `stage` run in parallel. `days` are working days.

    `department` is who works on it, or sees that the holder answers; none for a machine.
    """

    stage: int
    kind: Kind
    days: int
    department: str = ""
    holder: Holder = Holder.US
    evidence: str = ""
    on_time_out: OnTimeOut = OnTimeOut.REMIND


@dataclass(frozen=True, slots=True)
class Situation:
    """
    What decides which steps a case needs.

    `departments`: the reason's, owner first. `missing`: evidence nobody has yet. `signatures`:
    how many the route of approval needs. `has_money`: something will be posted.
    """

    departments: Sequence[str]
    missing: Sequence[str] = ()
    is_qualified: bool = True
    signatures: int = 1
    has_money: bool = True


# Who has a paper: a third party, the customer, or the department named.
_HELD_BY: Final[Mapping[str, tuple[Holder, str]]] = {
    "POD": (Holder.THIRD, "LOG"),
    "BOL": (Holder.THIRD, "LOG"),
    "CAR": (Holder.THIRD, "LOG"),
    "CHS": (Holder.THIRD, "TRM"),
    "CRT": (Holder.THIRD, "LEG"),
    "GRN": (Holder.CUSTOMER, "CUS"),
    "DN": (Holder.CUSTOMER, "CUS"),
    "REM": (Holder.CUSTOMER, "CRD"),
    "PHO": (Holder.CUSTOMER, "CUS"),
    "COR": (Holder.CUSTOMER, "CUS"),
    "PRF": (Holder.CUSTOMER, "TRM"),
    "CSI": (Holder.CUSTOMER, "TRM"),
    "STK": (Holder.CUSTOMER, "SAL"),
    "TXC": (Holder.CUSTOMER, "TAX"),
    "IDP": (Holder.CUSTOMER, "CUS"),
    "INV": (Holder.US, "ACC"),
    "TRX": (Holder.US, "ACC"),
    "PO": (Holder.US, "SAL"),
    "OC": (Holder.US, "SAL"),
    "CT": (Holder.US, "SAL"),
    "TST": (Holder.US, "SAL"),
    "PRM": (Holder.US, "TRM"),
    "DDT": (Holder.US, "LOG"),
    "ASN": (Holder.US, "LOG"),
    "PL": (Holder.US, "LOG"),
    "PAL": (Holder.US, "LOG"),
    "RET": (Holder.US, "LOG"),
    "QCR": (Holder.US, "QUA"),
    "RMA": (Holder.US, "QUA"),
    "RCL": (Holder.US, "QUA"),
    "BNK": (Holder.US, "TRE"),
    "FXR": (Holder.US, "TRE"),
    "SR": (Holder.US, "TEC"),
    "MTR": (Holder.US, "TEC"),
}
EVIDENCE_DAYS: Final[Mapping[Holder, int]] = {Holder.US: 2, Holder.THIRD: 3, Holder.CUSTOMER: 5}


def who_has(evidence: str, *, owner: str) -> tuple[Holder, str]:
    """Return who holds a kind of paper and which department sees to it; else the owner."""
    return _HELD_BY.get(evidence, (Holder.US, owner))


def plan_steps(situation: Situation) -> tuple[PlannedStep, ...]:
    """
    Plan a case: qualify, gather papers in parallel, test, propose, sign, post, answer, find why.

    At most 12 steps; where more papers are missing, those after the room is used up are left to a
    person to ask for.
    :raises ValueError: if no department owns the case
    """
    if not situation.departments:
        raise ValueError("a case without an owning department has nobody to work on it")
    owner = situation.departments[0]
    frame = _frame(situation, owner)
    room = STEPS_MAX - len(frame)
    papers = [_paper(code, owner) for code in dict.fromkeys(situation.missing)][: max(0, room)]
    planned = sorted([*frame, *papers], key=lambda step: list(Kind).index(step.kind))
    stages = {kind: n for n, kind in enumerate(dict.fromkeys(step.kind for step in planned), 1)}
    return tuple(replace(step, stage=stages[step.kind]) for step in planned)


def _frame(situation: Situation, owner: str) -> list[PlannedStep]:
    steps = [PlannedStep(0, Kind.VERDICT, 0), PlannedStep(0, Kind.PROPOSE, 1, owner)]
    if not situation.is_qualified:
        steps.append(PlannedStep(0, Kind.QUALIFY, 1, "CRD", on_time_out=OnTimeOut.ESCALATE))
    if situation.signatures:
        steps.append(
            PlannedStep(0, Kind.APPROVAL, 2 * situation.signatures, on_time_out=OnTimeOut.ESCALATE)
        )
    if situation.has_money:
        steps.append(PlannedStep(0, Kind.POST, 1, on_time_out=OnTimeOut.ESCALATE))
    return [
        *steps,
        PlannedStep(0, Kind.NOTIFY, 1, "CUS"),
        PlannedStep(0, Kind.ROOT_CAUSE, 5, owner),
    ]


def _paper(code: str, owner: str) -> PlannedStep:
    holder, department = who_has(code, owner=owner)
    return PlannedStep(
        0,
        Kind.EVIDENCE,
        EVIDENCE_DAYS[holder],
        department,
        holder=holder,
        evidence=code,
        on_time_out=OnTimeOut.DELEGATE if holder is Holder.US else OnTimeOut.REMIND,
    )
