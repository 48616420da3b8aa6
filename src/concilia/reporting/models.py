from __future__ import annotations

from django.db import models

from concilia.customers.models import Customer
from concilia.identity.models import Entity


class FiguresTaken(models.Model):
    """
    When an entity's figures were last added up from its rows, and how long that took.

    `today` holds, by currency, what is only needed as of then: ageing, numbers of rows.
    """

    entity = models.OneToOneField(
        Entity, on_delete=models.CASCADE, primary_key=True, related_name="+"
    )
    taken_at = models.DateTimeField()
    milliseconds = models.PositiveIntegerField()
    today = models.JSONField(default=dict)

    def __str__(self) -> str:
        return f"{self.entity_id} {self.taken_at}"


class DayFigures(models.Model):
    """One day of one currency as `reporting.core.days.Day` describes it."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+", db_index=False)
    currency = models.CharField(max_length=3)
    day_date = models.DateField()
    receivables_minor = models.BigIntegerField(default=0)
    not_due_minor = models.BigIntegerField(default=0)
    contested_minor = models.BigIntegerField(default=0)
    deductions_open_minor = models.BigIntegerField(default=0)
    claims_open = models.IntegerField(default=0)
    sales_minor = models.BigIntegerField(default=0)
    deductions_taken_minor = models.BigIntegerField(default=0)
    claims_opened = models.IntegerField(default=0)
    claims_closed = models.IntegerField(default=0)
    claims_resolved = models.IntegerField(default=0)
    in_time = models.IntegerField(default=0)
    payments = models.IntegerField(default=0)
    untouched = models.IntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "currency", "day_date"], name="day_figures_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.entity_id} {self.currency} {self.day_date}"


class CustomerFigures(models.Model):
    """What a customer owes in one currency, by which long lists of customers are put in order."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    currency = models.CharField(max_length=3)
    open_minor = models.BigIntegerField(default=0)
    overdue_minor = models.BigIntegerField(default=0)
    contested_minor = models.BigIntegerField(default=0)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["customer", "currency"], name="customer_figures_once"),
        ]
        indexes = [models.Index(fields=["entity", "currency"])]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.open_minor} {self.currency}"
