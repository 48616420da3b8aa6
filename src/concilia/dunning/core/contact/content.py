"""What our contacts say of a debt, by way and debtor: whoever asks the policy asks with this."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from concilia.dunning.core.contact.packs import code_of, law_of
from concilia.dunning.core.contact.terms import ELECTRONIC, Channel, Content, DebtorType

# A mail, a letter or a call says how much it is about; a short message says so behind its link, and
# how to have no more of them.
IN_FULL: Final = frozenset({Content.AMOUNT, Content.DEBT_DETAILS})
IN_SHORT: Final = frozenset({Content.OPT_OUT_NOTICE})
# With the words that refuse further ones, where a policy wants them.
WITH_WAY_OUT: Final = IN_FULL | IN_SHORT
_SHORT: Final = ELECTRONIC - {Channel.EMAIL}


def content_of(channel: Channel, country: str, *, is_business: bool) -> frozenset[Content]:
    """Return what a contact that asks for money holds, as the program and people make it."""
    if channel in _SHORT:
        return IN_SHORT
    is_wanted = wants_way_out(channel, country, is_business=is_business)
    return WITH_WAY_OUT if is_wanted else IN_FULL


@lru_cache(maxsize=512)
def wants_way_out(channel: Channel, country: str, *, is_business: bool) -> bool:
    """
    Whether some policy of a country wants a contact to say how to have no more of them.

    Whoever asks, and on whatever day: words too many do no harm. The writer of a mail and whoever
    asks the policy about it go by this, so that neither believes what the other does not do.
    """
    debtor = DebtorType.COMPANY if is_business else DebtorType.CONSUMER
    return channel in ELECTRONIC and any(
        policy.opt_out_required and channel in policy.channels and debtor in policy.debtor_types
        for policy in law_of(code_of(country))
    )
