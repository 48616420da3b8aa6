"""Every messaging service, ours or installed, keeps the promises of its port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from tests.world import messaging

from concilia.correspondence.ports import (
    CHATS,
    ChatGateway,
    ChatMessage,
    DeliveryFailed,
    Fate,
    GatewayInvalid,
    NotUnderstood,
    Received,
)

NUMBER, BARE = "+393331234567", "393331234567"
TEMPLATE = ChatMessage(number=NUMBER, template="reminder", language="it", values=["Aurora"])
WORDS = ChatMessage(number=NUMBER, body="Grazie, ci siamo quasi: 12,20 €")


@dataclass(frozen=True, kw_only=True)
class Stand:
    """Something real behind a service: what it was given, how to break it, what it posts."""

    values: dict[str, object]
    sent: Callable[[], list[dict[str, Any]]]
    let_write: Callable[[], None]
    refuse: Callable[[int], None]
    signed: Callable[..., tuple[bytes, dict[str, str]]]
    service: messaging.Service
    wrong: dict[str, object] = field(default_factory=lambda: {"token": "no"})


@pytest.fixture
def whatsapp_stand() -> Iterator[Stand]:
    with messaging.running() as service:
        yield Stand(
            values=service.values,
            sent=lambda: service.sent,
            let_write=lambda: service.wrote.add(BARE),
            refuse=lambda code: service.refuses.update({BARE: code}),
            signed=service.signed,
            service=service,
        )


@pytest.fixture(params=list(CHATS))
def found(request: pytest.FixtureRequest) -> tuple[ChatGateway, Stand]:
    if request.param != "whatsapp":
        pytest.skip(f"no stand for the service {request.param!r}; add a fixture for it")
    stand = request.getfixturevalue(f"{request.param}_stand")
    return CHATS[request.param].configured(stand.values), stand


def received(told: object, stand: Stand, **options: str) -> Received:
    body, headers = stand.signed(told, **options)
    return Received(url="https://us.example/chat/a", headers=headers, fields={}, body=body)


def test_there_is_a_messaging_service():
    assert "whatsapp" in list(CHATS)


class TestChat:
    def test_is_a_service_under_its_own_name(self, found):
        gateway, _ = found
        assert isinstance(gateway, ChatGateway)
        assert CHATS[gateway.name] is type(gateway)

    def test_a_template_leaves_at_any_time(self, found):
        gateway, stand = found
        assert gateway.send(TEMPLATE)
        [sent] = stand.sent()
        assert sent["template"]["language"] == {"code": "it"}
        assert sent["template"]["components"][0]["parameters"] == [
            {"type": "text", "text": "Aurora"}
        ]

    def test_own_words_leave_only_within_a_day_after_theirs(self, found):
        gateway, stand = found
        with pytest.raises(DeliveryFailed, match="24 hours") as refusal:
            gateway.send(WORDS)
        assert (refusal.value.permanent, refusal.value.bad_address) == (True, False)
        stand.let_write()
        assert gateway.send(WORDS)
        assert stand.sent()[-1]["text"]["body"] == WORDS.body

    @pytest.mark.parametrize(
        ("code", "permanent", "bad_address"),
        [
            (131026, True, True),
            (131050, True, False),
            (130429, False, False),
            (131000, False, False),
        ],
    )  # fmt: skip
    def test_codes_say_whether_to_try_again(self, found, code, permanent, bad_address):
        gateway, stand = found
        stand.refuse(code)
        with pytest.raises(DeliveryFailed) as refusal:
            gateway.send(TEMPLATE)
        assert (refusal.value.permanent, refusal.value.bad_address) == (permanent, bad_address)

    def test_a_template_it_does_not_know_is_said_to_be_none(self, found):
        gateway, _ = found
        with pytest.raises(DeliveryFailed, match="template") as refusal:
            gateway.send(ChatMessage(number=NUMBER, template="none"))
        assert refusal.value.permanent

    def test_who_is_not_let_in_is_told_so(self, found):
        gateway, stand = found
        gateway.check()
        with pytest.raises(DeliveryFailed, match="let us in"):
            type(gateway).configured({**stand.values, **stand.wrong}).check()

    def test_proves_whose_address_it_is_to_the_service_alone(self, found):
        gateway, _ = found
        asked = {"hub.mode": "subscribe", "hub.challenge": "1158201444"}
        assert gateway.answer_challenge(asked | {"hub.verify_token": messaging.VERIFY}) == (
            "1158201444"
        )
        assert gateway.answer_challenge(asked | {"hub.verify_token": "x"}) is None
        assert gateway.answer_challenge({}) is None

    def test_knows_the_service_from_others(self, found):
        gateway, stand = found
        told = stand.service.message(BARE, "STOP")
        assert gateway.is_genuine(received(told, stand))
        assert not gateway.is_genuine(received(told, stand, secret="another"))
        body, headers = stand.signed(told)
        changed = Received(url="", headers=headers, fields={}, body=body + b" ")
        assert not gateway.is_genuine(changed)

    def test_says_who_wrote_what(self, found):
        gateway, stand = found
        [report] = gateway.reports_of(received(stand.service.message(BARE, "già pagato"), stand))
        assert (report.is_incoming, report.other, report.body) == (True, NUMBER, "già pagato")

    @pytest.mark.parametrize(
        ("state", "fate", "is_read"),
        [
            ("sent", Fate.ON_ITS_WAY, False),
            ("delivered", Fate.ARRIVED, False),
            ("read", Fate.ARRIVED, True),
        ],
    )
    def test_says_what_became_of_a_message(self, found, state, fate, is_read):
        gateway, stand = found
        [report] = gateway.reports_of(received(stand.service.status("wamid.1", state), stand))
        assert (report.reference, report.fate, report.is_read) == ("wamid.1", fate, is_read)

    @pytest.mark.parametrize(("code", "dead"), [(131026, True), (131047, False)])
    def test_says_why_one_was_lost(self, found, code, dead):
        gateway, stand = found
        told = stand.service.status("wamid.1", "failed", code)
        [report] = gateway.reports_of(received(told, stand))
        assert (report.fate, report.code, report.dead) == (Fate.LOST, str(code), dead)
        assert report.error

    @pytest.mark.parametrize("told", [[], {}, 7, {"object": "page"}, "x"])
    def test_nonsense_is_not_understood(self, found, told):
        gateway, stand = found
        with pytest.raises(NotUnderstood):
            gateway.reports_of(received(told, stand))

    @pytest.mark.parametrize(
        "entry", [7, [7], [{"changes": 7}], [{"changes": [{"field": "messages", "value": 7}]}]]
    )
    def test_what_is_shaped_otherwise_says_nothing(self, found, entry):
        gateway, stand = found
        told = {"object": "whatsapp_business_account", "entry": entry}
        assert list(gateway.reports_of(received(told, stand))) == []

    def test_messages_of_another_number_are_not_ours(self, found):
        gateway, stand = found
        told = stand.service._told({"messages": [{"id": "1", "from": BARE}]}, number_id="9")
        assert list(gateway.reports_of(received(told, stand))) == []

    def test_settings_that_are_missing_are_named(self, found):
        gateway, stand = found
        for setting in gateway.settings:
            if setting.required and not setting.default:
                with pytest.raises(GatewayInvalid, match=setting.label):
                    type(gateway).configured({**stand.values, setting.name: ""})
