from __future__ import annotations

from django.db import models

from concilia.customers.models import Customer
from concilia.dunning.core.backtest.moments import Pace
from concilia.identity.models import Entity, Membership

PACES = [(each.value, each.value) for each in Pace]


class Backtest(models.Model):
    """
    The past under another strategy; it changes nothing but these rows.

    `sheet` is what is tried, word for word; `real_versions` are those by which runs really went.
    `figures` are whole numbers that add up, as `core.backtest.figures` makes them, in minor units
    of `currency`; `known` says since when each part of the past is known. `reached` is the last
    customer that is done: a worker that takes over goes on from there.
    """

    class State(models.TextChoices):
        RUNNING = "RUNNING"
        DONE = "DONE"
        CANCELLED = "CANCELLED"
        FAILED = "FAILED"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+", db_index=False)
    strategy_version = models.PositiveIntegerField()
    sheet = models.TextField()
    sha256 = models.CharField(max_length=64)
    real_versions = models.JSONField(default=list, blank=True)
    since_date = models.DateField()
    until_date = models.DateField()
    pace = models.CharField(max_length=5, choices=PACES)
    currency = models.CharField(max_length=3)
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    reached = models.BigIntegerField(default=0)
    figures = models.JSONField(default=dict, blank=True)
    known = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    asked_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="backtest_days_in_order",
                condition=models.Q(until_date__gte=models.F("since_date")),
            ),
        ]
        indexes = [models.Index(fields=["entity", "-asked_at"], name="backtests_newest")]

    def __str__(self) -> str:
        return f"{self.strategy_version} {self.since_date} - {self.until_date} {self.state}"


class BacktestCustomer(models.Model):
    """
    One customer of a backtest who heard from us, or would have.

    `days` is how much later the first touch would have been, below zero how much earlier; null if
    there was one on one side only. `minor` is what the first touch asks for, in the company's
    currency.
    """

    # No index of its own: the constraint begins with it.
    backtest = models.ForeignKey(
        Backtest, on_delete=models.CASCADE, related_name="customers", db_index=False
    )
    customer = models.ForeignKey(Customer, on_delete=models.CASCADE, related_name="+")
    touches_then = models.PositiveIntegerField()
    touches_so = models.PositiveIntegerField()
    first_then_date = models.DateField(null=True, blank=True)
    first_so_date = models.DateField(null=True, blank=True)
    days = models.IntegerField(null=True, blank=True)
    firmest_then = models.PositiveSmallIntegerField()
    firmest_so = models.PositiveSmallIntegerField()
    unneeded = models.PositiveIntegerField()
    minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["backtest", "customer"], name="backtest_customer_once"),
        ]
        indexes = [
            models.Index(fields=["backtest", "-minor", "id"], name="backtest_largest"),
            models.Index(
                fields=["backtest", "-unneeded", "id"],
                name="backtest_unneeded",
                condition=models.Q(unneeded__gt=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.backtest_id}/{self.customer_id}"
