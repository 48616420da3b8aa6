"""Bank files that somebody mailed: loaded only on a person's word."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.foundation import audit
from concilia.foundation.audit import Act
from concilia.foundation.jobs import defer
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.actions.arrivals import ArrivalRefused
from concilia.intake.models import Arrival

BY_MAIL = "statement_by_mail"


@transaction.atomic(durable=True)
def accept_bank_file(*, arrival_id: int, member: Membership, at: datetime) -> Arrival:
    """
    A person vouches that a bank file which came by mail is the bank's own; it is loaded then.

    :raises ArrivalRefused: if this arrival does not wait for that word
    """
    arrival = Arrival.objects.select_for_update(no_key=True).get(
        pk=arrival_id, entity_id=member.entity_id
    )
    if arrival.state != Arrival.State.WAITING or arrival.outcome != BY_MAIL:
        raise ArrivalRefused(_("No bank statement waits here."))
    defer("concilia.load_bank_file", once=f"bank:{arrival.pk}", arrival_id=arrival.pk)
    act = Act("arrival.statement_accepted", "arrival", arrival.pk)
    audit.log(entity_id=arrival.entity_id, actor=actor_of(member), at=at, acts=[act])
    return arrival
