from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.identity.models import Entity, Membership


class StrategyVersion(models.Model):
    """
    A version of an entity's strategy of collections: its sheet, who wrote it, who published it.

    Who wrote it is not who published it; what was in force stands (trigger `strategy_stands`).
    Without any, the strategy that comes along is in force, as version 0.
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
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True, blank=True)
    published_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "version"], name="strategy_version_once"),
            models.UniqueConstraint(
                fields=["entity"], name="strategy_draft_once", condition=Q(state="DRAFT")
            ),
            models.UniqueConstraint(
                fields=["entity"], name="strategy_published_once", condition=Q(state="PUBLISHED")
            ),
            models.CheckConstraint(
                name="strategy_four_eyes",
                condition=Q(state="DRAFT", published_by=None)
                | (
                    ~Q(state="DRAFT")
                    & Q(published_at__isnull=False, published_by__isnull=False)
                    & ~Q(published_by=F("written_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"strategy {self.version} {self.state}"
