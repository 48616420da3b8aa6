from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.cases.models.cases import Case, Step
from concilia.identity.models import Entity, Membership


class ApprovalRequest(models.Model):
    """
    One decision put to those who may sign it. A changed decision is a new version.

    `content_sha256` is what was asked: signatures count for this content only. `matrix_version`,
    `rate` (company currency for one unit of the claim's, empty where it is the same) and `asked`
    (acts with amounts, shares, rows) are those of the day it was asked. `about`: reason,
    department, country.
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
    matrix_version = models.CharField(max_length=20, blank=True)
    rate = models.DecimalField(max_digits=24, decimal_places=12, null=True, blank=True)
    asked = models.JSONField(default=list, blank=True)
    about = models.JSONField(default=dict, blank=True)
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
        indexes = [
            models.Index(fields=["-requested_at"], name="approvals_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} v{self.version} {self.state}"


class ApprovalSeat(models.Model):
    """
    One signature a request needs, in order `n`.

    The database refuses the requester in a seat and one person in two seats of a request (SoD-1,
    SoD-8), whoever calls: page, API or shell.

    `is_open`: it is this seat's turn. Seats of one `turn` are asked together; `needed` of them must
    approve. `place` is the step of the case's process, `asked_of` whom a step of the company's own
    asks (`department LOG`; empty: whom the limits let). From `half_at` on a stand-in may sign.
    `waits_for`: a question asked first; the time of the signature stands meanwhile.
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
    is_open = models.BooleanField(default=False)
    turn = models.PositiveSmallIntegerField(default=0)
    needed = models.PositiveSmallIntegerField(default=1)
    place = models.CharField(max_length=40, blank=True)
    asked_of = models.CharField(max_length=300, blank=True)
    is_delegated = models.BooleanField(default=False)
    approved_minor = models.BigIntegerField(null=True, blank=True)
    due_at = models.DateTimeField(null=True, blank=True)
    half_at = models.DateTimeField(null=True, blank=True)
    waits_for = models.ForeignKey(
        Step, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    waits_since_at = models.DateTimeField(null=True, blank=True)
    signed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["request", "n"], name="seat_number_once"),
            models.UniqueConstraint(fields=["request", "signed_by"], name="seat_person_once"),
            models.UniqueConstraint(fields=["request", "signed_for"], name="seat_principal_once"),
            models.CheckConstraint(
                name="seat_not_for_oneself",
                condition=Q(signed_for__isnull=True) | ~Q(signed_for=F("signed_by")),
            ),
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
            models.CheckConstraint(
                name="seat_open_is_not_signed",
                condition=Q(is_open=False) | Q(signed_by__isnull=True),
            ),
        ]
        indexes = [
            models.Index(
                fields=["expected", "due_at"],
                name="seats_open_of_member",
                condition=Q(is_open=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}/{self.n} L{self.level}"


class ApprovalBatch(models.Model):
    """
    Like requests one person signs together, once a sample of them was judged one by one.

    `seed` draws the sample (`core.sampling.draw`). One wrong in the sample stops the batch.
    What was dropped is signed one by one, or laid together again with the same lot.
    """

    class State(models.TextChoices):
        OPEN = "OPEN"
        SIGNED = "SIGNED"
        STOPPED = "STOPPED"
        DROPPED = "DROPPED"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    alike = models.CharField(max_length=80)
    seed = models.CharField(max_length=64)
    state = models.CharField(max_length=7, choices=State.choices, default=State.OPEN)
    made_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["member", "alike"], name="batch_open_once", condition=Q(state="OPEN")
            ),
            models.CheckConstraint(
                name="batch_ended_says_when",
                condition=Q(state="OPEN", ended_at__isnull=True)
                | (~Q(state="OPEN") & Q(ended_at__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.alike} {self.state}"


class ApprovalBatchItem(models.Model):
    """A signature in a batch; `content_sha256` is what was asked when it was laid together."""

    batch = models.ForeignKey(ApprovalBatch, on_delete=models.CASCADE, related_name="items")
    seat = models.ForeignKey(ApprovalSeat, on_delete=models.PROTECT, related_name="+")
    content_sha256 = models.CharField(max_length=64)
    is_sample = models.BooleanField()
    left_out = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["batch", "seat"], name="batch_item_once"),
        ]

    def __str__(self) -> str:
        return f"{self.batch_id}/{self.seat_id}"


class ApprovalOverride(models.Model):
    """
    Two of level 5 carried out a decision past its signatures, in an emergency (domain.md §8.3).

    The first asks, the second joins; neither asked for the decision.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(
        ApprovalRequest, on_delete=models.PROTECT, related_name="override"
    )
    reason = models.TextField()
    requested_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    first_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    first_at = models.DateTimeField()
    second_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    second_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="override_of_two_others",
                condition=~Q(first_by=F("requested_by"))
                & (
                    Q(second_by__isnull=True, second_at__isnull=True)
                    | (
                        Q(second_by__isnull=False, second_at__isnull=False)
                        & ~Q(second_by=F("first_by"))
                        & ~Q(second_by=F("requested_by"))
                    )
                ),
            ),
        ]
        indexes = [models.Index(fields=["entity", "-second_at"])]

    def __str__(self) -> str:
        return f"override of {self.request_id}"
