from __future__ import annotations

from typing import Final

from django.db import models
from django.db.models import F, Q

from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.identity.models import Entity, User
from concilia.ledger.models import JournalEntry
from concilia.receivables.models import BankEntry, OpenItem


class Remittance(models.Model):
    """What a payer says a payment settles, line by line; it may come before or after the money."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    document = models.OneToOneField(
        Document, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    payer_name = models.CharField(max_length=160, blank=True)
    currency = models.CharField(max_length=3)
    total_minor = models.BigIntegerField()
    payment_date = models.DateField(null=True, blank=True)
    lines = models.JSONField(default=list)
    received_at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["entity", "currency", "total_minor"]),
            models.Index(fields=["entity", "customer"]),
        ]

    def __str__(self) -> str:
        return f"{self.payer_name} {self.total_minor} {self.currency}"


class RemittanceJoin(models.Model):
    """
    A payment that a remittance is about.

    A remittance may be about several payments, then `lines` are the places of its lines that this
    one settles; a payment may have several remittances. No `lines` means all of them.
    """

    # No index of its own: `remittance_joined_once` begins with it.
    remittance = models.ForeignKey(
        Remittance, on_delete=models.PROTECT, related_name="joins", db_index=False
    )
    bank_entry = models.ForeignKey(BankEntry, on_delete=models.PROTECT, related_name="+")
    lines = models.JSONField(default=list, blank=True)
    joined_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    joined_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["remittance", "bank_entry"], name="remittance_joined_once"
            )
        ]

    def __str__(self) -> str:
        return f"{self.remittance_id} → {self.bank_entry_id}"


# Answers that settle nothing: what the bank took back, and money that is no customer's payment.
RETURNED: Final = "RET"
NO_CUSTOMER_PAYMENT: Final = "NOT"
NOT_APPLIED: Final = (RETURNED, NO_CUSTOMER_PAYMENT)


class Match(models.Model):
    """
    One answer to what a bank entry settles. At most one per entry is POSTED.

    An ADVISED answer stands beside the posted one: what the payer said later, for a person to
    take over or to dismiss. `applied_minor + on_account_minor` equals the entry's amount in every
    version (INV-03). `habits` are digests of what each habit of a payer would have answered
    (`matching.habits`).
    """

    class State(models.TextChoices):
        PROPOSED = "PROPOSED"
        POSTED = "POSTED"
        REVERSED = "REVERSED"
        REPLACED = "REPLACED"
        OPEN = "OPEN"
        ADVISED = "ADVISED"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    # No index of its own: `match_version_once` begins with it.
    bank_entry = models.ForeignKey(
        BankEntry, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    version = models.PositiveIntegerField()
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    state = models.CharField(max_length=8, choices=State.choices)
    rule = models.CharField(max_length=4)
    confidence_bp = models.PositiveIntegerField(default=0)
    currency = models.CharField(max_length=3)
    applied_minor = models.BigIntegerField(default=0)
    on_account_minor = models.BigIntegerField(default=0)
    on_account_item = models.ForeignKey(
        OpenItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    explanation = models.JSONField(default=dict, blank=True)
    alternatives = models.JSONField(default=list, blank=True)
    habits = models.JSONField(default=dict, blank=True)
    entry = models.ForeignKey(
        JournalEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    matched_at = models.DateTimeField()
    posted_at = models.DateTimeField(null=True, blank=True)
    reversed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bank_entry", "version"], name="match_version_once"),
            models.UniqueConstraint(
                fields=["bank_entry"], name="match_posted_once", condition=Q(state="POSTED")
            ),
            models.UniqueConstraint(
                fields=["bank_entry"],
                name="match_waiting_once",
                condition=Q(state__in=["PROPOSED", "OPEN"]),
            ),
            models.UniqueConstraint(
                fields=["bank_entry"], name="match_advised_once", condition=Q(state="ADVISED")
            ),
            models.CheckConstraint(
                name="match_posted_has_entry",
                condition=~Q(state="POSTED")
                | (Q(entry__isnull=False) & Q(posted_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="match_on_account_not_negative", condition=Q(on_account_minor__gte=0)
            ),
        ]
        indexes = [
            models.Index(
                fields=["entity", "matched_at", "id"],
                name="matches_waiting",
                include=["bank_entry", "state", "currency", "rule"],
                condition=Q(state__in=["PROPOSED", "OPEN"]),
            ),
            models.Index(
                fields=["entity", "-state", "-confidence_bp", "bank_entry"],
                name="matches_surest_first",
                condition=Q(state__in=["POSTED", "PROPOSED", "OPEN"]),
            ),
            models.Index(
                fields=["bank_entry"],
                name="matches_live",
                include=["state", "rule", "decided_by", "id"],
                condition=Q(state__in=["POSTED", "PROPOSED", "OPEN"]),
            ),
            models.Index(fields=["entity"], name="matches_advised", condition=Q(state="ADVISED")),
            models.Index(
                fields=["entity", "posted_at"],
                name="matches_posted_alone",
                include=["state", "reversed_at", "bank_entry"],
                condition=Q(decided_by=None, posted_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bank_entry_id} v{self.version} {self.state}"


class Allocation(models.Model):
    """
    What one match does to one open item, in minor units of the match's currency.

    `applied` is money (negative where a credit note is used up), `discount` an earned cash
    discount, `writeoff` a tolerated difference, `deduction` what is missing and contested.
    """

    # No index of its own: `allocation_item_once` begins with it.
    match = models.ForeignKey(
        Match, on_delete=models.CASCADE, related_name="allocations", db_index=False
    )
    item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="+")
    currency = models.CharField(max_length=3)
    applied_minor = models.BigIntegerField()
    discount_minor = models.BigIntegerField(default=0)
    writeoff_minor = models.BigIntegerField(default=0)
    writeoff_reason = models.CharField(max_length=5, blank=True)
    deduction_minor = models.BigIntegerField(default=0)
    deduction_reason = models.CharField(max_length=5, blank=True)
    deduction_text = models.CharField(max_length=200, blank=True)
    deduction_item = models.OneToOneField(
        OpenItem, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["match", "item"], name="allocation_item_once"),
            models.CheckConstraint(
                name="allocation_differences_not_negative",
                condition=Q(discount_minor__gte=0, deduction_minor__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.match_id} → {self.item_id}"


class Simulation(models.Model):
    """
    Other tolerances tried on past payments; it changes nothing but these rows.

    `reached_at` is up to when answers were tried already: a run goes on from there.
    """

    class State(models.TextChoices):
        RUNNING = "RUNNING"
        DONE = "DONE"
        CANCELLED = "CANCELLED"
        FAILED = "FAILED"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    since_date = models.DateField()
    until_date = models.DateField()
    tolerances = models.JSONField(default=dict)
    state = models.CharField(max_length=9, choices=State.choices, default=State.RUNNING)
    total = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    reached_at = models.DateTimeField(null=True, blank=True)
    figures = models.JSONField(default=dict, blank=True)
    error = models.TextField(blank=True)
    asked_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        indexes = [models.Index(fields=["entity", "-asked_at"])]

    def __str__(self) -> str:
        return f"{self.since_date} - {self.until_date} {self.state}"


class SimulatedAnswer(models.Model):
    """A payment that other tolerances would have answered otherwise."""

    # No index of its own: the one on kinds begins with it.
    simulation = models.ForeignKey(
        Simulation, on_delete=models.CASCADE, related_name="answers", db_index=False
    )
    bank_entry = models.ForeignKey(BankEntry, on_delete=models.CASCADE, related_name="+")
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    kind = models.CharField(max_length=4)
    verdict = models.CharField(max_length=7)
    rule = models.CharField(max_length=4)
    currency = models.CharField(max_length=3)
    writeoff_minor = models.BigIntegerField(default=0)
    lines = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["simulation", "bank_entry"], name="simulated_answer_once"
            )
        ]
        indexes = [models.Index(fields=["simulation", "kind", "verdict"])]

    def __str__(self) -> str:
        return f"{self.bank_entry_id} {self.kind} {self.verdict}"


class HabitVerdict(models.Model):
    """
    What a decision about one payment says of one habit: its answer was the person's, or was not.

    A habit is the sum of its verdicts (`cash.queries.habits`): there is no counter to go wrong.
    """

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    # No index of its own: `habit_verdict_once` begins with it.
    bank_entry = models.ForeignKey(
        BankEntry, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    # No index of its own: `habit_verdicts_of_payer` begins with it.
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=15)
    agreed = models.BooleanField()
    judged_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["bank_entry", "kind"], name="habit_verdict_once"),
        ]
        indexes = [
            models.Index(fields=["customer", "kind", "agreed"], name="habit_verdicts_of_payer"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {'+' if self.agreed else '-'}"


class TextRule(models.Model):
    """
    One version of what a person wrote down about texts, or the system proposes (decision 51).

    `words` are as `matching.rules.rule_words` compares them. An empty payer means all payers. What
    was once in force is never changed: it ends, and the next version takes its place.
    """

    class Meaning(models.TextChoices):
        CUSTOMER = "customer"
        ELSEWHERE = "elsewhere"
        REASON = "reason"

    class State(models.TextChoices):
        PROPOSED = "PROPOSED"
        ACTIVE = "ACTIVE"
        ENDED = "ENDED"
        DISMISSED = "DISMISSED"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    # The id of its first version; null only until that is known.
    number = models.PositiveBigIntegerField(null=True, blank=True)
    version = models.PositiveIntegerField(default=1)
    state = models.CharField(max_length=9, choices=State.choices)
    meaning = models.CharField(max_length=9, choices=Meaning.choices)
    words = models.CharField(max_length=200)
    key_word = models.CharField(max_length=200)
    payer_iban = models.CharField(max_length=40, blank=True)
    payer_name = models.CharField(max_length=160, blank=True)
    customer = models.ForeignKey(
        Customer, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    label = models.CharField(max_length=80, blank=True)
    reason = models.CharField(max_length=5, blank=True)
    key = models.CharField(max_length=64)
    decisions = models.PositiveIntegerField(default=0)
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    written_at = models.DateTimeField()
    ended_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "key"],
                name="text_rule_once",
                condition=Q(state__in=["PROPOSED", "ACTIVE"]),
            ),
            models.UniqueConstraint(
                fields=["number"],
                name="text_rule_in_force_once",
                condition=Q(state__in=["PROPOSED", "ACTIVE"]),
            ),
            models.CheckConstraint(
                name="text_rule_means_something",
                condition=Q(meaning="customer", customer__isnull=False)
                | (Q(meaning="elsewhere", customer__isnull=True) & ~Q(label=""))
                | (Q(meaning="reason", customer__isnull=False) & ~Q(reason="")),
            ),
            models.CheckConstraint(
                name="text_rule_in_force_has_author",
                condition=~Q(state="ACTIVE") | Q(written_by__isnull=False),
            ),
        ]
        indexes = [
            models.Index(
                fields=["entity", "key_word"],
                name="text_rules_in_force",
                condition=Q(state="ACTIVE"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.words} v{self.version} {self.state}"


class PaymentRequest(models.Model):
    """
    What we asked somebody to pay, under a reference of ours that a bank brings back (M1, M2).

    `reference` is ISO 11649, and once in the whole installation. Between `least_minor` and
    `amount_minor` any amount is welcome; only the exact amount settles without a person.
    `plan_number` is the plan a row of which is asked for, `interest_minor` the part of the amount
    that is interest of the row and pays no item.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=25, unique=True)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    least_minor = models.BigIntegerField()
    interest_minor = models.BigIntegerField(default=0)
    plan_number = models.PositiveBigIntegerField(null=True, blank=True)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="payment_request_range",
                condition=Q(least_minor__gt=0, amount_minor__gte=F("least_minor")),
            ),
            models.CheckConstraint(
                name="payment_request_interest_of_a_plan",
                condition=Q(interest_minor=0)
                | Q(
                    interest_minor__gt=0,
                    interest_minor__lte=F("amount_minor"),
                    plan_number__isnull=False,
                ),
            ),
        ]
        indexes = [models.Index(fields=["entity", "-made_at"], name="payment_requests_newest")]

    def __str__(self) -> str:
        return self.reference


class RequestedItem(models.Model):
    """An item that is asked for, and how much of it: never what is disputed or promised."""

    request = models.ForeignKey(
        PaymentRequest, on_delete=models.CASCADE, related_name="items", db_index=False
    )
    item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="+")
    amount_minor = models.BigIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["request", "item"], name="requested_item_once"),
            models.CheckConstraint(name="requested_item_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.item_id}"
