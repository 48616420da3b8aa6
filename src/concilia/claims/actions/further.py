"""The further claims of a message that contests several things, each opened once."""

from __future__ import annotations

import copy
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext_noop as _

from concilia.claims.actions.laying import add_papers
from concilia.claims.actions.opening import ClaimRefused, write_claim
from concilia.claims.actions.papers import SENTENCES, PersonsWord, draft_of, links_of, why_not
from concilia.claims.models import Claim, FurtherClaim
from concilia.documents.models import Document
from concilia.foundation.audit import rule_actor
from concilia.identity.models import Membership
from concilia.identity.queries import actor_of
from concilia.intake.actions import settle_arrival
from concilia.intake.actions.columns import apply_values
from concilia.intake.core.reading import SURE_FROM
from concilia.intake.models import Arrival

# What the whole message says, and every claim in it shares.
SHARED = ("claim", "customer")


@transaction.atomic(durable=True)
def open_further_claim(
    *, arrival_id: int, n: int, at: datetime, member: Membership | None = None
) -> Claim | None:
    """
    Open the `n`-th further claim of a message, counted from 1; the message lies beside it, too.

    Without a person only what is sure opens, as with the first: a confident reason, a record of the
    customer's, an amount. The arrival waits until each is opened or a person sets it aside.

    :return: None if it waits
    :raises ClaimRefused: if there is none, or a person opens one that lacks what a claim needs
    """
    rows = Arrival.objects.select_for_update(of=("self",), no_key=True).select_related("message")
    arrival = rows.get(pk=arrival_id, **({"entity_id": member.entity_id} if member else {}))
    document = arrival.document
    said = (document.values.get("further_claims") or []) if document else []
    if document is None or not 1 <= n <= len(said):
        raise ClaimRefused(_("There is no such claim in this message."))
    known = FurtherClaim.objects.filter(document=document, n=n).select_related("claim").first()
    if known:
        return known.claim
    part = _part(document, said[n - 1])
    word = PersonsWord(member=member) if member else None
    links = links_of(arrival, part, word)
    missing = why_not(part, links, word)
    draft = None if missing else draft_of(arrival, part, links, word)
    if draft is None:
        if member:
            raise ClaimRefused(SENTENCES[missing or "no_amount"])
        return None
    actor = actor_of(member) if member else rule_actor("reading")
    claim = write_claim(draft=replace(draft, document=None), actor=actor, at=at)
    FurtherClaim.objects.create(document=document, n=n, claim=claim)
    add_papers(claim=claim, document=document, member=member, at=at)
    if FurtherClaim.objects.filter(document=document).count() == len(said):
        is_first_open = Claim.objects.filter(document=document).exists()
        state = Arrival.State.DONE if is_first_open else arrival.state
        outcome = "claim_opened" if is_first_open else arrival.outcome
        settle_arrival(arrival_id=arrival.pk, state=state, outcome=outcome, at=at)
    return claim


def _part(document: Document, said: Mapping[str, Any]) -> Document:
    """The document as if it said this claim only; never saved."""
    part = copy.copy(document)
    whole: Mapping[str, Any] = document.values
    references = {**(said.get("references") or {})}
    for name in SHARED:
        references[name] = (whole.get("references") or {}).get(name) or []
    confidence = said.get("reason_confidence") or 0
    part.values = {
        **whole,
        **{name: said.get(name) for name in ("reason", "reason_confidence", "claimed_amount")},
        "currency": said.get("currency") or whole.get("currency"),
        "references": references,
        "needs_review": bool(whole.get("needs_review")) or confidence < SURE_FROM,
        "lines": said.get("lines") or [],
        "articles": [],
    }
    apply_values(part)
    part.needs_review = part.values["needs_review"]
    return part
