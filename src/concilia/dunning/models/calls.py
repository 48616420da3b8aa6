from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.customers.models import Contact, Customer
from concilia.dunning.models.contacts import PhoneCall
from concilia.identity.models import Entity, Membership


class Call(models.Model):
    """
    One automatic call, in or out: whose, how far it came, and what became of it.

    `customer` is who is called, or whose number calls; nothing is said of a debt before
    `identified_at`. `node`, `kept`, `asked`, `turns` are where the flow stands; `last` is the last
    answer, so that a carrier that asks twice hears the same and nothing is done twice. What proves
    who somebody is (`number`, `code`) is never kept.
    """

    class Direction(models.TextChoices):
        IN = "IN"
        OUT = "OUT"

    class State(models.TextChoices):
        WITHHELD = "WITHHELD"
        WAITING = "WAITING"
        RINGING = "RINGING"
        ANSWERED = "ANSWERED"
        OVER = "OVER"
        MACHINE = "MACHINE"
        BUSY = "BUSY"
        NO_ANSWER = "NO_ANSWER"
        FAILED = "FAILED"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    direction = models.CharField(max_length=3, choices=Direction.choices)
    state = models.CharField(max_length=9, choices=State.choices)
    number = models.CharField(max_length=40, blank=True)
    reference = models.CharField(max_length=64, blank=True)
    language = models.CharField(max_length=2)
    flow = models.CharField(max_length=20)
    node = models.CharField(max_length=30, blank=True)
    kept = models.JSONField(default=dict)
    asked = models.PositiveSmallIntegerField(default=0)
    turns = models.PositiveSmallIntegerField(default=0)
    tries = models.PositiveSmallIntegerField(default=0)
    serial = models.PositiveSmallIntegerField(default=0)
    last = models.JSONField(default=dict)
    did = models.JSONField(default=list)
    identified_at = models.DateTimeField(null=True, blank=True)
    allowed_by = models.CharField(max_length=40, blank=True)
    withheld_why = models.CharField(max_length=80, blank=True)
    withheld_until_at = models.DateTimeField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    seconds = models.PositiveIntegerField(default=0)
    cost_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    asked_for_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_test = models.BooleanField(default=False)
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "reference"], name="call_once", condition=~Q(reference="")
            ),
            models.CheckConstraint(
                name="call_withheld_says_why", condition=~Q(state="WITHHELD") | ~Q(withheld_why="")
            ),
            models.CheckConstraint(
                name="call_out_was_allowed",
                condition=Q(direction="IN") | Q(state="WITHHELD") | ~Q(allowed_by=""),
            ),
            models.CheckConstraint(
                name="call_identified_is_somebody",
                condition=Q(identified_at=None) | Q(customer__isnull=False),
            ),
            models.CheckConstraint(name="call_cost", condition=Q(cost_minor__gte=0)),
        ]
        indexes = [
            models.Index(fields=["customer", "-began_at"], name="calls_of_customer"),
            models.Index(fields=["entity", "number", "-began_at"], name="calls_of_number"),
            models.Index(fields=["entity", "-began_at"], name="calls_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.direction} {self.number} {self.state}"


class CallBack(models.Model):
    """
    Somebody wants to be called by a person: since when, why, and who did it.

    They said so on the automatic line (`call`), to one of us (`phone_call`), or in a message.
    `call_at` is the moment they named, if they named one.
    `customer` is empty where nobody could be found by what was keyed in: then there is the number.
    """

    class Why(models.TextChoices):
        PERSON = "PERSON"
        PLAN = "PLAN"
        DISPUTE = "DISPUTE"
        WRONG_PERSON = "WRONG_PERSON"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", db_index=False
    )
    call = models.ForeignKey(
        Call, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    phone_call = models.OneToOneField(
        PhoneCall, on_delete=models.PROTECT, null=True, blank=True, related_name="call_back"
    )
    call_at = models.DateTimeField(null=True, blank=True)
    number = models.CharField(max_length=40, blank=True)
    why = models.CharField(max_length=12, choices=Why.choices)
    note = models.CharField(max_length=300, blank=True)
    wanted_at = models.DateTimeField()
    due_date = models.DateField()
    done_at = models.DateTimeField(null=True, blank=True)
    done_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="call_back_to_somebody",
                condition=Q(customer__isnull=False) | ~Q(number=""),
            ),
            models.CheckConstraint(
                name="call_back_done_by_somebody",
                condition=Q(done_at=None, done_by=None)
                | Q(done_at__isnull=False, done_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["entity", "due_date"], name="call_backs_open", condition=Q(done_at=None)
            ),
            models.Index(fields=["customer", "-wanted_at"], name="call_backs_of_customer"),
        ]

    def __str__(self) -> str:
        return f"{self.why} {self.customer_id or self.number}"
