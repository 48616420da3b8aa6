from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.customers.models import Customer
from concilia.foundation.models import Blob
from concilia.identity.models import Entity, User


class Document(models.Model):
    """
    One file as it came: a mail, an attachment, an upload. What it says is in `values`.

    `values` is the newest reading (docs/reference/reading.md) with people's corrections applied;
    the columns beside it repeat what lists filter and sort by.
    """

    class State(models.TextChoices):
        STORED = "STORED"
        READ = "READ"
        FAILED = "FAILED"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="parts"
    )
    n = models.PositiveIntegerField(default=0)
    filename = models.CharField(max_length=255)
    format = models.CharField(max_length=30, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.STORED)
    kind = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=5, blank=True)
    language = models.CharField(max_length=2, blank=True)
    currency = models.CharField(max_length=3, blank=True)
    claimed_minor = models.BigIntegerField(null=True, blank=True)
    needs_review = models.BooleanField(default=False)
    values = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    received_at = models.DateTimeField()
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "blob"],
                name="document_once",
                condition=Q(parent__isnull=True),
            ),
            models.UniqueConstraint(fields=["parent", "n"], name="document_part_once"),
        ]
        indexes = [
            models.Index(fields=["entity", "-received_at"]),
            models.Index(fields=["customer", "-received_at"]),
        ]

    def __str__(self) -> str:
        return self.filename


class Reading(models.Model):
    """
    What one version of the reader said of a document. Kept for ever, newest version counts.

    `signals` is what the document was judged by (`core.signals`), for learning.
    """

    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="readings")
    version = models.PositiveIntegerField()
    reader = models.CharField(max_length=40)
    result = models.JSONField()
    signals = models.JSONField(default=dict, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "version"], name="reading_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} v{self.version}"


class Correction(models.Model):
    """
    A person's word over the machine's: kept with both values as training data (R-2.20).

    `learned` is what memory needs of it, as the document was then: its words, scores, the words
    before the value, the sender. What was undone teaches nothing any more, and stays on record.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    document = models.ForeignKey(Document, on_delete=models.CASCADE, related_name="corrections")
    field = models.CharField(max_length=60)
    before = models.JSONField(null=True)
    after = models.JSONField(null=True)
    learned = models.JSONField(default=dict, blank=True)
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    corrected_at = models.DateTimeField()
    undone_at = models.DateTimeField(null=True, blank=True)
    undone_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        indexes = [
            models.Index(fields=["document", "field"]),
            models.Index(fields=["entity", "-corrected_at"], name="documents_correction_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.field}"


class ReaderMemory(models.Model):
    """
    What the reader has learned for an entity: `version` changes with every correction and training.

    `trained` is the kept training's file (`core.classifier.model.pack`), None before the first.
    """

    entity = models.OneToOneField(Entity, on_delete=models.CASCADE, related_name="+")
    version = models.PositiveBigIntegerField(default=0)
    trained = models.BinaryField(null=True)
    trained_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.entity_id} v{self.version}"


class Training(models.Model):
    """One nightly training on an entity's corrections: its figures, and whether it was kept."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    made_at = models.DateTimeField()
    cases = models.PositiveIntegerField()
    figures = models.JSONField()
    is_kept = models.BooleanField()

    class Meta:
        indexes = [
            models.Index(fields=["entity", "-made_at"], name="documents_training_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.made_at:%Y-%m-%d}"


class ModelAccess(models.Model):
    """
    How an entity asks a language model, if at all (docs/decisions/0063).

    `secret` is the key, sealed. `kinds` may be sent, as the reader took them. `takes_schema` turns
    false once the server has refused one. `error` is what the last question failed by.
    """

    entity = models.OneToOneField(Entity, on_delete=models.CASCADE, related_name="+")
    is_on = models.BooleanField(default=False)
    connector = models.CharField(max_length=40, default="chat-completions")
    url = models.CharField(max_length=500, blank=True)
    model = models.CharField(max_length=100, blank=True)
    secret = models.TextField(blank=True)
    kinds = models.JSONField(default=list, blank=True)
    calls_max = models.PositiveIntegerField(default=500)
    takes_schema = models.BooleanField(default=True)
    error = models.CharField(max_length=300, blank=True)
    asked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="model_that_is_on_has_a_place",
                condition=Q(is_on=False) | ~(Q(url="") | Q(model="")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.model}"


class ModelMonth(models.Model):
    """How often a language model was asked for an entity in the month that begins on a day."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    first_date = models.DateField()
    calls = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "first_date"], name="model_month_once"),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.first_date:%Y-%m}: {self.calls}"


class Proposal(models.Model):
    """
    What a language model proposes for a document, and nobody has to believe (R-2.20).

    Once for a document: a row from the moment it is wanted until it is there or given up. `values`
    are only those that were found in the document's text, and what was dropped.
    """

    class State(models.TextChoices):
        WAITING = "WAITING"
        ANSWERED = "ANSWERED"
        GIVEN_UP = "GIVEN_UP"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    document = models.OneToOneField(Document, on_delete=models.CASCADE, related_name="+")
    state = models.CharField(max_length=8, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    model = models.CharField(max_length=100, blank=True)
    values = models.JSONField(default=dict, blank=True)
    error = models.CharField(max_length=300, blank=True)
    wanted_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="proposal_waits_or_ended",
                condition=Q(state="WAITING", next_attempt_at__isnull=False, ended_at__isnull=True)
                | (~Q(state="WAITING") & Q(next_attempt_at__isnull=True, ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["next_attempt_at"], name="proposal_due", condition=Q(state="WAITING")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.document_id} {self.state}"
