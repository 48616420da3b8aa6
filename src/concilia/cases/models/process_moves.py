from __future__ import annotations

from django.db import models

from concilia.cases.models.cases import Case
from concilia.cases.models.processes import ProcessDefinition
from concilia.identity.models import Entity, Membership


class ProcessMove(models.Model):
    """
    Running cases taken from one version of a process to another, as somebody chose it.

    `choices`: steps of the old version to those of the new one, or `stay`. Cases that wait for
    nothing more of this are counted in `moved` and `stayed`.
    """

    class State(models.TextChoices):
        RUNNING = "RUNNING"
        DONE = "DONE"
        UNDOING = "UNDOING"
        UNDONE = "UNDONE"
        FAILED = "FAILED"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    source = models.ForeignKey(ProcessDefinition, on_delete=models.PROTECT, related_name="+")
    target = models.ForeignKey(ProcessDefinition, on_delete=models.PROTECT, related_name="+")
    choices = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    total = models.PositiveIntegerField(default=0)
    moved = models.PositiveIntegerField(default=0)
    stayed = models.PositiveIntegerField(default=0)
    returned = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["source"],
                name="process_moved_once_at_a_time",
                condition=models.Q(state__in=["RUNNING", "UNDOING"]),
            ),
        ]
        indexes = [models.Index(fields=["entity", "-asked_at"])]

    def __str__(self) -> str:
        return f"{self.source_id} → {self.target_id} {self.state}"


class MovedCase(models.Model):
    """
    One case of a move: where it stood and where it landed, or why it stayed.

    `before` and `after` are states as `core.process.codec` writes them; `steps` are rows of steps
    as they were (number, state, department, assignee, due), for the way back.
    """

    move = models.ForeignKey(
        ProcessMove, on_delete=models.CASCADE, related_name="cases", db_index=False
    )
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    before = models.JSONField()
    after = models.JSONField(null=True, blank=True)
    steps = models.JSONField(default=list, blank=True)
    why = models.CharField(max_length=12, blank=True)
    signatures = models.CharField(max_length=5, blank=True)
    is_back = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["move", "case"], name="case_moved_once"),
        ]

    def __str__(self) -> str:
        return f"{self.move_id}/{self.case_id}"
