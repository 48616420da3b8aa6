"""The log, and who the token is."""

from __future__ import annotations

from typing import Any, cast

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from concilia.foundation import audit
from concilia.foundation.models import AuditEntry
from concilia.interfaces.api.access import ApiRequest, Scope, caller
from concilia.interfaces.api.paging import Page, page_of
from concilia.interfaces.api.shapes import AuditOut

router = Router(tags=["control"])


class LogFilter(Schema):
    cursor: str | None = Field(None, max_length=400)
    limit: int = Field(50, ge=1, le=200)


class ChainOut(Schema):
    whole: bool
    first_broken: int | None


class MeOut(Schema):
    entity: str
    acts_as: str
    role: str
    scopes: list[str]


@router.get("/me", response=MeOut)
def me(request: HttpRequest) -> MeOut:
    """Which entity and member this token acts for, and its scopes."""
    token = cast("ApiRequest", request).auth
    return MeOut(
        entity=token.entity.code,
        acts_as=token.member.user.email,
        role=token.member.role,
        scopes=token.scopes,
    )


@router.get("/audit", response=Page[AuditOut], auth=Scope("audit:read"))
def list_log(request: HttpRequest, asked: Query[LogFilter]) -> dict[str, Any]:
    """The log of everything that changed something, the newest first."""
    rows = AuditEntry.objects.filter(entity_id=caller(request).entity_id)
    found, following = page_of(rows, order="seq", cursor=asked.cursor, limit=asked.limit)
    return {"items": [AuditOut.of(row) for row in found], "next_cursor": following}


@router.get("/audit/chain", response=ChainOut, auth=Scope("audit:read"))
def check_chain(request: HttpRequest) -> ChainOut:
    """Whether the log is whole."""
    broken = audit.first_broken_link(entity_id=caller(request).entity_id)
    return ChainOut(whole=broken is None, first_broken=broken)
