"""What of an import is no table goes the way of everything else that arrives."""

from __future__ import annotations

from datetime import datetime

from concilia.foundation.blobs import read_blob
from concilia.intake.actions.arrivals import ArrivalRefused, Incoming, receive
from concilia.intake.models import Arrival, ImportFile, ImportRun


def hand_to_inbox(*, run_id: int, at: datetime) -> list[str]:
    """
    Take in the files of an import that are no tables; each once, the worker reads them.

    Safe to repeat: after a death between the two steps the same bytes are known and counted again.

    :return: a sentence for each file that could not be taken in
    """
    run = ImportRun.objects.select_related("started_by").get(pk=run_id)
    waiting = ImportFile.objects.filter(
        run=run, state=ImportFile.State.INBOX, finished_at__isnull=True
    )
    refused = []
    for file in waiting.order_by("pk"):
        incoming = Incoming(
            channel=Arrival.Channel.UPLOAD,
            filename=file.filename.rpartition("/")[2],
            content=read_blob(sha256=file.blob_id),
            source="import",
        )
        try:
            receive(entity_id=run.entity_id, incoming=incoming, at=at, uploaded_by=run.started_by)
        except ArrivalRefused as problem:
            refused.append(str(problem))
        ImportFile.objects.filter(pk=file.pk).update(finished_at=at)
    return refused
