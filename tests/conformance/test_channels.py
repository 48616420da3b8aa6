"""Every way to reach a customer, ours or installed, keeps the promises of its port."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import pytest
from tests.world import smtp

from concilia.correspondence.ports import CHANNELS, Channel, DeliveryFailed, OutboundMessage

MESSAGE = OutboundMessage(
    message_id="<claim.7.letter.1@aurora.concilia>",
    recipient="jens.albers@frischmarkt.example",
    subject="CLM-0007: Ihre Reklamation",
    body="Guten Tag,\n\nwir haben 12,20 € gutgeschrieben.\n",
    language="de",
    sender="crediti@aurora.example",
    sender_name="Molino Aurora",
)


@dataclass(frozen=True, kw_only=True)
class Stand:
    """Something real behind a channel: how often a message arrived, and how to break it."""

    received: Callable[[], list[str]]
    refuse: Callable[[], None]
    fail: Callable[[], None]


@pytest.fixture
def email_stand(settings: object) -> Iterator[Stand]:
    with smtp.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False

        def refuse() -> None:
            server.refused[MESSAGE.recipient] = "550 5.1.1 no such user here"

        def fail() -> None:
            server.refuses_data = "451 4.3.0 try again later"

        yield Stand(
            received=lambda: [str(mail["Message-ID"]) for mail in server.mails],
            refuse=refuse,
            fail=fail,
        )


@pytest.fixture(params=list(CHANNELS))
def found(request: pytest.FixtureRequest) -> tuple[Channel, Stand]:
    fixture = f"{request.param}_stand"
    if request.param != "email":
        pytest.skip(f"no stand for the channel {request.param!r}; add a fixture {fixture}")
    return CHANNELS[request.param](), request.getfixturevalue(fixture)


def test_there_is_a_channel():
    assert "email" in list(CHANNELS)


class TestChannel:
    def test_is_a_channel_under_its_own_name(self, found):
        channel, _ = found

        assert isinstance(channel, Channel)
        assert CHANNELS[channel.name] is type(channel)
        assert channel.label
        assert channel.body_chars_max > 0

    def test_hands_a_message_over_once_and_names_it(self, found):
        channel, stand = found

        assert channel.send(MESSAGE)

        assert len(stand.received()) == 1

    def test_a_second_sending_is_the_same_message(self, found):
        channel, stand = found

        assert channel.send(MESSAGE) == channel.send(MESSAGE)

        assert len(set(stand.received())) == 1

    def test_a_refused_recipient_is_permanent_and_a_bad_address(self, found):
        channel, stand = found
        stand.refuse()

        with pytest.raises(DeliveryFailed) as refusal:
            channel.send(MESSAGE)

        assert refusal.value.permanent
        assert refusal.value.bad_address
        assert str(refusal.value)
        assert stand.received() == []

    def test_a_carrier_in_trouble_is_asked_again_later(self, found):
        channel, stand = found
        stand.fail()

        with pytest.raises(DeliveryFailed) as refusal:
            channel.send(MESSAGE)

        assert not refusal.value.permanent
        assert not refusal.value.bad_address

    def test_a_subject_of_many_lines_writes_no_headers(self, found):
        channel, stand = found

        channel.send(replace(MESSAGE, subject="Hello\r\nBcc: everybody@example.org"))

        assert len(stand.received()) == 1


ONE_CLICK = ("List-Unsubscribe", "List-Unsubscribe-Post")


@pytest.mark.parametrize(
    ("way_out", "wanted"),
    [
        ("", (None, None)),
        (
            f"https://aurora.example/k/{'A' * 60}/no-mail",
            (f"<https://aurora.example/k/{'A' * 60}/no-mail>", "List-Unsubscribe=One-Click"),
        ),
        ("http://aurora.example/k/A/no-mail", ("<http://aurora.example/k/A/no-mail>", None)),
    ],
)
def test_a_mail_tells_programs_where_to_refuse_further_ones(settings, way_out, wanted):
    with smtp.running() as server:
        settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
        settings.EMAIL_HOST, settings.EMAIL_PORT = server.host, server.port
        settings.EMAIL_USE_TLS = settings.EMAIL_USE_SSL = False
        CHANNELS["email"]().send(replace(MESSAGE, way_out=way_out))
        [mail] = server.mails
        # A long address stands on a line of its own, as headers may.
        assert tuple(mail[name] and mail[name].strip() for name in ONE_CLICK) == wanted
