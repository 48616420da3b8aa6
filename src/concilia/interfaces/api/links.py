"""One-action links of a claim: who has one, taking it back, sending a new one."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpRequest
from django.utils import timezone
from ninja import Router, Schema

from concilia.cases.actions import revoke_link
from concilia.cases.models import ActionLink
from concilia.cases.queries.links import open_links_of
from concilia.claims.actions import send_link_again
from concilia.claims.models import Claim
from concilia.interfaces.api.access import Scope, caller
from concilia.interfaces.api.claims import claim_of
from concilia.interfaces.components.rights import WORKERS

router = Router(tags=["claims"])
READ = Scope("claims:read")
WORK = Scope("claims:write", *WORKERS)


class LinkOut(Schema):
    """An open link; `purpose` is resolve, prove, tell or sign. Its address is in the mail alone."""

    id: int
    purpose: str
    name: str
    address: str
    step: int | None
    issued_at: datetime
    expires_at: datetime

    @classmethod
    def of(cls, link: ActionLink) -> LinkOut:
        """A link as JSON."""
        return cls(
            id=link.pk,
            purpose=link.purpose,
            name=link.name,
            address=link.address,
            step=link.step_id,
            issued_at=link.issued_at,
            expires_at=link.expires_at,
        )


@router.get("/{number}/links", response=list[LinkOut], auth=READ)
def links(request: HttpRequest, number: str) -> list[LinkOut]:
    """Who may act about a claim by a link now."""
    return _open(claim_of(caller(request), number))


@router.post("/{number}/links/{link_id}/send-again", response=list[LinkOut], auth=WORK)
def send_again(request: HttpRequest, number: str, link_id: int) -> list[LinkOut]:
    """Mail a new link in the place of one, which does nothing from then on."""
    claim = claim_of(caller(request), number)
    link = ActionLink.objects.get(pk=link_id, case=claim.case_id)
    send_link_again(link_id=link.pk, member=caller(request), at=timezone.now())
    return _open(claim)


@router.post("/{number}/links/{link_id}/revoke", response=list[LinkOut], auth=WORK)
def revoke(request: HttpRequest, number: str, link_id: int) -> list[LinkOut]:
    """Take a link back: whoever opens it is told so."""
    claim = claim_of(caller(request), number)
    link = ActionLink.objects.get(pk=link_id, case=claim.case_id)
    revoke_link(link_id=link.pk, member=caller(request), at=timezone.now())
    return _open(claim)


def _open(claim: Claim) -> list[LinkOut]:
    return [LinkOut.of(link) for link in open_links_of(case_id=claim.case_id, at=timezone.now())]
