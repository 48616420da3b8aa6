from __future__ import annotations

from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Upper

from concilia.cases.models import Case
from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.identity.models import Entity
from concilia.receivables.models import (
    BankEntry,
    Delivery,
    Invoice,
    InvoiceLine,
    OpenItem,
    Order,
)

# The case of a claim in these states is closed, and of no other claim.
ENDED_STATES = ("CLOSED", "WITHDRAWN", "DUPLICATE")
CLOSED_STATES = ("CLOSED", "WITHDRAWN", "DUPLICATE", "REPAID")


class Claim(models.Model):
    """
    What a customer contests, asks back or has withheld, gross, in minor units.

    `claimed = approved + denied + undecided` (INV-05); the three stored amounts are the sums of the
    lines, which a deferred trigger checks at commit. States: docs/reference/claim-states.md.
    `their_date`: what their paper bears. `answer_by_date`: the last day to answer, where agreed.
    `odds_bp` is the share expected to be valid, from the entity's own history, while nobody judged.
    """

    class Origin(models.TextChoices):
        MESSAGE = "message"
        SHORT_PAYMENT = "short_payment"
        PERSON = "person"
        REST = "rest"
        HISTORY = "history"
        PORTAL = "portal"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    case = models.OneToOneField(Case, on_delete=models.PROTECT, related_name="+")
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    origin = models.CharField(max_length=13, choices=Origin.choices)
    channel = models.CharField(max_length=20, blank=True)
    state = models.CharField(max_length=20)
    reason = models.CharField(max_length=5)
    reason_is_confirmed = models.BooleanField(default=False)
    currency = models.CharField(max_length=3)
    claimed_minor = models.BigIntegerField()
    approved_minor = models.BigIntegerField(default=0)
    denied_minor = models.BigIntegerField(default=0)
    valid_minor = models.BigIntegerField(null=True, blank=True)
    odds_bp = models.PositiveSmallIntegerField(null=True, blank=True)
    their_reference = models.CharField(max_length=80, blank=True)
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    order = models.ForeignKey(
        Order, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    duplicate_of = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    appeals = models.PositiveSmallIntegerField(default=0)
    root_cause = models.CharField(max_length=30, blank=True)
    received_at = models.DateTimeField()
    their_date = models.DateField(null=True, blank=True)
    answer_by_date = models.DateField(null=True, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="claim_amounts_in_their_buckets",
                condition=Q(
                    approved_minor__gte=0,
                    denied_minor__gte=0,
                    claimed_minor__gte=F("approved_minor") + F("denied_minor"),
                ),
            ),
            models.CheckConstraint(
                name="claim_duplicate_names_its_twin",
                condition=~Q(state="DUPLICATE") | Q(duplicate_of__isnull=False),
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "state"]),
            models.Index(
                fields=["entity", "-received_at"],
            ),
            models.Index(
                fields=["entity", "reason"],
                name="claims_open_by_reason",
                condition=~Q(state__in=CLOSED_STATES),
            ),
            # What the lists and sums of claims in work are made of stands in the index itself.
            models.Index(
                fields=["entity", "currency", "-claimed_minor"],
                name="claims_in_work",
                include=[
                    "id",
                    "case",
                    "state",
                    "approved_minor",
                    "denied_minor",
                    "valid_minor",
                    "decided_at",
                    "odds_bp",
                ],
                condition=~Q(state__in=ENDED_STATES),
            ),
            # However many there are: counted, and gone through to any page, in the index alone.
            models.Index(
                fields=["entity", "-received_at", "-id"],
                name="claims_closed_newest",
                condition=Q(state__in=CLOSED_STATES),
            ),
            GinIndex(
                OpClass(Upper("their_reference"), name="gin_trgm_ops"), name="claims_by_reference"
            ),
            models.Index(
                fields=["entity", "answer_by_date"],
                name="claims_to_answer_by",
                condition=Q(answer_by_date__isnull=False) & ~Q(state__in=ENDED_STATES),
            ),
            # What was granted in like cases is counted and added up in the index alone.
            models.Index(
                fields=["entity", "reason", "currency", "claimed_minor"],
                name="claims_decided_alike",
                include=["id", "approved_minor", "decided_at"],
                condition=Q(decided_at__isnull=False),
            ),
            models.Index(fields=["customer", "-received_at"]),
            models.Index(fields=["invoice"]),
            models.Index(fields=["delivery"]),
            models.Index(fields=["entity", "their_reference"]),
        ]

    def __str__(self) -> str:
        return f"claim {self.pk}"

    @property
    def undecided_minor(self) -> int:
        return self.claimed_minor - self.approved_minor - self.denied_minor


class FurtherClaim(models.Model):
    """The claim opened from the `n`-th further claim of a document, counted from 1: once."""

    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    n = models.PositiveSmallIntegerField()
    claim = models.OneToOneField(Claim, on_delete=models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["document", "n"], name="further_claim_once"),
        ]

    def __str__(self) -> str:
        return f"{self.document_id}/{self.n} → {self.claim_id}"


class ClaimLine(models.Model):
    """One contested thing: an invoice line, a charge, a discount. Gross amounts, minor units."""

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="lines", db_index=False)
    n = models.PositiveIntegerField()
    reason = models.CharField(max_length=5)
    invoice = models.ForeignKey(
        Invoice, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    invoice_line = models.ForeignKey(
        InvoiceLine, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    sku = models.CharField(max_length=40, blank=True)
    description = models.CharField(max_length=200, blank=True)
    quantity = models.DecimalField(max_digits=14, decimal_places=3, null=True, blank=True)
    unit_price = models.DecimalField(max_digits=14, decimal_places=4, null=True, blank=True)
    vat_bp = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3)
    claimed_minor = models.BigIntegerField()
    approved_minor = models.BigIntegerField(default=0)
    denied_minor = models.BigIntegerField(default=0)

    class Meta:
        ordering = ["n"]
        constraints = [
            models.UniqueConstraint(fields=["claim", "n"], name="claim_line_once"),
            models.CheckConstraint(
                name="claim_line_amounts_in_their_buckets",
                condition=Q(
                    approved_minor__gte=0,
                    denied_minor__gte=0,
                    claimed_minor__gte=F("approved_minor") + F("denied_minor"),
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id}/{self.n}"


class ClaimDeduction(models.Model):
    """A deduction belongs to exactly one claim (domain.md §2.1)."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="deductions")
    item = models.OneToOneField(OpenItem, on_delete=models.PROTECT, related_name="+")
    bank_entry = models.ForeignKey(
        BankEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self) -> str:
        return f"{self.claim_id} ← {self.item_id}"


class DisputedItem(models.Model):
    """The part of an open invoice a claim keeps out of collection (§3.9) until it is decided."""

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="disputed_items")
    item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    disputed_minor = models.BigIntegerField()
    released_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "item"], name="disputed_item_once"),
            models.CheckConstraint(name="disputed_positive", condition=Q(disputed_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} {self.disputed_minor}"
