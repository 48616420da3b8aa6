"""How was it: asked once, within a day, never of those whom it would hurt; answered once."""

from __future__ import annotations

from datetime import timedelta
from fractions import Fraction

import pytest
from django.db import transaction
from tests.world.builders import NOON, TODAY
from tests.world.collecting import DAY, Debtor, noon_of
from tests.world.kept import fresh, kept

from concilia.correspondence.core.words_of_blame import blame_in
from concilia.correspondence.models import Message
from concilia.customers.models import Contact
from concilia.dunning.actions import (
    CollectionRefused,
    NewMotive,
    answer_survey,
    ask_how_it_was,
    record_motive,
)
from concilia.dunning.core.satisfaction import csat, survey_text
from concilia.dunning.models import Promise, Survey
from concilia.dunning.queries.surveys import (
    answers_in,
    find_survey,
    voice_by_month,
    with_survey,
)
from concilia.foundation.tokens import token_of

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def build():
    debtor = Debtor()
    item = debtor.owes(1000)
    debtor.promise = debtor.promises(1000, days=3)
    debtor.pays(item, 100_000)
    debtor.promise.refresh_from_db()
    assert debtor.promise.state == Promise.State.KEPT
    return debtor


built = kept(build)


@pytest.fixture
def debtor(built):
    return fresh(built)


def asked(debtor, at=NOON + HOUR):
    return ask_how_it_was(entity=debtor.entity, at=at)


def test_who_kept_a_promise_is_asked_once_and_the_mail_carries_the_link(debtor):
    assert (asked(debtor), asked(debtor)) == (1, 0)
    row = Survey.objects.get()
    assert row.message.state == Message.State.QUEUED
    assert token_of(row.seed) not in row.message.body
    leaves = with_survey(message_id=row.message_id, body=row.message.body)
    assert f"/v/{token_of(row.seed)}" in leaves
    assert find_survey(token_of(row.seed)) == row
    assert find_survey("x" * 43) is None


def test_nobody_is_asked_after_a_day_or_without_an_address(debtor):
    assert asked(debtor, NOON + 25 * HOUR) == 0
    Contact.objects.filter(customer=debtor.customer).update(opted_out_at=NOON)
    assert asked(debtor) == 0


@pytest.mark.parametrize("code", ["NR-12", "NR-13", "NR-14"])
def test_whom_it_would_hurt_is_not_asked(debtor, code):
    new = NewMotive(customer_id=debtor.customer.pk, code=code)
    record_motive(new=new, by=debtor.clerk, at=NOON)
    assert asked(debtor) == 0


def test_once_in_ninety_days(debtor):
    asked(debtor)
    for days, count in ((89, 0), (91, 1)):
        on = noon_of(TODAY + days * DAY)
        with transaction.atomic():
            again = debtor.promise
            again.pk, again.judged_at = None, on
            again.save(force_insert=True)
        assert ask_how_it_was(entity=debtor.entity, at=on + HOUR) == count


def test_one_answer_stands_and_makes_the_figure(debtor):
    asked(debtor)
    row = Survey.objects.get()
    said = {"survey_id": row.pk, "words": "Quick", "at": NOON + 2 * HOUR}
    with pytest.raises(CollectionRefused, match="one of the five"):
        answer_survey(score=6, **said)
    answer_survey(score=5, **said)
    with pytest.raises(CollectionRefused, match="answered already"):
        answer_survey(score=1, **said)
    month = voice_by_month(entity=debtor.entity, today=TODAY)[0]
    assert (month.asked, month.answered, month.satisfied, month.share) == (1, 1, 1, 1)
    assert [each.words for each in answers_in(entity=debtor.entity, first=month.first)] == ["Quick"]


def test_too_late_is_too_late(debtor):
    asked(debtor)
    with pytest.raises(CollectionRefused, match="time to answer is over"):
        answer_survey(survey_id=Survey.objects.get().pk, score=5, words="", at=NOON + 31 * DAY)


def test_a_page_is_opened_for_nothing_and_answered_by_hand(debtor, client):
    asked(debtor, at=NOON + HOUR)
    row = Survey.objects.get()
    Survey.objects.update(expires_at=NOON + 3650 * DAY)
    path = f"/v/{token_of(row.seed)}"
    page = client.get(path)
    assert page.status_code == 200
    assert page.headers["Referrer-Policy"] == "no-referrer"
    assert "Come vi abbiamo seguito" in page.content.decode()
    client.post(path, {"score": "5"})  # no stamp: nobody sent this by hand
    assert Survey.objects.get().score is None
    assert client.get("/v/forged").status_code == 404


def test_84_of_120_are_70_per_cent():
    assert csat([5] * 80 + [4] * 4 + [3] * 36) == Fraction(7, 10)
    assert csat([]) is None


@pytest.mark.parametrize("language", ["en", "it", "fr", "es", "de"])
def test_the_mail_blames_nobody(language):
    subject, body = survey_text(language, creditor="Molino Aurora", link="https://x/v/…")
    assert not blame_in(f"{subject}\n{body}", language)
    assert "{" not in subject + body
