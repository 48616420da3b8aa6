"""Mails that answer ours, and mails that say ours did not arrive."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final

from concilia.cases.actions.deliveries import record_arrival
from concilia.cases.models import ActionLink, CaseMessage
from concilia.cases.queries.links import link_in
from concilia.claims.actions.asking import receive_reply
from concilia.claims.actions.link_replies import take_colleagues_reply
from concilia.claims.models import Claim
from concilia.claims.queries.links import find_customer_of_sender
from concilia.claims.queries.recognition import case_numbers_in, ids_in
from concilia.correspondence.actions import record_bounce
from concilia.correspondence.models import Message
from concilia.foundation.blobs import read_blob
from concilia.intake.actions import mark_arrival
from concilia.intake.models import Arrival
from concilia.interfaces.worker.notice_links import links_in, mails_named

OUR_MESSAGE_ID: Final = re.compile(rb"<[^<>\s]{1,200}@[a-z0-9_-]{1,20}\.concilia>", re.IGNORECASE)
STATUS: Final = re.compile(rb"^(?:status|diagnostic-code):[ \t]*([^\r\n]{1,300})", re.I | re.M)
DELAYED: Final = re.compile(rb"^action:[ \t]*delayed|^status:[ \t]*4\.", re.I | re.M)
FAILED: Final = re.compile(rb"^action:[ \t]*failed|^status:[ \t]*5\.", re.I | re.M)
NAMED_MAX: Final = 20
ONE: Final = 1
SENT_BY_US: Final = (Message.Lane.OUT, Message.Lane.TEAM)


def claim_answered_by(arrival: Arrival) -> Claim | None:
    """
    This will be the claim an incoming mail answers about; None where that is not certain.

    It answers a message of ours by its In-Reply-To, or names a case in its subject. Either way the
    writer must be whom we wrote to or the case's own customer: a number is easily guessed.
    """
    mail = arrival.message
    if mail is None:
        return None
    return _by_message(mail) or _by_number(mail)


def take_reply(arrival: Arrival, claim: Claim, at: datetime) -> None:
    """This will put a reply into the thread of its claim; the second time it is there already."""
    assert arrival.message_id is not None
    if not CaseMessage.objects.filter(message=arrival.message_id).exists():
        receive_reply(claim_id=claim.pk, message_id=arrival.message_id, at=at)
    mark_arrival(arrival_id=arrival.pk, state=Arrival.State.DONE, outcome="answered", at=at)


def take_link_reply(arrival: Arrival, at: datetime) -> bool:
    """
    This will take a colleague's answer to a mail that carried their link, and say whether it was.

    It must come from the address the link went to, and answer that very message: its Message-ID
    holds a number nobody guesses. Outsiders' answers join the thread as any other.
    """
    mail = arrival.message
    if mail is None or not mail.in_reply_to:
        return False
    ours = _message_answered(mail)
    link = link_in(ours.pk) if ours else _link_of_notice(mail)
    if link is None or link.member_id is None or mail.sender.lower().strip() != link.address:
        return False
    take_colleagues_reply(link_id=link.pk, arrival_id=arrival.pk, at=at)
    return True


def _link_of_notice(mail: Message) -> ActionLink | None:
    """The one thing that the mail to a member asked which this one answers; None of several."""
    mails = mails_named(mail.entity_id, ids_in(mail.in_reply_to))
    links = [link for row in mails for link in links_in(row)]
    return links[0] if len(links) == ONE else None


def take_bounce(arrival: Arrival, at: datetime) -> None:
    """
    This will mark what did not arrive, and whom nobody can reach.

    Only a report about a message of ours counts, recognised by its own Message-ID, and only what
    failed for good: a forged report cannot silence an address we never wrote to.
    """
    content = read_blob(sha256=arrival.blob_id)
    is_for_good = not (DELAYED.search(content) and not FAILED.search(content))
    names = {found.decode().lower() for found in OUR_MESSAGE_ID.findall(content)[:NAMED_MAX]}
    if is_for_good and names:
        told = STATUS.findall(content)
        reason = told[-1].decode("utf-8", "replace").strip() if told else "no reason given"
        ours = Message.objects.filter(
            entity_id=arrival.entity_id, lane__in=SENT_BY_US, state="SENT"
        )
        for message in ours.filter(message_id__in=names):
            error = f"It came back undelivered: {reason}"
            record_bounce(message_id=message.pk, error=error, at=at)
        _bounce_notices(arrival.entity_id, names, f"It came back undelivered: {reason}", at)
    mark_arrival(arrival_id=arrival.pk, state=Arrival.State.NOTHING_TO_DO, outcome="bounce", at=at)


def _bounce_notices(entity_id: int, names: set[str], error: str, at: datetime) -> None:
    """Mails to our own people that did not arrive either."""
    for row in mails_named(entity_id, names):
        record_arrival(delivery_id=row.pk, arrived=False, error=error, at=at)


def _by_message(mail: Message) -> Claim | None:
    if not mail.in_reply_to:
        return None
    ours = _message_answered(mail)
    if ours is None or not _is_from_whom_we_wrote_to(mail, ours):
        return None
    place = CaseMessage.objects.filter(message=ours).first()
    return Claim.objects.filter(case=place.case_id).first() if place else None


def _message_answered(mail: Message) -> Message | None:
    return Message.objects.filter(
        entity_id=mail.entity_id, lane__in=SENT_BY_US, message_id__in=ids_in(mail.in_reply_to)
    ).first()


def _by_number(mail: Message) -> Claim | None:
    numbers = case_numbers_in(mail.subject)
    if len(numbers) != 1:
        return None
    claim = Claim.objects.filter(entity_id=mail.entity_id, case__number=numbers.pop()).first()
    if claim is None:
        return None
    writer = find_customer_of_sender(entity_id=mail.entity_id, sender=mail.sender)
    return claim if writer and writer.pk == claim.customer_id else None


def _is_from_whom_we_wrote_to(mail: Message, ours: Message) -> bool:
    sender, written_to = mail.sender.lower().strip(), ours.recipient.lower().strip()
    if sender == written_to:
        return True
    writer = find_customer_of_sender(entity_id=mail.entity_id, sender=sender)
    return bool(writer and writer.pk == ours.customer_id)
