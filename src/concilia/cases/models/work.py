from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.cases.models.cases import Case, Step
from concilia.identity.models import Entity, Membership


class HandOver(models.Model):
    """
    Cases given to somebody in one act, so that one act can take it back.

    `from_member` is set where it was everything of one person.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    from_member = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    to = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    note = models.TextField(blank=True)
    handed_at = models.DateTimeField()
    cases = models.PositiveIntegerField(default=0)
    steps = models.PositiveIntegerField(default=0)
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="hand_over_undone_says_by_whom",
                condition=Q(undone_at=None, undone_by=None)
                | Q(undone_at__isnull=False, undone_by__isnull=False),
            ),
        ]
        indexes = [models.Index(fields=["entity", "-handed_at"])]

    def __str__(self) -> str:
        return f"hand-over {self.pk}"


class HandedOver(models.Model):
    """
    One case, or one step of a case, that changed hands; `before` had it.

    `step` is null where it is the case itself.
    """

    hand_over = models.ForeignKey(HandOver, on_delete=models.CASCADE, related_name="rows")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    step = models.ForeignKey(
        Step, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    before = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hand_over", "case", "step"],
                name="handed_over_once",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.hand_over_id}: {self.case_id}"


class Watch(models.Model):
    """
    Somebody wants to hear of what others do to a case.

    Of each change once: `WatchHead` says how far the log was read.
    """

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="watches")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    since_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "member"], name="watch_once")]

    def __str__(self) -> str:
        return f"{self.member_id} watches {self.case_id}"


class WatchHead(models.Model):
    """How far an entity's log was read for those who watch; its lock lets one reader at a time."""

    entity_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.entity_id}:{self.seq}"
