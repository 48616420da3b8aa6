"""What every registered payment provider keeps to; each speaks to a server of its kind here."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.world import stripe_server
from tests.world.stripe_server import KEY, signed

from concilia.dunning.ports import (
    PROVIDERS,
    CheckoutOrder,
    CheckoutState,
    PaymentFailed,
    PaymentProvider,
    ProviderInvalid,
)
from concilia.kernel.money import Money

AT = datetime(2026, 11, 30, 12, tzinfo=UTC)
REFERENCE = "RF27INV2025001234"
SERVERS = {"stripe": stripe_server.running}


@pytest.fixture(params=sorted(PROVIDERS))
def name(request):
    return request.param


@pytest.fixture
def server(name):
    assert name in SERVERS, f"{name} needs a server of its kind in tests/world"
    with SERVERS[name]() as running:
        yield running


@pytest.fixture
def provider(name, server):
    return PROVIDERS[name].configured(server.values)


def order(**changes) -> CheckoutOrder:
    fields = {
        "reference": REFERENCE,
        "amount": Money(109_800, "EUR"),
        "description": "Molino Aurora S.r.l.",
        "success_url": "https://c.example/k/x",
        "cancel_url": "https://c.example/k/x",
        "once": "act-1",
        "language": "it",
    }
    return CheckoutOrder(**fields | changes)


def headers(body: bytes, at: datetime = AT, **more):
    return {"stripe-signature": signed(body, at, **more)}


def test_it_keeps_to_the_port(name, provider):
    assert isinstance(provider, PaymentProvider)
    assert PROVIDERS[name].name == name
    assert any(one.secret for one in provider.settings)


@pytest.mark.parametrize("values", [{}, {"key": "", "hook_secret": ""}, {"key": 5}])
def test_without_its_keys_it_says_what_is_missing(name, values):
    with pytest.raises(ProviderInvalid) as refusal:
        PROVIDERS[name].configured(values)
    assert str(refusal.value).endswith(".")


def test_a_payment_begins_once_whatever_is_pressed(provider, server):
    first, again = provider.start(order()), provider.start(order())
    assert first == again
    assert first.url.startswith(server.url)
    assert len(server.sessions) == 1
    assert provider.start(order(once="act-2")).external_id != first.external_id


def test_it_is_asked_for_the_exact_amount_under_our_reference(provider, server):
    started = provider.start(order(amount=Money(1, "EUR")))
    session = server.sessions[started.external_id]
    assert (session["amount_total"], session["currency"]) == (1, "eur")
    assert session["client_reference_id"] == REFERENCE


@pytest.mark.parametrize("currency", ["EUR", "GBP", "JPY", "ISK", "USD"])
def test_amounts_come_back_as_they_went(provider, server, currency):
    started = provider.start(order(amount=Money(12_345, currency)))
    body = server.event(started.external_id)
    told = provider.heard(body, headers(body), at=AT)
    assert told.amount == Money(12_345, currency)
    assert (told.state, told.reference) == (CheckoutState.PAID, REFERENCE)


@pytest.mark.parametrize(
    ("kind", "changes", "state"),
    [
        ("completed", {"payment_status": "unpaid"}, None),
        ("async_payment_succeeded", {}, CheckoutState.PAID),
        ("async_payment_failed", {}, CheckoutState.FAILED),
        ("expired", {}, CheckoutState.EXPIRED),
        ("something_new", {}, None),
    ],
)
def test_what_is_told_is_understood_or_left_alone(provider, server, kind, changes, state):
    started = provider.start(order())
    body = server.event(started.external_id, kind, **changes)
    told = provider.heard(body, headers(body), at=AT)
    assert (told.state if told else None) == state


def test_a_forged_changed_or_old_message_is_not_believed(provider, server):
    body = server.event(provider.start(order()).external_id)
    for bad in (
        (body, {}),
        (body, headers(body, secret="whsec_of_somebody_else")),
        (body.replace(b"109800", b"999999"), headers(body)),
        (body, headers(body, at=AT - timedelta(minutes=10))),
        (body, headers(body, at=AT + timedelta(minutes=10))),
        (body, {"stripe-signature": "t=,v1="}),
        (body, {"stripe-signature": "t=²,v1=é"}),
    ):
        with pytest.raises(PaymentFailed) as refusal:
            provider.heard(*bad, at=AT)
        assert refusal.value.permanent


@pytest.mark.parametrize(
    "said", [b"", b"[]", b"{", b"null", b'{"type": "checkout.session.completed"}',
             b'{"type": 5, "data": {"object": []}}', b"\xff\xfe"]
)  # fmt: skip
def test_a_signed_message_that_is_none_breaks_nothing(provider, said):
    with suppress(PaymentFailed):
        assert provider.heard(said, headers(said), at=AT) is None


def test_an_event_without_an_amount_is_not_believed(provider, server):
    body = server.event(provider.start(order()).external_id, amount_total="1e9")
    with pytest.raises(PaymentFailed):
        provider.heard(body, headers(body), at=AT)


@pytest.mark.parametrize(
    ("status", "permanent"), [(400, True), (402, True), (409, False), (429, False), (500, False)]
)
def test_a_refusal_says_whether_trying_again_can_help(provider, server, status, permanent):
    server.fails_with = status
    with pytest.raises(PaymentFailed) as refusal:
        provider.start(order())
    assert refusal.value.permanent is permanent
    assert KEY not in str(refusal.value)


@pytest.mark.parametrize("said", [b"", b"[]", b"{}", b'{"id": 5, "url": 7}', b"<html>",
                                  b'{"id": "cs_1", "url": "javascript:alert(1)"}'])  # fmt: skip
def test_an_answer_that_is_none_breaks_nothing(provider, server, said):
    server.says = said or b" "
    with pytest.raises(PaymentFailed):
        provider.start(order())


def test_a_wrong_key_is_said(name, server):
    wrong = PROVIDERS[name].configured(server.values | {"key": "sk_wrong"})
    with pytest.raises(PaymentFailed) as refusal:
        wrong.start(order())
    assert "sk_wrong" not in str(refusal.value)


@given(st.binary(max_size=300), st.text(max_size=120))
def test_whatever_strangers_send_is_refused_in_a_sentence(body, header):
    provider = PROVIDERS["stripe"].configured({"key": KEY, "hook_secret": "whsec_x"})
    with pytest.raises(PaymentFailed):
        provider.heard(body, {"stripe-signature": header}, at=AT)


def test_events_are_json_of_the_shape_that_is_documented(provider, server):
    event = json.loads(server.event(provider.start(order()).external_id))
    assert {"id", "object", "type", "data"} <= event.keys()
