from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cash.actions.deciding import lock_entry
from concilia.cash.actions.posting import PostingRefused
from concilia.cash.core.questions import question_keys
from concilia.correspondence.actions import Outgoing, queue_message
from concilia.correspondence.core.policy import Purpose
from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of

TEMPLATE: Final = "payment_question"


@dataclass(frozen=True, slots=True, kw_only=True)
class PaymentQuestion:
    """What a payer is asked, in the words of the person who asks."""

    customer_id: int
    to: str
    subject: str
    text: str


@transaction.atomic(durable=True)
def ask_about_payment(
    *, bank_entry_id: int, question: PaymentQuestion, member: Membership, at: datetime
) -> Message:
    """
    Ask the customer what a payment is for; the contact policy may withhold it, visibly.

    :raises PostingRefused: if there are no words, no address, no such customer, or it was asked
        often enough
    """
    entry = lock_entry(bank_entry_id, member)
    customer = Customer.objects.filter(pk=question.customer_id, entity_id=member.entity_id).first()
    if customer is None:
        raise PostingRefused(_("Choose the customer first."))
    if not question.text.strip() or not question.subject.strip():
        raise PostingRefused(_("A question needs words."))
    if not question.to.strip():
        raise PostingRefused(_("Say to which address the question goes."))
    key = _free_key(entry.pk, member.entity_id)
    outgoing = Outgoing(
        key=key,
        purpose=Purpose.ASK_REMITTANCE,
        to=question.to,
        subject=question.subject.strip(),
        body=question.text.strip(),
        language=customer.language,
        author=member.user,
        template=TEMPLATE,
    )
    message = queue_message(entity=member.entity, customer=customer, outgoing=outgoing, at=at)
    data = {"message": message.pk, "to": message.recipient, "state": message.state}
    act = Act("payment.asked", "bank_entry", entry.pk, data, question.text.strip()[:500])
    audit.log(entity_id=member.entity_id, actor=actor_of(member), at=at, acts=[act])
    return message


def _free_key(bank_entry_id: int, entity_id: int) -> str:
    keys = question_keys(bank_entry_id)
    used = set(Message.objects.filter(entity=entity_id, key__in=keys).values_list("key", flat=True))
    free = next((key for key in keys if key not in used), None)
    if free is None:
        raise PostingRefused(_("This was asked often enough: call them."))
    return free
