from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.customers.models import Customer, PayerGroup
from concilia.identity.models import Entity


class ResponseWindow(models.Model):
    """
    How long a trading partner leaves us to answer: so many days from their paper.

    Agreed with one customer, which holds for those below it as well, or with a payer group.
    """

    class Unit(models.TextChoices):
        CALENDAR_DAYS = "CD"
        BUSINESS_DAYS = "BD"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    customer = models.OneToOneField(
        Customer, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    payer_group = models.OneToOneField(
        PayerGroup, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    days = models.PositiveSmallIntegerField()
    unit = models.CharField(max_length=2, choices=Unit.choices, default=Unit.CALENDAR_DAYS)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="window_of_a_customer_or_a_group",
                condition=Q(customer__isnull=True, payer_group__isnull=False)
                | Q(customer__isnull=False, payer_group__isnull=True),
            ),
            models.CheckConstraint(
                name="window_days_make_sense", condition=Q(days__gte=1, days__lte=365)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.days} {self.unit}"
