from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.cases.models import Case
from concilia.cash.models import PaymentRequest
from concilia.customers.models import Contact, Customer
from concilia.foundation.models import Blob
from concilia.identity.models import Entity, User
from concilia.intake.models import Arrival


class CustomerAccount(models.Model):
    """
    A customer's page without a log-in: what its links are worth, and how the customer wants things.

    Links of an earlier `generation` open nothing. There is a row from the first visit, the first
    link sent or the first wish on; before, the generation is 1.
    """

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+", db_index=False)
    customer = models.OneToOneField(Customer, on_delete=models.CASCADE, related_name="+")
    generation = models.PositiveIntegerField(default=1)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revoked_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.CheckConstraint(name="account_generation", condition=Q(generation__gte=1)),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} / {self.generation}"


class AccountVisit(models.Model):
    """
    One try to open a customer's page: passed or not.

    `asker` is a keyed digest of the machine's address, so that tries can be counted and nobody's
    address is kept.
    """

    account = models.ForeignKey(
        CustomerAccount, on_delete=models.CASCADE, related_name="visits", db_index=False
    )
    contact = models.ForeignKey(
        Contact, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    asker = models.CharField(max_length=32)
    passed = models.BooleanField()
    at = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["account", "-at"], name="account_visits"),
            models.Index(
                fields=["asker", "-at"], name="account_tries_failed", condition=Q(passed=False)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_id} {self.at:%Y-%m-%d %H:%M} {self.passed}"


class AccountPaper(models.Model):
    """A file that came by a customer's page; the reader makes a paper of the case of it."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="+")
    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "arrival"], name="account_paper_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.arrival_id}"


class Checkout(models.Model):
    """
    A payment that was begun at a payment provider for a request of ours.

    What the provider says last counts, but nothing leaves PAID except money that went back.
    """

    class State(models.TextChoices):
        OPEN = "OPEN"
        PAID = "PAID"
        FAILED = "FAILED"
        EXPIRED = "EXPIRED"
        REFUNDED = "REFUNDED"

    request = models.ForeignKey(PaymentRequest, on_delete=models.PROTECT, related_name="+")
    provider = models.CharField(max_length=40)
    external_id = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    url = models.CharField(max_length=2000, blank=True)
    amount_minor = models.BigIntegerField()
    began_at = models.DateTimeField()
    told_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "external_id"], name="checkout_once"),
            models.CheckConstraint(name="checkout_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.provider} {self.external_id} {self.state}"


class PaymentAccess(models.Model):
    """
    How a company's customers pay online: by which provider, with which settings.

    Keys among the settings are kept sealed, in `secrets`. `error` says why it does not work.
    """

    entity = models.OneToOneField(Entity, on_delete=models.CASCADE, related_name="+")
    is_on = models.BooleanField(default=False)
    provider = models.CharField(max_length=40)
    values = models.JSONField(default=dict)
    secrets = models.JSONField(default=dict)
    error = models.CharField(max_length=300, blank=True)

    def __str__(self) -> str:
        return f"{self.entity_id} {self.provider}"


class DirectDebitFile(models.Model):
    """A file of direct debits (pain.008) that was made, with the mandates and amounts in it."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    identification = models.CharField(max_length=35)
    collection_date = models.DateField()
    currency = models.CharField(max_length=3)
    total_minor = models.BigIntegerField()
    count = models.PositiveIntegerField()
    blob = models.ForeignKey(Blob, on_delete=models.PROTECT, related_name="+")
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "identification"], name="direct_debit_file_once"
            ),
        ]

    def __str__(self) -> str:
        return self.identification


class DirectDebit(models.Model):
    """One collection of a file: what is taken from a mandate's account, for one request."""

    file = models.ForeignKey(
        DirectDebitFile, on_delete=models.CASCADE, related_name="debits", db_index=False
    )
    mandate = models.ForeignKey("Mandate", on_delete=models.PROTECT, related_name="+")
    request = models.OneToOneField(PaymentRequest, on_delete=models.PROTECT, related_name="+")
    sequence = models.CharField(max_length=4)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["file", "request"], name="direct_debit_once"),
        ]

    def __str__(self) -> str:
        return f"{self.file_id}: {self.request_id}"


class Mandate(models.Model):
    """
    A customer's word that we may collect by SEPA direct debit, signed on their page.

    `reference` is ours and never used again. A mandate is never changed: another takes its place.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    reference = models.CharField(max_length=35)
    scheme = models.CharField(max_length=4, choices=[("CORE", "CORE"), ("B2B", "B2B")])
    iban = models.CharField(max_length=34)
    bic = models.CharField(max_length=11, blank=True)
    holder = models.CharField(max_length=70)
    signed_by = models.CharField(max_length=120)
    signed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    collected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "reference"], name="mandate_reference_once"),
            models.UniqueConstraint(
                fields=["customer"], name="mandate_in_force_once", condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return self.reference
