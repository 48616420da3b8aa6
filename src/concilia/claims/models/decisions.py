from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.cases.models import ApprovalRequest
from concilia.claims.models.claims import Claim
from concilia.identity.models import Membership
from concilia.ledger.models import JournalEntry, Posting


class StoredVerdict(models.Model):
    """
    What the rules computed, with the facts they saw and their versions.

    `replay` runs the same rule version over `facts` and must give `result` again, byte for byte.
    """

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="verdicts")
    version = models.PositiveIntegerField()
    outcome = models.CharField(max_length=12)
    currency = models.CharField(max_length=3)
    valid_minor = models.BigIntegerField()
    not_valid_minor = models.BigIntegerField()
    facts = models.JSONField()
    result = models.JSONField()
    facts_sha256 = models.CharField(max_length=64)
    computed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "version"], name="verdict_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} v{self.version} {self.outcome}"


class Decision(models.Model):
    """What a person proposed and, once approved, what was decided, line by line in `lines`."""

    class State(models.TextChoices):
        PROPOSED = "PROPOSED"
        IN_APPROVAL = "IN_APPROVAL"
        APPROVED = "APPROVED"
        RETURNED = "RETURNED"

    claim = models.ForeignKey(Claim, on_delete=models.PROTECT, related_name="decisions")
    version = models.PositiveIntegerField()
    outcome = models.CharField(max_length=10)
    state = models.CharField(max_length=11, choices=State.choices)
    currency = models.CharField(max_length=3)
    approved_minor = models.BigIntegerField()
    denied_minor = models.BigIntegerField()
    lines = models.JSONField()
    resolution = models.CharField(max_length=30)
    reason = models.TextField(blank=True)
    denial_ground = models.CharField(max_length=40, blank=True)
    letter_to = models.CharField(max_length=254, blank=True)
    letter_language = models.CharField(max_length=2, blank=True)
    letter_subject = models.CharField(max_length=400, blank=True)
    letter_body = models.TextField(blank=True)
    proposed_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    approval = models.OneToOneField(
        ApprovalRequest, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    proposed_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "version"], name="decision_version_once"),
            models.CheckConstraint(
                name="decision_amounts_not_negative",
                condition=Q(approved_minor__gte=0, denied_minor__gte=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.claim_id} v{self.version} {self.outcome}"


class Settlement(models.Model):
    """How a decision became an entry and an ERP document: once per decision and kind."""

    decision = models.ForeignKey(Decision, on_delete=models.PROTECT, related_name="settlements")
    kind = models.CharField(max_length=30)
    currency = models.CharField(max_length=3)
    amount_minor = models.BigIntegerField()
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="+")
    posting = models.OneToOneField(
        Posting, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "kind"], name="settlement_once"),
            models.CheckConstraint(name="settlement_positive", condition=Q(amount_minor__gt=0)),
        ]

    def __str__(self) -> str:
        return f"{self.decision_id} {self.kind}"


class MergeProposal(models.Model):
    """Two claims that look like one event (R-2.1). While open, neither can be approved."""

    class State(models.TextChoices):
        OPEN = "OPEN"
        MERGED = "MERGED"
        APART = "APART"

    claim = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="merge_proposals")
    twin = models.ForeignKey(Claim, on_delete=models.CASCADE, related_name="+")
    why = models.JSONField(default=list)
    score_bp = models.PositiveIntegerField()
    state = models.CharField(max_length=6, choices=State.choices, default=State.OPEN)
    proposed_at = models.DateTimeField()
    settled_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["claim", "twin"], name="merge_proposal_once"),
            models.CheckConstraint(name="merge_of_two", condition=~Q(claim=F("twin"))),
        ]
        indexes = [models.Index(fields=["twin"])]

    def __str__(self) -> str:
        return f"{self.claim_id} = {self.twin_id}"
