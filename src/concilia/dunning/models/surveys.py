from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.cases.models import Case
from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.dunning.models.promises import Promise
from concilia.identity.models import Entity


class Survey(models.Model):
    """
    Two questions to a customer after a case closed or a promise was kept; answered once, by link.

    `score` is 1 to 5. As of every link, only the seed and the digest of its token are kept.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    customer = models.ForeignKey(
        Customer, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    case = models.OneToOneField(
        Case, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    promise = models.OneToOneField(
        Promise, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="+")
    language = models.CharField(max_length=2)
    seed = models.CharField(max_length=32)
    token_sha256 = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    score = models.PositiveSmallIntegerField(null=True, blank=True)
    words = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="survey_about_one_thing",
                condition=Q(case__isnull=False, promise=None) | Q(case=None, promise__isnull=False),
            ),
            models.CheckConstraint(
                name="survey_answered_with_a_score",
                condition=Q(score=None, answered_at=None, words="")
                | Q(score__gte=1, score__lte=5, answered_at__isnull=False),
            ),
            models.CheckConstraint(
                name="survey_ends_later", condition=Q(expires_at__gt=F("asked_at"))
            ),
        ]
        indexes = [
            models.Index(fields=["customer", "-asked_at"], name="surveys_newest"),
            models.Index(fields=["entity", "-asked_at"], name="surveys_of_entity"),
        ]

    def __str__(self) -> str:
        return f"{self.customer_id} {self.score}"
