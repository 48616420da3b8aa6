"""Who calls: a token acts as one member of one entity, within its scopes."""

from __future__ import annotations

from datetime import date
from typing import cast
from zoneinfo import ZoneInfo

from django.http import HttpRequest
from django.utils import timezone
from ninja.errors import HttpError
from ninja.security import HttpBearer

from concilia.identity.actions import member_of_token
from concilia.identity.models import ApiToken, Membership, Role
from concilia.interfaces.components.rights import is_let_in


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


def today_of(request: HttpRequest) -> date:
    """The day it is where the caller's entity works."""
    zone = ZoneInfo(caller(request).entity.timezone)
    return timezone.now().astimezone(zone).date()


def caller(request: HttpRequest) -> Membership:
    """The member a request acts as."""
    return cast("ApiRequest", request).auth.member


class Scope(TokenAuth):
    """
    Let only tokens with a scope call an operation, that act as somebody who may do it by hand.

    An auditor's token never writes. Without `roles` every other member may.
    """

    def __init__(self, scope: str, *roles: Role) -> None:
        super().__init__()
        self.scope, self.roles = scope, roles

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
        role = found.member.role
        if not self.scope.endswith(":read") and role == Role.AUDITOR:
            raise HttpError(403, "An auditor reads and changes nothing.")
        if not is_let_in(role, self.roles):
            raise HttpError(403, f"This token acts as {role}, whose work this is not.")
        return found
