from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.cases.models.cases import Case
from concilia.identity.models import Membership


class ApprovalRequest(models.Model):
    """
    One decision put to those who may sign it. A changed decision is a new version.

    `content_sha256` is what was asked: signatures count for this content only.
    """

    class State(models.TextChoices):
        OPEN = "OPEN"
        APPROVED = "APPROVED"
        REJECTED = "REJECTED"
        RETURNED = "RETURNED"
        INVALIDATED = "INVALIDATED"

    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="approvals")
    version = models.PositiveIntegerField()
    act = models.CharField(max_length=30)
    amount_minor = models.BigIntegerField()
    rolling_minor = models.BigIntegerField()
    currency = models.CharField(max_length=3)
    content_sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=11, choices=State.choices, default=State.OPEN)
    requested_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    requested_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "version"], name="approval_version_once"),
            models.UniqueConstraint(
                fields=["case"], name="approval_open_once", condition=Q(state="OPEN")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version} {self.state}"


class ApprovalSeat(models.Model):
    """
    One signature a request needs, in order `n`.

    The database refuses the requester in a seat and one person in two seats of a request (SoD-1,
    SoD-8), whoever calls: page, API or shell.
    """

    request = models.ForeignKey(ApprovalRequest, on_delete=models.CASCADE, related_name="seats")
    n = models.PositiveSmallIntegerField()
    level = models.PositiveSmallIntegerField()
    department = models.CharField(max_length=3, blank=True)
    expected = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    requested_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    signed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_for = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    outcome = models.CharField(max_length=10, blank=True)
    comment = models.TextField(blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["request", "n"], name="seat_number_once"),
            models.UniqueConstraint(fields=["request", "signed_by"], name="seat_person_once"),
            models.CheckConstraint(
                name="seat_not_the_requester",
                condition=(Q(signed_by__isnull=True) | ~Q(signed_by=F("requested_by")))
                & (Q(signed_for__isnull=True) | ~Q(signed_for=F("requested_by"))),
            ),
            models.CheckConstraint(
                name="seat_signed_says_when_and_what",
                condition=Q(signed_by__isnull=True, signed_at__isnull=True, outcome="")
                | (Q(signed_by__isnull=False, signed_at__isnull=False) & ~Q(outcome="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["expected"], name="seats_open_of_member", condition=Q(signed_by=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.n} L{self.level}"
