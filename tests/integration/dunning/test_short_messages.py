"""Short messages both ways: STOP is heard, answers are read, what is lost goes another way."""

from __future__ import annotations

from datetime import timedelta

import pytest
from tests.world import carrier as carriers
from tests.world import messaging
from tests.world.builders import NOON, TODAY
from tests.world.lines import MOBILE, Lines

from concilia.correspondence.actions import LineDraft, change_line, set_costs
from concilia.correspondence.core.figures import Language
from concilia.correspondence.models import Delivery, Message, Reach
from concilia.customers.models import Contact
from concilia.dunning.actions.short_messages import ShortDraft, queue_short_message
from concilia.dunning.core.contact.terms import Channel
from concilia.dunning.core.short_words import Meaning, meaning_of, short_text
from concilia.dunning.models import CallBack, Motive, Promise
from concilia.intake.models import Arrival
from concilia.interfaces.worker.sending import ask_message_fates, send_message

pytestmark = pytest.mark.django_db
OTHER = "+393337654321"


@pytest.fixture
def lines(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    with carriers.running() as carrier:
        yield Lines(carrier, NOON)


def a_text(lines: Lines, number: str = MOBILE, channel: Channel = Channel.SMS, **more) -> Message:
    """A message the rules let go, handed to the carrier."""
    fields = {"body": "Grazie! STOP", "language": "it", **more}
    key = f"test:{number}:{channel}"
    draft = ShortDraft(key=key, channel=channel, number=number, **fields)
    message = queue_short_message(customer=lines.customer, draft=draft, at=NOON)
    send_message(message_id=message.pk, at=NOON)
    message.refresh_from_db()
    return message


class TestWhoAnswers:
    @pytest.mark.parametrize("word", ["STOP", "Arrêt", "baja", "stopp!", "Stop please"])
    def test_stop_counts_at_once_and_is_said_back_once(self, lines, word):
        assert lines.carrier.text_in(lines.texts_in, MOBILE, word) == 204
        assert lines.carrier.text_in(lines.texts_in, MOBILE, "STOP") == 204

        assert Reach.objects.get(channel="SMS").opted_out_at == NOON
        [said] = Message.objects.filter(lane="out")
        assert "START" in said.body
        withheld = a_text(lines)
        assert (withheld.state, withheld.withheld_why) == ("WITHHELD", "ALL-OWN-WISH.opted_out")

    def test_stop_from_a_number_nobody_knows_counts_as_well(self, lines):
        lines.carrier.text_in(lines.texts_in, OTHER, "STOP")
        assert Reach.objects.get(number=OTHER).opted_out_at == NOON
        assert not Message.objects.filter(lane="out").exists()

    def test_start_brings_them_back(self, lines):
        lines.carrier.text_in(lines.texts_in, MOBILE, "STOP")
        lines.carrier.text_in(lines.texts_in, MOBILE, "START")
        assert a_text(lines).state == "SENT"

    def test_paid_is_their_reason(self, lines):
        lines.carrier.text_in(lines.texts_in, MOBILE, "Pagato")
        motive = Motive.objects.get()
        assert (motive.code, motive.source) == ("NR-08", "customer")

    def test_a_day_is_their_promise(self, lines):
        lines.debtor.owes(1000)
        day = TODAY + timedelta(days=8)
        lines.carrier.text_in(lines.texts_in, MOBILE, f"pago il {day:%d/%m/%Y}")
        promise = Promise.objects.get()
        assert (promise.due_date, promise.amount_minor) == (day, 100_000)

    def test_a_day_too_far_is_for_people(self, lines):
        lines.debtor.owes(1000)
        lines.carrier.text_in(lines.texts_in, MOBILE, "pago il 31/12/2027")
        assert not Promise.objects.exists()
        assert Arrival.objects.get().channel == "text"

    def test_help_is_a_task_for_a_person(self, lines):
        lines.carrier.text_in(lines.texts_in, MOBILE, "aiuto")
        assert CallBack.objects.get().customer == lines.customer

    def test_everything_else_is_read_like_any_answer(self, lines):
        words = "La fattura non è mai arrivata, potete mandarla di nuovo?"
        lines.carrier.text_in(lines.texts_in, MOBILE, words, sid="SM-1")
        lines.carrier.text_in(lines.texts_in, MOBILE, words, sid="SM-1")

        arrival = Arrival.objects.get()
        assert (arrival.channel, arrival.source) == ("text", MOBILE)
        message = Message.objects.get(key=f"arrival:{arrival.pk}")
        assert (message.customer, message.channel, message.body) == (lines.customer, "sms", words)


class TestWhatBecomesOfOurs:
    def test_a_receipt_is_kept_with_its_cost(self, lines):
        set_costs(costs={"SMS": 7}, by=lines.admin, at=NOON)
        lines.entity.refresh_from_db()
        a_text(lines)
        sid = lines.carrier.texts[-1]["sid"]

        lines.carrier.text_fate(lines.carrier.texts[-1]["StatusCallback"], sid, "delivered")

        row = Delivery.objects.get()
        assert (row.state, row.cost_minor, row.currency) == ("ARRIVED", 7, "EUR")

    def test_a_dead_number_is_not_used_again_and_the_next_contact_is_written_to(self, lines):
        Contact.objects.create(customer=lines.customer, name="Rosa", phone="+39 333 765 4321")
        message = a_text(lines)
        sid = lines.carrier.texts[-1]["sid"]

        lines.carrier.text_fate(lines.texts_in, sid, "undelivered", code="30005")

        message.refresh_from_db()
        assert message.state == "FAILED"
        assert Reach.objects.get(number=MOBILE).dead_at == NOON
        assert Message.objects.filter(recipient=OTHER, channel="sms").get().body == message.body

    def test_a_consumer_s_other_contacts_hear_nothing(self, lines):
        lines.customer.vat_number = ""
        lines.customer.save()
        Contact.objects.create(customer=lines.customer, name="Rosa", phone="+39 333 765 4321")
        a_text(lines)

        sid = lines.carrier.texts[-1]["sid"]
        lines.carrier.text_fate(lines.texts_in, sid, "undelivered", code="30005")

        again = Message.objects.exclude(recipient=MOBILE).get()
        assert (again.channel, again.recipient) == ("email", lines.contact.email)

    def test_a_mail_in_its_place_does_not_say_that_stop_stops_mails(self, lines):
        lines.customer.vat_number = ""
        lines.customer.save()
        a_text(lines, body=f"Buongiorno. {short_text('no_more', Language.IT)}")

        sid = lines.carrier.texts[-1]["sid"]
        lines.carrier.text_fate(lines.texts_in, sid, "undelivered", code="30005")

        assert Message.objects.get(channel="email").body == "Buongiorno."

    def test_what_is_lost_for_now_kills_no_number(self, lines):
        a_text(lines)
        sid = lines.carrier.texts[-1]["sid"]
        lines.carrier.text_fate(lines.texts_in, sid, "undelivered", code="30008")
        assert not Reach.objects.filter(dead_at__isnull=False).exists()

    def test_a_number_the_carrier_refuses_is_dead(self, lines):
        lines.carrier.refuses[MOBILE] = 21614
        assert a_text(lines).state == "FAILED"
        assert Reach.objects.get(number=MOBILE).dead_at == NOON

    def test_carriers_that_tell_nothing_are_asked(self, lines):
        a_text(lines)
        ask_message_fates(at=NOON)
        assert Delivery.objects.get().state == "ARRIVED"


class TestWhatsApp:
    def test_words_are_answered_within_a_day_and_templates_otherwise(self, lines, client):
        with messaging.running() as service:
            values = {name: str(value) for name, value in service.values.items()}
            draft = LineDraft(way="chat", is_on=True, gateway="whatsapp", values=values)
            change_line(draft=draft, by=lines.admin, at=NOON)
            withheld = a_text(lines, channel=Channel.WHATSAPP)
            body, headers = service.signed(service.message(MOBILE[1:], "Quanto devo?"))
            named = {f"HTTP_{key.upper().replace('-', '_')}": v for key, v in headers.items()}
            found = client.post("/chat/aurora", body, content_type="application/json", **named)
            service.wrote.add(MOBILE[1:])
            draft = ShortDraft(
                key="test:2", channel=Channel.WHATSAPP, number=MOBILE, body="Un attimo.",
                language="it", template="reminder",
            )  # fmt: skip
            message = queue_short_message(customer=lines.customer, draft=draft, at=NOON)
            send_message(message_id=message.pk, at=NOON)
            later = ShortDraft(
                key="test:3", channel=Channel.WHATSAPP, number=MOBILE, body="Aurora",
                language="it", template="reminder",
            )  # fmt: skip
            second = queue_short_message(
                customer=lines.customer, draft=later, at=NOON + timedelta(hours=25)
            )
            send_message(message_id=second.pk, at=NOON + timedelta(hours=25))

            assert withheld.withheld_why == "ALL-OPT-IN.consent_required"
            assert found.status_code == 204
            assert Arrival.objects.get().channel == "chat"
            assert [one["type"] for one in service.sent] == ["text", "template"]
            body, headers = service.signed(service.status(service.sent[0]["id"], "read"))
            named = {f"HTTP_{key.upper().replace('-', '_')}": v for key, v in headers.items()}
            client.post("/chat/aurora", body, content_type="application/json", **named)
            assert Delivery.objects.get(message=message).state == "READ"
            asked = {"hub.mode": "subscribe", "hub.verify_token": messaging.VERIFY}
            shown = client.get("/chat/aurora", asked | {"hub.challenge": "42"})
            assert (shown.status_code, shown.content) == (200, b"42")
            assert client.get("/chat/aurora", asked | {"hub.verify_token": "x"}).status_code == 403


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("STOP", Meaning.STOP),
        ("Desabonner", Meaning.STOP),
        ("end of the month we pay", Meaning.OTHER),
        ("Già pagato, grazie", Meaning.PAID),
        ("Déjà payé", Meaning.PAID),
        ("wir haben bezahlt", Meaning.PAID),
        ("not paid yet", Meaning.OTHER),
        ("non pagato", Meaning.OTHER),
        ("HELP", Meaning.HELP),
        ("1/12", Meaning.DATE),
        ("1/12 or 15/12", Meaning.OTHER),
        ("invoice 12/34", Meaning.OTHER),
        ("", Meaning.OTHER),
    ],
)
def test_what_an_answer_means_by_itself(text, meaning):
    assert meaning_of(text, TODAY).meaning is meaning
