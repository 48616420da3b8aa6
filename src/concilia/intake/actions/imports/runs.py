"""What the acts of an import share: refusals, states of files and run, what is remembered."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.utils.translation import gettext_noop as _

from concilia.foundation.audit import SYSTEM, Actor
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.core.imports.datasets import DATASETS
from concilia.intake.core.imports.problems import sentence
from concilia.intake.models import ImportFile, ImportRun, RememberedMapping

State = ImportFile.State
SETTLED: Final = frozenset({State.SAVED, State.KNOWN, State.FAILED, State.CANCELLED, State.INBOX})
OPEN_TO_CHANGE: Final = frozenset({State.WAITING, State.YOURS, State.READY})


class ImportRefused(Refused):
    """The import cannot be changed as asked; the message says why."""


def lock_file(*, file_id: int, member: Membership | None = None) -> ImportFile:
    """
    Return a file, its row locked; only a member of its entity may have it.

    :raises ImportFile.DoesNotExist: if there is no such file for this member
    """
    files = ImportFile.objects.select_for_update(of=("self",), no_key=True).select_related("run")
    if member is not None:
        files = files.filter(run__entity_id=member.entity_id)
    return files.get(pk=file_id)


def require_open(file: ImportFile) -> None:
    """
    Refuse to change a file that is being worked on, or is settled.

    :raises ImportRefused: with the reason
    """
    if file.state in {State.CHECKING, State.SAVING}:
        raise ImportRefused(_("This file is being worked on: wait a moment, or cancel it."))
    if file.state not in OPEN_TO_CHANGE:
        raise ImportRefused(_("This file is settled: drop it again to import it once more."))


def actor_for(*, run: ImportRun, member: Membership | None) -> Actor:
    """Who acts: the member, who started the import, or the program itself."""
    if member is not None:
        return actor_of(member)
    starter = run.started_by
    return Actor("user", starter.name, starter.pk) if starter else SYSTEM


def settle_run(*, run_id: int, at: datetime) -> None:
    """Let the run's state follow from those of its files."""
    run = ImportRun.objects.select_for_update(no_key=True).get(pk=run_id)
    if run.state == ImportRun.State.CANCELLED:
        return
    states = set(ImportFile.objects.filter(run=run).values_list("state", flat=True))
    run.state, run.finished_at = ImportRun.State.CHECKING, None
    if states <= SETTLED:
        run.state, run.finished_at = ImportRun.State.SAVED, at
    elif State.SAVING in states:
        run.state = ImportRun.State.SAVING
    elif states & {State.YOURS, State.READY} and State.CHECKING not in states:
        run.state = ImportRun.State.YOURS
    run.save(update_fields=["state", "finished_at"])


def waits_for(file: ImportFile) -> bool:
    """Whether a file of the same import must be settled before this one can be looked at."""
    needed = set(DATASETS[file.dataset].after) if file.dataset else set()
    before = ImportFile.objects.filter(run_id=file.run_id, dataset__in=needed)
    return before.exclude(state__in=SETTLED).exclude(pk=file.pk).exists()


def known_as(file: ImportFile) -> ImportFile | None:
    """
    Return the file with this very content that was saved, if nothing of its kind changed since.

    An older file dropped again after a newer one is read as new: the ERP went back to it.
    """
    same = ImportFile.objects.filter(
        run__entity_id=file.run.entity_id, dataset=file.dataset, state=State.SAVED
    ).exclude(run_id=file.run_id)
    twins = same.filter(blob_id=file.blob_id, sheet=file.sheet)
    last = twins.order_by("-finished_at", "-pk").first()
    if last is None or last.finished_at is None or last.left_out_rows:
        return None
    if fields_of(last.mapping) != fields_of(file.mapping) or last.repairs != file.repairs:
        return None
    changed_since = same.filter(finished_at__gte=last.finished_at, pk__gt=last.pk).exclude(
        run_id=last.run_id
    )
    return None if changed_since.exclude(new_rows=0, changed_rows=0).exists() else last


def settle_as_known(*, file: ImportFile, twin: ImportFile, at: datetime) -> None:
    """Say of a file that it was here before, and when; nothing of it is read."""
    day = twin.finished_at or at
    file.state, file.finished_at = State.KNOWN, at
    file.notes = [note("known", day=day.date().isoformat())]
    file.total_rows = file.done_rows = file.same_rows = twin.total_rows


def fields_of(mapping: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    """What of a mapping decides how a file is read."""
    keys = ("column", "field", "decimal", "order", "fraction")
    return [tuple(column.get(key) for key in keys) for column in mapping if column.get("field")]


def remember(*, file: ImportFile, at: datetime) -> None:
    """Keep what became of each column for the next file with this header."""
    digest = file.layout.get("header_sha256")
    if not digest:
        return
    keys = ("column", "field", "decimal", "order", "fraction")
    columns = [{key: column.get(key) for key in keys} for column in file.mapping]
    RememberedMapping.objects.update_or_create(
        entity_id=file.run.entity_id,
        header_sha256=digest,
        defaults={
            "dataset": file.dataset,
            "mapping": {"dataset": file.dataset, "columns": columns},
            "used_at": at,
        },
    )


def remembered_for(entity_id: int, digest: str) -> Mapping[str, Any] | None:
    """What became of the columns of the last file with this header; None if there was none."""
    known = RememberedMapping.objects.filter(entity_id=entity_id, header_sha256=digest).first()
    return known.mapping if known and known.dataset in DATASETS else None


def note(key: str, **args: object) -> dict[str, Any]:
    """One thing worth saying about a whole file, as `ImportFile.notes` keeps it."""
    return {"key": key, "args": args}


def english(notes: Sequence[Mapping[str, Any]]) -> str:
    """What is said of a file, in English: for programs and logs."""
    return " ".join(sentence(each["key"], each["args"], "en") for each in notes)
