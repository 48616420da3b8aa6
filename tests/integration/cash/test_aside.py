"""Money that is no customer's payment: set aside under a label, and taken back as any posting."""

from __future__ import annotations

import pytest
from tests.world.bank_day import a_loaded_statement, paid
from tests.world.builders import NOON, a_member, an_entity

from concilia.cash.actions import PostingRefused, reverse_match, set_aside, settle_return
from concilia.cash.models import Match
from concilia.cash.queries.unapplied import unapplied_totals
from concilia.ledger.models import JournalEntry
from concilia.reporting.queries.invariants import check_invariants

pytestmark = pytest.mark.django_db


@pytest.fixture
def world():
    entity = an_entity()
    statement = a_loaded_statement(entity, paid(12_000, "Mieterstattung", payer_name="Hausbank"))
    return entity, a_member(entity), Match.objects.get(bank_entry__statement=statement).bank_entry


def aside(entry, member, label="Rent given back") -> Match:
    return set_aside(bank_entry_id=entry.pk, label=label, member=member, at=NOON)


def test_it_waits_no_more_and_moves_no_money(world):
    entity, member, entry = world
    booked = JournalEntry.objects.count()

    match = aside(entry, member)

    assert (match.state, match.rule, match.explanation["label"]) == (
        "POSTED",
        "NOT",
        "Rent given back",
    )
    assert JournalEntry.objects.count() == booked
    assert unapplied_totals(entity_id=entity.pk) == {}
    assert all(finding.holds for finding in check_invariants().values())


def test_it_wants_a_label(world):
    _entity, member, entry = world

    with pytest.raises(PostingRefused, match="Say what the money is for"):
        aside(entry, member, " ")


def test_what_is_posted_is_not_set_aside(world):
    _entity, member, entry = world
    aside(entry, member)

    with pytest.raises(PostingRefused, match="is posted"):
        aside(entry, member)


def test_it_is_taken_back_and_waits_again(world):
    _entity, member, entry = world
    match = aside(entry, member)
    booked = JournalEntry.objects.count()

    fresh = reverse_match(match_id=match.pk, reason="doch ein Kunde", member=member, at=NOON)

    assert (fresh.state, JournalEntry.objects.count()) == ("OPEN", booked)
    assert all(finding.holds for finding in check_invariants().values())


def test_the_bank_takes_back_what_was_set_aside(world):
    entity, member, entry = world
    aside(entry, member)
    back = paid(12_000, "RUECK", payer_name="Hausbank", is_return=True, return_reason="AC04")
    statement = a_loaded_statement(entity, back, name="ST-2")
    returned = Match.objects.get(bank_entry__statement=statement).bank_entry_id

    settle_return(bank_entry_id=returned, paid_entry_id=entry.pk, member=member, at=NOON)

    assert set(Match.objects.filter(state="POSTED").values_list("rule", flat=True)) == {"RET"}
    assert all(finding.holds for finding in check_invariants().values())


class TestReturnWithoutItsPayment:
    """The bank took back what never came in here: there is no payment to reverse."""

    @pytest.fixture
    def returned(self, world):
        entity, _member, _entry = world
        back = paid(7_500, "STORNO SDD", payer_name="Hausbank", is_return=True)
        statement = a_loaded_statement(entity, back, name="ST-2")
        return Match.objects.get(bank_entry__statement=statement).bank_entry

    def test_it_waits_no_more_and_says_why(self, world, returned):
        entity, member, entry = world
        aside(entry, member)
        booked = JournalEntry.objects.count()

        match = aside(returned, member, "Paid before we began here")

        assert (match.state, match.rule) == ("POSTED", "NOT")
        assert match.explanation["label"] == "Paid before we began here"
        assert JournalEntry.objects.count() == booked
        assert unapplied_totals(entity_id=entity.pk) == {}
        assert all(finding.holds for finding in check_invariants().values())

    def test_it_wants_a_reason(self, world, returned):
        _entity, member, _entry = world

        with pytest.raises(PostingRefused, match="Say why no payment is to be reversed"):
            aside(returned, member, " ")

    def test_it_is_taken_back_and_its_payment_can_be_named(self, world, returned):
        _entity, member, entry = world
        match = aside(returned, member)

        fresh = reverse_match(match_id=match.pk, reason="It came", member=member, at=NOON)

        assert fresh.state == "OPEN"
        with pytest.raises(PostingRefused, match="another amount"):
            settle_return(bank_entry_id=returned.pk, paid_entry_id=entry.pk, member=member, at=NOON)
        assert all(finding.holds for finding in check_invariants().values())

    def test_as_long_as_it_is_set_aside_it_takes_nothing_back(self, world, returned):
        _entity, member, entry = world
        aside(returned, member)

        with pytest.raises(PostingRefused):
            settle_return(bank_entry_id=returned.pk, paid_entry_id=entry.pk, member=member, at=NOON)
