from __future__ import annotations

from django.db import models

from concilia.cases.models.cases import Case
from concilia.correspondence.models import Message
from concilia.documents.models import Document
from concilia.identity.models import Membership


class CaseMessage(models.Model):
    """A message's place in a case's thread."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="thread")
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="+")

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
