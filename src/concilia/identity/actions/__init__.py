from __future__ import annotations

from concilia.identity.actions.company import (
    NewPerson,
    Seating,
    SettingsRefused,
    add_member,
    change_erp,
    change_limits,
    change_member,
)
from concilia.identity.actions.founding import CUSTOMS, CodeRefused, NewCompany, found_company
from concilia.identity.actions.tokens import (
    SCOPES,
    TokenRefused,
    issue_token,
    member_of_token,
    revoke_token,
)

__all__ = [
    "CUSTOMS",
    "SCOPES",
    "CodeRefused",
    "NewCompany",
    "NewPerson",
    "Seating",
    "SettingsRefused",
    "TokenRefused",
    "add_member",
    "change_erp",
    "change_limits",
    "change_member",
    "found_company",
    "issue_token",
    "member_of_token",
    "revoke_token",
]
