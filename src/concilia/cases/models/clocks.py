from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.cases.models.cases import Case
from concilia.identity.models import Entity


class CaseClock(models.Model):
    """
    What the clock run knows of an open case: what was told already, and what is still to be done.

    `told_percent` is the highest share of the time somebody was told of. `road` lists the steps
    ahead (`core.forecast`), kept when the case moves. `net_minutes` are those of our own steps,
    `expected_at` is when all of them may be done; null where the steps have no history.
    """

    case = models.OneToOneField(
        Case, on_delete=models.CASCADE, primary_key=True, related_name="clock"
    )
    told_percent = models.PositiveSmallIntegerField(default=0)
    road = models.JSONField(null=True, blank=True)
    net_minutes = models.PositiveIntegerField(null=True, blank=True)
    expected_at = models.DateTimeField(null=True, blank=True)
    is_late_likely = models.BooleanField(default=False)

    class Meta:
        indexes = [
            models.Index(
                fields=["case"], name="clocks_late_likely", condition=Q(is_late_likely=True)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.told_percent} %"


class StepTime(models.Model):
    """How long a step of a process took, in working minutes of whoever had it: its history."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    process_key = models.CharField(max_length=40)
    step = models.CharField(max_length=40)
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField()
    working_minutes = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "step", "opened_at"], name="step_time_once"),
        ]
        indexes = [
            models.Index(
                fields=["entity", "closed_at"],
                name="step_times_newest",
                include=["process_key", "step", "working_minutes"],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.process_key}/{self.step} {self.working_minutes}"
