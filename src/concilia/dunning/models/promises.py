from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.identity.models import Entity, User
from concilia.receivables.models import BankEntry, OpenItem


class Motive(models.Model):
    """
    Why a customer does not pay, as somebody said it: one row of a history (domain.md R-3.2).

    Of one item, or of the customer as a whole. The days are the protocol of §3.1 counted from
    `said_date`: `holds` without a day holds until another motive takes over. What was withdrawn
    stays on record and counts for nothing.
    """

    class Source(models.TextChoices):
        AGENT = "agent"
        CUSTOMER = "customer"
        BANK_CODE = "bank_code"
        MODEL = "model"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    item = models.ForeignKey(
        OpenItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    code = models.CharField(max_length=5)
    source = models.CharField(max_length=9, choices=Source.choices)
    rank = models.PositiveSmallIntegerField()
    confidence_bp = models.PositiveSmallIntegerField(default=10_000)
    candidates = models.JSONField(default=list, blank=True)
    note = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    message = models.ForeignKey(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    bank_entry = models.ForeignKey(
        BankEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said_date = models.DateField()
    stops = models.BooleanField(default=False)
    holds = models.BooleanField(default=False)
    hold_until_date = models.DateField(null=True, blank=True)
    next_date = models.DateField()
    acted_at = models.DateTimeField(null=True, blank=True)
    acted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["bank_entry"], name="motive_of_return_once", condition=Q(source="bank_code")
            ),
            models.CheckConstraint(
                name="motive_confidence", condition=Q(confidence_bp__lte=10_000)
            ),
            models.CheckConstraint(
                name="motive_said_by_somebody",
                condition=Q(source__in=["model", "customer"])
                | Q(source="bank_code", bank_entry__isnull=False)
                | Q(source="agent", recorded_by__isnull=False),
            ),
            models.CheckConstraint(
                name="motive_withdrawn_by_somebody",
                condition=Q(withdrawn_at=None, withdrawn_by=None)
                | Q(withdrawn_at__isnull=False, withdrawn_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["customer", "item", "-rank", "-said_date", "-id"],
                name="motives_in_force",
                condition=Q(withdrawn_at=None),
            ),
            models.Index(fields=["entity", "-recorded_at"], name="motives_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.source}"


class Promise(models.Model):
    """
    What a customer said they will pay, and until when (domain.md §3.6).

    `last_date` is the last value date in time, `late_date` the last that still counts as late. An
    open promise has one of two places of its debtor (`place`). `judged_at` is when the state last
    changed; `paid_minor` is what of the cash in its window is counted here and nowhere else.
    """

    class State(models.TextChoices):
        PENDING = "PENDING"
        DUE = "DUE"
        KEPT = "KEPT"
        KEPT_LATE = "KEPT_LATE"
        PARTIAL = "PARTIAL"
        BROKEN = "BROKEN"
        CANCELLED = "CANCELLED"
        REPLACED = "REPLACED"

    class Method(models.TextChoices):
        TRANSFER = "TRANSFER"
        CARD = "CARD"
        INSTANT = "INSTANT"
        DIRECT_DEBIT = "DIRECT_DEBIT"

    class Channel(models.TextChoices):
        PHONE = "phone"
        MAIL = "mail"
        LETTER = "letter"
        MEETING = "meeting"
        PROGRAM = "program"
        PORTAL = "portal"
        CALL = "call"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    tolerance_minor = models.BigIntegerField()
    made_date = models.DateField()
    due_date = models.DateField()
    last_date = models.DateField()
    late_date = models.DateField()
    method = models.CharField(max_length=12, choices=Method.choices)
    channel = models.CharField(max_length=8, choices=Channel.choices)
    note = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=9, choices=State.choices)
    place = models.PositiveSmallIntegerField(null=True, blank=True)
    paid_minor = models.BigIntegerField(default=0)
    replaces = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField()
    judged_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "place"],
                name="promise_two_open_at_most",
                condition=Q(place__isnull=False),
            ),
            models.CheckConstraint(
                name="promise_open_has_a_place",
                condition=Q(state__in=["PENDING", "DUE"], place__isnull=False, place__in=[1, 2])
                | (~Q(state__in=["PENDING", "DUE"]) & Q(place=None)),
            ),
            models.CheckConstraint(
                name="promise_paid_within_promised",
                condition=Q(
                    amount_minor__gt=0,
                    tolerance_minor__gte=0,
                    paid_minor__gte=0,
                    paid_minor__lte=F("amount_minor"),
                ),
            ),
            models.CheckConstraint(
                name="promise_days_in_order",
                condition=Q(
                    due_date__gte=F("made_date"),
                    last_date__gte=F("due_date"),
                    late_date__gte=F("last_date"),
                ),
            ),
            models.CheckConstraint(
                name="promise_taken_by_somebody",
                condition=Q(recorded_by__isnull=False) | Q(channel__in=["portal", "call"]),
            ),
            models.CheckConstraint(
                name="promise_cancelled_by_somebody",
                condition=~Q(state="CANCELLED") | (Q(ended_by__isnull=False) & ~Q(ended_why="")),
            ),
        ]
        indexes = [
            models.Index(
                fields=["entity", "due_date"],
                name="promises_open",
                condition=Q(state__in=["PENDING", "DUE"]),
            ),
            models.Index(
                fields=["entity", "judged_at"],
                name="promises_not_kept",
                condition=Q(state__in=["PARTIAL", "BROKEN"]),
            ),
            models.Index(fields=["entity", "-recorded_at"], name="promises_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency} {self.due_date} {self.state}"

    @property
    def face(self) -> str:
        """Its state by a name that no other thing's state has."""
        is_shared = self.state in {"PENDING", "DUE", "PARTIAL"}
        return f"PROMISE_{self.state}" if is_shared else self.state


class PromiseItem(models.Model):
    """Which item a promise is about, with its part of the amount, and what is paid of that."""

    promise = models.ForeignKey(
        Promise, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    paid_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["promise", "item"], name="promise_item_once"),
            models.CheckConstraint(
                name="promise_item_positive",
                condition=Q(amount_minor__gt=0, paid_minor__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.promise_id} → {self.item_id}"


class Owing(models.Model):
    """
    Who owes something that nothing holds back, as the hourly round summed it.

    Lists of many customers are ordered by it. What is asked of somebody is summed when it is asked.
    `weight` is minor units of the entity's currency times days late.
    """

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="+")
    weight = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["entity", "-weight", "customer"], name="owing_heaviest"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id}: {self.weight}"
