from __future__ import annotations

from concilia.identity.actions.tokens import (
    SCOPES,
    TokenRefused,
    issue_token,
    member_of_token,
    revoke_token,
)

__all__ = ["SCOPES", "TokenRefused", "issue_token", "member_of_token", "revoke_token"]
