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
from concilia.identity.actions.tokens import (
    SCOPES,
    TokenRefused,
    issue_token,
    member_of_token,
    revoke_token,
)

__all__ = [
    "SCOPES",
    "NewPerson",
    "Seating",
    "SettingsRefused",
    "TokenRefused",
    "add_member",
    "change_erp",
    "change_limits",
    "change_member",
    "issue_token",
    "member_of_token",
    "revoke_token",
]
