from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import F, Func, Q

from concilia.customers.models import Customer
from concilia.identity.models import Entity


class Product(models.Model):
    """What we sell, with the VAT rate it carries at home, in basis points."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    sku = models.CharField(max_length=40)
    name = models.CharField(max_length=200)
    unit = models.CharField(max_length=20, blank=True)
    vat_bp = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entity", "sku"], name="product_sku_once")]

    def __str__(self) -> str:
        return self.sku


class DateSpan(Func):
    """The half-open range of two date columns, for the exclusion constraint below."""

    function = "DATERANGE"
    output_field = DateRangeField()


class ContractPrice(models.Model):
    """
    The price agreed with a customer for a product, net per unit, over [valid_from, valid_to).

    Two prices for the same customer, product and currency never overlap: the database refuses.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    sku = models.CharField(max_length=40)
    currency = models.CharField(max_length=3)
    unit_price = models.DecimalField(max_digits=14, decimal_places=4)
    valid_from_date = models.DateField()
    valid_to_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="contract_price_dates_in_order",
                condition=Q(valid_to_date__isnull=True) | Q(valid_to_date__gt=F("valid_from_date")),
            ),
            models.CheckConstraint(
                name="contract_price_not_negative", condition=Q(unit_price__gte=0)
            ),
            models.UniqueConstraint(
                fields=["customer", "sku", "currency", "valid_from_date"],
                name="contract_price_once",
            ),
            ExclusionConstraint(
                name="contract_prices_do_not_overlap",
                expressions=[
                    ("customer", RangeOperators.EQUAL),
                    ("sku", RangeOperators.EQUAL),
                    ("currency", RangeOperators.EQUAL),
                    (
                        DateSpan("valid_from_date", "valid_to_date", RangeBoundary()),
                        RangeOperators.OVERLAPS,
                    ),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.sku} {self.unit_price} {self.currency}"


class Promotion(models.Model):
    """A deal over [starts, ends]: a percentage off, or a promotional net price per unit."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    code = models.CharField(max_length=40)
    name = models.CharField(max_length=160)
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    sku = models.CharField(max_length=40, blank=True)
    kind = models.CharField(max_length=30)
    discount_bp = models.PositiveIntegerField(default=0)
    promo_price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    currency = models.CharField(max_length=3)
    starts_date = models.DateField()
    ends_date = models.DateField()
    budget_minor = models.BigIntegerField(null=True, blank=True)
    accrual_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "code", "customer", "sku"], name="promotion_code_once"
            ),
            models.CheckConstraint(
                name="promotion_dates_in_order", condition=Q(ends_date__gte=F("starts_date"))
            ),
        ]
        indexes = [models.Index(fields=["customer", "sku", "starts_date"])]

    def __str__(self) -> str:
        return self.code
