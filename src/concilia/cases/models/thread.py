from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.cases.models.cases import Case
from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.documents.models import Document
from concilia.identity.models import Entity, Membership


class CaseMessage(models.Model):
    """
    A message's place in a case's thread, and who may see it.

    Both are filled in by the database, whatever a program says. `lane` repeats the message's own,
    and a foreign key over both columns keeps it so. `side` is `customer` only for what went between
    us and an address of the customer; what is not known to be the customer's is not.
    """

    class Side(models.TextChoices):
        INSIDE = "inside"
        CUSTOMER = "customer"
        THIRD = "third"

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="thread")
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="+")
    lane = models.CharField(max_length=4, choices=Message.Lane.choices, default="", editable=False)
    side = models.CharField(max_length=8, choices=Side.choices, default="", editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="thread_side_of_lane",
                condition=Q(lane="note", side="inside")
                | Q(lane__in=["in", "out"], side__in=["customer", "third"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id}: {self.message_id}"


class CaseDocument(models.Model):
    """A document as evidence in a case: which kind of evidence it is and what it says, quoted."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="documents")
    document = models.ForeignKey(Document, on_delete=models.PROTECT, related_name="+")
    evidence = models.CharField(max_length=8)
    says = models.TextField(blank=True)
    says_language = models.CharField(max_length=2, blank=True)
    added_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "document", "evidence"], name="case_document_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.evidence}"


class Mention(models.Model):
    """Somebody was asked by name in a note."""

    case_message = models.ForeignKey(CaseMessage, on_delete=models.CASCADE, related_name="mentions")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_message", "member"], name="mention_once"),
        ]

    def __str__(self) -> str:
        return f"@{self.member_id}"


class NoteFile(models.Model):
    """A file dropped on a note: a paper of the case."""

    case_message = models.ForeignKey(CaseMessage, on_delete=models.CASCADE, related_name="files")
    paper = models.ForeignKey(CaseDocument, on_delete=models.CASCADE, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case_message", "paper"], name="note_file_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_message_id}: {self.paper_id}"


class Reaction(models.Model):
    """What a colleague thinks of a message, in one sign. It stays inside."""

    class Sign(models.TextChoices):
        AGREED = "agreed"
        SEEN = "seen"
        DONE = "done"
        DOUBT = "doubt"

    case_message = models.ForeignKey(
        CaseMessage, on_delete=models.CASCADE, related_name="reactions"
    )
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    sign = models.CharField(max_length=6, choices=Sign.choices)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case_message", "member", "sign"], name="reaction_once"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_message_id} {self.sign}"


class ThreadRead(models.Model):
    """How far a member has read a case's thread: up to and with the place `upto`."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="readers")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    upto = models.PositiveBigIntegerField()
    read_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "member"], name="thread_read_once"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.member_id} ≤ {self.upto}"


class CustomerLane(models.Model):
    """
    What a customer may read of a case: a view of the database that holds nothing else.

    Whatever shows a conversation to outsiders reads from here and nowhere else.
    """

    id = models.BigIntegerField(primary_key=True)
    entity = models.ForeignKey(Entity, on_delete=models.DO_NOTHING, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.DO_NOTHING, related_name="+")
    customer = models.ForeignKey(Customer, on_delete=models.DO_NOTHING, related_name="+")
    lane = models.CharField(max_length=4)
    sender_name = models.CharField(max_length=160)
    subject = models.CharField(max_length=400)
    body = models.TextField()
    language = models.CharField(max_length=2)
    written_at = models.DateTimeField()
    is_redacted = models.BooleanField()

    class Meta:
        managed = False
        db_table = "cases_customerlane"

    def __str__(self) -> str:
        return f"{self.case_id} {self.lane}"
