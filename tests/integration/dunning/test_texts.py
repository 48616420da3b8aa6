"""A company's own words: sound or not kept, in force by a second person, versioned, of its own."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction
from tests.world.builders import NOON, TODAY, a_member, an_entity
from tests.world.collecting import Debtor

from concilia.correspondence.core.figures import Language
from concilia.dunning.actions import TextRefused, drop_text, publish_text, write_text
from concilia.dunning.core.texts import Key, Way, Wording, compose, wording_of
from concilia.dunning.core.texts.lints import Rule
from concilia.dunning.models import OwnText
from concilia.dunning.queries.facts import preview_facts
from concilia.dunning.queries.texts import own_wordings, states_of, versions_of

pytestmark = pytest.mark.django_db
PLACE = (Key.REMINDER, Way.EMAIL, Language.EN)
OURS = wording_of(*PLACE)
OWN = Wording("News of {invoices}", OURS.body.replace("in a busy week", "in a busy month"))


@pytest.fixture
def company():
    entity = an_entity("aurora")
    entity.sara = a_member(entity, "Sara Costa", role="admin")
    entity.luca = a_member(entity, "Luca Neri", role="admin")
    entity.clerk = a_member(entity, "Giulia Ferri")
    return entity


def write(company, wording=OWN, **changes):
    asked = {"place": PLACE, "member": company.sara, "at": NOON} | changes
    return write_text(wording=wording, **asked)


def publish(company, draft, **changes):
    asked = {"seen_sha256": draft.sha256, "member": company.luca, "at": NOON} | changes
    return publish_text(text_id=draft.pk, **asked)


def test_a_draft_changes_nothing_until_a_second_person_puts_it_in_force(company):
    draft = write(company)
    assert own_wordings(entity=company) == {}

    publish(company, draft)

    assert own_wordings(entity=company) == {PLACE: OWN}
    assert states_of(entity=company) == {PLACE: {"PUBLISHED"}}


def test_who_wrote_it_does_not_put_it_in_force(company):
    draft = write(company)
    with pytest.raises(TextRefused, match="somebody else"):
        publish(company, draft, member=company.sara)


def test_the_database_refuses_it_as_well(company):
    draft = write(company)
    with pytest.raises(IntegrityError), transaction.atomic():
        OwnText.objects.filter(pk=draft.pk).update(
            state="PUBLISHED", published_by=company.sara, published_at=NOON
        )


def test_only_administrators_change_words(company):
    with pytest.raises(TextRefused, match="administrator"):
        write(company, member=company.clerk)


def test_a_text_that_blames_is_not_kept_and_says_where(company):
    worse = Wording(OWN.subject, OWN.body + "\n\nThank you, deadbeat.")
    with pytest.raises(TextRefused) as caught:
        write(company, worse)

    assert [(one.rule, one.where, one.word) for one in caught.value.findings] == [
        (Rule.BLAME, 7, "deadbeat")
    ]
    assert not OwnText.objects.exists()


def test_words_nobody_looked_at_are_not_put_in_force(company):
    draft = write(company)
    seen = draft.sha256
    write(company, Wording("Another subject", OWN.body))
    with pytest.raises(TextRefused, match="changed since"):
        publish(company, draft, seen_sha256=seen)


def test_versions_stand_and_the_shipped_words_come_back(company):
    publish(company, write(company))
    second = write(company, Wording("Again {invoices}", OWN.body), member=company.luca)
    publish(company, second, member=company.sara)

    rows = versions_of(entity=company, place=PLACE)
    assert [(row.version, row.state) for row in rows] == [(2, "PUBLISHED"), (1, "RETIRED")]

    drop_text(text_id=second.pk, member=company.sara, at=NOON)
    assert own_wordings(entity=company) == {}


def test_a_draft_may_be_thrown_away(company):
    draft = write(company)
    drop_text(text_id=draft.pk, member=company.luca, at=NOON)
    assert not OwnText.objects.exists()


def test_nobody_touches_another_companys_words(company):
    other = an_entity("other")
    stranger = a_member(other, "Ugo Rossi", role="admin")
    draft = write(company)
    with pytest.raises(TextRefused):
        publish(company, draft, member=stranger)
    with pytest.raises(TextRefused):
        drop_text(text_id=draft.pk, member=stranger, at=NOON)
    assert own_wordings(entity=other) == {}


def test_a_preview_shows_the_real_items_and_is_complete_for_every_text():
    debtor = Debtor()
    item = debtor.owes(1000)
    told = preview_facts(
        entity=debtor.entity, customer=debtor.customer, sender="Giulia Ferri", today=TODAY
    )
    assert [(one.number, one.asked) for one in told.items] == [(item.document_number, 100_000)]
    for key in set(Key) - {Key.DISPUTE_RECEIVED}:  # they dispute nothing
        assert compose(key, Way.LETTER, "it", told).text
