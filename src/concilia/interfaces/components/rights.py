"""Which roles do which work, whether they come by a page or by a program."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from concilia.identity.models import Role

WORKERS: Final = (Role.CLERK, Role.APPROVER)  # claims, payments and imports
HELPERS: Final = (Role.CLERK, Role.APPROVER, Role.RESOLVER)  # answers, notes and papers; the inbox
SIGNERS: Final = (Role.APPROVER,)
LOG_READERS: Final = (Role.AUDITOR, Role.APPROVER, Role.CLERK)
ADMINS: Final = (Role.ADMIN,)


def may(role: str, *roles: Role | str) -> bool:
    """Whether a role is one of `roles`; an admin may what every role may."""
    return role == Role.ADMIN or role in roles


def is_let_in(role: str, roles: Collection[Role]) -> bool:
    """Whether a role comes in where `roles` do; empty lets every member in."""
    return not roles or may(role, *roles)
