from __future__ import annotations

from django.db import models

from concilia.foundation.models import Blob
from concilia.identity.models import Entity, User
from concilia.receivables.models import OpenItem


class ImportRun(models.Model):
    """One act of importing: some files, taken in the order their contents need."""

    class State(models.TextChoices):
        CHECKING = "CHECKING"
        YOURS = "YOURS"
        SAVING = "SAVING"
        SAVED = "SAVED"
        CANCELLED = "CANCELLED"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    started_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    source = models.CharField(max_length=255, blank=True)
    state = models.CharField(max_length=10, choices=State.choices, default=State.CHECKING)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["entity", "-started_at"])]

    def __str__(self) -> str:
        return f"import {self.pk}"


class ImportFile(models.Model):
    """
    One file of a run: what it is, how its columns map, what is wrong with it, what it changed.

    All or nothing: `new_rows` and the others are zero until every row of the file was right. A
    sheet of a workbook and a member of an archive are files of their own. `INBOX` marks what is no
    table: whoever started the import hands it to `intake.actions.receive`.

    `layout` says where the table stands (encoding, delimiter, header row, how sure the dataset is);
    `mapping`, `errors` and `notes` hold what docs/reference/import.md describes.
    """

    class State(models.TextChoices):
        WAITING = "WAITING"
        CHECKING = "CHECKING"
        YOURS = "YOURS"
        READY = "READY"
        SAVING = "SAVING"
        SAVED = "SAVED"
        KNOWN = "KNOWN"
        FAILED = "FAILED"
        CANCELLED = "CANCELLED"
        INBOX = "INBOX"

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=255)
    sheet = models.CharField(max_length=120, blank=True)
    archive = models.ForeignKey(
        Blob, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dataset = models.CharField(max_length=30, blank=True)
    layout = models.JSONField(default=dict, blank=True)
    mapping = models.JSONField(default=list, blank=True)
    repairs = models.JSONField(default=dict, blank=True)
    preview = models.JSONField(default=list, blank=True)
    errors = models.JSONField(default=list, blank=True)
    error_rows = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    total_rows = models.PositiveIntegerField(default=0)
    done_rows = models.PositiveIntegerField(default=0)
    new_rows = models.PositiveIntegerField(default=0)
    changed_rows = models.PositiveIntegerField(default=0)
    same_rows = models.PositiveIntegerField(default=0)
    left_out_rows = models.PositiveIntegerField(default=0)
    notes = models.JSONField(default=list, blank=True)
    error = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["run", "state"]),
            models.Index(fields=["dataset", "-finished_at"]),
        ]

    def __str__(self) -> str:
        return self.filename


class RememberedMapping(models.Model):
    """How the columns of files with this header were mapped last time."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    header_sha256 = models.CharField(max_length=64)
    dataset = models.CharField(max_length=30)
    mapping = models.JSONField()
    used_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "header_sha256"], name="mapping_once"),
        ]

    def __str__(self) -> str:
        return f"{self.dataset} {self.header_sha256[:8]}"


class StatedItem(models.Model):
    """
    What the ERP said last is open of an item, in minor units of the item's currency.

    A new list is compared with this, not with what is open here (docs/decisions/0020).
    """

    item = models.OneToOneField(
        OpenItem, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    file = models.ForeignKey(ImportFile, on_delete=models.PROTECT, related_name="+", db_index=False)
    stated_minor = models.BigIntegerField()
    stated_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.item_id}: {self.stated_minor}"
