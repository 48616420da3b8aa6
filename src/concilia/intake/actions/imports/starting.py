"""Files arrive: kept as they are, opened, told apart, and put in the order their contents need."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from typing import Any, Final

from django.db import transaction

from concilia.documents.core.formats import detect
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.intake.actions.imports.runs import (
    State,
    actor_for,
    english,
    note,
    remembered_for,
    settle_run,
)
from concilia.intake.actions.imports.sources import (
    SAMPLE_ROWS,
    WORKBOOK_BYTES_MAX,
    members_of,
    sheets_of,
    temporary_folder,
)
from concilia.intake.actions.imports.storing import (
    FILE_BYTES_MAX,
    Content,
    TooLarge,
    ends_of,
    head_of,
    keep,
    lines_in,
)
from concilia.intake.core.imports.cells import clean
from concilia.intake.core.imports.datasets import SEQUENCE
from concilia.intake.core.imports.mappings import header_digest
from concilia.intake.core.imports.recognition import Proposal, find_table, propose
from concilia.intake.core.imports.tables import (
    HEAD_BYTES,
    Row,
    TableUnreadable,
    dialect_of,
    read_rows,
)
from concilia.intake.models import ImportFile, ImportRun

WORKBOOKS: Final = frozenset({"xlsx", "xls", "ods"})
DELIMITED: Final = frozenset({"csv", "txt"})
SAMPLE_BYTES: Final = 4 << 20
Upload = tuple[str, Content]


@dataclass
class Draft:
    """A file to be: what it is called, what it is, where its bytes lie."""

    filename: str
    sha256: str
    sheet: str = ""
    state: str = State.WAITING
    layout: dict[str, Any] = field(default_factory=dict)
    proposal: Proposal | None = None
    notes: list[dict[str, Any]] = field(default_factory=list)
    archive_sha256: str | None = None
    total_rows: int = 0

    @property
    def place(self) -> int:
        """Where it stands in the order of the import; what is no table comes last."""
        if self.proposal is None or self.proposal.dataset is None:
            return len(SEQUENCE)
        return SEQUENCE.index(self.proposal.dataset.name)


def start_import(
    *,
    entity_id: int,
    files: Sequence[Upload],
    member: Membership | None,
    at: datetime,
    source: str = "",
    into: ImportRun | None = None,
) -> ImportRun:
    """
    Keep files as they came, then tell what they are; nothing else is touched.

    The bytes are stored before anything is opened. Archives become the files they hold, workbooks
    their sheets. What is no table is marked `INBOX`, for `intake.actions.receive`.

    :param files: names and bytes, or names and paths, where large files are not to be in memory
    :param into: an import that is still going on and gets these files as well
    """
    with transaction.atomic(durable=True):
        run = keep_raw(
            entity_id=entity_id, files=files, member=member, at=at, source=source, into=into
        )
    with transaction.atomic(durable=True):
        return open_run(run=run, files=files, member=member, at=at)


def open_run(
    *, run: ImportRun, files: Sequence[Upload], member: Membership | None, at: datetime
) -> ImportRun:
    """Tell what the files are and write them down in the order in which they will be taken."""
    drafts = [draft for name, content in files for draft in _open(run, name, content, at)]
    drafts.sort(key=lambda draft: draft.place)
    ImportFile.objects.bulk_create([_as_file(run, draft) for draft in drafts])
    settle_run(run_id=run.pk, at=at)
    act = Act("import.started", "import", run.pk, {"files": len(files), "source": run.source})
    audit.log(entity_id=run.entity_id, actor=actor_for(run=run, member=member), at=at, acts=[act])
    run.refresh_from_db()
    return run


def keep_raw(
    *,
    entity_id: int,
    files: Sequence[Upload],
    member: Membership | None,
    at: datetime,
    source: str = "",
    into: ImportRun | None = None,
) -> ImportRun:
    """Store the bytes as they came, before anything is opened."""
    for _, content in files:
        try:
            keep(content=content, at=at)
        except TooLarge:
            continue  # told with the file below
    if into is not None:
        return into
    return ImportRun.objects.create(
        entity_id=entity_id,
        started_by=member.user if member else None,
        source=source[:255],
        started_at=at,
    )


def _open(
    run: ImportRun, name: str, content: Content, at: datetime, archive: str | None = None
) -> Iterator[Draft]:
    shown = _shown_name(name)
    try:
        blob = keep(content=content, at=at)
    except TooLarge:
        empty = keep(content=b"", at=at)
        problem = note("too_large_file", most=FILE_BYTES_MAX >> 20)
        yield Draft(shown, empty.sha256, state=State.FAILED, notes=[problem])
        return
    draft = Draft(shown, blob.sha256, archive_sha256=archive)
    found = detect(ends_of(content, 1 << 16), name)
    if found is None and not head_of(content, HEAD_BYTES).strip():
        yield _failed(draft, note("empty_file"))
    elif found == "zip" and archive is None:
        yield from _members(run, draft, content, at)
    elif found in WORKBOOKS:
        yield from _sheets(run, draft, content)
    elif found in DELIMITED:
        yield _delimited(run, draft, content, is_plain_text=found == "txt")
    else:
        draft.state, draft.notes = State.INBOX, [note("for_the_inbox")]
        yield draft


def _members(run: ImportRun, draft: Draft, content: Content, at: datetime) -> Iterator[Draft]:
    payload = content if isinstance(content, bytes) else content.read_bytes()
    with temporary_folder() as folder:
        try:
            for name, path, wrong in members_of(payload, Path(folder)):
                full = f"{draft.filename}/{name}"
                if wrong:
                    problem = note(wrong, most=FILE_BYTES_MAX >> 20)
                    yield Draft(full, draft.sha256, state=State.FAILED, notes=[problem])
                else:
                    yield from _open(run, full, path, at, draft.sha256)
                path.unlink(missing_ok=True)
        except TableUnreadable as problem:
            yield _failed(draft, note(problem.key, **problem.args_of_key))


def _sheets(run: ImportRun, draft: Draft, content: Content) -> Iterator[Draft]:
    payload = content if isinstance(content, bytes) else content.read_bytes()
    try:
        sheets = sheets_of(payload)
    except TableUnreadable as problem:
        args = problem.args_of_key or {"most": WORKBOOK_BYTES_MAX >> 20}
        yield _failed(draft, note(problem.key, **args))
        return
    drafts = [
        Draft(draft.filename, draft.sha256, sheet=name, archive_sha256=draft.archive_sha256)
        for name, sheet in sheets.items()
        if len(sheet.rows) > 1
    ]
    if not drafts:
        yield _failed(draft, note("empty_file"))
    for number, each in enumerate(drafts, start=1):
        each.layout = {"sheet": number, "sheets": len(drafts)}
        _recognise(run, each, sheets[each.sheet].rows)
        each.total_rows = max(0, sheets[each.sheet].height - each.layout.get("header_row", 0))
    known = [each for each in drafts if each.proposal and each.proposal.dataset]
    for each in drafts:
        if known and each not in known:  # notes beside the data, a page of contents
            each.state, each.notes = State.CANCELLED, [note("sheet_left_out")]
        yield each


def _delimited(run: ImportRun, draft: Draft, content: Content, *, is_plain_text: bool) -> Draft:
    head = head_of(content, SAMPLE_BYTES)
    dialect = dialect_of(head[:HEAD_BYTES])
    draft.layout = {
        "encoding": dialect.encoding,
        "delimiter": dialect.delimiter,
        "skip_first_line": dialect.skip_first_line,
    }
    if len(head) == SAMPLE_BYTES:  # the last line is cut
        head = head[: head.rfind(b"\n") + 1] or head
    try:
        rows = list(islice(read_rows(io.BytesIO(head), dialect), SAMPLE_ROWS))
    except TableUnreadable as problem:
        return _failed(draft, note(problem.key, **problem.args_of_key))
    _recognise(run, draft, rows)
    draft.total_rows = max(0, lines_in(content) - draft.layout.get("header_row", 0))
    if is_plain_text and (draft.proposal is None or draft.proposal.dataset is None):
        draft.proposal = None
        draft.state, draft.notes = State.INBOX, [note("for_the_inbox")]
    return draft


def _recognise(run: ImportRun, draft: Draft, rows: Sequence[Row]) -> None:
    table = find_table(rows)
    if table is None:
        _failed(draft, note("no_header" if rows else "empty_file"))
        return
    digest = header_digest(table.header)
    draft.proposal = propose(
        table, (draft.filename, draft.sheet), remembered_for(run.entity_id, digest)
    )
    draft.layout |= {
        "header_row": draft.proposal.header_row,
        "header_sha256": digest,
        "sure": draft.proposal.sure,
    }


def _failed(draft: Draft, problem: dict[str, Any]) -> Draft:
    draft.state, draft.notes = State.FAILED, [problem]
    return draft


def _as_file(run: ImportRun, draft: Draft) -> ImportFile:
    proposal = draft.proposal
    return ImportFile(
        run=run,
        blob_id=draft.sha256,
        archive_id=draft.archive_sha256,
        filename=draft.filename[:255],
        sheet=draft.sheet[:120],
        dataset=proposal.dataset.name if proposal and proposal.dataset else "",
        layout=draft.layout,
        mapping=[column.as_json() for column in proposal.columns] if proposal else [],
        state=draft.state,
        notes=draft.notes,
        error=english(draft.notes) if draft.state == State.FAILED else "",
        total_rows=draft.total_rows,
    )


def _shown_name(name: str) -> str:
    parts = [
        clean(part) for part in name.replace("\\", "/").split("/") if part not in {"", ".", ".."}
    ]
    return "/".join(parts[-2:])[:255] or "file"
