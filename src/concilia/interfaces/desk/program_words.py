"""What programs may do, and what they are told of, in words; the code stands beside them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

SCOPES: Final[Mapping[str, str | Promise]] = {
    "claims:read": _("read claims"),
    "claims:write": _("act on claims"),
    "approvals:sign": _("sign decisions"),
    "inbox:read": _("read the inbox"),
    "inbox:write": _("send papers in and correct them"),
    "bank:read": _("read payments"),
    "bank:write": _("post and reverse payments"),
    "customers:read": _("read customers"),
    "collections:read": _("read reasons for not paying and promises"),
    "collections:write": _("write down reasons for not paying, promises and plans"),
    "customer-lane:read": _("read what customers may see of a conversation"),
    "imports:read": _("read imports"),
    "imports:write": _("import files"),
    "audit:read": _("read the log"),
    "figures:read": _("read the figures"),
    "settings:read": _("read the settings"),
    "settings:write": _("change the settings"),
}
EVENTS: Final[Mapping[str, str | Promise]] = {
    "arrival.received": _("something arrived"),
    "arrival.read": _("arrival read, or its reading corrected"),
    "claim.opened": _("claim opened"),
    "claim.approval_asked": _("decision waits for signatures"),
    "claim.decided": _("claim decided"),
    "claim.closed": _("claim closed or withdrawn"),
    "deduction.opened": _("payment fell short"),
    "payment.posted": _("payment posted"),
    "payment.reversed": _("posting taken back"),
    "posting.settled": _("document booked or refused by the ERP"),
    "import.saved": _("rows of a file saved"),
    "ping": _("word sent to try it"),
}


def scope_words(code: str) -> str | Promise:
    """What a scope lets a program do; a code of which nothing is known stays."""
    return SCOPES.get(code, code)


def event_words(code: str) -> str | Promise:
    """What a program is told; a code of which nothing is known stays."""
    return EVENTS.get(code, code)
