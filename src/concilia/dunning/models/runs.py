from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.correspondence.models import Message
from concilia.customers.models import Contact, Customer
from concilia.dunning.core.contact.terms import Channel, Direction, Outcome
from concilia.identity.models import Entity, Membership
from concilia.receivables.models import OpenItem

CHANNELS = [(each.value, each.value) for each in Channel]
DIRECTIONS = [(each.value, each.value) for each in Direction]
OUTCOMES = [(each.value, each.value) for each in Outcome]


class Run(models.Model):
    """
    A dated batch of touches: planned set-based, looked at, released by people, sent, reconciled.

    The program plans, it never releases. Who planned a run does not release it; a large one wants
    a second signature. `sheet` is the strategy it was planned by, word for word.
    """

    class State(models.TextChoices):
        PLANNED = "PLANNED"
        SIGNED = "SIGNED"
        RELEASED = "RELEASED"
        DONE = "DONE"
        CANCELLED = "CANCELLED"
        REPLACED = "REPLACED"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    on_date = models.DateField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    strategy_version = models.PositiveIntegerField()
    sheet = models.TextField()
    asked_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    # By currency: what is past due, and where each cent of it is (`core.strategy.placing.PLACES`).
    sums = models.JSONField(default=dict)
    wants_second = models.BooleanField(default=False)
    planned_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    planned_at = models.DateTimeField()
    signed_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    signed_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    released_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity"],
                name="run_one_waits",
                condition=Q(state__in=["PLANNED", "SIGNED"]),
            ),
            models.CheckConstraint(
                name="run_released_by_another",
                condition=~Q(state__in=["RELEASED", "DONE"])
                | (
                    Q(released_by__isnull=False, released_at__isnull=False)
                    & (Q(planned_by=None) | ~Q(planned_by=F("released_by")))
                ),
            ),
            models.CheckConstraint(
                name="run_large_signed_twice",
                condition=~Q(state__in=["RELEASED", "DONE"], wants_second=True)
                | (Q(signed_by__isnull=False) & ~Q(signed_by=F("released_by"))),
            ),
        ]
        indexes = [models.Index(fields=["entity", "-planned_at"], name="runs_newest")]

    def __str__(self) -> str:
        return f"run {self.on_date} {self.state}"


class RunTouch(models.Model):
    """
    One touch of one customer in one currency: what is asked, how, and by which rule.

    A courtesy note (`tone` 0, `step_day` below zero) asks for nothing: `asked_minor` is what of its
    items falls due, `oldest_date` the first of those days.
    The same items are asked for at one step and way once (`run_touch_once`), unless they acted in
    between (`resumed_date`). `not_before_at`: the hours of the contact policy. `ran_at` is when it
    left for its message, its list of calls or its reason not to.
    """

    class State(models.TextChoices):
        PLANNED = "PLANNED"
        TAKEN_OUT = "TAKEN_OUT"
        RELEASED = "RELEASED"
        QUEUED = "QUEUED"
        BY_HAND = "BY_HAND"
        DONE = "DONE"
        WITHHELD = "WITHHELD"
        CANCELLED = "CANCELLED"

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="touches", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    currency = models.CharField(max_length=3)
    asked_minor = models.BigIntegerField()
    open_minor = models.BigIntegerField()
    disputed_minor = models.BigIntegerField()
    oldest_date = models.DateField()
    plan = models.CharField(max_length=30)
    rule = models.CharField(max_length=30)
    arm = models.CharField(max_length=10, blank=True)
    who = models.CharField(max_length=12)
    band = models.CharField(max_length=1)
    stage = models.CharField(max_length=8)
    step_day = models.SmallIntegerField()
    tone = models.PositiveSmallIntegerField()
    way = models.CharField(max_length=8)
    template = models.CharField(max_length=40)
    offer = models.CharField(max_length=20, blank=True)
    items_digest = models.CharField(max_length=32)
    resumed_date = models.DateField(null=True, blank=True)
    not_before_at = models.DateTimeField(null=True, blank=True)
    state = models.CharField(max_length=9, choices=State.choices, default=State.PLANNED)
    why = models.CharField(max_length=60, blank=True)
    note = models.CharField(max_length=200, blank=True)
    by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ran_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "currency", "items_digest", "step_day", "way", "resumed_date"],
                name="run_touch_once",
                condition=Q(state__in=["PLANNED", "RELEASED", "QUEUED", "BY_HAND", "DONE"]),
                nulls_distinct=False,
            ),
            models.CheckConstraint(
                name="run_touch_asks_within_open",
                condition=Q(
                    asked_minor__gt=0,
                    disputed_minor__gte=0,
                    open_minor__gte=F("asked_minor") + F("disputed_minor"),
                ),
            ),
            models.CheckConstraint(name="run_touch_tone", condition=Q(tone__lte=6)),
            models.CheckConstraint(
                name="run_touch_says_why",
                condition=~Q(state__in=["WITHHELD", "TAKEN_OUT"]) | ~Q(why=""),
            ),
            models.CheckConstraint(
                name="run_touch_queued_has_message",
                condition=~Q(state="QUEUED") | Q(message__isnull=False, ran_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["run", "state", "id"], name="run_touches_by_state"),
            models.Index(fields=["customer", "currency", "-ran_at"], name="run_touches_newest"),
            models.Index(
                fields=["not_before_at"], name="run_touches_waiting", condition=Q(state="RELEASED")
            ),
        ]

    def __str__(self) -> str:
        return f"T{self.tone} {self.way} {self.customer_id} {self.state}"


class RunTouchItem(models.Model):
    """What of an open item a touch asks for, and what of it is disputed."""

    touch = models.ForeignKey(
        RunTouch, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    # Rows are made from the items themselves, a million at a time: asking the database whether each
    # item is there would take as long as all the rest.
    item = models.ForeignKey(
        OpenItem, on_delete=models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    asked_minor = models.BigIntegerField()
    disputed_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["touch", "item"], name="run_touch_item_once"),
            models.CheckConstraint(
                name="run_touch_item_positive",
                condition=Q(asked_minor__gte=0, disputed_minor__gte=0)
                & (Q(asked_minor__gt=0) | Q(disputed_minor__gt=0)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.touch_id} → {self.item_id}"


class RunPass(models.Model):
    """Who was past due and hears nothing, and why: a line of the log of a run."""

    run = models.ForeignKey(Run, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    why = models.CharField(max_length=20)
    detail = models.CharField(max_length=60, blank=True)
    until_date = models.DateField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["run", "why", "id"], name="run_passes_by_why")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.why}"


class ContactMade(models.Model):
    """
    A contact about what is owed that was made, by whatever channel: what the caps of law count.

    A call whose outcome a person wrote down, a message as it was queued, a letter as it was posted.
    `key` names what it was, so that nothing counts twice; a touch of a run is its own key.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+", db_index=False
    )
    touch = models.OneToOneField(
        RunTouch, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    key = models.CharField(max_length=80, blank=True)
    channel = models.CharField(max_length=8, choices=CHANNELS)
    direction = models.CharField(max_length=3, choices=DIRECTIONS)
    outcome = models.CharField(max_length=13, choices=OUTCOMES)
    at = models.DateTimeField()
    by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "key"], name="contact_made_once", condition=~Q(key="")
            ),
        ]
        indexes = [models.Index(fields=["customer", "-at"], name="contacts_made_newest")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.channel} {self.outcome}"
