"""What our contacts hold: never more than the law allows because nobody said how to refuse them."""

from __future__ import annotations

import pytest
from tests.world.contacts import CHICAGO, a_debtor, chicago, refused_by

from concilia.dunning.core.contact.cases import PlannedContact
from concilia.dunning.core.contact.content import content_of, wants_way_out
from concilia.dunning.core.contact.deciding import decide
from concilia.dunning.core.contact.packs import PACKS
from concilia.dunning.core.contact.terms import ELECTRONIC, Actor, Channel, Content, DebtorType


@pytest.mark.parametrize("pack", PACKS)
@pytest.mark.parametrize("channel", sorted(ELECTRONIC))
@pytest.mark.parametrize("actor", Actor)
@pytest.mark.parametrize("kind", [DebtorType.CONSUMER, DebtorType.COMPANY])
def test_no_pack_refuses_a_message_for_want_of_a_way_out(pack, channel, actor, kind):
    content = content_of(channel, pack, is_business=kind is DebtorType.COMPANY)
    planned = PlannedContact(
        channel=channel, at=chicago("2026-11-16T12:00"), actor=actor, content=content
    )
    debtor = a_debtor(CHICAGO, type=kind, countries=frozenset({pack}))
    found = refused_by(decide(PACKS[pack], planned, debtor, []))
    assert not [rule for rule in found if "opt_out_required" in rule]


@pytest.mark.parametrize(
    ("country", "is_business", "wanted"),
    [("US", False, True), ("US", True, False), ("IT", False, False), ("XX", False, False)],
)
def test_mails_carry_it_where_a_pack_wants_it_and_nowhere_else(country, is_business, wanted):
    assert wants_way_out(Channel.EMAIL, country, is_business=is_business) is wanted
    content = content_of(Channel.EMAIL, country, is_business=is_business)
    assert (Content.OPT_OUT_NOTICE in content) is wanted
    assert Content.DEBT_DETAILS in content


def test_a_short_message_names_no_debt_and_a_letter_and_a_call_do():
    assert content_of(Channel.SMS, "IT", is_business=False) == {Content.OPT_OUT_NOTICE}
    for channel in (Channel.LETTER, Channel.CALL):
        content = content_of(channel, "US", is_business=False)
        assert content == {Content.AMOUNT, Content.DEBT_DETAILS}
