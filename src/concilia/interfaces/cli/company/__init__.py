"""
The demonstration company, Molino Aurora S.r.l. of Cuneo: eighteen months of records, mail, bank
days and what its people did, made from a seed. `concilia demo` feeds it through the real import
and intake.
"""

from __future__ import annotations

from concilia.interfaces.cli.company.build import build_company
from concilia.interfaces.cli.company.exports import HEADERS
from concilia.interfaces.cli.company.routes import VERBS
from concilia.interfaces.cli.company.shapes import (
    Act,
    ClaimLine,
    ClaimStory,
    Company,
    Mail,
    Paper,
    SettledClaim,
    StaffMember,
    Statement,
)

__all__ = [
    "HEADERS",
    "VERBS",
    "Act",
    "ClaimLine",
    "ClaimStory",
    "Company",
    "Mail",
    "Paper",
    "SettledClaim",
    "StaffMember",
    "Statement",
    "build_company",
]
