from __future__ import annotations

from django.db import models

from concilia.correspondence.models import Message
from concilia.documents.models import Document
from concilia.foundation.models import Blob
from concilia.identity.models import Entity, User


class Arrival(models.Model):
    """
    Something that arrived: its bytes are stored before anything looks at them.

    The same bytes, or the same mail by its Message-ID and body, arrive once for an entity
    (`identity_key`), whatever the channel; `seen` counts how often it came.
    """

    class Channel(models.TextChoices):
        MAILBOX = "mailbox"
        PIPE = "pipe"
        FOLDER = "folder"
        UPLOAD = "upload"
        REST = "rest"
        LINK = "link"
        PORTAL = "portal"
        TEXT = "text"
        CHAT = "chat"

    class State(models.TextChoices):
        RECEIVED = "RECEIVED"
        WAITING = "WAITING"
        DONE = "DONE"
        NOTHING_TO_DO = "NOTHING_TO_DO"
        FAILED = "FAILED"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    channel = models.CharField(max_length=8, choices=Channel.choices)
    source = models.CharField(max_length=255, blank=True)
    filename = models.CharField(max_length=255)
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    identity_key = models.CharField(max_length=80)
    state = models.CharField(max_length=13, choices=State.choices, default=State.RECEIVED)
    outcome = models.CharField(max_length=40, blank=True)
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    message = models.OneToOneField(
        Message, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    uploaded_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    seen = models.PositiveIntegerField(default=1)
    error = models.TextField(blank=True)
    received_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "identity_key"], name="arrival_once"),
        ]
        indexes = [
            models.Index(fields=["entity", "state", "-received_at"]),
        ]

    def __str__(self) -> str:
        return self.filename


class Mailbox(models.Model):
    """An IMAP folder we read. `last_uid` counts within `uid_validity`; `secret` is encrypted."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    host = models.CharField(max_length=200)
    port = models.PositiveIntegerField(default=993)
    security = models.CharField(
        max_length=8,
        choices=[("tls", "TLS"), ("starttls", "STARTTLS"), ("none", "none")],
        default="tls",
    )
    username = models.CharField(max_length=200)
    secret = models.TextField(blank=True)
    folder = models.CharField(max_length=200, default="INBOX")
    uid_validity = models.BigIntegerField(null=True, blank=True)
    last_uid = models.BigIntegerField(default=0)
    is_active = models.BooleanField(default=True)
    error = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "host", "username", "folder"], name="mailbox_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.username}@{self.host}/{self.folder}"


class WatchedFolder(models.Model):
    """A folder on this machine whose files are taken in; taken files move to its `taken/`."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    path = models.CharField(max_length=500)
    is_active = models.BooleanField(default=True)
    error = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "path"], name="watched_folder_once")
        ]

    def __str__(self) -> str:
        return self.path
