"""Links by their tokens, what they ask, and who has one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Final

from django.conf import settings

from concilia.cases.core.link_signing import SETTING, read_setting
from concilia.cases.core.links import LinkState, Purpose, Standing, standing
from concilia.cases.models import ActionLink, ApprovalRequest, ApprovalSeat, LinkMail, Step
from concilia.foundation import tokens
from concilia.identity.models import Membership
from concilia.kernel.hashing import sha256_of

# Where messages wait, and where people read them again, the token is left out.
LEFT_OUT: Final = "/a/…"


def find_link(token: str) -> ActionLink | None:
    """
    The link of a token; None where it is none of ours.

    A forged one is refused before the database is asked anything.
    """
    if tokens.seed_of(token) is None:
        return None
    rows = ActionLink.objects.select_related(
        "entity",
        "case__owner__user",
        "case__customer",
        "step__done_by__user",
        "seat__request",
        "seat__requested_by__user",
        "seat__signed_by__user",
        "member__user",
        "issued_by__user",
    )
    return rows.filter(token_sha256=tokens.digest_of(token)).first()


def standing_of_link(link: ActionLink, at: datetime) -> Standing:
    """What a link is good for now."""
    return standing(link.life, still_asked=is_still_asked(link), at=at)


def is_still_asked(link: ActionLink) -> bool:
    """Whether what a link was sent for is still asked, unchanged, of somebody who works here."""
    if link.member is not None and not link.member.is_active:
        return False
    if link.step is not None:
        is_open = link.step.state == Step.State.OPEN and link.case.closed_at is None
    else:
        assert link.seat is not None, "a link asks for an answer or for a signature"
        request = link.seat.request
        is_open = request.state == ApprovalRequest.State.OPEN and link.seat.is_open
    return is_open and asked_by(link) == link.stands_for


def asked_by(link: ActionLink) -> str:
    """The digest of what a link asks, as it stands now."""
    if link.step is not None:
        step = link.step
        return sha256_of(["step", step.pk, step.kind, step.evidence, step.holder, step.question])
    assert link.seat is not None, "a link asks for an answer or for a signature"
    request = link.seat.request
    return sha256_of(["seat", link.seat.pk, request.version, request.content_sha256])


def may_sign_by_link(*, seat: ApprovalSeat, member: Membership) -> bool:
    """Whether the company lets a member sign from a seat by a link, instead of at the desk."""
    request, entity = seat.request, member.entity
    allowed = read_setting(entity.settings.get(SETTING))
    if allowed.up_to_minor is not None and request.currency != entity.currency:
        return False
    return allowed.allows(level=member.level, minor=request.amount_minor)


def place_of_link() -> str:
    """The address of a link as a message keeps it: without its token."""
    return f"{settings.BASE_URL}{LEFT_OUT}"


def address_of_link(link: ActionLink) -> str:
    """The whole address of a link, for the moment a message leaves; it is kept nowhere."""
    return f"{settings.BASE_URL}/a/{tokens.token_of(link.seed)}"


def with_addresses(*, message_id: int, body: str) -> str:
    """The words of a message as they leave: with the address of the link it carries, if any."""
    if LEFT_OUT not in body:
        return body
    carried = LinkMail.objects.filter(message=message_id).select_related("link").first()
    return body.replace(place_of_link(), address_of_link(carried.link)) if carried else body


def link_in(message_id: int) -> ActionLink | None:
    """The link a message of ours carried."""
    rows = LinkMail.objects.filter(message=message_id)
    carried = rows.select_related("link__case", "link__step", "link__seat__request").first()
    return carried.link if carried else None


def open_links_of(*, case_id: int, at: datetime) -> Sequence[ActionLink]:
    """Who may act about a case by a link now, in the order they were asked."""
    rows = (
        ActionLink.objects.filter(case=case_id, state=LinkState.OPEN, expires_at__gt=at)
        .select_related("case", "step", "seat__request", "member__user")
        .order_by("issued_at", "pk")
    )
    return [link for link in rows if is_still_asked(link)]


def mail_states(links: Sequence[int]) -> Mapping[int, str]:
    """What became of the newest mail of each link, by the link's key. One statement."""
    rows = LinkMail.objects.filter(link__in=links).order_by("pk")
    return dict(rows.values_list("link_id", "message__state"))


def is_to_sign(link: ActionLink) -> bool:
    """Whether a link is for a signature."""
    return link.purpose == Purpose.SIGN
