from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.customers.models import Contact, Customer
from concilia.dunning.models.promises import Motive, Promise
from concilia.dunning.models.runs import CHANNELS, DIRECTIONS, ContactMade
from concilia.identity.models import Entity, Membership


class ContactTerms(models.Model):
    """
    How a customer may be contacted: their clock, their wishes, who speaks for them.

    `opted_out`, `consents` and `details_agreed` are channels; `flags` maps a flag of the contact
    policy to the days on which it counts, `{"since": …, "until": …}`, each a date or null.
    `preferred` is the channel they like to be written to by, `courtesy` whether they want a note
    before something falls due.
    """

    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="+")
    time_zone = models.CharField(max_length=40, blank=True)
    opted_out = models.JSONField(default=list, blank=True)
    consents = models.JSONField(default=list, blank=True)
    details_agreed = models.JSONField(default=list, blank=True)
    flags = models.JSONField(default=dict, blank=True)
    preferred = models.CharField(max_length=8, choices=CHANNELS, blank=True)
    courtesy = models.BooleanField(default=False)
    changed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.customer_id} {self.time_zone}"


class PhoneCall(models.Model):
    """
    A call about what is owed, from the moment somebody wants to make it.

    WITHHELD: the policy refused it, by `rule`. STARTED counts as an attempt at once, so that two
    people cannot both make the last one that is allowed. `sealed` holds what only the protected
    field may hold (domain.md E9).
    """

    class State(models.TextChoices):
        WITHHELD = "WITHHELD"
        STARTED = "STARTED"
        ENDED = "ENDED"
        UNDONE = "UNDONE"

    class Result(models.TextChoices):
        SPOKE = "SPOKE"
        PROMISED = "PROMISED"
        REASON = "REASON"
        DISPUTE = "DISPUTE"
        CALL_BACK = "CALL_BACK"
        OPT_OUT = "OPT_OUT"
        VULNERABLE = "VULNERABLE"
        MESSAGE = "MESSAGE"
        NO_ANSWER = "NO_ANSWER"
        WRONG_NUMBER = "WRONG_NUMBER"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    phone = models.CharField(max_length=40, blank=True)
    direction = models.CharField(max_length=3, choices=DIRECTIONS)
    state = models.CharField(max_length=8, choices=State.choices)
    rule = models.CharField(max_length=80, blank=True)
    earliest_at = models.DateTimeField(null=True, blank=True)
    result = models.CharField(max_length=12, choices=Result.choices, blank=True)
    note = models.CharField(max_length=500, blank=True)
    sealed = models.TextField(blank=True)
    motive = models.ForeignKey(
        Motive, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    promise = models.ForeignKey(
        Promise, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    made = models.OneToOneField(
        ContactMade, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    started_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer"], name="phone_call_one_at_a_time", condition=Q(state="STARTED")
            ),
            models.CheckConstraint(
                name="phone_call_ended_says_how",
                condition=~Q(state="ENDED") | (~Q(result="") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="phone_call_withheld_says_why", condition=~Q(state="WITHHELD") | ~Q(rule="")
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-started_at"], name="phone_calls_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.state} {self.result}"
