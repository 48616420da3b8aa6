from __future__ import annotations

from datetime import datetime

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from concilia.cases.models.processes import ProcessDefinition
from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.identity.models import Department, Entity, Membership


class Case(models.Model):
    """
    Work with an owner and a deadline. What it is about (a claim) hangs on it from above.

    `process` is the version it began with and stays on; `process_state` is where it stands there,
    as `core.process.codec` writes it. Both are empty for cases older than processes.
    `restarted_at`: since when the days of a reopened case count anew.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    number = models.CharField(max_length=20)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    department = models.CharField(max_length=3, choices=Department.choices)
    owner = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    language = models.CharField(max_length=2, default="en")
    sla_days = models.PositiveSmallIntegerField(default=0)
    opened_at = models.DateTimeField()
    restarted_at = models.DateTimeField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    snoozed_until_at = models.DateTimeField(null=True, blank=True)
    snoozed_why = models.CharField(max_length=400, blank=True, default="")
    closed_at = models.DateTimeField(null=True, blank=True)
    net_minutes = models.PositiveIntegerField(null=True, blank=True)
    process = models.ForeignKey(
        ProcessDefinition, on_delete=models.PROTECT, null=True, blank=True, related_name="cases"
    )
    process_state = models.JSONField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "number"], name="case_number_once"),
        ]
        indexes = [
            # What lists of open cases are made of stands in the index itself.
            models.Index(
                fields=["entity", "due_at"],
                name="cases_open_by_due",
                include=["id", "owner", "department", "opened_at", "snoozed_until_at"],
                condition=Q(closed_at=None),
            ),
            models.Index(
                fields=["entity", "owner", "due_at"],
                name="cases_open_by_owner",
                condition=Q(closed_at=None),
            ),
            models.Index(
                fields=["entity", "id"], name="cases_open_in_turn", condition=Q(closed_at=None)
            ),
            models.Index(fields=["customer", "-opened_at"]),
            GinIndex(OpClass(Upper("number"), name="gin_trgm_ops"), name="cases_by_number"),
            models.Index(
                fields=["process"], name="cases_open_by_process", condition=Q(closed_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def started_at(self) -> datetime:
        """Since when its days count."""
        return self.restarted_at or self.opened_at


class Step(models.Model):
    """
    One thing somebody has to do for a case, with its own deadline.

    `answered_with` is the paper that fulfilled it: taken back, the step is open again.
    `place` names the step of the case's process this is; empty for what people asked.
    `told_percent` is the highest share of its time somebody was told of.
    """

    class State(models.TextChoices):
        OPEN = "OPEN"
        DONE = "DONE"
        CANCELLED = "CANCELLED"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="steps", db_index=False)
    n = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    place = models.CharField(max_length=40, blank=True)
    evidence = models.CharField(max_length=8, blank=True)
    department = models.CharField(max_length=3, choices=Department.choices, blank=True)
    assignee = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    holder = models.CharField(
        max_length=10,
        choices=[("us", "us"), ("customer", "customer"), ("third", "third party")],
        default="us",
    )
    question = models.TextField(blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.OPEN)
    opened_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True, blank=True)
    told_percent = models.PositiveSmallIntegerField(default=0)
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    answer = models.TextField(blank=True)
    answered_with = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["case", "n"], name="step_number_once"),
            models.CheckConstraint(
                name="step_done_says_when", condition=~Q(state="DONE") | Q(done_at__isnull=False)
            ),
        ]
        indexes = [
            models.Index(
                fields=["assignee", "due_at"],
                name="steps_open_of_member",
                condition=Q(state="OPEN"),
            ),
            models.Index(
                fields=["department", "due_at"],
                name="steps_open_of_department",
                condition=Q(state="OPEN"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}/{self.n} {self.kind}"


class ClockStop(models.Model):
    """An interval in which others held the ball: not counted in the net time."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="clock_stops")
    why = models.CharField(max_length=30)
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], name="clock_stopped_once", condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.why}"
