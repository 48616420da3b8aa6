from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.customers.models import Customer
from concilia.foundation.models import Blob
from concilia.identity.models import Entity


class Order(models.Model):
    """A customer's order as we accepted it; `customer_order_number` is the number they know."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    number = models.CharField(max_length=40)
    number_key = models.CharField(max_length=40)
    customer_order_number = models.CharField(max_length=60, blank=True)
    customer_order_key = models.CharField(max_length=60, blank=True)
    order_date = models.DateField()
    requested_date = models.DateField(null=True, blank=True)
    currency = models.CharField(max_length=3)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "number"], name="order_number_once")
        ]
        indexes = [
            models.Index(fields=["entity", "number_key"]),
            models.Index(fields=["entity", "customer_order_key"]),
        ]

    def __str__(self) -> str:
        return self.number


class OrderLine(models.Model):
    """What was ordered, at which net price per unit."""

    order = models.ForeignKey(Order, on_delete=models.CASCADE, related_name="lines")
    n = models.PositiveIntegerField()
    sku = models.CharField(max_length=40)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    unit_price = models.DecimalField(max_digits=14, decimal_places=4)

    class Meta:
        ordering = ["n"]
        constraints = [models.UniqueConstraint(fields=["order", "n"], name="order_line_once")]

    def __str__(self) -> str:
        return f"{self.order_id}/{self.n}"


class Delivery(models.Model):
    """
    What left for the customer, and the proof of delivery that came back.

    `pod_blob` is the signed paper; `pod_reserve` what the receiver wrote on it, in their words.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    number = models.CharField(max_length=40)
    number_key = models.CharField(max_length=40)
    carrier = models.CharField(max_length=120, blank=True)
    shipped_date = models.DateField()
    delivered_date = models.DateField(null=True, blank=True)
    pod_signed_by = models.CharField(max_length=120, blank=True)
    pod_date = models.DateField(null=True, blank=True)
    pod_reserve = models.TextField(blank=True)
    pod_blob = models.ForeignKey(
        Blob, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "number"], name="delivery_number_once"),
        ]
        indexes = [
            models.Index(fields=["entity", "number_key"]),
            models.Index(fields=["order"]),
        ]

    def __str__(self) -> str:
        return self.number


class DeliveryLine(models.Model):
    """Shipped, and, once the proof of delivery is known, received and damaged quantities."""

    delivery = models.ForeignKey(Delivery, on_delete=models.CASCADE, related_name="lines")
    n = models.PositiveIntegerField()
    sku = models.CharField(max_length=40)
    quantity = models.DecimalField(max_digits=14, decimal_places=3)
    pod_quantity = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    pod_damaged = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["delivery", "n"], name="delivery_line_once"),
            models.CheckConstraint(name="delivery_line_quantity", condition=Q(quantity__gte=0)),
        ]

    def __str__(self) -> str:
        return f"{self.delivery_id}/{self.n}"
