from __future__ import annotations

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower


class Language(models.TextChoices):
    ENGLISH = "en", "English"
    ITALIAN = "it", "Italiano"
    FRENCH = "fr", "Français"
    SPANISH = "es", "Español"
    GERMAN = "de", "Deutsch"


class Department(models.TextChoices):
    """Owner departments of domain.md §2.4."""

    ACCOUNTING = "ACC"
    LOGISTICS = "LOG"
    TECHNICAL = "TEC"
    SALES = "SAL"
    TRADE_MARKETING = "TRM"
    QUALITY = "QUA"
    TAX = "TAX"
    TREASURY = "TRE"
    LEGAL = "LEG"
    CREDIT = "CRD"
    CUSTOMER_CARE = "CUS"


class Role(models.TextChoices):
    """What a member may do. Limits on amounts come from `Membership.level`, not from the role."""

    CLERK = "clerk"
    RESOLVER = "resolver"
    APPROVER = "approver"
    ADMIN = "admin"
    AUDITOR = "auditor"


class Entity(models.Model):
    """
    A creditor: the company whose receivables these are. Every business row belongs to one.

    `erp_settings` are read as they are; passwords among them are kept sealed, in `erp_secrets`.
    """

    code = models.SlugField(max_length=20, unique=True)
    name = models.CharField(max_length=120)
    legal_name = models.CharField(max_length=200)
    country = models.CharField(max_length=2)
    currency = models.CharField(max_length=3)
    language = models.CharField(max_length=2, choices=Language.choices)
    timezone = models.CharField(max_length=40)
    vat_number = models.CharField(max_length=20, blank=True)
    email = models.EmailField(blank=True)
    erp = models.CharField(max_length=40, default="folder")
    settings = models.JSONField(default=dict, blank=True)
    erp_settings = models.JSONField(default=dict, blank=True)
    erp_secrets = models.JSONField(default=dict, blank=True)
    next_case_number = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="entity_currency_is_iso", condition=Q(currency__regex="^[A-Z]{3}$")
            ),
        ]

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    def create_user(self, email: str, password: str | None = None, **fields: str) -> User:
        user = self.model(email=self.normalize_email(email).lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user


class User(AbstractBaseUser):
    """A person who logs in with an e-mail address. What they may do hangs on their memberships."""

    email = models.EmailField(unique=True)
    name = models.CharField(max_length=120)
    language = models.CharField(max_length=2, choices=Language.choices, default=Language.ENGLISH)
    theme = models.CharField(
        max_length=6,
        choices=[("system", "system"), ("light", "light"), ("dark", "dark")],
        default="system",
    )
    is_active = models.BooleanField(default=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_once")]

    def __str__(self) -> str:
        return self.name

    @property
    def initials(self) -> str:
        return "".join(word[0] for word in self.name.split()[:2]).upper()


class Membership(models.Model):
    """A seat in an entity: role, department, and authority level L0–L6 of domain.md §8.1."""

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=10, choices=Role.choices)
    department = models.CharField(max_length=3, choices=Department.choices)
    level = models.PositiveSmallIntegerField(default=1)
    is_active = models.BooleanField(default=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["entity", "user"], name="membership_once"),
            models.CheckConstraint(name="membership_level_known", condition=Q(level__lte=6)),
        ]

    def __str__(self) -> str:
        return f"{self.user_id}@{self.entity_id} {self.role}"


class Absence(models.Model):
    """While `member` is away, `delegate` may sign for them, up to the lower of both limits."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    delegate = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    starts_date = models.DateField()
    ends_date = models.DateField()
    reason = models.CharField(max_length=200, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="absence_dates_in_order", condition=Q(ends_date__gte=F("starts_date"))
            ),
            models.CheckConstraint(
                name="absence_not_to_oneself", condition=~Q(member=F("delegate"))
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}→{self.delegate_id}"


class Delegation(models.Model):
    """
    From `starts_date` to `ends_date` `delegate` may sign for `member`, too, within what was left
    to them (domain.md §8.4): `acts` (empty is all) up to `limit_minor`.

    `WHEN_LATE` counts for a signature only once half of its time has passed. At most 60 days, no
    chains and no circles: the database refuses them (trigger `delegation_no_chain`).
    """

    class Way(models.TextChoices):
        MANUAL = "MANUAL"
        WHEN_LATE = "WHEN_LATE"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    delegate = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    way = models.CharField(max_length=9, choices=Way.choices, default=Way.MANUAL)
    acts = models.JSONField(default=list, blank=True)
    limit_minor = models.BigIntegerField(null=True, blank=True)
    starts_date = models.DateField()
    ends_date = models.DateField()
    reason = models.CharField(max_length=200)
    given_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="delegation_dates_in_order", condition=Q(ends_date__gte=F("starts_date"))
            ),
            models.CheckConstraint(
                name="delegation_not_to_oneself", condition=~Q(member=F("delegate"))
            ),
            models.CheckConstraint(
                name="delegation_limit_not_negative",
                condition=Q(limit_minor__isnull=True) | Q(limit_minor__gte=0),
            ),
        ]
        indexes = [
            models.Index(
                fields=["entity", "ends_date"], name="delegations_open", condition=Q(ended_at=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.member_id}→{self.delegate_id}"


class ApiToken(models.Model):
    """
    A key for programs: acts as one member, within scopes; only the secret's digest is kept.

    `issued_by` is null where it was not noted yet: such a token does not sign.
    """

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="+")
    issued_by = models.ForeignKey(
        Membership, on_delete=models.CASCADE, null=True, blank=True, related_name="+"
    )
    name = models.CharField(max_length=80)
    secret_sha256 = models.CharField(max_length=64, unique=True)
    scopes = models.JSONField(default=list)
    created_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return self.name

    @property
    def is_own(self) -> bool:
        """Whether the member let the program act for them; else an administrator did."""
        return self.issued_by_id == self.member_id


class Webhook(models.Model):
    """An address of another program that is told of what happens; `secret` is kept sealed."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    url = models.CharField(max_length=500)
    kinds = models.JSONField(default=list)
    secret = models.TextField()
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"webhook {self.pk}"


class WebhookDelivery(models.Model):
    """
    One thing one program is told: a row from the moment it is true until it is told or given up.

    `key` names what happened; the same for all who are told of it, and each time it is sent again.
    """

    class State(models.TextChoices):
        WAITING = "WAITING"
        DELIVERED = "DELIVERED"
        GIVEN_UP = "GIVEN_UP"

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    key = models.CharField(max_length=64)
    kind = models.CharField(max_length=40)
    body = models.TextField()
    state = models.CharField(max_length=9, choices=State.choices, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    status = models.PositiveSmallIntegerField(null=True, blank=True)
    error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    next_attempt_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["webhook", "key"], name="webhook_told_once"),
            models.CheckConstraint(
                name="webhook_delivery_waits_or_ended",
                condition=Q(state="WAITING", next_attempt_at__isnull=False, ended_at__isnull=True)
                | (~Q(state="WAITING") & Q(next_attempt_at__isnull=True, ended_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["webhook", "-created_at"]),
            models.Index(
                fields=["next_attempt_at"], name="webhook_due", condition=Q(state="WAITING")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key}"


class SavedView(models.Model):
    """A person's named filter of a list: `query` is the list's query string."""

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="+")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="+")
    page = models.CharField(max_length=30)
    name = models.CharField(max_length=60)
    query = models.CharField(max_length=1000)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "user", "page", "name"], name="saved_view_once"
            ),
        ]

    def __str__(self) -> str:
        return self.name
