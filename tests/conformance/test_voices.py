"""Every way to make calls, ours or installed, keeps the promises of its port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest
from tests.world import carrier as carriers

from concilia.correspondence.ports import (
    VOICES,
    CallState,
    DeliveryFailed,
    GatewayInvalid,
    NotUnderstood,
    OutboundCall,
    Received,
    Turn,
    VoiceGateway,
)

NUMBER = "+393331234567"
TURN_URL, STATE_URL = "https://us.example/voice/a/turn/1/0", "https://us.example/voice/a/state/1"
CALL = OutboundCall(number=NUMBER, turn_url=TURN_URL, state_url=STATE_URL)


@dataclass(frozen=True, kw_only=True)
class Stand:
    """Something real behind a gateway: what it was asked, how to break it, what it posts."""

    values: dict[str, object]
    made: Callable[[], list[tuple[str, str, str]]]
    refuse: Callable[[], None]
    fail: Callable[[], None]
    wrong: dict[str, object]
    nobody: dict[str, object]
    posted: Callable[[str], Received]
    forged: Callable[[], Received]


@pytest.fixture
def twilio_stand() -> Iterator[Stand]:
    with carriers.running() as carrier:
        kept: list[Received] = []

        def keep(url, fields, headers) -> tuple[int, bytes]:
            names = {name.lower(): value for name, value in headers.items()}
            kept.append(Received(url=url, headers=names, fields=dict(fields)))
            return 204, b""

        carrier.posting = keep

        def posted(status: str, token: str = carriers.TOKEN) -> Received:
            fields = {"CallSid": "CA1", "From": NUMBER, "To": "+39", "CallStatus": status}
            carrier.post(TURN_URL, fields, token=token)
            return kept[-1]

        def refuse() -> None:
            carrier.refuses[NUMBER] = 21211

        def fail() -> None:
            carrier.trouble = 503

        yield Stand(
            values=carrier.values,
            made=lambda: [(c["To"], c["Url"], c["StatusCallback"]) for c in carrier.calls],
            refuse=refuse,
            fail=fail,
            wrong={"token": "no"},
            nobody={"server": "http://127.0.0.1:1"},
            posted=posted,
            forged=lambda: posted("ringing", "another"),
        )


@pytest.fixture(params=list(VOICES))
def found(request: pytest.FixtureRequest) -> tuple[VoiceGateway, Stand]:
    if request.param != "twilio":
        pytest.skip(f"no stand for the gateway {request.param!r}; add a fixture for it")
    stand = request.getfixturevalue(f"{request.param}_stand")
    return VOICES[request.param].configured(stand.values), stand


def test_there_is_a_way_to_call():
    assert "twilio" in list(VOICES)


class TestVoice:
    def test_is_a_gateway_under_its_own_name(self, found):
        gateway, _ = found
        assert isinstance(gateway, VoiceGateway)
        assert VOICES[gateway.name] is type(gateway)
        assert gateway.label
        assert gateway.settings

    def test_has_a_number_called_that_asks_us_what_to_say(self, found):
        gateway, stand = found
        assert gateway.call(CALL)
        assert stand.made() == [(NUMBER, TURN_URL, STATE_URL)]

    def test_a_number_that_is_none_is_permanent_and_a_bad_address(self, found):
        gateway, stand = found
        stand.refuse()
        with pytest.raises(DeliveryFailed) as refusal:
            gateway.call(CALL)
        assert (refusal.value.permanent, refusal.value.bad_address) == (True, True)
        assert stand.made() == []

    def test_a_carrier_in_trouble_is_no_reason_to_give_up(self, found):
        gateway, stand = found
        stand.fail()
        with pytest.raises(DeliveryFailed) as refusal:
            gateway.call(CALL)
        assert not refusal.value.permanent

    def test_who_is_not_let_in_is_told_so(self, found):
        gateway, stand = found
        gateway.check()
        for changed in (stand.wrong, stand.nobody):
            with pytest.raises(DeliveryFailed) as refusal:
                type(gateway).configured({**stand.values, **changed}).check()
            assert not refusal.value.permanent

    def test_knows_its_carrier_from_others(self, found):
        gateway, stand = found
        real = stand.posted("ringing")
        assert gateway.is_genuine(real)
        assert not gateway.is_genuine(stand.forged())
        elsewhere = Received(url=f"{real.url}?x=1", headers=real.headers, fields=real.fields)
        assert not gateway.is_genuine(elsewhere)
        more = Received(url=real.url, headers=real.headers, fields={**real.fields, "Digits": "1"})
        assert not gateway.is_genuine(more)
        assert not gateway.is_genuine(Received(url=real.url, headers={}, fields=real.fields))

    @pytest.mark.parametrize(
        ("told", "state"),
        [
            ("ringing", CallState.RINGING),
            ("in-progress", CallState.ANSWERED),
            ("completed", CallState.OVER),
            ("busy", CallState.BUSY),
            ("no-answer", CallState.NO_ANSWER),
            ("failed", CallState.FAILED),
        ],
    )
    def test_says_what_became_of_a_call(self, found, told, state):
        gateway, stand = found
        report = gateway.report_of(stand.posted(told))
        assert (report.reference, report.caller, report.state) == ("CA1", NUMBER, state)

    def test_nonsense_is_not_understood(self, found):
        gateway, _ = found
        for fields in ({}, {"CallSid": "CA1", "CallStatus": "dancing"}, {"CallStatus": "busy"}):
            with pytest.raises(NotUnderstood):
                gateway.report_of(Received(url=TURN_URL, headers={}, fields=fields))

    def test_words_cannot_become_orders(self, found):
        gateway, _ = found
        name = "<Dial>+1900</Dial>\x07 & Co. ]]>"
        body, _kind = gateway.answer(Turn(says=[name], language="it", next_url=TURN_URL, digits=1))
        assert b"<Dial>" not in body
        assert b"\x07" not in body

    def test_settings_that_are_missing_are_named(self, found):
        gateway, stand = found
        for setting in gateway.settings:
            if setting.required and not setting.default:
                with pytest.raises(GatewayInvalid, match=setting.label):
                    type(gateway).configured({**stand.values, setting.name: ""})
