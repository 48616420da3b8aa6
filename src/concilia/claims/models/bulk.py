from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.claims.models.claims import Claim
from concilia.identity.models import Entity, Membership


class BulkRun(models.Model):
    """The same act on many claims, one after the other; each is an act of its own."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    act = models.CharField(max_length=20)
    claims = models.PositiveIntegerField()
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.act} {self.pk}"


class BulkRow(models.Model):
    """One claim of a run, in its order; `outcome` is empty until its turn, `why` for those left."""

    class Outcome(models.TextChoices):
        DONE = "done"
        REFUSED = "refused"
        LEFT = "left"

    run = models.ForeignKey(BulkRun, on_delete=models.CASCADE, related_name="rows")
    n = models.PositiveIntegerField()
    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    outcome = models.CharField(max_length=7, choices=Outcome.choices, blank=True)
    why = models.JSONField(default=dict)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["run", "claim"], name="bulk_row_once"),
        ]
        indexes = [
            models.Index(fields=["run", "n"], name="bulk_rows_to_do", condition=Q(outcome="")),
        ]

    def __str__(self) -> str:
        return f"{self.run_id}/{self.n}"
