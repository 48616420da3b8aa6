from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.dunning.core.placement.terms import PaperKind, ResultStatus, Route
from concilia.foundation.models import Blob
from concilia.identity.models import Entity, Membership
from concilia.receivables.models import OpenItem

ROUTES = [(each.value, each.value) for each in Route]
KINDS = [(each.value, each.value) for each in PaperKind]
STATUSES = [(each.value, each.value) for each in ResultStatus]


class Partner(models.Model):
    """Who collects or pleads for us: an agency or a lawyer, with the address mandates go to."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    name = models.CharField(max_length=160)
    email = models.EmailField(blank=True)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "name"], name="partner_name_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Placement(models.Model):
    """
    A debt handed over to an agency or a court (domain.md §3.10).

    DRAFT is being put together, ASKED waits for a signature, PLACED left the chase, RECALLED came
    back, CLOSED is over. What was asked stands: `amount_minor` and the evidence (`pack`) are those
    that were signed.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT"
        ASKED = "ASKED"
        PLACED = "PLACED"
        RECALLED = "RECALLED"
        CLOSED = "CLOSED"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    route = models.CharField(max_length=6, choices=ROUTES)
    country = models.CharField(max_length=2)
    partner = models.ForeignKey(
        Partner, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State.choices, default=State.DRAFT)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField(default=0)
    is_urgent = models.BooleanField(default=False)
    notice_delivered_date = models.DateField(null=True, blank=True)
    notice_until_date = models.DateField(null=True, blank=True)
    note = models.CharField(max_length=500, blank=True)
    pack = models.ForeignKey(
        Blob, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    asked_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField(null=True, blank=True)
    signed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "number"], name="placement_number_once"),
            models.CheckConstraint(
                name="placement_signed_by_another",
                condition=Q(signed_by=None) | ~Q(signed_by=models.F("asked_by")),
            ),
            models.CheckConstraint(
                name="placement_placed_was_signed",
                condition=~Q(state="PLACED")
                | Q(
                    signed_by__isnull=False,
                    signed_at__isnull=False,
                    pack__isnull=False,
                    amount_minor__gt=0,
                ),
            ),
            models.CheckConstraint(
                name="placement_ended_says_why",
                condition=~Q(state__in=["RECALLED", "CLOSED"])
                | (Q(ended_at__isnull=False) & ~Q(ended_why="")),
            ),
        ]
        indexes = [models.Index(fields=["entity", "state", "-made_at"], name="placements_newest")]

    def __str__(self) -> str:
        return self.name

    @property
    def name(self) -> str:
        """How it is called in files and lists: `MAN-000042`."""
        return f"MAN-{self.number:06}"


class PlacementItem(models.Model):
    """An item of a hand-over and how much of it goes; while it is live its cents are not chased."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="items")
    item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="+", db_index=False)
    amount_minor = models.BigIntegerField()
    is_live = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "item"], name="placement_item_once"),
            models.UniqueConstraint(
                fields=["item"], name="placement_one_at_a_time", condition=Q(is_live=True)
            ),
            models.CheckConstraint(name="placement_item_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} → {self.item_id}"


class PlacementPaper(models.Model):
    """A stored document laid into the evidence, and what it proves."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=14, choices=KINDS)
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    item = models.ForeignKey(
        OpenItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "kind", "document"], name="placement_paper_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.kind} {self.document_id}"


class PlacementStep(models.Model):
    """A dated task of the timetable; without a date while what it counts from has not happened."""

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="steps")
    n = models.PositiveSmallIntegerField()
    key = models.CharField(max_length=20)
    due_date = models.DateField(null=True, blank=True)
    done_date = models.DateField(null=True, blank=True)
    done_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["placement", "key"], name="placement_step_once"),
            models.CheckConstraint(
                name="placement_step_done_by_somebody",
                condition=Q(done_date=None, done_by=None)
                | Q(done_date__isnull=False, done_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_date"],
                name="placement_steps_due",
                condition=Q(done_date=None, due_date__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.key} {self.due_date}"


class PlacementResult(models.Model):
    """
    What an agency reports, each line once by its reference. It books nothing: money counts when
    the bank shows it.
    """

    placement = models.ForeignKey(Placement, on_delete=models.CASCADE, related_name="results")
    reference = models.CharField(max_length=60)
    on_date = models.DateField()
    status = models.CharField(max_length=13, choices=STATUSES)
    paid_minor = models.BigIntegerField(default=0)
    cost_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    note = models.CharField(max_length=300, blank=True)
    loaded_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["placement", "reference"], name="placement_result_once"
            ),
            models.CheckConstraint(
                name="placement_result_not_negative",
                condition=Q(paid_minor__gte=0, cost_minor__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.reference} {self.status}"
