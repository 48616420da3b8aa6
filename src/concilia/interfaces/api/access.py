"""Who calls: a token acts as one member of one entity, within its scopes."""

from __future__ import annotations

from typing import cast

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import HttpBearer

from concilia.identity.actions import member_of_token
from concilia.identity.models import ApiToken, Membership, Role


class ApiRequest(HttpRequest):
    """A request of a program that showed a living token."""

    auth: ApiToken

    @property
    def member(self) -> Membership:
        """Whom the program acts as."""
        return self.auth.member


class TokenAuth(HttpBearer):
    """`Authorization: Bearer cnc_…`"""

    def authenticate(
        self,
        request: HttpRequest,  # noqa: ARG002 (the base class's signature)
        token: str,
    ) -> ApiToken | None:
        """The token behind a secret; None refuses the call."""
        return member_of_token(secret=token, at=timezone.now())


def caller(request: HttpRequest) -> Membership:
    """The member a request acts as."""
    return cast("ApiRequest", request).auth.member


class Scope(TokenAuth):
    """Let only tokens with a scope call an operation; an auditor's token never writes."""

    def __init__(self, scope: str) -> None:
        super().__init__()
        self.scope = scope

    def authenticate(self, request: HttpRequest, token: str) -> ApiToken | None:
        """
        The token behind a secret, if it has the scope.

        :raises HttpError: 403 with the scope that is missing
        """
        found = super().authenticate(request, token)
        if found is None:
            return None
        if self.scope not in found.scopes:
            raise HttpError(403, f"This token lacks the scope {self.scope}.")
        if not self.scope.endswith(":read") and found.member.role == Role.AUDITOR:
            raise HttpError(403, "An auditor reads and changes nothing.")
        return found
