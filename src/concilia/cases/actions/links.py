"""One-action links as rows: for one thing and one person, put into mails, used, taken back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import connection, transaction
from django.utils.translation import gettext_noop as _

from concilia.cases.core import links
from concilia.cases.core.links import Life, LinkEnded, Purpose, Standing
from concilia.cases.models import ActionLink, ApprovalSeat, LinkMail, LinkPaper, Step
from concilia.cases.queries.links import asked_by, is_still_asked, may_sign_by_link
from concilia.correspondence.models import Message
from concilia.foundation import audit, tokens
from concilia.foundation.audit import Act
from concilia.foundation.refusals import Refused
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.models import Arrival

SAID_MAX = 4000
AT_THE_DESK = _("Your company has this signed at the desk: please log in.")
HOLDERS = {"customer": Purpose.TELL, "third": Purpose.PROVE}


class LinkRefused(Refused):
    """A link cannot be made, or taken back; the message says why."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """Whom a link is for: a colleague, or an address outside with the language spoken there."""

    member: Membership | None = None
    address: str = ""
    name: str = ""
    language: str = "en"


def colleague(*, member: Membership) -> Addressee:
    """A colleague as somebody a link is for."""
    user = member.user
    return Addressee(member=member, address=user.email, name=user.name, language=user.language)


def link_to_answer(
    *, step: Step, to: Addressee, at: datetime, by: Membership | None = None
) -> ActionLink:
    """
    The link with which somebody answers a step, inside the caller's transaction.

    The one they have already, while it is good: a reminder carries the same link as the first mail.

    :param by: who asks; None where a rule does
    :raises LinkRefused: if the step is over, or there is no address
    """
    assert connection.in_atomic_block, "a link is made with the mail that carries it"
    locked = Step.objects.select_for_update(no_key=True).get(pk=step.pk)
    purpose = HOLDERS.get(locked.holder, Purpose.RESOLVE)
    member = to.member if purpose is Purpose.RESOLVE else None
    if purpose is Purpose.RESOLVE and member is None:
        raise LinkRefused(_("A colleague's question goes to a colleague."))
    draft = ActionLink(case=step.case, purpose=purpose, step=locked, member=member)
    return _current_or_new(draft, to, by, at)


def link_to_sign(*, seat: ApprovalSeat, to: Membership, at: datetime) -> ActionLink:
    """
    The link with which a member signs from a seat, inside the caller's transaction.

    Whether they may sign is asked when they do, by the same rules as at the desk.

    :raises LinkRefused: if nothing is put to signature there any more, or only at the desk
    """
    assert connection.in_atomic_block, "a link is made with the mail that carries it"
    if not may_sign_by_link(seat=seat, member=to):
        raise LinkRefused(AT_THE_DESK)
    locked = ApprovalSeat.objects.select_for_update(no_key=True).get(pk=seat.pk)
    case = locked.request.case
    draft = ActionLink(case=case, purpose=Purpose.SIGN, seat=locked, member=to)
    return _current_or_new(draft, colleague(member=to), locked.requested_by, at)


def put_into(*, link: ActionLink, message: Message) -> None:
    """Note that a message carries a link, inside the caller's transaction."""
    LinkMail.objects.get_or_create(message=message, defaults={"link": link})


def lock_link(*, link_id: int) -> ActionLink:
    """
    The link with what it asks, locked until the transaction ends; the claim is locked before.

    What it asks is locked first, as whoever makes a link does: two never wait for each other.
    """
    known = ActionLink.objects.get(pk=link_id)
    if known.step_id is not None:
        Step.objects.select_for_update(no_key=True).get(pk=known.step_id)
    elif known.seat_id is not None:
        ApprovalSeat.objects.select_for_update(no_key=True).get(pk=known.seat_id)
    rows = ActionLink.objects.select_for_update(of=("self",), no_key=True)
    kept = ("entity", "case__owner__user", "step", "seat__request", "member__user", "issued_by")
    return rows.select_related(*kept).get(pk=link_id)


def use_up(*, link: ActionLink, said: str, at: datetime) -> None:
    """
    Use a link up inside the caller's transaction, with what was said.

    :raises LinkEnded: if it does nothing any more
    """
    assert connection.in_atomic_block, "a link is used up by the act it allows"
    life = links.use(link.life, still_asked=is_still_asked(link), at=at)
    link.said = said.strip()[:SAID_MAX]
    _keep(link, life, None)


def correct(*, link: ActionLink, said: str, at: datetime) -> None:
    """
    Put right what was said with a link, inside the caller's transaction.

    :raises LinkEnded: if the time to do so is over
    """
    until = links.correctable_until(link.life)
    if until is None or at >= until:
        raise LinkEnded(Standing.USED)
    link.said, link.corrected_at = said.strip()[:SAID_MAX], at
    link.save(update_fields=["said", "corrected_at"])


def add_paper_of(*, link: ActionLink, arrival: Arrival, at: datetime) -> None:
    """Note that a file came by a link, inside the caller's transaction; once."""
    LinkPaper.objects.get_or_create(link=link, arrival=arrival, defaults={"added_at": at})


@transaction.atomic(durable=True)
def revoke_link(*, link_id: int, member: Membership, at: datetime) -> ActionLink:
    """
    Take a link back: whoever opens it is told so.

    :raises LinkRefused: if it has ended already
    """
    link = _of_member(link_id, member)
    try:
        life = links.revoke(link.life, at=at)
    except LinkEnded as ended:
        raise LinkRefused(_("This link has ended already.")) from ended
    _keep(link, life, member)
    act = Act("link.revoked", "case", link.case_id, {"link": link.pk, "name": _shown(link)})
    audit.log(entity_id=link.entity_id, actor=actor_of(member), at=at, acts=[act])
    return link


def replace_link(*, link: ActionLink, member: Membership | None, at: datetime) -> ActionLink:
    """
    Put a new link in the place of one that may be in wrong hands, inside the caller's transaction.

    :raises LinkRefused: if what it asks is over
    """
    if link.state == links.LinkState.OPEN:
        _keep(link, links.supersede(link.life, at=at), member)
    to = Addressee(member=link.member, address=link.address, name=link.name, language=link.language)
    draft = ActionLink(
        case=link.case,
        purpose=link.purpose,
        step=link.step,
        seat=link.seat,
        member=link.member,
    )
    return _current_or_new(draft, to, member, at)


def _of_member(link_id: int, member: Membership) -> ActionLink:
    link = lock_link(link_id=link_id)
    if link.entity_id != member.entity_id:
        raise ActionLink.DoesNotExist
    return link


def _current_or_new(
    draft: ActionLink, to: Addressee, by: Membership | None, at: datetime
) -> ActionLink:
    address = to.address.strip().lower()
    if not address:
        raise LinkRefused(_("There is no address to send a link to."))
    draft.entity_id, draft.address = draft.case.entity_id, address[:254]
    draft.stands_for = asked_by(draft)
    if not is_still_asked(draft):
        raise LinkRefused(_("What the link would ask is over."))
    open_now = ActionLink.objects.select_for_update(no_key=True).filter(
        step=draft.step, seat=draft.seat, address=draft.address, state=links.LinkState.OPEN
    )
    for known in open_now:
        if known.stands_for == draft.stands_for and at < known.expires_at:
            return known
        _keep(known, links.supersede(known.life, at=at), None)
    return _new(draft, to, by, at)


def _new(draft: ActionLink, to: Addressee, by: Membership | None, at: datetime) -> ActionLink:
    draft.name, draft.language = to.name[:160], to.language
    draft.issued_at, draft.issued_by = at, by
    draft.seed = tokens.new_seed()
    draft.token_sha256 = tokens.digest_of(tokens.token_of(draft.seed))
    draft.expires_at = links.issued(Purpose(draft.purpose), at=at).expires_at
    draft.save(force_insert=True)
    return draft


def _keep(link: ActionLink, life: Life, member: Membership | None) -> None:
    link.state, link.ended_at, link.ended_by = life.state, life.ended_at, member
    link.save(update_fields=["state", "ended_at", "ended_by", "said"])


def _shown(link: ActionLink) -> str:
    return link.name or link.address
