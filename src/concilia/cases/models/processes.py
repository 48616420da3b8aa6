from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.identity.models import Entity, Membership


class ProcessDefinition(models.Model):
    """
    A version of a process of an entity: its text, who wrote it, who published it.

    Version 0 is what came with the program, kept when the first case needed it. A published text
    cannot change and is never deleted (trigger `process_stands`); its writer is not its publisher.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT"
        PUBLISHED = "PUBLISHED"
        RETIRED = "RETIRED"
        SHIPPED = "SHIPPED"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=40)
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    text = models.TextField()
    sha256 = models.CharField(max_length=64)
    written_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)
    # Of a draft: the version it brings back, and which of its texts it is (`ProcessText`).
    restores = models.PositiveIntegerField(null=True, blank=True)
    text_n = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "key", "version"],
                name="process_version_once",
                condition=~Q(state="SHIPPED"),
            ),
            models.UniqueConstraint(
                fields=["entity", "key"], name="process_draft_once", condition=Q(state="DRAFT")
            ),
            models.UniqueConstraint(
                fields=["entity", "key"],
                name="process_published_once",
                condition=Q(state="PUBLISHED"),
            ),
            models.UniqueConstraint(
                fields=["entity", "key", "sha256"],
                name="process_shipped_once",
                condition=Q(state="SHIPPED"),
            ),
            models.CheckConstraint(
                name="process_four_eyes",
                condition=Q(state__in=["DRAFT", "SHIPPED"])
                | (
                    Q(written_by__isnull=False, published_by__isnull=False)
                    & Q(published_at__isnull=False)
                    & ~Q(published_by=F("written_by"))
                ),
            ),
            models.CheckConstraint(
                name="process_shipped_is_version_0",
                condition=(Q(state="SHIPPED") & Q(version=0))
                | (~Q(state="SHIPPED") & Q(version__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.version} {self.state}"


class ProcessText(models.Model):
    """A text that a draft had: what undo goes back to and redo forward to; gone with the draft."""

    draft = models.ForeignKey(ProcessDefinition, on_delete=models.CASCADE, related_name="texts")
    n = models.PositiveIntegerField()
    text = models.TextField()
    written_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["draft", "n"], name="process_text_once"),
        ]

    def __str__(self) -> str:
        return f"{self.draft_id}/{self.n}"


class ProcessReason(models.Model):
    """Which published process speaks for a reason; the program's own does where there is none."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    reason = models.CharField(max_length=5)
    process = models.ForeignKey(
        ProcessDefinition, on_delete=models.PROTECT, related_name="speaks_for"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "reason"], name="process_of_reason_once"),
        ]

    def __str__(self) -> str:
        return f"{self.reason}: {self.process_id}"
