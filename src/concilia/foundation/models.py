from __future__ import annotations

from django.db import models
from django.db.models import Q


class Blob(models.Model):
    """
    Bytes exactly as they arrived, named by their digest.

    Kept in PostgreSQL so that a record and its bytes commit together and one backup holds both.
    """

    sha256 = models.CharField(max_length=64, primary_key=True)
    size = models.PositiveIntegerField()
    content = models.BinaryField()
    stored_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="blob_sha256_is_hex", condition=Q(sha256__regex="^[0-9a-f]{64}$")
            ),
        ]

    def __str__(self) -> str:
        return self.sha256[:12]


class AuditHead(models.Model):
    """The last link of an entity's audit chain; its row lock puts writers in order."""

    entity_id = models.BigIntegerField(primary_key=True)
    seq = models.BigIntegerField(default=0)
    hash = models.CharField(max_length=64, default="0" * 64)

    def __str__(self) -> str:
        return f"{self.entity_id}:{self.seq}"


class AuditEntry(models.Model):
    """
    One act that changed something, chained to the one before it (domain.md INV-24).

    The database refuses UPDATE and DELETE. `subject` names what was acted on, for example
    `case` and its id, so that a timeline is one indexed query.
    """

    entity_id = models.BigIntegerField()
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    actor_kind = models.CharField(max_length=12)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=120)
    act = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=20)
    subject_id = models.BigIntegerField()
    data = models.JSONField(default=dict)
    reason = models.TextField(default="", blank=True)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity_id", "seq"], name="audit_seq_once"),
        ]
        indexes = [
            models.Index(fields=["entity_id", "subject_type", "subject_id"]),
            models.Index(fields=["entity_id", "-at"]),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id}:{self.seq} {self.act}"


class IdempotentCall(models.Model):
    """
    What a program was answered under its `Idempotency-Key`: asked again, it gets the same answer.

    `status` is null while the first call is still at work.
    """

    entity_id = models.BigIntegerField()
    key = models.CharField(max_length=120)
    request_sha256 = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(default="")
    called_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity_id", "key"], name="idempotent_call_once"),
        ]

    def __str__(self) -> str:
        return self.key
