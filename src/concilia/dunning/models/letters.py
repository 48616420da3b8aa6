from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.customers.models import Customer
from concilia.identity.models import Entity, User


class Letterhead(models.Model):
    """
    What stands on a company's letters besides the words; lines are lines.

    :ivar account: where money goes; with an IBAN a letter has a QR code to pay by
    """

    entity = models.OneToOneField(Entity, on_delete=models.CASCADE, related_name="+")
    address = models.CharField(max_length=300, blank=True)
    place = models.CharField(max_length=60, blank=True)
    footer = models.CharField(max_length=400, blank=True)
    account_holder = models.CharField(max_length=70, blank=True)
    iban = models.CharField(max_length=34, blank=True)
    bic = models.CharField(max_length=11, blank=True)

    def __str__(self) -> str:
        return f"{self.entity_id}"


class Letter(models.Model):
    """
    A letter on paper: waits to be printed, was printed, was posted, arrived.

    `content` is what it says, frozen when it was written: the same content is the same PDF, to the
    byte. A registered letter is posted with its number; the proof of delivery is a file beside it.
    """

    class State(models.TextChoices):
        WAITING = "WAITING"
        PRINTED = "PRINTED"
        POSTED = "POSTED"
        TAKEN_OUT = "TAKEN_OUT"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(Customer, on_delete=models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    text_key = models.CharField(max_length=24)
    template = models.CharField(max_length=60)
    language = models.CharField(max_length=2)
    subject = models.CharField(max_length=200)
    address = models.CharField(max_length=400)
    content = models.JSONField()
    is_registered = models.BooleanField(default=False)
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    written_at = models.DateTimeField()
    written_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    printed_at = models.DateTimeField(null=True, blank=True)
    printed_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    posted_date = models.DateField(null=True, blank=True)
    posted_by = models.ForeignKey(
        User, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    registered_number = models.CharField(max_length=40, blank=True)
    delivered_date = models.DateField(null=True, blank=True)
    proof_sha256 = models.CharField(max_length=64, blank=True)
    proof_name = models.CharField(max_length=160, blank=True)
    taken_out_why = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "key"], name="letter_key_once"),
            models.CheckConstraint(
                name="letter_posted_says_when",
                condition=Q(state="POSTED", posted_date__isnull=False, posted_by__isnull=False)
                | (~Q(state="POSTED") & Q(posted_date=None, posted_by=None)),
            ),
            models.CheckConstraint(
                name="letter_registered_has_number",
                condition=~Q(state="POSTED") | Q(is_registered=False) | ~Q(registered_number=""),
            ),
            models.CheckConstraint(
                name="letter_proof_of_what_was_posted",
                condition=Q(proof_sha256="", delivered_date=None) | Q(state="POSTED"),
            ),
            models.CheckConstraint(
                name="letter_taken_out_says_why",
                condition=~Q(state="TAKEN_OUT") | ~Q(taken_out_why=""),
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "state", "written_at"], name="letters_by_state"),
        ]

    def __str__(self) -> str:
        return f"{self.text_key} {self.state}"
