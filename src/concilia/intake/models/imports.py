from __future__ import annotations

from django.db import models

from concilia.foundation.models import Blob
from concilia.identity.models import Entity, User


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

    All or nothing: `new_rows` and the others are zero until every row of the file was right.
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

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="files")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    filename = models.CharField(max_length=255)
    sheet = models.CharField(max_length=120, blank=True)
    dataset = models.CharField(max_length=30, blank=True)
    mapping = models.JSONField(default=list, blank=True)
    preview = models.JSONField(default=list, blank=True)
    errors = models.JSONField(default=list, blank=True)
    error_rows = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    total_rows = models.PositiveIntegerField(default=0)
    done_rows = models.PositiveIntegerField(default=0)
    new_rows = models.PositiveIntegerField(default=0)
    changed_rows = models.PositiveIntegerField(default=0)
    same_rows = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    started_at = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["run", "state"])]

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
