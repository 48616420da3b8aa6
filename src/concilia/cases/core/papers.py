"""Who has a paper: a third party, the customer, or one of our departments."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from concilia.cases.core.process.model import Holder

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


def who_has(evidence: str, *, owner: str) -> tuple[Holder, str]:
    """Return who holds a kind of paper and which department sees to it; else the owner."""
    return _HELD_BY.get(evidence, (Holder.US, owner))
