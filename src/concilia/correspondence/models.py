from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.customers.models import Customer
from concilia.identity.models import Entity, User


class Message(models.Model):
    """
    One message, whatever carried it. `lane` keeps inside and outside apart.

    IN came from outside, OUT went (or goes) to a customer or third party, TEAM to a colleague,
    which outsiders may never read. NOTE never leaves: the database refuses a note with a recipient.
    `allowed_by` is the version of the contact policy
    that let an OUT message go (INV-18).
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="message_key_once"),
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
