from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.dunning.models.plans import Settlement
from concilia.identity.models import User
from concilia.ledger.models import JournalEntry, Posting
from concilia.receivables.models import OpenItem


class WaiverSignature(models.Model):
    """
    Who signed that what a paid settlement gives up is written off (domain.md A18, SoD-7).

    `round` counts on when the money went back and the settlement was paid anew.
    """

    settlement = models.ForeignKey(
        Settlement, on_delete=models.CASCADE, related_name="signatures", db_index=False
    )
    round = models.PositiveSmallIntegerField(default=1)
    signed_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    signed_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "round", "signed_by"], name="waiver_signed_once_by_each"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id}: {self.signed_by_id}"


class Waiver(models.Model):
    """
    What of an item a settlement gave up, as it was written off in the ledger.

    `taken_back` is the entry that reversed it: the money of the settlement went back.
    """

    settlement = models.ForeignKey(
        Settlement, on_delete=models.PROTECT, related_name="waivers", db_index=False
    )
    item = models.ForeignKey(OpenItem, on_delete=models.PROTECT, related_name="+")
    round = models.PositiveSmallIntegerField(default=1)
    amount_minor = models.BigIntegerField()
    entry = models.OneToOneField(JournalEntry, on_delete=models.PROTECT, related_name="+")
    posting = models.OneToOneField(Posting, on_delete=models.PROTECT, related_name="+")
    taken_back = models.OneToOneField(
        JournalEntry, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "item", "round"], name="waiver_once_by_item"
            ),
            models.CheckConstraint(name="waiver_positive", condition=Q(amount_minor__gt=0)),
            models.CheckConstraint(
                name="waiver_reversed_by_another_entry",
                condition=Q(taken_back=None) | ~Q(taken_back=F("entry")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.settlement_id} → {self.item_id}: {self.amount_minor}"
