from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.identity.models import Entity, Membership


class LimitVersion(models.Model):
    """
    A version of an entity's table of limits: its sheet, who wrote it, who published it.

    Who wrote it is not who published it; what was published stands (trigger `limits_stand`).
    `written_by` is null for limits set before versions were kept.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT"
        PUBLISHED = "PUBLISHED"
        RETIRED = "RETIRED"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    version = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    sheet = models.TextField()
    sha256 = models.CharField(max_length=64)
    why = models.CharField(max_length=400, blank=True)
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "version"], name="limits_version_once"),
            models.UniqueConstraint(
                fields=["entity"], name="limits_draft_once", condition=Q(state="DRAFT")
            ),
            models.UniqueConstraint(
                fields=["entity"], name="limits_published_once", condition=Q(state="PUBLISHED")
            ),
            models.CheckConstraint(
                name="limits_four_eyes",
                condition=Q(state="DRAFT", written_by__isnull=False)
                | (
                    ~Q(state="DRAFT")
                    & Q(published_at__isnull=False)
                    & (
                        Q(written_by__isnull=True, published_by__isnull=True)
                        | (
                            Q(written_by__isnull=False, published_by__isnull=False)
                            & ~Q(published_by=F("written_by"))
                        )
                    )
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"limits {self.version} {self.state}"
