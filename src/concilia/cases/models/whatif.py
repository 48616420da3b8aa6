from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from concilia.cases.models.cases import Case
from concilia.identity.models import Entity, Membership


class WhatIf(models.Model):
    """
    Past cases taken through another process or other limits; it changes nothing but these rows.

    `text` is the process that is tried, empty where each case keeps its own; `limits` is the sheet
    of limits that is tried, empty for those that counted. `figures` are whole numbers that add up,
    as `core.whatif.figures` makes them.
    """

    class State(models.TextChoices):
        RUNNING = "RUNNING"
        DONE = "DONE"
        CANCELLED = "CANCELLED"
        FAILED = "FAILED"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    key = models.CharField(max_length=40, blank=True)
    version = models.PositiveIntegerField(default=0)
    text = models.TextField(blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    limits = models.TextField(blank=True)
    limits_version = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3)
    since_date = models.DateField()
    until_date = models.DateField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    figures = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["entity", "-asked_at"])]

    def __str__(self) -> str:
        return f"{self.key} {self.since_date} - {self.until_date} {self.state}"


class WhatIfCase(models.Model):
    """One past case: how it fared, and how it would have. Minutes are working time."""

    # No index of its own: the constraint begins with it.
    what_if = models.ForeignKey(
        WhatIf, on_delete=models.CASCADE, related_name="cases", db_index=False
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    amount_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    late_before = models.BooleanField()
    late_after = models.BooleanField()
    minutes_before = models.PositiveIntegerField()
    minutes_after = models.PositiveIntegerField()
    steps_before = models.PositiveSmallIntegerField()
    steps_after = models.PositiveSmallIntegerField()
    level_before = models.PositiveSmallIntegerField()
    level_after = models.PositiveSmallIntegerField()
    holders_before = ArrayField(models.CharField(max_length=300))
    holders_after = ArrayField(models.CharField(max_length=300))

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["what_if", "case"], name="what_if_case_once"),
        ]

    def __str__(self) -> str:
        return f"{self.what_if_id}/{self.case_id}"
