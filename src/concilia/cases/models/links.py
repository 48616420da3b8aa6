from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from concilia.cases.core.links import Life, LinkState, Purpose
from concilia.cases.models.approvals import ApprovalSeat
from concilia.cases.models.cases import Case, Step
from concilia.correspondence.models import Message
from concilia.identity.models import Entity, Language, Membership
from concilia.intake.models import Arrival


class ActionLink(models.Model):
    """
    A link that lets one person do one thing without logging in.

    `stands_for` is the digest of what was asked: a link asks nothing else later. Of the token only
    `token_sha256` is kept; with `seed` and the secret key it can be written into a mail again.
    `member` is the colleague it was sent to; others have an `address` and nothing more.
    """

    entity = models.ForeignKey(Entity, on_delete=models.PROTECT, related_name="+")
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="links")
    purpose = models.CharField(max_length=8, choices=[(one.value, one.value) for one in Purpose])
    step = models.ForeignKey(
        Step, on_delete=models.PROTECT, null=True, blank=True, related_name="links"
    )
    seat = models.ForeignKey(
        ApprovalSeat, on_delete=models.PROTECT, null=True, blank=True, related_name="links"
    )
    member = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    address = models.CharField(max_length=254)
    name = models.CharField(max_length=160, blank=True)
    language = models.CharField(max_length=2, choices=Language.choices)
    stands_for = models.CharField(max_length=64)
    seed = models.CharField(max_length=32, unique=True)
    token_sha256 = models.CharField(max_length=64, unique=True)
    state = models.CharField(
        max_length=10,
        choices=[(one.value, one.value) for one in LinkState],
        default=LinkState.OPEN.value,
    )
    issued_at = models.DateTimeField()
    issued_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    expires_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)
    ended_by = models.ForeignKey(
        Membership, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    said = models.TextField(blank=True)
    corrected_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="link_asks_one_thing",
                condition=Q(step__isnull=False, seat__isnull=True)
                | Q(step__isnull=True, seat__isnull=False),
            ),
            models.CheckConstraint(
                name="link_signs_as_a_member",
                condition=Q(purpose="sign", seat__isnull=False, member__isnull=False)
                | Q(purpose="resolve", step__isnull=False, member__isnull=False)
                | Q(purpose__in=["prove", "tell"], step__isnull=False, member__isnull=True),
            ),
            models.CheckConstraint(
                name="link_ended_says_when",
                condition=Q(state="OPEN", ended_at__isnull=True)
                | (~Q(state="OPEN") & Q(ended_at__isnull=False)),
            ),
            models.CheckConstraint(
                name="link_used_in_time",
                condition=~Q(state="USED") | Q(ended_at__lt=F("expires_at")),
            ),
            models.UniqueConstraint(
                fields=["step", "address"], name="link_open_once", condition=Q(state="OPEN")
            ),
            models.UniqueConstraint(
                fields=["seat", "address"], name="link_to_sign_open_once", condition=Q(state="OPEN")
            ),
            models.UniqueConstraint(
                fields=["seat"], name="link_signed_once", condition=Q(state="USED")
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.purpose} {self.state}"

    @property
    def life(self) -> Life:
        """What time and people have made of it, as the rules see it."""
        return Life(Purpose(self.purpose), self.expires_at, LinkState(self.state), self.ended_at)


class LinkMail(models.Model):
    """A message that carries a link: its address is written in when the message leaves."""

    link = models.ForeignKey(ActionLink, on_delete=models.CASCADE, related_name="mails")
    message = models.OneToOneField(Message, on_delete=models.PROTECT, related_name="+")

    def __str__(self) -> str:
        return f"{self.link_id} in {self.message_id}"


class LinkPaper(models.Model):
    """A file that came by a link; the reader makes a paper of the case of it."""

    link = models.ForeignKey(ActionLink, on_delete=models.CASCADE, related_name="papers")
    arrival = models.ForeignKey(Arrival, on_delete=models.PROTECT, related_name="+")
    added_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["link", "arrival"], name="link_paper_once"),
        ]

    def __str__(self) -> str:
        return f"{self.link_id}: {self.arrival_id}"
