from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.customers.models import Customer
from concilia.identity.models import Entity, Membership


class CustomerCare(models.Model):
    """
    Who goes on with a customer who owes, and until when they are left aside, with the reason.

    Nobody named: whoever comes to it. A rest is of the list only; what law, promise or reason says
    is kept elsewhere.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(
        Membership, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    note = models.CharField(max_length=500, blank=True)
    rests_until_date = models.DateField(null=True, blank=True)
    rest_why = models.CharField(max_length=200, blank=True)
    changed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    changed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="care_rest_says_why",
                condition=Q(rests_until_date=None, rest_why="")
                | (Q(rests_until_date__isnull=False) & ~Q(rest_why="")),
            ),
        ]
        indexes = [models.Index(fields=["entity", "member"], name="care_by_member")]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.member_id}"
