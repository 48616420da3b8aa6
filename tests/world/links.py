"""Links as people get them: in a mail, opened on a page, sent as a form."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

from django.utils import timezone

from concilia.cases.models import ActionLink, Step
from concilia.cases.queries.links import address_of_link
from concilia.claims.actions import Question, ask
from concilia.claims.models import Claim
from concilia.identity.models import Membership
from concilia.interfaces.portal.human import SOONEST_SECONDS, stamp_of


def a_link_to(
    claim: Claim, asker: Membership, *, at: datetime | None = None, **question: object
) -> ActionLink:
    """Somebody is asked something about a claim; this is the link in their mail."""
    fields = {"holder": "us", "text": "Was it delivered? How many?"} | question
    step = ask(
        claim_id=claim.pk, question=Question(**fields), member=asker, at=at or timezone.now()
    )
    return ActionLink.objects.get(step=step)


def path_of(link: ActionLink) -> str:
    """The path of a link's page, as it stands in the mail that carried it."""
    return "/" + address_of_link(link).split("/", 3)[3]


def form(link: ActionLink, **values: object) -> dict[str, object]:
    """What a person sends who has looked at the page for a while."""
    opened = timezone.now() - timedelta(seconds=SOONEST_SECONDS + 5)
    return {"stamp": stamp_of(link.pk, opened), "leave_empty": "", **values}


def link_in_mail(body: str) -> str:
    """The path of the link that a mail carries."""
    found = re.search(r"https?://[^/\s]+(/a/[\w-]{43})", body)
    assert found, body
    return found[1]


def step_of(link: ActionLink) -> Step:
    """What a link asks, as it is now."""
    step = ActionLink.objects.select_related("step").get(pk=link.pk).step
    assert step is not None
    return step
