from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.customers.models import Customer
from concilia.identity.models import Entity, User

REASON_LENGTH_MAX = 200


class Message(models.Model):
    """
    One message, whatever carried it. `lane` keeps inside and outside apart.

    IN came from outside, OUT went (or goes) to a customer or third party, TEAM to a colleague,
    which outsiders may never read. NOTE never leaves: the database refuses a note with a recipient.
    `allowed_by` is the version of the contact policy
    that let an OUT message go (INV-18).

    What was written stands: the database refuses to change or delete it. A person may redact it
    with a reason: the words go for good, that something was said stays.
    """

    class Lane(models.TextChoices):
        IN = "in"
        OUT = "out"
        TEAM = "team"
        NOTE = "note"

    class State(models.TextChoices):
        RECEIVED = "RECEIVED"
        QUEUED = "QUEUED"
        SENT = "SENT"
        FAILED = "FAILED"
        WITHHELD = "WITHHELD"
        WRITTEN = "WRITTEN"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    lane = models.CharField(max_length=4, choices=Lane.choices)
    channel = models.CharField(max_length=20, default="email")
    state = models.CharField(max_length=8, choices=State.choices)
    author = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sender = models.CharField(max_length=254, blank=True)
    sender_name = models.CharField(max_length=160, blank=True)
    recipient = models.CharField(max_length=254, blank=True)
    subject = models.CharField(max_length=400, blank=True)
    body = models.TextField(blank=True)
    language = models.CharField(max_length=2, blank=True)
    template = models.CharField(max_length=60, blank=True)
    message_id = models.CharField(max_length=255, blank=True)
    in_reply_to = models.CharField(max_length=255, blank=True)
    key = models.CharField(max_length=120)
    withheld_why = models.CharField(max_length=60, blank=True)
    allowed_by = models.CharField(max_length=40, blank=True)
    error = models.TextField(blank=True)
    attempts = models.PositiveIntegerField(default=0)
    written_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True, blank=True)
    redacted_at = models.DateTimeField(null=True, blank=True)
    redacted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    redacted_why = models.CharField(max_length=REASON_LENGTH_MAX, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="message_key_once"),
            # What points at a message may name its lane too, and is then always right about it.
            models.UniqueConstraint(fields=["id", "lane"], name="message_lane_in_key"),
            models.CheckConstraint(
                name="message_note_answers_nobody",
                condition=~Q(lane="note") | Q(message_id="", in_reply_to="", allowed_by=""),
            ),
            models.CheckConstraint(
                name="message_redacted_says_why",
                condition=Q(redacted_at=None, redacted_by=None, redacted_why="")
                | (
                    Q(redacted_at__isnull=False, redacted_by__isnull=False, body="", subject="")
                    & ~Q(redacted_why="")
                ),
            ),
            models.CheckConstraint(
                name="message_note_never_leaves",
                condition=~Q(lane="note") | Q(recipient="", state="WRITTEN"),
            ),
            models.CheckConstraint(
                name="message_out_has_recipient",
                condition=~Q(lane__in=["out", "team"]) | ~Q(recipient="") | Q(state="WITHHELD"),
            ),
            models.CheckConstraint(
                name="message_out_was_allowed",
                condition=~Q(lane__in=["out", "team"], state__in=["QUEUED", "SENT"])
                | ~Q(allowed_by=""),
            ),
            models.CheckConstraint(
                name="message_withheld_says_why",
                condition=~Q(state="WITHHELD") | ~Q(withheld_why=""),
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "message_id"]),
            models.Index(fields=["customer", "-written_at"]),
            models.Index(fields=["entity", "-written_at"], name="messages_newest"),
            models.Index(
                fields=["entity", "state"], name="messages_waiting", condition=Q(state="QUEUED")
            ),
        ]

    def __str__(self) -> str:
        return self.subject or self.key


class TextAccess(models.Model):
    """
    How an entity sends short messages: by which gateway, with which settings.

    Passwords among the settings are kept sealed, in `secrets`. `error` says why it does not work.
    """

    entity = models.OneToOneField(Entity, on_delete=models.CASCADE, related_name="+")
    is_on = models.BooleanField(default=False)
    gateway = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    secrets = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.entity_id} {self.gateway}"


class ChannelAccess(models.Model):
    """
    By which gateway an entity makes calls (`voice`) or writes on a messaging service (`chat`).

    Passwords among the settings are kept sealed, in `secrets`. `error` says why it does not work.
    """

    class Way(models.TextChoices):
        VOICE = "voice"
        CHAT = "chat"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+", db_index=False)
    way = models.CharField(max_length=5, choices=Way.choices)
    is_on = models.BooleanField(default=False)
    gateway = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    secrets = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "way"], name="channel_access_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.way} {self.gateway}"


class Reach(models.Model):
    """
    What is known of a telephone number by one way: opted out, agreed, dead, wrote lately.

    `channel` is a word of the contact policy. A dead number is not tried again until somebody says
    it works. There is a row from the first of these on.
    """

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+", db_index=False)
    channel = models.CharField(max_length=8)
    number = models.CharField(max_length=20)
    opted_out_at = models.DateTimeField(null=True, blank=True)
    agreed_at = models.DateTimeField(null=True, blank=True)
    dead_at = models.DateTimeField(null=True, blank=True)
    dead_why = models.CharField(max_length=300, blank=True)
    wrote_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "channel", "number"], name="reach_once"),
            models.CheckConstraint(
                name="reach_dead_says_why", condition=Q(dead_at=None) | ~Q(dead_why="")
            ),
            models.CheckConstraint(
                name="reach_number", condition=Q(number__regex=r"^\+[1-9][0-9]{6,14}$")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.number}"


class Delivery(models.Model):
    """
    What a carrier says of a short message it took; what is said first of an end counts.

    `cost_minor` is in the entity's currency, as its settings say.
    """

    class State(models.TextChoices):
        SENT = "SENT"
        ARRIVED = "ARRIVED"
        READ = "READ"
        LOST = "LOST"

    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="+")
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    reference = models.CharField(max_length=120)
    state = models.CharField(max_length=7, choices=State.choices, default=State.SENT)
    code = models.CharField(max_length=20, blank=True)
    error = models.CharField(max_length=300, blank=True)
    cost_minor = models.BigIntegerField(default=0)
    currency = models.CharField(max_length=3)
    told_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "reference"],
                name="delivery_reference_once",
                condition=~Q(reference=""),
            ),
            models.CheckConstraint(
                name="delivery_lost_says_why", condition=~Q(state="LOST") | ~Q(error="")
            ),
            models.CheckConstraint(name="delivery_cost", condition=Q(cost_minor__gte=0)),
        ]
        indexes = [
            models.Index(
                fields=["told_at"], name="deliveries_under_way", condition=Q(state="SENT")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.message_id} {self.state}"


class QuickAnswer(models.Model):
    """
    A text a company sends often, by language; `{name}` stands for a value of the case.

    A row takes the place of the shipped answer with the same code; `is_active` false hides it.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    titles = models.JSONField(default=dict)
    texts = models.JSONField(default=dict)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "code"], name="quick_answer_once"),
        ]

    def __str__(self) -> str:
        return self.code
