"""The 67 canonical claim reasons, and what other people's codes mean in them (domain.md §2.3)."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from concilia.kernel.languages import Names
from concilia.kernel.reason_names import REASON_NAMES
from concilia.kernel.reason_rules import CODES, HANDLING, rows_of
from concilia.kernel.reason_words import Accrual, Department, Evidence, Family, Fault, Resolution

FAMILIES: Final[Mapping[str, Family]] = {
    "CO": Family.COMMERCIAL,
    "NC": Family.NON_COMMERCIAL,
    "FI": Family.FINANCIAL,
}
# In these lists a digit may come with or without its leading zero.
_X12_LENGTH: Final = 2


class UnknownReason(LookupError):
    """There is no claim reason with this code."""


@dataclass(frozen=True, slots=True)
class Reason:
    """
    Why a customer contests or withholds money, and how such a claim is handled.

    `x12` is X12 element 426, `uncl4465` UN/EDIFACT 4465, `peppol` the OPStatusReason of the Invoice
    Response, `walmart` the AP deduction code; of several the first is the one to send (R-2.2).
    The SLA counts net business days, or calendar days where a law counts so: one of the two is set.
    """

    code: str
    names: Names
    family: Family
    x12: tuple[str, ...]
    uncl4465: tuple[str, ...]
    peppol: str | None
    walmart: tuple[str, ...]
    departments: tuple[Department, ...]
    evidence: tuple[Evidence, ...]
    sla_business_days: int | None
    sla_calendar_days: int | None
    resolutions: tuple[Resolution, ...]
    faults: tuple[Fault, ...]
    accrual: Accrual

    @property
    def number(self) -> int:
        """The number in the code: 7 of `CO-07`."""
        return int(self.code[3:])

    @property
    def owner(self) -> Department:
        """The department that answers first."""
        return self.departments[0]

    @property
    def resolution(self) -> Resolution:
        """How such a claim usually ends when it is right."""
        return self.resolutions[0]

    @property
    def fault_default(self) -> Fault:
        """Whose fault it is until somebody says otherwise."""
        return self.faults[0]


@dataclass(frozen=True, slots=True)
class InboundReason:
    """What somebody else's code means; `needs_qualification` when it can mean several reasons."""

    code: str
    candidates: tuple[str, ...]

    @property
    def needs_qualification(self) -> bool:
        """Whether a person or the lines of the document must still say which it is (R-2.2)."""
        return len(self.candidates) > 1


def _read(codes: list[str], handling: list[str]) -> Reason:
    code, x12, uncl4465, peppol, walmart = codes
    same, departments, evidence, sla, resolutions, faults, accrual = handling
    assert code == same, f"{code} and {same} stand in the same place of two tables"
    return Reason(
        code=code,
        names=REASON_NAMES[code],
        family=FAMILIES[code[:2]],
        x12=tuple(x12.split()),
        uncl4465=tuple(uncl4465.split()),
        peppol=peppol or None,
        walmart=tuple(walmart.split()),
        departments=tuple(Department(each) for each in departments.split()),
        evidence=tuple(Evidence(each) for each in evidence.split()),
        sla_business_days=None if sla.endswith("c") else int(sla),
        sla_calendar_days=int(sla[:-1]) if sla.endswith("c") else None,
        resolutions=tuple(Resolution(each) for each in resolutions.split()),
        faults=tuple(Fault(each) for each in faults.split()) or (Fault.NOBODY,),
        accrual=Accrual(accrual),
    )


REASONS: Final[Mapping[str, Reason]] = MappingProxyType(
    {
        codes[0]: _read(codes, handling)
        for codes, handling in zip(rows_of(CODES), rows_of(HANDLING), strict=True)
    }
)

UNIDENTIFIED: Final = "FI-16"
OTHER: Final = "FI-17"


def reason(code: str) -> Reason:
    """
    Return the reason with this code.

    :raises UnknownReason: if there is none
    """
    try:
        return REASONS[code]
    except KeyError:
        raise UnknownReason(
            f"{code!r} is not a claim reason: they run CO-01 … CO-15, NC-01 … NC-35, FI-01 … FI-17"
        ) from None


def reason_name(code: str, language: str) -> str:
    """Return the reason's name in `en it fr es de` (English for others); the code if unknown."""
    known = REASONS.get(code)
    return known.names.in_language(language) if known else code


def from_x12(code: str) -> InboundReason | None:
    """Return what an X12 adjustment reason (element 426) means, or None if the list has it not."""
    return _meaning(_BY_X12, code.strip().upper().zfill(_X12_LENGTH))


def from_uncl4465(code: str) -> InboundReason | None:
    """Return what a UN/EDIFACT adjustment reason (4465) means, or None if the list has it not."""
    return _meaning(_BY_UNCL4465, code.strip().upper().lstrip("0"))


def from_peppol(code: str) -> InboundReason | None:
    """Return what a Peppol clarification (OPStatusReason) means; None for `NON`, no issue."""
    return _meaning(_BY_PEPPOL, code.strip().upper())


def from_walmart(code: str) -> InboundReason | None:
    """Return what a Walmart deduction code means, or None if it is not one of the known ones."""
    return _meaning(_BY_WALMART, code.strip().lstrip("0"))


def _meaning(index: Mapping[str, tuple[str, ...]], code: str) -> InboundReason | None:
    candidates = index.get(code)
    return InboundReason(candidates[0], candidates) if candidates else None


def _inverted(codes_of: Callable[[Reason], tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
    """Index the reasons by a foreign code; candidates by number, then as the tables stand."""
    found: dict[str, list[str]] = {}
    for each in sorted(REASONS.values(), key=lambda known: known.number):
        for code in codes_of(each):
            found.setdefault(code, []).append(each.code)
    return {code: tuple(candidates) for code, candidates in found.items()}


_BY_X12: Final = _inverted(lambda known: known.x12)
_BY_UNCL4465: Final = _inverted(lambda known: known.uncl4465)
_BY_PEPPOL: Final = _inverted(lambda known: (known.peppol,) if known.peppol else ())
_BY_WALMART: Final = _inverted(lambda known: known.walmart)
