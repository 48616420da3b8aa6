from __future__ import annotations

from decimal import Decimal

from django.db import models
from django.db.models import F, Q

from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.dunning.core.plans import IN_FORCE, OPEN
from concilia.identity.models import Entity, User
from concilia.receivables.models import OpenItem


class Plan(models.Model):
    """
    What a customer pays in rows, on one other day, or for a part of the debt (domain.md §3.8).

    `start_date`: the day from which money counts and interest runs. What the rows and the parts of
    the items add up to is the principal (trigger `plan_adds_up`). `is_covered`: the authority of
    who proposed it covers it, so the customer's yes alone puts it in force. `after_allocation`: the
    last allocation there was when it was agreed; later ones pay it. `agreed_minor` is in company
    currency. `judged_at` is when the state last changed.
    """

    class Kind(models.TextChoices):
        INSTALMENTS = "INSTALMENTS"
        NEW_DATE = "NEW_DATE"
        SETTLEMENT = "SETTLEMENT"

    class State(models.TextChoices):
        PROPOSED = "PROPOSED"
        ACTIVE = "ACTIVE"
        AT_RISK = "AT_RISK"
        DEFAULTED = "DEFAULTED"
        COMPLETED = "COMPLETED"
        CANCELLED = "CANCELLED"
        ACCELERATED = "ACCELERATED"

    class Model(models.TextChoices):
        EQUAL = "equal"
        LINEAR = "linear"
        ANNUITY = "annuity"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    kind = models.CharField(max_length=11, choices=Kind.choices, default=Kind.INSTALMENTS)
    state = models.CharField(max_length=11, choices=State.choices)
    currency = models.CharField(max_length=3)
    principal_minor = models.BigIntegerField()
    down_payment_minor = models.BigIntegerField(default=0)
    count = models.PositiveSmallIntegerField()
    model = models.CharField(max_length=7, choices=Model.choices, default=Model.EQUAL)
    rate_percent = models.DecimalField(max_digits=7, decimal_places=4, default=Decimal(0))
    start_date = models.DateField()
    first_date = models.DateField()
    note = models.CharField(max_length=500, blank=True)
    document = models.ForeignKey(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    is_covered = models.BooleanField(default=False)
    customer_at = models.DateTimeField(null=True, blank=True)
    agreed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    agreed_at = models.DateTimeField(null=True, blank=True)
    agreed_minor = models.BigIntegerField(default=0)
    after_allocation = models.BigIntegerField(default=0)
    judged_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_why = models.CharField(max_length=200, blank=True)
    accelerated_minor = models.BigIntegerField(null=True, blank=True)
    noticed_date = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="plan_amounts",
                condition=Q(
                    principal_minor__gt=0,
                    down_payment_minor__gte=0,
                    down_payment_minor__lt=F("principal_minor"),
                    rate_percent__gte=0,
                    rate_percent__lte=100,
                    count__gte=1,
                    count__lte=600,
                ),
            ),
            models.CheckConstraint(
                name="plan_equal_bears_no_interest",
                condition=~Q(model="equal") | Q(rate_percent=0),
            ),
            models.CheckConstraint(
                name="plan_new_date_is_one_row",
                condition=~Q(kind__in=["NEW_DATE", "SETTLEMENT"])
                | Q(count=1, down_payment_minor=0, model="equal"),
            ),
            models.CheckConstraint(
                name="plan_days_in_order", condition=Q(first_date__gte=F("start_date"))
            ),
            models.CheckConstraint(
                name="plan_in_force_was_agreed",
                condition=Q(state__in=["PROPOSED", "CANCELLED"]) | Q(agreed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="plan_ended_by_somebody",
                condition=~Q(state__in=["CANCELLED", "ACCELERATED"])
                | (Q(ended_by__isnull=False) & ~Q(ended_why="")),
            ),
            models.CheckConstraint(
                name="plan_accelerated_with_notice",
                condition=Q(
                    state="ACCELERATED", accelerated_minor__isnull=False, noticed_date__isnull=False
                )
                | (~Q(state="ACCELERATED") & Q(accelerated_minor=None, noticed_date=None)),
            ),
        ]
        indexes = [
            models.Index(
                fields=["entity", "state", "judged_at"],
                name="plans_to_look_at",
                condition=Q(state__in=["PROPOSED", *IN_FORCE, "DEFAULTED"]),
            ),
            models.Index(fields=["entity", "-proposed_at"], name="plans_newest"),
        ]

    def __str__(self) -> str:
        return f"{self.principal_minor} {self.currency} {self.state}"

    @property
    def face(self) -> str:
        """Its state by a name that no other thing's state has."""
        return f"PLAN_{self.state}"

    @property
    def is_open(self) -> bool:
        """Whether its items are its own: no other plan may have them."""
        return self.state in OPEN

    @property
    def is_in_force(self) -> bool:
        """Whether it was agreed and runs."""
        return self.state in IN_FORCE


class PlanItem(models.Model):
    """
    Which item a plan is about, with its part of the principal.

    `paid_minor` is what came off the item since, by money or otherwise; `waived_minor` what a
    settlement gives up of it once it is paid. `is_open` follows the state
    of the plan: an item is in one open plan at most.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="items", db_index=False)
    item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()
    paid_minor = models.BigIntegerField(default=0)
    waived_minor = models.BigIntegerField(default=0)
    is_open = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "item"], name="plan_item_once"),
            models.UniqueConstraint(
                fields=["item"], name="plan_one_open_by_item", condition=Q(is_open=True)
            ),
            models.CheckConstraint(
                name="plan_item_paid_within",
                condition=Q(
                    amount_minor__gte=0,
                    waived_minor__gte=0,
                    paid_minor__gte=0,
                    paid_minor__lte=F("amount_minor"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id} → {self.item_id}"


class PlanRow(models.Model):
    """
    One instalment: when it is due, what of it is principal and interest, and what was paid.

    `interest_minor` is as agreed, `interest_now_minor` what it fell to by paying early (R-3.27).
    `collect_date` is the due date or the business day after it. `was_late`: unpaid when its days of
    grace were over, even if it was paid since.
    """

    plan = models.ForeignKey(Plan, on_delete=models.CASCADE, related_name="rows", db_index=False)
    n = models.PositiveSmallIntegerField()
    due_date = models.DateField()
    collect_date = models.DateField()
    days = models.PositiveIntegerField()
    principal_minor = models.BigIntegerField()
    interest_minor = models.BigIntegerField(default=0)
    interest_now_minor = models.BigIntegerField(default=0)
    principal_paid_minor = models.BigIntegerField(default=0)
    interest_paid_minor = models.BigIntegerField(default=0)
    settled_date = models.DateField(null=True, blank=True)
    was_late = models.BooleanField(default=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["plan", "n"], name="plan_row_once"),
            models.UniqueConstraint(fields=["plan", "due_date"], name="plan_row_days_apart"),
            models.CheckConstraint(
                name="plan_row_amounts",
                condition=Q(
                    principal_minor__gte=0,
                    principal_paid_minor__gte=0,
                    principal_paid_minor__lte=F("principal_minor"),
                    interest_now_minor__gte=0,
                    interest_now_minor__lte=F("interest_minor"),
                    interest_paid_minor__gte=0,
                    interest_paid_minor__lte=F("interest_now_minor"),
                ),
            ),
            models.CheckConstraint(
                name="plan_row_collected_when_due", condition=Q(collect_date__gte=F("due_date"))
            ),
        ]
        indexes = [
            models.Index(
                fields=["due_date"], name="plan_rows_to_come", condition=Q(settled_date=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}/{self.n}"

    @property
    def payment_minor(self) -> int:
        """What is to be paid in all."""
        return self.principal_minor + self.interest_now_minor

    @property
    def paid_minor(self) -> int:
        """What of it was paid."""
        return self.principal_paid_minor + self.interest_paid_minor

    @property
    def open_minor(self) -> int:
        """What of it is still to be paid."""
        return self.payment_minor - self.paid_minor


class Settlement(models.Model):
    """
    An offer to settle for less: a plan of one row, and what the rest is given up for (§3.11).

    The rest is given up once the row is paid, and not before; a row that is not paid leaves the
    debt as it was. `claim_minor` is the debt with what interest may be asked for, `ev_minor` what
    going on is worth, by the four figures beside it; `booked_at` is when somebody put what was
    given up into the books.
    """

    plan = models.OneToOneField(Plan, on_delete=models.CASCADE, related_name="settlement")
    claim_minor = models.BigIntegerField()
    waived_minor = models.BigIntegerField()
    ev_minor = models.BigIntegerField()
    probability_bp = models.PositiveSmallIntegerField()
    rate_percent = models.DecimalField(max_digits=7, decimal_places=4)
    months = models.PositiveSmallIntegerField()
    cost_minor = models.BigIntegerField(default=0)
    booked_at = models.DateTimeField(null=True, blank=True)
    booked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="settlement_figures",
                condition=Q(
                    claim_minor__gt=0,
                    waived_minor__gt=0,
                    probability_bp__lte=10_000,
                    rate_percent__gte=0,
                    cost_minor__gte=0,
                ),
            ),
            models.CheckConstraint(
                name="settlement_booked_by_somebody",
                condition=Q(booked_at=None, booked_by=None)
                | Q(booked_at__isnull=False, booked_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.plan_id}: {self.waived_minor} given up"
