"""Money that is no customer's payment: set aside by a person."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.cash.actions.deciding import WAITING, lock_entry, next_version
from concilia.cash.actions.posting import PostingRefused
from concilia.cash.models import Match
from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.ledger.models import JournalEntry
from concilia.receivables.models import BankEntry

LABEL_MAX: Final = 80
NO_CUSTOMER_PAYMENT: Final = "NOT"


@transaction.atomic(durable=True)
def set_aside(*, bank_entry_id: int, label: str, member: Membership, at: datetime) -> Match:
    """
    Say that an entry is no customer's payment; its money stays on SUSPENSE under this label.

    :raises PostingRefused: without a label, if it is posted, or if the bank took it back
    """
    entry = lock_entry(bank_entry_id, member)
    words = label.strip()[:LABEL_MAX]
    if not words:
        raise PostingRefused(_("Say what the money is for, such as rent."))
    if entry.is_return:
        raise PostingRefused(_("The bank took this back: say which payment it was."))
    live = Match.objects.filter(bank_entry=entry, state__in=[*WAITING, "POSTED"]).first()
    if live and live.state == Match.State.POSTED:
        raise PostingRefused(_("This payment is posted: reverse it first."))
    if live:
        live.state = Match.State.REPLACED
        live.save(update_fields=["state"])
    match = _aside(entry, words, member, at)
    data = {"name": words, "amount": entry.amount_minor, "currency": entry.currency}
    act = Act("payment.set_aside", "bank_entry", entry.pk, data)
    audit.log(entity_id=entry.entity_id, actor=actor_of(member), at=at, acts=[act])
    return match


def _aside(entry: BankEntry, words: str, member: Membership, at: datetime) -> Match:
    return Match.objects.create(
        entity_id=entry.entity_id,
        bank_entry=entry,
        version=next_version(entry.pk),
        state=Match.State.POSTED,
        rule=NO_CUSTOMER_PAYMENT,
        confidence_bp=10_000,
        currency=entry.currency,
        applied_minor=entry.amount_minor,
        explanation={"label": words},
        entry=JournalEntry.objects.get(entity_id=entry.entity_id, key=f"bank:{entry.pk}"),
        decided_by=member.user,
        matched_at=at,
        posted_at=at,
    )
