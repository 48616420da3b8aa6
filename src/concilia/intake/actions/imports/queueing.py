"""What the worker is to do for an import, queued once however often somebody asks."""

from __future__ import annotations

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.foundation.jobs import defer
from concilia.intake.actions.imports.runs import ImportRefused, State
from concilia.intake.models import ImportFile


@transaction.atomic
def check_later(*, run_id: int) -> None:
    """Have the files of an import checked whose turn it is."""
    defer("concilia.advance_import", run_id=run_id, once=f"advance {run_id}", lock=_lock(run_id))


@transaction.atomic
def save_later(*, file: ImportFile) -> None:
    """
    Have all rows of a file saved.

    :raises ImportRefused: if the file is not ready
    """
    if file.state != State.READY:
        raise ImportRefused(_("This file is not ready to be saved."))
    name = f"save {file.pk}"
    defer("concilia.save_import", file_id=file.pk, once=name, lock=_lock(file.run_id))


def _lock(run_id: int) -> str:
    return f"import {run_id}"
