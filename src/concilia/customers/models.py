from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import F, Q

from concilia.identity.models import Entity, Language, Membership, User


class PayerGroup(models.Model):
    """Customers whose invoices one payer may settle together (domain.md §6.6)."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "code"], name="payer_group_code_once"),
        ]

    def __str__(self) -> str:
        return self.code


class Customer(models.Model):
    """Who owes us. Terms are days and basis points; a discount needs both its rate and its days."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    legal_name = models.CharField(max_length=200, blank=True)
    country = models.CharField(max_length=2)
    post_code = models.CharField(max_length=12, blank=True, default="", db_default="")
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    vat_number = models.CharField(max_length=20, blank=True)
    segment = models.CharField(max_length=30, blank=True)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    payer_group = models.ForeignKey(
        PayerGroup, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    account_manager = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    currency = models.CharField(max_length=3)
    payment_days = models.PositiveSmallIntegerField(default=30)
    discount_bp = models.PositiveIntegerField(default=0)
    discount_days = models.PositiveSmallIntegerField(default=0)
    credit_limit_minor = models.BigIntegerField(null=True, blank=True)
    risk_flag = models.CharField(max_length=20, blank=True)
    email_domains = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "number"], name="customer_number_once"),
            models.CheckConstraint(
                name="customer_discount_has_days",
                condition=Q(discount_bp=0) | Q(discount_days__gt=0),
            ),
            models.CheckConstraint(
                name="customer_not_its_own_parent",
                condition=Q(parent__isnull=True) | ~Q(parent=F("id")),
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "name"]),
            models.Index(fields=["payer_group"]),
            GinIndex(name="customer_name_words", fields=["name"], opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name


class Contact(models.Model):
    """A person at a customer: the only addresses a message may leave for."""

    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="contacts")
    name = models.CharField(max_length=120, blank=True)
    email = models.EmailField(blank=True)
    phone = models.CharField(max_length=40, blank=True)
    role = models.CharField(max_length=40, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices, blank=True)
    opted_out_at = models.DateTimeField(null=True, blank=True)
    bounced_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["customer", "email"], name="contact_email_once", condition=~Q(email="")
            ),
        ]
        indexes = [models.Index(fields=["email"])]

    def __str__(self) -> str:
        return self.name or self.email


class PayerAlias(models.Model):
    """
    What identifies a payer: an IBAN, a name as the bank prints it, an e-mail domain.

    Stated by the master data, written by a person, or learned from what clerks confirm (`hits`).
    `written_at`: since when it is stated or written of a customer who was known before; null for
    what came with them, and for what was learned.
    """

    class Kind(models.TextChoices):
        IBAN = "iban"
        NAME = "name"
        DOMAIN = "domain"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="aliases")
    kind = models.CharField(max_length=6, choices=Kind.choices)
    value = models.CharField(max_length=160)
    hits = models.PositiveIntegerField(default=0)
    is_stated = models.BooleanField(default=True)
    seen_at = models.DateTimeField(null=True, blank=True)
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "kind", "value", "customer"], name="payer_alias_once"
            ),
        ]
        indexes = [models.Index(fields=["entity", "kind", "value"])]

    def __str__(self) -> str:
        return f"{self.kind} {self.value}"
