from __future__ import annotations

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import ApiToken, Membership, Role
from concilia.identity.queries import actor_of

PREFIX: Final = "cnc_"
SIGN: Final = "approvals:sign"
OUTSIDE: Final = "customer-lane:read"  # what customers may see, and nothing else
SCOPES: Final = (
    "claims:read",
    "claims:write",
    SIGN,
    "inbox:read",
    "inbox:write",
    "bank:read",
    "bank:write",
    "customers:read",
    "collections:read",
    "collections:write",
    OUTSIDE,
    "imports:read",
    "imports:write",
    "audit:read",
    "figures:read",
    "settings:read",
    "settings:write",
)
SEEN_EVERY: Final = timedelta(minutes=1)


class TokenRefused(Refused):
    """A token cannot be issued so; the message says why."""


@transaction.atomic(durable=True)
def issue_token(
    *,
    member_id: int,
    name: str,
    scopes: Sequence[str],
    by: Membership,
    at: datetime,
    within: Sequence[str] | None = None,
) -> tuple[ApiToken, str]:
    """
    Issue a key for a program that acts as a member, within scopes.

    A signature is a person's own: who may sign lets a program sign for them, nobody else does, be
    they administrator or not.

    :param within: the scopes of the program that asks, if it is one: it gives no more than it has
    :return: the row, and the secret: it is shown once and not kept
    :raises TokenRefused: if the issuer is neither the member nor an administrator, the token would
        sign in another person's name, the member is not of their entity, or a scope is unknown
    """
    if by.role != Role.ADMIN and member_id != by.pk:
        raise TokenRefused(_("Only an administrator issues tokens for somebody else."))
    unknown = sorted(set(scopes) - set(SCOPES))
    if unknown or not scopes:
        raise TokenRefused(
            _("Choose what the program may do, among {scopes}."), scopes=", ".join(SCOPES)
        )
    if SIGN in scopes and member_id != by.pk:
        raise TokenRefused(_("Who signs lets a program sign for them; nobody does it for another."))
    if within is not None:
        _require_within(scopes, within)
    if not name.strip():
        raise TokenRefused(_("Give the token the name of the program that will use it."))
    member = Membership.objects.filter(pk=member_id, entity_id=by.entity_id, is_active=True).first()
    if member is None:
        raise TokenRefused(_("There is no such member."))
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        entity_id=by.entity_id,
        member=member,
        issued_by=by,
        name=name.strip()[:80],
        secret_sha256=digest(secret=secret),
        scopes=sorted(set(scopes)),
        created_at=at,
    )
    data = {"name": token.name, "scopes": token.scopes, "member": member.pk}
    act = Act("token.issued", "token", token.pk, data)
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return token, secret


def _require_within(scopes: Sequence[str], within: Sequence[str]) -> None:
    beyond = sorted(set(scopes) - set(within))
    if beyond:
        raise TokenRefused(
            _("A program gives no more than it has itself: not {scopes}."), scopes=", ".join(beyond)
        )


@transaction.atomic(durable=True)
def revoke_token(*, token_id: int, by: Membership, at: datetime) -> ApiToken:
    """
    End a token: the next call with it is refused.

    :raises TokenRefused: if it is somebody else's and the caller is no administrator
    """
    token = ApiToken.objects.select_for_update(no_key=True).get(pk=token_id, entity_id=by.entity_id)
    if by.role != Role.ADMIN and token.member_id != by.pk:
        raise TokenRefused(_("Only an administrator revokes somebody else's tokens."))
    token.revoked_at = token.revoked_at or at
    token.save(update_fields=["revoked_at"])
    act = Act("token.revoked", "token", token.pk, {"name": token.name})
    audit.log(entity_id=by.entity_id, actor=actor_of(by), at=at, acts=[act])
    return token


@transaction.atomic(durable=True)
def member_of_token(*, secret: str, at: datetime) -> ApiToken | None:
    """The living token behind a secret, with its member; None for any other. Notes its use."""
    token = (
        ApiToken.objects.filter(
            secret_sha256=digest(secret=secret), revoked_at=None, member__is_active=True
        )
        .select_related("member__user", "member__entity", "entity")
        .first()
    )
    if token and (token.last_used_at is None or at - token.last_used_at > SEEN_EVERY):
        ApiToken.objects.filter(pk=token.pk).update(last_used_at=at)
    return token if token and token.member.user.is_active else None


def digest(*, secret: str) -> str:
    """What is kept of a secret: enough to recognise it, useless to call with."""
    return hashlib.sha256(secret.encode()).hexdigest()
