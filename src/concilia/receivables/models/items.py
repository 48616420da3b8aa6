from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.customers.models import Customer
from concilia.identity.models import Entity
from concilia.receivables.models.invoices import Invoice


class ItemKind(models.TextChoices):
    INVOICE = "invoice"
    CREDIT_NOTE = "credit_note"
    DEBIT_NOTE = "debit_note"
    DEDUCTION = "deduction"
    ON_ACCOUNT = "on_account"


class OpenItem(models.Model):
    """
    One item of the receivables sub-ledger. Debits are positive, credits negative (domain.md N-6).

    `open_minor` follows from the ledger: a trigger on its lines adds what they say, and an item
    that comes after its lines must say the same as they do, so INV-01 holds by construction; the
    checks refuse breaches of INV-02 and INV-07.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=12, choices=ItemKind.choices)
    document_number = models.CharField(max_length=60)
    number_key = models.CharField(max_length=60)
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    origin_item = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    order_number = models.CharField(max_length=60, blank=True)
    delivery_number = models.CharField(max_length=60, blank=True)
    structured_reference = models.CharField(max_length=40, blank=True)
    issue_date = models.DateField()
    due_date = models.DateField()
    currency = models.CharField(max_length=3)
    original_minor = models.BigIntegerField()
    open_minor = models.BigIntegerField(default=0)
    disputed_minor = models.BigIntegerField(default=0)
    discount_bp = models.PositiveIntegerField(default=0)
    discount_until_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "kind", "document_number"], name="open_item_once"
            ),
            models.CheckConstraint(
                name="open_item_within_original",
                condition=Q(
                    original_minor__gt=0, open_minor__gte=0, open_minor__lte=F("original_minor")
                )
                | Q(original_minor__lt=0, open_minor__lte=0, open_minor__gte=F("original_minor")),
            ),
            models.CheckConstraint(
                name="open_item_disputed_within_open",
                condition=Q(disputed_minor=0)
                | Q(disputed_minor__gt=0, disputed_minor__lte=F("open_minor")),
            ),
            models.CheckConstraint(
                name="open_item_sign_of_kind",
                condition=Q(kind__in=["invoice", "debit_note", "deduction"], original_minor__gt=0)
                | Q(kind__in=["credit_note", "on_account"], original_minor__lt=0),
            ),
        ]
        indexes = [
            models.Index(
                fields=["entity", "customer", "due_date"],
                name="open_items_of_customer",
                include=["currency", "open_minor"],
                condition=~Q(open_minor=0),
            ),
            models.Index(
                fields=["entity", "currency", "open_minor"],
                name="open_items_by_amount",
                condition=~Q(open_minor=0),
            ),
            models.Index(fields=["entity", "number_key"]),
            models.Index(
                fields=["entity", "structured_reference"],
                name="open_items_by_rf",
                condition=~Q(structured_reference=""),
            ),
        ]

    def __str__(self) -> str:
        return self.document_number
