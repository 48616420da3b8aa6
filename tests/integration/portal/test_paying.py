"""Paying online: begun on the customer's page, told by a signed message, thanked for once."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from tests.world import stripe_server
from tests.world.accounts import opened_account
from tests.world.builders import a_customer, a_member, an_entity, an_invoice
from tests.world.stripe_server import signed

from concilia.cash.models import PaymentRequest
from concilia.dunning.actions.paying import PayingDraft, change_paying
from concilia.dunning.actions.refusals import CollectionRefused
from concilia.dunning.models import Checkout, PaymentAccess
from concilia.dunning.queries.dunnable import dunnable_of

HOOK = "/hooks/payments/aurora/stripe"


@pytest.fixture
def server():
    with stripe_server.running() as running:
        yield running


@pytest.fixture
def entity(db):
    return an_entity()


@pytest.fixture
def customer(entity):
    found = a_customer(entity, "Bottega Bonfanti", language="en")
    issued = timezone.localdate() - timedelta(days=50)
    an_invoice(found, [("PEN-500", "1", "1220.00", 0)], issue_date=issued)
    return found


def set_up(entity, server, **changes):
    draft = {"is_on": True, "provider": "stripe", "values": server.values, "pay_to": {}}
    admin = a_member(entity, "Ada Admin", role="admin")
    return change_paying(draft=PayingDraft(**draft | changes), by=admin, at=timezone.now())


def begun(client, customer) -> tuple[str, Checkout]:
    path = opened_account(client, customer)
    place = client.post(f"{path}/pay", {"currency": "EUR"})["Location"]
    assert client.post(f"{place}/online").status_code == 303
    return place, Checkout.objects.get()


def told(client, body, at=None, path=HOOK):
    header = signed(body, at or timezone.now())
    return client.post(
        path, body, content_type="application/json", headers={"stripe-signature": header}
    )


def sums(customer):
    today = timezone.localdate()
    [found] = dunnable_of(entity=customer.entity, customers=[customer.pk], today=today)
    return found


def test_it_is_off_until_somebody_sets_it_up(client, customer, server):
    path = opened_account(client, customer)
    place = client.post(f"{path}/pay", {"currency": "EUR"})["Location"]
    assert "By card or online" not in client.get(place).content.decode()
    assert client.post(f"{place}/online").status_code == 422
    assert client.post(HOOK, b"{}", content_type="application/json").status_code == 400


def test_paid_online_the_page_thanks_and_nothing_more_is_asked_for(client, customer, server):
    set_up(customer.entity, server)
    place, checkout = begun(client, customer)
    page = client.get(place).content.decode()
    assert checkout.url in page
    body = server.event(checkout.external_id)
    for _again in range(2):
        assert told(client, body).status_code == 200
    checkout.refresh_from_db()
    assert checkout.state == "PAID"
    assert "Thank you" in client.get(place).content.decode()
    assert (sums(customer).held, sums(customer).dunnable) == (122_000, 0)


def test_pressing_twice_begins_one_payment(client, customer, server):
    set_up(customer.entity, server)
    place, _checkout = begun(client, customer)
    client.post(f"{place}/online")
    assert Checkout.objects.count() == 1
    assert len(server.sessions) == 1


def test_money_that_came_is_not_uncome_by_a_late_word(client, customer, server):
    set_up(customer.entity, server)
    _place, checkout = begun(client, customer)
    told(client, server.event(checkout.external_id))
    told(client, server.event(checkout.external_id, "expired"))
    checkout.refresh_from_db()
    assert checkout.state == "PAID"


@pytest.mark.parametrize("wrong", [{"amount_total": 1}, {"currency": "usd"}, {"id": "cs_foreign"}])
def test_what_does_not_fit_is_not_believed(client, customer, server, wrong):
    set_up(customer.entity, server)
    _place, checkout = begun(client, customer)
    assert told(client, server.event(checkout.external_id, **wrong)).status_code == 200
    checkout.refresh_from_db()
    assert checkout.state == "OPEN"


def test_strangers_are_told_nothing(client, customer, server):
    set_up(customer.entity, server)
    _place, checkout = begun(client, customer)
    body = server.event(checkout.external_id)
    old = timezone.now() - timedelta(hours=1)
    assert told(client, body, at=old).status_code == 400
    assert told(client, body, path="/hooks/payments/nobody/stripe").status_code == 400
    assert told(client, body, path="/hooks/payments/aurora/other").status_code == 400
    assert client.get(HOOK).status_code == 405
    assert told(client, b"x" * 300_000).status_code == 413
    assert Checkout.objects.get().state == "OPEN"


def test_another_company_s_words_do_not_count(client, customer, server):
    set_up(customer.entity, server)
    set_up(an_entity("borea"), server)
    _place, checkout = begun(client, customer)
    body = server.event(checkout.external_id)
    assert told(client, body, path="/hooks/payments/borea/stripe").status_code == 200
    assert Checkout.objects.get().state == "OPEN"


def test_a_provider_that_does_not_answer_leaves_the_transfer(client, customer, server):
    set_up(customer.entity, server)
    server.fails_with = 500
    path = opened_account(client, customer)
    place = client.post(f"{path}/pay", {"currency": "EUR"})["Location"]
    answer = client.post(f"{place}/online")
    assert answer.status_code == 422
    assert "pay by transfer" in answer.content.decode()
    assert PaymentAccess.objects.get().error.startswith("Stripe refused")
    assert PaymentRequest.objects.count() == 1


def test_keys_are_kept_sealed_and_only_administrators_set_them(entity, server):
    access = set_up(entity, server)
    assert stripe_server.KEY not in str(access.values) + str(access.secrets)
    again = set_up(entity, server, values={"api": server.url})
    assert again.secrets == access.secrets
    with pytest.raises(CollectionRefused):
        set_up(entity, server, values={"key": "pk_wrong"})
    draft = PayingDraft(is_on=True, provider="stripe", values=server.values, pay_to={})
    with pytest.raises(CollectionRefused):
        change_paying(draft=draft, by=a_member(entity), at=timezone.now())


def test_the_settings_page_keeps_accounts_and_shows_no_key(client, entity, server):
    admin = a_member(entity, "Ada Admin", role="admin")
    client.force_login(admin.user, backend="django.contrib.auth.backends.ModelBackend")
    sent = {"on": "1", "provider": "stripe", "EUR-holder": "Molino Aurora SRL"}
    sent |= {f"stripe-{name}": value for name, value in server.values.items()}
    assert client.post("/settings/paying/", sent).status_code == 302
    entity.refresh_from_db()
    assert entity.settings["pay_to"]["EUR"] == {"holder": "Molino Aurora SRL"}
    page = client.get("/settings/?section=paying").content.decode()
    assert stripe_server.KEY not in page
    assert HOOK in page
    assert client.post("/settings/paying/", sent | {"stripe-key": "pk_x"}).status_code == 422
