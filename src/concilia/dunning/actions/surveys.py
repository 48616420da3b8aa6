"""Asking customers how it was, within a day of its end, and keeping what they say, once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.correspondence.actions import Outgoing, queue_message
from concilia.correspondence.core.policy import Purpose
from concilia.correspondence.models import Message
from concilia.customers.models import Customer
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.core.satisfaction import ANSWERED_WITHIN, SCORES, WORDS_MAX, survey_text
from concilia.dunning.models import Survey
from concilia.dunning.queries.accounts import with_way_out
from concilia.dunning.queries.surveys import place_of_survey, to_ask
from concilia.foundation import audit, tokens
from concilia.foundation.audit import Act, Actor
from concilia.identity.models import Entity

TEMPLATE = "survey-1"


@transaction.atomic(durable=True)
def ask_how_it_was(*, entity: Entity, at: datetime) -> int:
    """
    Ask everybody of an entity whose case closed or who kept a promise within a day.

    Never more than once in 90 days, and never the vulnerable, the dead, the insolvent, or whom we
    are in court with. Customers are locked: two rounds at once ask once.

    :return: how many were asked
    """
    found = to_ask(entity=entity, at=at)
    keys = sorted(row["customer_id"] for row in found)
    locked = Customer.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk")
    customers = {row.pk: row for row in locked}
    again = {row["customer_id"] for row in to_ask(entity=entity, at=at)}
    rows = []
    for row in found:
        if row["customer_id"] not in again:
            continue
        made = _asked(entity, customers[row["customer_id"]], row, at)
        rows += [made] if made is not None else []
    Survey.objects.bulk_create(rows)
    return len(rows)


def _asked(
    entity: Entity, customer: Customer, row: Mapping[str, Any], at: datetime
) -> Survey | None:
    language = str(row["language"])
    subject, body = survey_text(language, creditor=entity.name, link=place_of_survey())
    about = f"case:{row['case_id']}" if row["case_id"] else f"promise:{row['promise_id']}"
    outgoing = Outgoing(
        key=f"survey:{about}",
        purpose=Purpose.ACKNOWLEDGE,
        to=str(row["email"]),
        subject=subject,
        body=with_way_out(body, customer=customer, language=language),
        language=language,
        author=None,
        template=TEMPLATE,
    )
    message = queue_message(entity=entity, customer=customer, outgoing=outgoing, at=at)
    if message.state != Message.State.QUEUED:
        return None
    seed = tokens.new_seed()
    return Survey(
        entity=entity,
        customer=customer,
        case_id=row["case_id"],
        promise_id=row["promise_id"],
        message=message,
        language=language,
        seed=seed,
        token_sha256=tokens.digest_of(tokens.token_of(seed)),
        asked_at=at,
        expires_at=at + ANSWERED_WITHIN,
    )


@transaction.atomic(durable=True)
def answer_survey(*, survey_id: int, score: int, words: str, at: datetime) -> Survey:
    """
    Keep what a customer says: one answer, which stands.

    :raises CollectionRefused: for a score that is none, a second answer, or after 30 days
    """
    row = Survey.objects.select_for_update(no_key=True).get(pk=survey_id)
    if row.answered_at is not None:
        raise CollectionRefused(_("You have answered already. Thank you."))
    if at >= row.expires_at:
        raise CollectionRefused(_("The time to answer is over."))
    if score not in SCORES:
        raise CollectionRefused(_("Choose one of the five."))
    row.score, row.words, row.answered_at = score, words.strip()[:WORDS_MAX], at
    row.save(update_fields=["score", "words", "answered_at"])
    act = Act("survey.answered", "customer", row.customer_id, {"score": score})
    actor = Actor("customer", row.customer.name)
    audit.log(entity_id=row.entity_id, actor=actor, at=at, acts=[act])
    return row
