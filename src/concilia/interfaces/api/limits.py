"""The limits: every version as a sheet, a draft, what it would do, put in force by a second one."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema, Status

from concilia.cases.actions import drop_limits, publish_limits, submit_limits, write_limits
from concilia.cases.core.limit_sheets import TEXT_MAX as SHEET_MAX
from concilia.cases.models import LimitVersion
from concilia.cases.queries.limits import (
    limits_in_use,
    sheet_read,
    try_on_requests,
    versions_of_limits,
)
from concilia.identity.actions import SIGN
from concilia.identity.models import Membership, Role
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.paging import ListFilter, Page, listed
from concilia.interfaces.api.problems import NothingHere
from concilia.interfaces.api.shapes import TEXT
from concilia.interfaces.components.rights import ADMINS, SIGNERS

router = Router(tags=["settings"])
READ = Scope("settings:read", Role.AUDITOR, *SIGNERS)
WRITE = Scope("settings:write", *ADMINS)
# Putting limits in force is a second person's own act, as a signature is: their own token does it.
PUBLISH = Scope(SIGN, *SIGNERS)


class LimitsIn(Schema):
    """
    A table of limits as a sheet, as `docs/reference/limits.md` tells.

    `seen_sha256` is the digest of the draft the writer began with, empty for none: then another
    one's draft is not replaced unseen.
    """

    sheet: str = Field(pattern=TEXT, max_length=SHEET_MAX)
    why: str = Field("", pattern=TEXT, max_length=400)
    seen_sha256: str | None = Field(None, pattern="^([0-9a-f]{64})?$")


class PublishIn(Schema):
    """The digest of the draft that was looked at."""

    sha256: str = Field(pattern="^[0-9a-f]{64}$")


class LimitsDraft(Schema):
    """A version that is being written; `submitted_at` once a second person may confirm it."""

    version: int
    sheet: str
    sha256: str
    why: str
    written_by: str
    written_at: datetime
    submitted_at: datetime | None

    @classmethod
    def of(cls, row: LimitVersion) -> LimitsDraft:
        """A draft as JSON."""
        assert row.written_by is not None, "people write drafts"
        return cls(
            version=row.version,
            sheet=row.sheet,
            sha256=row.sha256,
            why=row.why,
            written_by=row.written_by.user.email,
            written_at=row.written_at,
            submitted_at=row.submitted_at,
        )


class LimitsOut(Schema):
    """The table in force as a sheet; `version` 0 is the template that came along."""

    version: int
    currency: str
    sheet: str
    draft: LimitsDraft | None

    @classmethod
    def of(cls, member: Membership) -> LimitsOut:
        """What counts for a member's entity, and its draft, as JSON."""
        found = limits_in_use(member.entity)
        return cls(
            version=found.version,
            currency=member.entity.currency,
            sheet=found.sheet,
            draft=LimitsDraft.of(found.draft) if found.draft else None,
        )


class LimitsVersionOut(Schema):
    """
    A version there is or was: `state` is DRAFT, PUBLISHED or RETIRED.

    Nobody is named for limits set before versions were kept.
    """

    version: int
    state: str
    sha256: str
    why: str
    written_by: str | None
    written_at: datetime
    published_by: str | None
    published_at: datetime | None
    retired_at: datetime | None

    @classmethod
    def of(cls, row: LimitVersion) -> LimitsVersionOut:
        """A version as JSON."""
        return cls(
            version=row.version,
            state=row.state,
            sha256=row.sha256,
            why=row.why,
            written_by=row.written_by.user.email if row.written_by else None,
            written_at=row.written_at,
            published_by=row.published_by.user.email if row.published_by else None,
            published_at=row.published_at,
            retired_at=row.retired_at,
        )


class LimitsSheetOut(LimitsVersionOut):
    """With its sheet."""

    sheet: str


class LimitsProblem(Schema):
    """One thing to put right: a code, the act, and the line of the sheet, from 1."""

    code: str
    act: str
    line: int
    values: dict[str, str]


class LimitsChecked(Schema):
    """
    `problems` is empty where a sheet may be put in force; then `open_requests` counts what would
    become of those under way: `more`, `fewer` signatures, `higher`, `lower` level, `nobody` may.
    """

    problems: list[LimitsProblem]
    open_requests: dict[str, int]


@router.get("", response=LimitsOut, auth=READ)
def get_limits(request: HttpRequest) -> LimitsOut:
    """Who may sign for how much."""
    return LimitsOut.of(caller(request))


@router.get("/versions", response=Page[LimitsVersionOut], auth=READ)
def versions(request: HttpRequest, asked: Query[ListFilter]) -> dict[str, object]:
    """Every version, the newest first."""
    rows = versions_of_limits(caller(request).entity)
    return listed(rows, LimitsVersionOut.of, order="written_at", asked=asked)


@router.get("/versions/{version}", response=LimitsSheetOut, auth=READ)
def version_of(request: HttpRequest, version: int) -> LimitsSheetOut:
    """One version with its sheet; what was published is never changed."""
    row = versions_of_limits(caller(request).entity).filter(version=version).first()
    if row is None:
        raise NothingHere
    return LimitsSheetOut(**LimitsVersionOut.of(row).dict(), sheet=row.sheet)


@router.post("", response={201: LimitsDraft}, auth=WRITE)
def write(request: HttpRequest, body: LimitsIn) -> Status[LimitsDraft]:
    """Keep a sheet as the draft of the limits; nothing changes before a second one confirms it."""
    row = write_limits(
        sheet=body.sheet,
        why=body.why,
        member=caller(request),
        at=timezone.now(),
        seen_sha256=body.seen_sha256,
    )
    return Status(201, LimitsDraft.of(row))


@router.post("/check", response=LimitsChecked, auth=READ)
def check_limits(request: HttpRequest, body: LimitsIn) -> LimitsChecked:
    """What must be put right in a sheet, and what it would do to open requests; nothing is kept."""
    entity = caller(request).entity
    read = sheet_read(body.sheet, entity)
    told: Counter[str] = Counter()
    if read.table:
        tried = try_on_requests(entity=entity, table=read.table, at=timezone.now())
        told = Counter(str(one.effect) for _row, one in tried.open)
    return LimitsChecked(
        problems=[
            LimitsProblem(code=one.code, act=one.step, line=one.line, values=dict(one.values))
            for one in read.problems
        ],
        open_requests=told,
    )


@router.post("/submit", response=LimitsDraft, auth=WRITE)
def submit(request: HttpRequest) -> LimitsDraft:
    """Ask a second person to put the draft in force."""
    return LimitsDraft.of(submit_limits(member=caller(request), at=timezone.now()))


@router.post("/publish", response=LimitsOut, auth=PUBLISH)
def publish(request: HttpRequest, body: PublishIn) -> LimitsOut:
    """
    Put the draft in force, as another administrator or level 5 and above than wrote it.

    Only with a token people issued for themselves: nobody confirms in another's name.
    """
    member = caller(request)
    publish_limits(seen_sha256=body.sha256, member=member, at=timezone.now())
    return LimitsOut.of(member)


@router.post("/drop", response=LimitsOut, auth=WRITE)
def drop(request: HttpRequest) -> LimitsOut:
    """Throw the draft away; what is in force stays."""
    member = caller(request)
    drop_limits(member=member, at=timezone.now())
    return LimitsOut.of(member)
