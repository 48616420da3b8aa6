from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.customers.models import Customer
from concilia.identity.models import Entity
from concilia.receivables.models import OpenItem


class JournalEntry(models.Model):
    """
    One balanced entry. Append-only: a mistake is reversed by a second entry, never changed.

    `key` names the act that wrote it (for example `match:812`); the same act twice is refused.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=120)
    kind = models.CharField(max_length=30)
    posting_date = models.DateField()
    currency = models.CharField(max_length=3)
    text = models.CharField(max_length=200, blank=True)
    reverses = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    booked_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="journal_entry_key_once"),
        ]
        indexes = [models.Index(fields=["entity", "posting_date"])]

    def __str__(self) -> str:
        return self.key


class JournalLine(models.Model):
    """
    One side of an entry: debit or credit, in minor units, on an account role of domain.md §7.1.

    Lines on AR, AR_DEDUCTION and UNAPPLIED_CASH name their open item; no other line may.
    A deferred trigger refuses a commit that leaves an entry unbalanced.
    """

    entry = models.ForeignKey(
        JournalEntry, on_delete=models.PROTECT, related_name="lines", db_index=False
    )
    # The trigger on entries proves that it is the entry's, and its index is the one on accounts.
    entity = models.ForeignKey(
        Entity, on_delete=models.PROTECT, related_name="+", db_constraint=False, db_index=False
    )
    account = models.CharField(max_length=30)
    currency = models.CharField(max_length=3)
    debit_minor = models.BigIntegerField(default=0)
    credit_minor = models.BigIntegerField(default=0)
    item = models.ForeignKey(
        OpenItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    vat_bp = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="journal_line_one_side",
                condition=Q(debit_minor__gt=0, credit_minor=0)
                | Q(debit_minor=0, credit_minor__gt=0),
            ),
            models.CheckConstraint(
                name="journal_line_item_on_subledger_accounts",
                condition=Q(
                    account__in=["AR", "AR_DEDUCTION", "UNAPPLIED_CASH"], item__isnull=False
                )
                | (~Q(account__in=["AR", "AR_DEDUCTION", "UNAPPLIED_CASH"]) & Q(item__isnull=True)),
            ),
        ]
        indexes = [
            models.Index(fields=["entry", "id"]),
            models.Index(fields=["entity", "account"]),
        ]

    def __str__(self) -> str:
        return f"{self.account} {self.debit_minor - self.credit_minor}"


class Posting(models.Model):
    """
    A job for the ERP, written in the transaction of the decision it carries out (domain.md §7.4).

    `idempotency_key` and `external_ref` are unique: the same decision can never be posted twice.
    """

    class State(models.TextChoices):
        PENDING = "PENDING"
        SENT = "SENT"
        POSTED = "POSTED"
        REJECTED = "REJECTED"
        UNKNOWN = "UNKNOWN"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    posting_id = models.UUIDField(unique=True)
    idempotency_key = models.CharField(max_length=64, unique=True)
    external_ref = models.CharField(max_length=40)
    entry = models.ForeignKey(JournalEntry, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    connector = models.CharField(max_length=40)
    document_type = models.CharField(max_length=30)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=State.choices, default=State.PENDING)
    request = models.JSONField()
    erp_document = models.CharField(max_length=60, blank=True)
    erp_number = models.CharField(max_length=60, blank=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.TextField(blank=True)
    requested_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    posted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "external_ref"], name="posting_ref_once"),
            models.CheckConstraint(
                name="posting_posted_has_number",
                condition=~Q(state="POSTED") | (~Q(erp_number="") & Q(posted_at__isnull=False)),
            ),
            models.CheckConstraint(name="posting_amount_positive", condition=Q(amount_minor__gt=0)),
        ]
        indexes = [
            models.Index(fields=["entity", "state"]),
            models.Index(fields=["entry"]),
            models.Index(
                fields=["entity", "posted_at"], name="postings_done", condition=Q(state="POSTED")
            ),
        ]

    def __str__(self) -> str:
        return self.external_ref
