from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.identity.models import Entity, Language, Membership


class OwnText(models.Model):
    """
    A company's own wording of a text of collections: one version of it, for one way and language.

    It takes the place of the one that came with the product once somebody else than its writer
    published it. Only texts that pass the lints are kept at all. Published versions stand.
    """

    class State(models.TextChoices):
        DRAFT = "DRAFT"
        PUBLISHED = "PUBLISHED"
        RETIRED = "RETIRED"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    key = models.CharField(max_length=24)
    way = models.CharField(max_length=8)
    language = models.CharField(max_length=2, choices=Language.choices)
    version = models.PositiveIntegerField()
    subject = models.CharField(max_length=150, blank=True)
    body = models.TextField()
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=9, choices=State.choices, default=State.DRAFT)
    written_by = models.ForeignKey(Membership, on_delete=models.PROTECT, related_name="+")
    written_at = models.DateTimeField()
    published_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True)
    retired_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "key", "way", "language", "version"], name="own_text_version_once"
            ),
            models.UniqueConstraint(
                fields=["entity", "key", "way", "language"],
                name="own_text_one_draft",
                condition=Q(state="DRAFT"),
            ),
            models.UniqueConstraint(
                fields=["entity", "key", "way", "language"],
                name="own_text_one_in_force",
                condition=Q(state="PUBLISHED"),
            ),
            models.CheckConstraint(
                name="own_text_four_eyes",
                condition=Q(state="DRAFT", published_by=None, published_at=None)
                | (
                    ~Q(state="DRAFT")
                    & Q(published_by__isnull=False, published_at__isnull=False)
                    & ~Q(published_by=F("written_by"))
                ),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.way} {self.language} {self.version}"
