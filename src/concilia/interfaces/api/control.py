"""The log, and who the token is."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any, Literal, cast

from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from concilia.interfaces.api.access import ApiRequest, Scope, caller
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.shapes import TEXT, AuditOut
from concilia.interfaces.components.rights import LOG_READERS
from concilia.reporting.queries.log import LogFilter, check_chain, log_of

router = Router(tags=["control"])
READ = Scope("audit:read", *LOG_READERS)


class LogAsked(ListFilter):
    """Which entries: `family` is the first word of an act, `people_only` leaves rules out."""

    family: Literal[
        "", "claim", "decision", "case", "payment", "bank", "document", "arrival", "posting"
    ] = ""
    who: str = Field("", pattern=TEXT, max_length=80)
    people_only: bool = False
    since: datetime | None = None


class ChainOut(Schema):
    whole: bool
    first_broken: int | None
    entries: int


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


@router.get("/audit", response=Page[AuditOut], auth=READ)
def list_log(request: HttpRequest, asked: Query[LogAsked]) -> dict[str, Any]:
    """The log of everything that changed something, the newest first."""
    since = asked.since
    wanted = LogFilter(
        family=asked.family,
        who=asked.who.strip(),
        people_only=asked.people_only,
        since=since.replace(tzinfo=UTC) if since and not since.tzinfo else since,
    )
    rows = log_of(entity_id=caller(request).entity_id, asked=wanted)
    return listed(rows, AuditOut.of, order="seq", asked=asked)


@router.get("/audit/chain", response=ChainOut, auth=READ)
def prove(request: HttpRequest) -> ChainOut:
    """Whether the log is whole."""
    chain = check_chain(entity_id=caller(request).entity_id)
    return ChainOut(
        whole=chain.first_broken is None, first_broken=chain.first_broken, entries=chain.entries
    )
