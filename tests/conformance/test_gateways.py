"""Every way to send short messages, ours or installed, keeps the promises of its port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from tests.world import carrier as carriers
from tests.world import smpp

from concilia.correspondence.ports import (
    GATEWAYS,
    DeliveryFailed,
    Fate,
    GatewayInvalid,
    ShortMessage,
    TextGateway,
)

NUMBER = "+393331234567"
SHORT = ShortMessage(recipient=NUMBER, body="CLM-0041 is late: it was due 10 Nov 2026 17:00.")


@dataclass(frozen=True, kw_only=True)
class Stand:
    """Something real behind a gateway: what arrived, and how to break it."""

    values: dict[str, object]
    received: Callable[[], list[tuple[str, str]]]
    refuse: Callable[[], None]
    fail: Callable[[], None]
    let: Callable[[Fate], None]
    wrong: dict[str, object]
    nobody: dict[str, object]


@pytest.fixture
def smpp_stand() -> Iterator[Stand]:
    with smpp.running() as centre:
        centre.sends_receipts = True

        def refuse() -> None:
            centre.refuses[NUMBER.removeprefix("+")] = smpp.BAD_ADDRESS

        def fail() -> None:
            centre.trouble = smpp.QUEUE_FULL

        def let(fate: Fate) -> None:
            centre.fate = fate.value

        yield Stand(
            values={
                "host": "127.0.0.1", "port": str(centre.port), "tls": "no",
                "system_id": "aurora", "password": centre.password, "sender": "Concilia",
            },
            received=lambda: [(f"+{to}", text) for _sender, to, text in centre.taken],
            refuse=refuse,
            fail=fail,
            let=let,
            wrong={"password": "no"},
            nobody={"port": "1"},
        )  # fmt: skip


@pytest.fixture
def twilio_stand() -> Iterator[Stand]:
    fates = {Fate.ARRIVED: "delivered", Fate.LOST: "undelivered", Fate.ON_ITS_WAY: "sent"}
    with carriers.running() as carrier:

        def refuse() -> None:
            carrier.refuses[NUMBER] = 21614

        def fail() -> None:
            carrier.trouble = 503

        def let(fate: Fate) -> None:
            carrier.fate = fates[fate]

        yield Stand(
            values=carrier.values,
            received=lambda: [(text["To"], text["Body"]) for text in carrier.texts],
            refuse=refuse,
            fail=fail,
            let=let,
            wrong={"token": "no"},
            nobody={"server": "http://127.0.0.1:1"},
        )


@pytest.fixture(params=list(GATEWAYS))
def found(request: pytest.FixtureRequest) -> tuple[TextGateway, Stand]:
    if request.param not in {"smpp", "twilio"}:
        pytest.skip(f"no stand for the gateway {request.param!r}; add a fixture for it")
    stand = request.getfixturevalue(f"{request.param}_stand")
    return GATEWAYS[request.param].configured(stand.values), stand


def test_there_is_a_gateway():
    assert {"smpp", "twilio"} <= set(GATEWAYS)


class TestGateway:
    def test_is_a_gateway_under_its_own_name(self, found):
        gateway, _ = found
        assert isinstance(gateway, TextGateway)
        assert GATEWAYS[gateway.name] is type(gateway)
        assert gateway.label
        assert gateway.settings

    @pytest.mark.parametrize(
        "body",
        [
            SHORT.body,
            "CLM-0041: „Liefernachweis“ ist überfällig – 12,20 € – perché, où, ¿qué?",
            "Übergeben: 5 Fälle [CLM-0041] ~ {€}",
            "{€} " * 45,
            "` and §",
            "Αύριο. " + "late " * 60,
            "ascii only, and long: " + "reminder " * 30,
        ],
    )
    def test_hands_a_message_over_as_it_was_written(self, found, body):
        gateway, stand = found
        reference = gateway.send(ShortMessage(recipient=NUMBER, body=body))
        assert reference
        assert stand.received() == [(NUMBER, body)]

    @pytest.mark.parametrize("fate", list(Fate))
    def test_says_what_became_of_it(self, found, fate):
        gateway, stand = found
        reference = gateway.send(SHORT)
        stand.let(fate)
        said, why = gateway.fate_of(reference)
        assert said is fate
        assert bool(why) is (fate is Fate.LOST)

    def test_a_number_that_is_none_is_permanent_and_a_bad_address(self, found):
        gateway, stand = found
        stand.refuse()
        with pytest.raises(DeliveryFailed) as refusal:
            gateway.send(SHORT)
        assert (refusal.value.permanent, refusal.value.bad_address) == (True, True)
        assert stand.received() == []

    def test_a_carrier_in_trouble_is_asked_again_later(self, found):
        gateway, stand = found
        stand.fail()
        with pytest.raises(DeliveryFailed) as refusal:
            gateway.send(SHORT)
        assert (refusal.value.permanent, refusal.value.bad_address) == (False, False)

    def test_who_is_not_let_in_is_told_before_anything_is_sent(self, found):
        gateway, stand = found
        gateway.check()
        wrong = type(gateway).configured({**stand.values, **stand.wrong})
        with pytest.raises(DeliveryFailed) as refusal:
            wrong.check()
        assert not refusal.value.permanent

    def test_nobody_there_is_no_reason_to_give_up(self, found):
        gateway, stand = found
        nobody = type(gateway).configured({**stand.values, **stand.nobody})
        with pytest.raises(DeliveryFailed) as refusal:
            nobody.send(SHORT)
        assert not refusal.value.permanent

    def test_settings_that_are_missing_are_named(self, found):
        gateway, stand = found
        for setting in gateway.settings:
            if setting.required and not setting.default:
                with pytest.raises(GatewayInvalid, match=setting.label):
                    type(gateway).configured({**stand.values, setting.name: ""})
