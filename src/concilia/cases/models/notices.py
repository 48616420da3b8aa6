from __future__ import annotations

from django.db import models
from django.db.models import Q

from concilia.cases.models.cases import Case
from concilia.identity.models import Entity, Membership

DIGEST_HOUR = 7


class NoticeKind(models.TextChoices):
    """What a member is told about."""

    MENTION = "mention"
    MESSAGE = "message"
    STEP = "step"
    APPROVAL = "approval"
    REMINDER = "reminder"
    LATE = "late"
    ESCALATION = "escalation"
    HANDED_OVER = "handed-over"
    WATCHED = "watched"
    INFORMED = "informed"


class Notice(models.Model):
    """
    Something a member is told, once: `key` names what happened, and the same is not said again.

    `facts` are the values its sentence is made of, in the reader's language. `mail_due_at` and
    `text_due_at` say when it leaves by mail and as a short message if it was not seen before; null:
    not at all. What is due at the same moment leaves together. `mailed_at` and `texted_at` say when
    it was put into one.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(
        Membership, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    case = models.ForeignKey(
        Case, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    facts = models.JSONField(default=dict)
    key = models.CharField(max_length=120)
    raised_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True, blank=True)
    mail_due_at = models.DateTimeField(null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    text_due_at = models.DateTimeField(null=True, blank=True)
    texted_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "key"], name="notice_once"),
            models.CheckConstraint(
                name="notice_kind_known", condition=Q(kind__in=NoticeKind.values)
            ),
        ]
        indexes = [
            models.Index(
                fields=["person", "-raised_at"],
                name="notices_unseen",
                condition=Q(seen_at=None),
            ),
            models.Index(
                fields=["mail_due_at"],
                name="notices_to_mail",
                condition=Q(mail_due_at__isnull=False, mailed_at=None, seen_at=None),
            ),
            models.Index(
                fields=["text_due_at"],
                name="notices_to_text",
                condition=Q(text_due_at__isnull=False, texted_at=None, seen_at=None),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} → {self.person_id}"


class NoticePreference(models.Model):
    """How a member hears of one kind of notice besides the desk; the usual way without a row."""

    class Mail(models.TextChoices):
        NOW = "now"
        DIGEST = "digest"
        NEVER = "never"

    class Sms(models.TextChoices):
        NOW = "now"
        NEVER = "never"

    person = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    kind = models.CharField(max_length=12, choices=NoticeKind.choices)
    mail = models.CharField(max_length=6, choices=Mail.choices)
    sms = models.CharField(max_length=5, choices=Sms.choices, default=Sms.NEVER)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["person", "kind"], name="notice_preference_once"),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.kind}: {self.mail} {self.sms}"


class NoticeHabit(models.Model):
    """
    Where and when a member is reached: mobile number, and the hour of the daily digest.

    `phone` in international form (`+39…`), empty for none. `time_zone` empty: the entity's.
    """

    person = models.OneToOneField(Membership, on_delete=models.CASCADE, related_name="+")
    phone = models.CharField(max_length=16, blank=True)
    time_zone = models.CharField(max_length=40, blank=True)
    digest_hour = models.PositiveSmallIntegerField(default=DIGEST_HOUR)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_digest_hour_of_day", condition=Q(digest_hour__lt=24)
            ),
            models.CheckConstraint(
                name="notice_phone_is_international",
                condition=Q(phone="") | Q(phone__regex=r"^\+[1-9][0-9]{6,14}$"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} {self.phone}"


class NoticeDelivery(models.Model):
    """
    Notices on their way to one member by one channel, as one message, and how that went.

    SENT: the carrier took it. DELIVERED: the carrier says that it arrived; mail servers do not say.
    FAILED: for good; `error` says why in a sentence.
    """

    class State(models.TextChoices):
        QUEUED = "QUEUED"
        SENT = "SENT"
        DELIVERED = "DELIVERED"
        FAILED = "FAILED"

    class Channel(models.TextChoices):
        EMAIL = "email"
        SMS = "sms"

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    person = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    channel = models.CharField(max_length=5, choices=Channel.choices)
    key = models.CharField(max_length=64, unique=True)
    recipient = models.CharField(max_length=254)
    subject = models.CharField(max_length=200, blank=True)
    body = models.TextField()
    language = models.CharField(max_length=2)
    notices = models.PositiveIntegerField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)
    reference = models.CharField(max_length=120, blank=True)
    written_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="notice_delivery_waits_or_left",
                condition=Q(state="QUEUED", next_attempt_at__isnull=False)
                | (~Q(state="QUEUED") & Q(next_attempt_at=None)),
            ),
        ]
        indexes = [
            models.Index(fields=["entity", "-written_at"]),
            models.Index(
                fields=["next_attempt_at"],
                name="notice_deliveries_due",
                condition=Q(state="QUEUED"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.channel} {self.key} {self.state}"
