"""An answer to a reminder: nothing counts before a person confirms what it means."""

from __future__ import annotations

import pytest
from django.urls import reverse
from tests.world.builders import NOON, TODAY
from tests.world.collecting import DAY, Debtor, an_answer

from concilia.dunning.actions import AnswerMeans, CollectionRefused, confirm_answer
from concilia.dunning.models import Motive, Promise
from concilia.dunning.queries.work import next_customers

pytestmark = pytest.mark.django_db
BACKEND = "django.contrib.auth.backends.ModelBackend"


@pytest.fixture
def debtor():
    debtor = Debtor()
    debtor.item = debtor.owes(1000)
    return debtor


def press(client, debtor, arrival, **sent):
    client.force_login(debtor.clerk.user, backend=BACKEND)
    return client.post(reverse("desk:arrival-act", args=[arrival.pk]), sent, follow=True)


def test_one_press_records_the_motive_and_the_promise_as_read(debtor, client):
    due = (TODAY + 400 * DAY).isoformat()  # pages live in today's world, tests in one of their own
    arrival = an_answer(debtor, promise={"date": due, "amount": "250.00"})
    client.force_login(debtor.clerk.user, backend=BACKEND)
    shown = client.get(reverse("desk:arrival", args=[arrival.pk])).content.decode()
    assert f'value="{due}"' in shown
    assert 'value="250.00"' in shown
    assert 'value="reply" data-key="a"' in shown
    assert not Motive.objects.exists()
    assert not Promise.objects.exists()


def test_whose_it_is_is_known_by_who_wrote_it(debtor):
    arrival = an_answer(debtor)
    assert (arrival.outcome, arrival.document.customer) == ("payment_reply", debtor.customer)


def test_motive_and_promise_are_the_customers_and_the_arrival_is_done(debtor):
    arrival = an_answer(debtor)
    means = AnswerMeans(code="NR-09", due_date=TODAY + 5 * DAY, amount_minor=25_000)

    came = confirm_answer(arrival_id=arrival.pk, means=means, by=debtor.clerk, at=NOON)

    assert (came.motive.source, came.motive.document_id) == ("customer", arrival.document_id)
    assert (came.promise.amount_minor, came.promise.channel) == (25_000, "mail")
    arrival.refresh_from_db()
    assert (arrival.state, arrival.outcome) == ("DONE", "motive_recorded")
    with pytest.raises(CollectionRefused, match="already"):
        confirm_answer(arrival_id=arrival.pk, means=means, by=debtor.clerk, at=NOON)


def test_a_promise_that_cannot_be_taken_leaves_all_as_it_was(debtor):
    arrival = an_answer(debtor)
    means = AnswerMeans(code="NR-09", due_date=TODAY + 90 * DAY)
    with pytest.raises(CollectionRefused, match="instalment plan"):
        confirm_answer(arrival_id=arrival.pk, means=means, by=debtor.clerk, at=NOON)
    arrival.refresh_from_db()
    assert arrival.state == "WAITING"
    assert not Motive.objects.exists()


def test_the_button_says_what_was_written_down(debtor, client):
    arrival = an_answer(debtor, code="NR-08")
    answer = press(client, debtor, arrival, act="reply", code="NR-08", due="", amount="")
    assert "Written down: Already paid." in answer.content.decode()
    assert Motive.objects.get().code == "NR-08"


def test_what_is_no_amount_or_no_day_is_said_and_nothing_is_kept(debtor, client):
    arrival = an_answer(debtor)
    for sent, said in (({"amount": "much"}, "no amount"), ({"due": "soon"}, "until when")):
        answer = press(client, debtor, arrival, act="reply", code="NR-09", **sent)
        assert said in answer.content.decode()
    assert not Motive.objects.exists()


def test_a_dispute_becomes_a_claim_as_all_claims_do(debtor, client):
    arrival = an_answer(debtor, code="NR-11")
    press(client, debtor, arrival, act="contest")
    arrival.document.refresh_from_db()
    assert arrival.document.kind == "claim"


def test_who_is_next_and_why(debtor):
    entity = debtor.entity
    assert [row.kind for row in next_customers(entity=entity, today=TODAY).rows] == ["owes"]
    arrival = an_answer(debtor, code="NR-08")
    page = next_customers(entity=entity, today=TODAY)
    assert [row.kind for row in page.rows] == ["answer"]
    assert page.rows[0].answers == [arrival]
    means = AnswerMeans(code="NR-08")
    confirm_answer(arrival_id=arrival.pk, means=means, by=debtor.clerk, at=NOON)
    # Already paid: somebody looks for the money at once, and nothing is asked for meanwhile.
    [row] = next_customers(entity=entity, today=TODAY).rows
    assert (row.kind, row.kinds) == ("act", ["act"])
    promise = debtor.promises(1000, days=0)
    [row] = next_customers(entity=entity, today=TODAY).rows
    assert (row.kind, list(row.due)) == ("due", [promise])
    debtor.judged(TODAY + 9 * DAY)
    [row] = next_customers(entity=entity, today=TODAY + 9 * DAY).rows
    assert (row.kind, list(row.broken)) == ("broken", [promise])
    counts = next_customers(entity=entity, today=TODAY + 9 * DAY, kind="due").counts
    assert counts == {} or counts["broken"] == 1


def test_the_pages_show_it_and_write_it_down(debtor, client):
    client.force_login(debtor.clerk.user, backend=BACKEND)
    page = reverse("desk:customer", args=[debtor.customer.pk])
    client.post(
        reverse("desk:customer-motive", args=[debtor.customer.pk]),
        {"code": "NR-06", "source": "customer", "item": "", "note": "Order number missing"},
    )
    shown = client.get(page).content.decode()
    assert "Customer’s internal process" in shown or "Customer&#x27;s internal process" in shown
    assert "Order number missing" in shown
    motive = Motive.objects.get()
    listed = client.get(reverse("desk:collections")).content.decode()
    assert debtor.customer.name in listed
    client.post(reverse("desk:motive-act", args=[motive.pk]), {"act": "withdraw"})
    motive.refresh_from_db()
    assert motive.withdrawn_by == debtor.clerk.user
    answer = client.post(
        reverse("desk:customer-promise", args=[debtor.customer.pk]),
        {"due": "someday", "amount": "", "currency": "EUR"},
        follow=True,
    )
    assert "Say until when." in answer.content.decode()
