from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import Q
from django.db.models.functions import Upper

from concilia.customers.models import Customer
from concilia.foundation.models import Blob
from concilia.identity.models import Entity


class BankAccount(models.Model):
    """One of our accounts, known from the first statement that names it."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    iban = models.CharField(max_length=40)
    name = models.CharField(max_length=120, blank=True)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "iban"], name="bank_account_once")]

    def __str__(self) -> str:
        return self.iban


class BankStatement(models.Model):
    """One statement message of a bank file; the file itself is `blob`."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    account = models.ForeignKey(BankAccount, on_delete=models.PROTECT, related_name="+")
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    identification = models.CharField(max_length=60)
    statement_date = models.DateField()
    currency = models.CharField(max_length=3)
    opening_minor = models.BigIntegerField(null=True, blank=True)
    closing_minor = models.BigIntegerField(null=True, blank=True)
    loaded_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["account", "identification"], name="bank_statement_once"
            ),
        ]
        indexes = [models.Index(fields=["entity", "-statement_date"])]

    def __str__(self) -> str:
        return self.identification


class BankEntry(models.Model):
    """
    Money that came in (`is_return` false) or that the bank took back (`is_return` true).

    `entry_key` is the bank's own reference and sequence, or a digest of the entry where the bank
    gives none: the same entry on overlapping statements is one row.
    """

    # No indexes of their own: others begin with them.
    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(
        BankAccount, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    statement = models.ForeignKey(
        BankStatement, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    entry_key = models.CharField(max_length=120)
    n = models.PositiveIntegerField(default=0)
    booking_date = models.DateField()
    value_date = models.DateField()
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    is_return = models.BooleanField(default=False)
    return_reason = models.CharField(max_length=10, blank=True)
    charges_minor = models.BigIntegerField(default=0)
    payer_name = models.CharField(max_length=160, blank=True)
    payer_iban = models.CharField(max_length=40, blank=True)
    ultimate_debtor = models.CharField(max_length=160, blank=True)
    end_to_end_id = models.CharField(max_length=60, blank=True)
    structured_reference = models.CharField(max_length=60, blank=True)
    text = models.TextField(blank=True)
    remittance = models.JSONField(default=list, blank=True)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "entry_key"], name="bank_entry_once"),
            models.CheckConstraint(name="bank_entry_positive", condition=Q(amount_minor__gt=0)),
        ]
        indexes = [
            models.Index(fields=["statement", "n"]),
            # The figures of a span of days are made of what stands in the index itself.
            models.Index(
                fields=["entity", "-booking_date", "-id"],
                name="entries_booked",
                include=["currency", "amount_minor", "is_return"],
            ),
            models.Index(fields=["entity", "end_to_end_id"]),
            models.Index(fields=["entity", "-amount_minor", "id"], name="entries_by_amount"),
            models.Index(fields=["entity", "payer_name", "id"], name="entries_by_payer"),
            models.Index(fields=["entity", "value_date", "id"], name="entries_by_value_date"),
            GinIndex(
                OpClass(Upper("payer_name"), name="gin_trgm_ops"),
                OpClass(Upper("text"), name="gin_trgm_ops"),
                name="entries_by_words",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.amount_minor} {self.currency} {self.booking_date}"
