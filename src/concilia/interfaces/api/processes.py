"""Processes: read as text, checked, written as drafts. People publish them, on the desk."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema, Status

from concilia.cases.actions import submit_draft, write_draft
from concilia.cases.core.process.reading import TEXT_MAX
from concilia.cases.core.process.validation import prove
from concilia.cases.models import ProcessDefinition
from concilia.cases.queries.processes import (
    ProcessInUse,
    process_of,
    processes_of,
    text_in_force,
)
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.problems import NothingHere
from concilia.interfaces.api.shapes import TEXT
from concilia.interfaces.components.rights import ADMINS

router = Router(tags=["processes"])
READ = Scope("settings:read")
WRITE = Scope("settings:write", *ADMINS)


class ProcessIn(Schema):
    """A process as text, as `docs/reference/processes.md` tells."""

    text: str = Field(pattern=TEXT, max_length=TEXT_MAX)


class DraftOut(Schema):
    """A version that is being written; `submitted_at` once a second person may publish it."""

    key: str
    version: int
    text: str
    sha256: str
    written_by: str
    written_at: datetime
    submitted_at: datetime | None

    @classmethod
    def of(cls, row: ProcessDefinition) -> DraftOut:
        """A draft as JSON."""
        assert row.written_by is not None, "people write drafts"
        return cls(
            key=row.key,
            version=row.version,
            text=row.text,
            sha256=row.sha256,
            written_by=row.written_by.user.email,
            written_at=row.written_at,
            submitted_at=row.submitted_at,
        )


class ProcessOut(Schema):
    """A process in force; `version` 0 is what came with the program."""

    key: str
    version: int
    reasons: list[str]
    open_cases: int
    has_draft: bool

    @classmethod
    def of(cls, found: ProcessInUse) -> ProcessOut:
        """A process as JSON."""
        return cls(
            key=found.key,
            version=found.published.version if found.published else 0,
            reasons=list(found.reasons),
            open_cases=found.cases,
            has_draft=found.draft is not None,
        )


class ProcessTextOut(ProcessOut):
    """With the text in force (empty if only a draft exists), and the draft."""

    text: str
    draft: DraftOut | None


class ProblemOut(Schema):
    """One thing to put right: a code, the step, and the line of the text, from 1."""

    code: str
    step: str
    line: int
    values: dict[str, str]


class CheckedOut(Schema):
    """`problems` is empty where a text may be published."""

    problems: list[ProblemOut]


@router.get("", response=list[ProcessOut], auth=READ)
def list_processes(request: HttpRequest) -> list[ProcessOut]:
    """Every process, in the order of its reasons."""
    return [ProcessOut.of(found) for found in processes_of(caller(request).entity)]


@router.post("", response={201: DraftOut}, auth=WRITE)
def add_draft(request: HttpRequest, body: ProcessIn) -> Status[DraftOut]:
    """Keep a text as the draft of the process it names; nothing changes before it is published."""
    row = write_draft(text=body.text, member=caller(request), at=timezone.now())
    return Status(201, DraftOut.of(row))


@router.post("/check", response=CheckedOut, auth=READ)
def check(request: HttpRequest, body: ProcessIn) -> CheckedOut:
    """What must be put right in a text; nothing is kept."""
    _, found = prove(body.text)
    return CheckedOut(
        problems=[
            ProblemOut(code=one.code, step=one.step, line=one.line, values=dict(one.values))
            for one in found
        ]
    )


@router.get("/{key}", response=ProcessTextOut, auth=READ)
def get_process(request: HttpRequest, key: str) -> ProcessTextOut:
    """One process with its text, and its draft."""
    found = process_of(caller(request).entity, key)
    if found is None:
        raise NothingHere
    return ProcessTextOut(
        **ProcessOut.of(found).dict(),
        text=text_in_force(found),
        draft=DraftOut.of(found.draft) if found.draft else None,
    )


@router.post("/{key}/submit", response=DraftOut, auth=WRITE)
def submit(request: HttpRequest, key: str) -> DraftOut:
    """Ask a second person to publish the draft; they do so on the desk."""
    if process_of(caller(request).entity, key) is None:
        raise NothingHere
    return DraftOut.of(submit_draft(key=key, member=caller(request), at=timezone.now()))
