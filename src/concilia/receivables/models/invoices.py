from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.customers.models import Customer
from concilia.identity.models import Entity
from concilia.receivables.models.deliveries import Delivery, Order


class Invoice(models.Model):
    """
    An invoice, credit note or debit note as the ERP issued it.

    Amounts are positive for all three kinds; the sign of the open item carries the direction.
    `number_key` is `normalise_reference(number)`: what people's ways of typing share.
    """

    class Kind(models.TextChoices):
        INVOICE = "invoice"
        CREDIT_NOTE = "credit_note"
        DEBIT_NOTE = "debit_note"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12, choices=Kind.choices)
    number = models.CharField(max_length=40)
    number_key = models.CharField(max_length=40)
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    customer_order_number = models.CharField(max_length=60, blank=True)
    credited_invoice = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    issue_date = models.DateField()
    due_date = models.DateField()
    currency = models.CharField(max_length=3)
    net_minor = models.BigIntegerField()
    vat_minor = models.BigIntegerField()
    gross_minor = models.BigIntegerField()
    discount_bp = models.PositiveIntegerField(default=0)
    discount_days = models.PositiveSmallIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "number"], name="invoice_number_once"),
            models.CheckConstraint(
                name="invoice_net_and_vat_make_gross",
                condition=Q(gross_minor=F("net_minor") + F("vat_minor")),
            ),
            models.CheckConstraint(
                name="invoice_amounts_not_negative",
                condition=Q(net_minor__gte=0, vat_minor__gte=0),
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "number_key"]),
            models.Index(fields=["customer", "-issue_date"]),
            models.Index(fields=["entity", "issue_date"]),
            models.Index(fields=["entity", "customer_order_number"]),
            models.Index(fields=["delivery"]),
            models.Index(fields=["order"]),
            models.Index(fields=["credited_invoice"]),
        ]

    def __str__(self) -> str:
        return self.number


class InvoiceLine(models.Model):
    """One position: net = round(quantity × unit price), VAT at `vat_bp` of the line."""

    invoice = models.ForeignKey(
        Invoice, on_delete=models.CASCADE, related_name="lines", db_index=False
    )
    n = models.PositiveIntegerField()
    sku = models.CharField(max_length=40, blank=True)
    description = models.CharField(max_length=200, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    unit_price = models.DecimalField(max_digits=14, decimal_places=4)
    vat_bp = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3)
    net_minor = models.BigIntegerField()
    vat_minor = models.BigIntegerField()

    class Meta:
        ordering = ["n"]
        constraints = [models.UniqueConstraint(fields=["invoice", "n"], name="invoice_line_once")]

    def __str__(self) -> str:
        return f"{self.invoice_id}/{self.n}"
