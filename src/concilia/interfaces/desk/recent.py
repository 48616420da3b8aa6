"""What a person opened last, so that the palette can take them back to it. Kept in the session."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from concilia.claims.models import Claim
from concilia.interfaces.components.formats import base_language, money_text
from concilia.interfaces.desk.access import DeskRequest
from concilia.interfaces.desk.addresses import address
from concilia.interfaces.desk.palette import Find

KEY: Final = "opened_claims"
KEPT_MAX: Final = 4
MINUTE: Final = 60
HOUR: Final = 60 * MINUTE
DAY: Final = 24 * HOUR


def note_opened(request: DeskRequest, claim_id: int, at: datetime) -> None:
    """This will put a claim first; opening the same one again writes nothing."""
    kept: list[list[int]] = request.session.get(KEY, [])
    if kept and kept[0][0] == claim_id:
        return
    rest = [one for one in kept if one[0] != claim_id]
    request.session[KEY] = [[claim_id, int(at.timestamp())], *rest][:KEPT_MAX]


def opened_lately(request: DeskRequest, at: datetime) -> list[Find]:
    """The claims opened last, the newest first; only those of the creditor one works for now."""
    kept: list[list[int]] = request.session.get(KEY, [])
    found = {
        claim.pk: claim
        for claim in Claim.objects.filter(
            entity=request.seat.entity, pk__in=[pk for pk, _when in kept]
        ).select_related("case", "customer")
    }
    language = base_language(get_language())
    return [
        Find(
            f"{claim.case.number} · {claim.customer.name} · "
            f"{money_text(claim.claimed_minor, claim.currency, language)}",
            address("claim", pk),
            "scale",
            note=_ago(int(at.timestamp()) - when),
        )
        for pk, when in kept
        if (claim := found.get(pk))
    ]


def _ago(seconds: int) -> str:
    if seconds < MINUTE:
        return _("opened just now")
    if seconds < HOUR:
        n = seconds // MINUTE
        return ngettext("opened %(n)s minute ago", "opened %(n)s minutes ago", n) % {"n": n}
    if seconds < DAY:
        n = seconds // HOUR
        return ngettext("opened %(n)s hour ago", "opened %(n)s hours ago", n) % {"n": n}
    n = seconds // DAY
    return ngettext("opened %(n)s day ago", "opened %(n)s days ago", n) % {"n": n}
